/** A list as it stands after the colon of `rights`, `who can` and `list`. */
export function setText(items: readonly string[]): string {
  return items.length === 0 ? "none" : items.join(", ");
}
