// Names of every kind of trouble: blanks, quotes, escapes, other alphabets, keywords, digits first, and one name for many
// kinds of thing, which is legal (language.md section 1).

const names: readonly string[] = [
  "alice",
  "Sales",
  "bob",
  "EU reader",
  "France owners",
  "Élise",
  'say "no"',
  "back\\slash",
  "tab\there",
  "role",
  "organization",
  "in",
  "none",
  "user",
  "3rd",
  "日本語",
  "Team::x",
  "a/b",
  "dot.dot",
  "*",
  "permit",
  "О́льга",
  "emoji 🦊",
  "//not a comment",
  // What objects have of their own, and what looks like a number.
  "__proto__",
  "constructor",
  "toString",
  "007",
  "-1e3",
  "9007199254740993",
  // Letters of several parts, directions, blanks at the ends, other control characters, and very many letters.
  "Zoe\u0308",
  "Zo\u00eb",
  "\u{1F469}\u200D\u{1F4BB}",
  "\u202Eesrever",
  " blank ",
  "two\nlines",
  "del\u007Fl",
  "long".repeat(80),
];

/** By kind. The first is what a shrunk project shows; all others can be a name of anything. */
export const userNames: readonly string[] = ["u", ...names];
export const teamNames: readonly string[] = ["t", ...names];
export const unitNames: readonly string[] = ["b", ...names];
export const roleNames: readonly string[] = ["R", ...names];
export const positionNames: readonly string[] = ["p", ...names];
export const recordNames: readonly string[] = ["x", ...names];
export const guardrailNames: readonly string[] = ["g", ...names];

export const entityNames: readonly string[] = [
  "Account",
  "Order",
  "Pièce jointe",
  "entity",
  "Order line",
  "on",
  "Contact",
  'The "best" one',
];

export const setNames: readonly string[] = ["Activity", "Activité commune", "set"];

export const taskNames: readonly string[] = ["ExportToExcel", "Bulk edit", "permit", "Dépôt"];

export const attributeNames: readonly string[] = ["order", "parent", "lié à", "in"];

/** Hands out a name of the pool; one that is taken gets a number. */
export class Namer {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  name(pool: readonly string[], pick: number): string {
    const wish = pool[pick % pool.length] ?? "x";
    let name = wish;
    for (let i = 2; this.#taken.has(name); i++) name = `${wish}${i}`;
    this.#taken.add(name);
    return name;
  }
}
