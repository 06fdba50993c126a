import { BailiwickError } from "../errors.ts";
import { describeValue, quote } from "../quote.ts";
import { didYouMean } from "../suggest.ts";

/** The own properties of a JSON object. A Map, because a name may be `__proto__`. */
export type Fields = ReadonlyMap<string, unknown>;

/** An error about the shape of the JSON at `path`. */
export function shapeError(path: string, expected: string, value: unknown): BailiwickError {
  const what =
    value === undefined ? `${expected} is missing` : `expected ${expected}, not ${describeValue(value)}`;
  return new BailiwickError("BWK420", `${path}: ${what}`);
}

/** `users[3]` and `roles` make `users[3].roles`; names that are no identifiers are quoted. */
export function at(path: string, key: string): string {
  const step = /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
  return path === "" ? step.replace(/^\./, "") : `${path}${step}`;
}

/** The properties of an object, whatever their names. */
export function anyFields(value: unknown, path: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw shapeError(path, "an object", value === undefined ? null : value);
  }
  return new Map(Object.entries(value));
}

/** The properties of an object that has only known ones. An absent value and null are the same. */
export function fields(value: unknown, path: string, known: readonly string[]): Fields {
  const result = anyFields(value, path);
  for (const key of result.keys()) {
    if (known.includes(key)) continue;
    throw new BailiwickError(
      "BWK420",
      `${path}: unknown property ${quote(key)}`,
      didYouMean(key, known) ?? `expected ${known.map(quote).join(", ")}`,
    );
  }
  return result;
}

export function optionalText(of: Fields, path: string, key: string): string | undefined {
  const value = of.get(key) ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== "string" || value === "") throw shapeError(at(path, key), "a name", value);
  return value;
}

export function text(of: Fields, path: string, key: string): string {
  const value = optionalText(of, path, key);
  if (value === undefined) throw shapeError(at(path, key), "a name", undefined);
  return value;
}

export function flag(of: Fields, path: string, key: string): boolean {
  const value = of.get(key) ?? false;
  if (typeof value !== "boolean") throw shapeError(at(path, key), "true or false", value);
  return value;
}

/** The items of an optional array, each read with its path. */
export function list<T>(
  of: Fields,
  path: string,
  key: string,
  read: (item: unknown, path: string) => T,
): T[] {
  const value = of.get(key) ?? [];
  const place = at(path, key);
  if (!Array.isArray(value)) throw shapeError(place, "an array", value);
  return Array.from(value, (item: unknown, i) => read(item, `${place}[${i}]`));
}

/** An item that is a name. */
export function name(value: unknown, path: string): string {
  if (typeof value !== "string" || value === "")
    throw shapeError(path, "a name", value === undefined ? null : value);
  return value;
}
