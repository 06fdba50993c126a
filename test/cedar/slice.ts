// The entities that a question can reach, which are the only ones that Cedar can look at: reading all of them again for each
// question is most of what a question costs.
import type { CedarEntity } from "../../interop/cedar/index.ts";

const keyOf = (type: string, id: string): string => JSON.stringify([type, id]);

/** Every entity that a value names. */
function named(value: unknown, found: string[]): string[] {
  if (typeof value !== "object" || value === null) return found;
  if ("__entity" in value) {
    const { type, id } = value.__entity as { type: string; id: string };
    found.push(keyOf(type, id));
  } else for (const each of Object.values(value)) named(each, found);
  return found;
}

export class Slices {
  readonly #entities = new Map<
    string,
    { readonly entity: CedarEntity; readonly leadsTo: readonly string[] }
  >();
  /** Named in the text of the policies, as `Type::"id"`; escapes are left to the rest: then everything is taken. */
  readonly #always: readonly string[];

  constructor(entities: readonly CedarEntity[], policies: string) {
    for (const entity of entities) {
      const parents = entity.parents.map(({ type, id }) => keyOf(type, id));
      const leadsTo = named(Object.values(entity.attrs), parents);
      this.#entities.set(keyOf(entity.uid.type, entity.uid.id), { entity, leadsTo });
    }
    const literals = [...policies.matchAll(/([A-Za-z0-9_]+)::"((?:[^"\\]|\\.)*)"/g)];
    this.#always = literals.some(([, , id]) => id?.includes("\\"))
      ? [...this.#entities.keys()]
      : literals.map(([, type, id]) => keyOf(type ?? "", id ?? ""));
  }

  /** What is reachable from these, from the context, and from what the policies name. */
  of(
    from: readonly { readonly type: string; readonly id: string }[],
    context: unknown,
  ): readonly CedarEntity[] {
    const open = [...from.map(({ type, id }) => keyOf(type, id)), ...named(context, []), ...this.#always];
    const seen = new Map<string, CedarEntity>();
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      const found = this.#entities.get(key);
      if (found === undefined || seen.has(key)) continue;
      seen.set(key, found.entity);
      open.push(...found.leadsTo);
    }
    return [...seen.values()];
  }
}
