import { Trouble } from "../trouble.ts";

/** A column as a person names it; without entity it is a column of the record in question. */
export interface ColumnName {
  readonly entity: string | undefined;
  readonly column: string;
}

/** A name in quotes (a JSON string) or as it stands. */
function nameOf(text: string): string | undefined {
  if (!text.startsWith('"')) return text === "" ? undefined : text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" && value !== "" ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * `Account.revenue`, `"Pièce jointe".note`, or `revenue` alone. Where names contain a dot, the text is split at the first dot
 * before which an entity stands; quotes make it plain.
 */
export function parseColumn(text: string, entities: readonly string[]): ColumnName {
  const quoted = /^("(?:[^"\\]|\\.)*")\.(.+)$/s.exec(text);
  const parts: (readonly [string | undefined, string])[] =
    quoted === null ? [] : [[quoted[1], quoted[2] ?? ""]];
  for (let dot = text.indexOf("."); quoted === null && dot !== -1; dot = text.indexOf(".", dot + 1)) {
    parts.push([text.slice(0, dot), text.slice(dot + 1)]);
  }
  const [entity, column] = parts.find(([name]) => entities.includes(nameOf(name ?? "") ?? "")) ??
    parts[0] ?? [undefined, text];
  const names = { entity: entity === undefined ? undefined : nameOf(entity), column: nameOf(column) };
  if (names.column !== undefined && (entity === undefined || names.entity !== undefined)) {
    return { entity: names.entity, column: names.column };
  }
  throw new Trouble(
    "BWK485",
    `\`${text}\` does not name a column`,
    'an entity, a dot and an attribute: Account.revenue, or "Pièce jointe".note',
  );
}
