// Names and texts as Cedar writes them. Type names are identifiers there, so that other names get one of their own.

/** Words that Cedar's policy or schema syntax gives a meaning: never used bare. */
const reserved: ReadonlySet<string> = new Set([
  ...["true", "false", "if", "then", "else", "in", "is", "like", "has", "principal", "action", "resource"],
  ...["context", "permit", "forbid", "when", "unless", "entity", "type", "namespace", "appliesTo", "enum"],
  ...["attributes", "tags", "Set", "Bool", "Boolean", "Long", "String", "Record", "Entity", "Extension"],
  ...["EntityOrCommon", "Action", "decimal", "datetime", "duration", "ipaddr", "ip"],
]);

const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;

function isBare(name: string): boolean {
  return identifier.test(name) && !name.startsWith("__") && !reserved.has(name);
}

/** Hands out names of one space: the wish where it is free, else the wish with a number. */
export class NameAllocator {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  /** An identifier for a type: `Pièce jointe` becomes `Piece_jointe`. */
  type(name: string): string {
    // What has no Latin letter keeps its place as `_`; the comment beside the declaration says what was meant.
    const latin = name.normalize("NFD").replace(/\p{M}/gu, "");
    const safe = latin.replace(/[^A-Za-z0-9_]/g, "_").replace(/^(?=[0-9]|$)/, "_");
    return this.#free(isBare(safe) ? safe : `${safe.replace(/^_+/, "")}_`);
  }

  /** A key of a record or an attribute: any text, apart from those that Cedar's JSON gives a meaning. */
  key(name: string): string {
    return this.#free(name.startsWith("__") ? name.replace(/^_+/, "_") : name);
  }

  #free(wish: string): string {
    let name = wish;
    for (let i = 2; this.#taken.has(name); i++) name = `${wish}${i}`;
    this.#taken.add(name);
    return name;
  }
}

/** A string literal. What cannot be seen is escaped, so that no name changes how the text around it reads. */
export function quoted(text: string): string {
  const escaped = text
    .replace(/["\\]/g, "\\$&")
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
  return `"${escaped}"`;
}

/** The pattern of a `like`: `*` between the stretches, and a literal star escaped. */
export function quotedPattern(stretches: readonly string[]): string {
  const written = stretches.map((stretch) => quoted(stretch).slice(1, -1).replace(/\*/g, "\\*"));
  return `"${written.join("*")}"`;
}

/** `e.name`, or `e["any name"]`. */
export function member(object: string, name: string): string {
  return isBare(name) ? `${object}.${name}` : `${object}[${quoted(name)}]`;
}

/** A name where an attribute is declared, and behind `has`. */
export function attributeName(name: string): string {
  return isBare(name) ? name : quoted(name);
}

/** `User::"alice"` */
export function entityId(type: string, id: string): string {
  return `${type}::${quoted(id)}`;
}

/** A text for a `//` comment, all on its line. */
export function commentText(text: string): string {
  return quoted(text)
    .slice(1, -1)
    .replace(/\\(["\\])/g, "$1");
}
