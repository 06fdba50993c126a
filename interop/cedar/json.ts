// JSON with exact 64-bit numbers, which JSON.stringify does not write.
import type { CedarEntity } from "./entities.ts";

/** The entities as the JSON file that Cedar reads: one a line. */
export function entitiesText(entities: readonly CedarEntity[]): string {
  return `[\n${entities.map((entity) => `  ${text(entity)}`).join(",\n")}\n]\n`;
}

function text(value: unknown): string {
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return `[${value.map(text).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, each]) => `${JSON.stringify(key)}:${text(each)}`)
    .join(",")}}`;
}
