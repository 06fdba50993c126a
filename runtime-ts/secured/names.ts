import { BailiwickError } from "../errors.ts";
import type { Entity, Policy } from "../policy.ts";
import { quote } from "../quote.ts";
import { didYouMean } from "../suggest.ts";

/** The number of a secured column; undefined for an attribute that is not secured. Throws BWK440. */
export function columnNumber(
  { entities, secured }: Policy,
  entity: number,
  name: string,
): number | undefined {
  const { attributes, name: entityName } = entities[entity] as Entity;
  if (!attributes.has(name)) {
    throw new BailiwickError(
      "BWK440",
      `${quote(entityName)} has no attribute ${quote(name)}`,
      didYouMean(name, attributes.keys()),
    );
  }
  const number = (secured.columns[entity] ?? []).findIndex((column) => column.name === name);
  return number < 0 ? undefined : number;
}

/** The number of a column that must be secured. Throws BWK440, BWK441. */
export function securedColumn(policy: Policy, entity: number, name: string): number {
  const number = columnNumber(policy, entity, name);
  if (number !== undefined) return number;
  const of = quote(policy.entities[entity]?.name as string);
  throw new BailiwickError(
    "BWK441",
    `${quote(name)} of ${of} is not secured`,
    "whoever reads the record reads it",
  );
}
