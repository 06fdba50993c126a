// Names as the language writes them, and as file systems take them.

/** Type names and set names that an entity cannot take (language.md sections 1 and 3). */
const reserved: ReadonlySet<string> = new Set([
  "User",
  "Team",
  "BusinessUnit",
  "Principal",
  "Role",
  "Action",
  "Activity",
  "String",
  "Long",
  "Bool",
  "Decimal",
  "Datetime",
  "Choice",
  "Set",
]);

/** Tables whose schema name differs from the built-in type that stands for the same thing: the logical name tells them apart. */
const builtIn: ReadonlySet<string> = new Set(["systemuser", "team", "businessunit"]);

/** The entity name of a table: its schema name, or its logical name where that would be mistaken for a built-in type. */
export function entityName(schemaName: string): string {
  const logical = schemaName.toLowerCase();
  return reserved.has(schemaName) || builtIn.has(logical) ? logical : schemaName;
}

/** A text as source: annotations and choice options have Cedar's escapes, unlike names. */
export function textLiteral(text: string): string {
  const escaped = text
    .replace(/["\\]/g, "\\$&")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to be escaped
    .replace(/[\u0000-\u001f\u007f]/g, (control) => `\\u{${control.charCodeAt(0).toString(16)}}`);
  return `"${escaped}"`;
}

/** Text for a `//` comment: whatever a file says stays on its line. */
export function commentText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: line breaks and control characters are what must go
  return text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, " ").trim();
}

const deviceNames = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

/**
 * File names for roles: safe on every file system, and distinct where only upper and lower case differ. Characters that
 * a file system refuses become `_`; a name that is taken gets a number.
 */
export class FileNames {
  readonly #taken = new Set<string>();

  next(name: string): string {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters have no place in a file name
    let safe = name.replace(/[\u0000-\u001f\u007f-\u009f<>:"/\\|?*\u2028\u2029\ud800-\udfff]/g, "_");
    safe = [...safe]
      .slice(0, 60)
      .join("")
      .replace(/^[\s.]+|[\s.]+$/g, "");
    if (safe === "" || deviceNames.test(safe)) safe = `_${safe}`;
    let candidate = safe;
    for (let n = 2; this.#taken.has(candidate.toLowerCase()); n++) candidate = `${safe} (${n})`;
    this.#taken.add(candidate.toLowerCase());
    return candidate;
  }
}

/** Makes names distinct: the second `Reader` becomes `Reader (2)`, or what `suffix` says. */
export function distinct(
  name: string,
  taken: Set<string>,
  suffix: (n: number) => string = (n) => ` (${n})`,
): string {
  let candidate = name;
  for (let n = 2; taken.has(candidate); n++) candidate = name + suffix(n);
  taken.add(candidate);
  return candidate;
}
