import { Trouble } from "../trouble.ts";

/** A record as a person names it. */
export interface RecordName {
  readonly entity: string;
  readonly id: string;
}

/**
 * `Account/acc1`, `"Pièce jointe"/p1`. Where entity names or ids contain a slash, the text is split at the first
 * slash before which an entity stands; quotes (JSON strings) make it plain.
 */
export function parseRecord(text: string, entities: readonly string[]): RecordName {
  const quoted = /^("(?:[^"\\]|\\.)*")\/(.+)$/s.exec(text);
  if (quoted !== null) return { entity: unquote(quoted[1] ?? "", text), id: unquote(quoted[2] ?? "", text) };
  let first: RecordName | undefined;
  for (let slash = text.indexOf("/"); slash !== -1; slash = text.indexOf("/", slash + 1)) {
    const name = { entity: text.slice(0, slash), id: text.slice(slash + 1) };
    if (name.entity === "" || name.id === "") continue;
    if (entities.includes(name.entity)) return { entity: name.entity, id: unquote(name.id, text) };
    first ??= name;
  }
  // No entity of that name: whoever looks it up says so, and what it may have been.
  if (first !== undefined) return first;
  throw malformed(text);
}

function unquote(text: string, whole: string): string {
  if (!text.startsWith('"')) return text;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "string" && value !== "") return value;
  } catch {
    // Not a JSON string: said below.
  }
  throw malformed(whole);
}

function malformed(text: string): Trouble {
  return new Trouble(
    "BWK485",
    `\`${text}\` does not name a record`,
    'an entity, a slash and an id: Account/acc1, or "Pièce jointe"/p1',
  );
}
