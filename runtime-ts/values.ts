import {
  TEAM_BIT,
  TYPE_BOOL,
  TYPE_CHOICE,
  TYPE_DATETIME,
  TYPE_DECIMAL,
  TYPE_LONG,
  TYPE_LOOKUP,
  TYPE_PRINCIPAL,
  TYPE_SET,
  TYPE_STRING,
  TYPE_TEAM,
  TYPE_UNIT,
  TYPE_USER,
} from "../runtime-as/abi.ts";
import { parseDatetime } from "./datetime.ts";
import type { Attribute } from "./policy.ts";
import { describeValue, quote } from "./quote.ts";
import { didYouMean } from "./suggest.ts";

const longMinimum = -(2n ** 63n);
const longMaximum = 2n ** 63n - 1n;
const fractionDigits = 4;

/** A 64-bit integer: text, a bigint, or a number that is exact. Undefined where it is none. */
export function parseLong(value: unknown): bigint | undefined {
  let long: bigint;
  if (typeof value === "bigint") long = value;
  else if (typeof value === "number" && Number.isSafeInteger(value)) long = BigInt(value);
  else if (typeof value === "string" && /^-?[0-9]{1,19}$/.test(value)) long = BigInt(value);
  else return undefined;
  return long < longMinimum || long > longMaximum ? undefined : long;
}

/**
 * A decimal in ten-thousandths, as Cedar has it: up to four fractional digits, in 64 bits. Text, or a number that four
 * digits say exactly; a whole number needs no point. Undefined where it is none.
 */
export function parseDecimal(value: unknown): bigint | undefined {
  if (typeof value === "number" && Math.abs(value) * 10 ** fractionDigits > Number.MAX_SAFE_INTEGER)
    return undefined;
  const text = typeof value === "number" || typeof value === "bigint" ? String(value) : value;
  if (typeof text !== "string") return undefined;
  const match = /^(-?)([0-9]{1,19})(?:\.([0-9]{1,4}))?$/.exec(text);
  if (match === null) return undefined;
  const digits = BigInt(`${match[2]}${(match[3] ?? "").padEnd(fractionDigits, "0")}`);
  const decimal = match[1] === "-" ? -digits : digits;
  return decimal < longMinimum || decimal > longMaximum ? undefined : decimal;
}

/** `true` and `false`, also as text. Undefined where it is neither. */
export function parseBool(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  return value === "true" ? true : value === "false" ? false : undefined;
}

const longs = /^\s*\[\s*(?:-?[0-9]+\s*(?:,\s*-?[0-9]+\s*)*)?\]\s*$/;

/** The elements of a set: an array, or the text of a JSON array. Undefined where it is neither. */
function elementsOf(value: unknown, element: number): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (typeof value !== "string") return undefined;
  // JSON.parse would round whole numbers beyond 53 bits.
  if (element === TYPE_LONG && longs.test(value)) return value.match(/-?[0-9]+/g) ?? [];
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** A set of `element` (TYPE_STRING or TYPE_LONG), as an array or as the text of a JSON array. Undefined where it is none. */
export function parseSet(value: unknown, element: number): readonly (string | bigint)[] | undefined {
  const elements = elementsOf(value, element);
  if (elements === undefined) return undefined;
  const parsed: (string | bigint)[] = [];
  for (const item of elements) {
    const one = element === TYPE_LONG ? parseLong(item) : typeof item === "string" ? item : undefined;
    if (one === undefined) return undefined;
    parsed.push(one);
  }
  return parsed;
}

interface Names {
  has(name: string): boolean;
  get(name: string): number | undefined;
  keys(): Iterable<string>;
}

/** The names that values may refer to, and their numbers. */
export interface ValueNames {
  readonly users: Names;
  readonly teams: Names;
  readonly units: Names;
}

/**
 * The number of a user, or of a team with TEAM_BIT; or what is wrong, in words. `User::"x"` and `Team::"x"` say which of
 * the two is meant; a bare name must be one of them.
 */
export function parsePrincipal(value: string, { users, teams }: ValueNames): number | string {
  const typed = /^(User|Team)::("(?:[^"\\]|\\.)*")$/.exec(value);
  if (typed !== null) {
    let name: unknown;
    try {
      name = JSON.parse(typed[2] as string);
    } catch {
      return `expected a user or team, not ${quote(value)}`;
    }
    const number = (typed[1] === "User" ? users : teams).get(name as string);
    if (number === undefined) return `unknown principal ${quote(value)}`;
    return typed[1] === "User" ? number : (number | TEAM_BIT) >>> 0;
  }
  const user = users.get(value);
  const team = teams.get(value);
  if (user !== undefined && team !== undefined) {
    return `${quote(value)} is a user and a team: say \`User::${JSON.stringify(value)}\` or \`Team::${JSON.stringify(value)}\``;
  }
  if (team !== undefined) return (team | TEAM_BIT) >>> 0;
  return user ?? `unknown user or team ${quote(value)}`;
}

function nameProblem(kind: string, names: Names, value: unknown): string | undefined {
  if (typeof value !== "string" || value === "")
    return `expected the name of a ${kind}, not ${describeValue(value)}`;
  if (names.has(value)) return undefined;
  const help = didYouMean(value, names.keys());
  return `unknown ${kind} ${quote(value)}${help === undefined ? "" : `, ${help}`}`;
}

/** What is wrong with a value of this attribute, in words that follow a place; undefined where it is right. */
export function valueProblem(attribute: Attribute, value: unknown, names: ValueNames): string | undefined {
  const expected = (ok: boolean, words: string) =>
    ok ? undefined : `expected ${words}, not ${describeValue(value)}`;
  switch (attribute.type) {
    case TYPE_STRING:
      return expected(typeof value === "string", "text");
    case TYPE_LONG:
      return expected(
        parseLong(value) !== undefined,
        typeof value === "number" && Number.isInteger(value)
          ? "an exact 64-bit whole number (write it as text)"
          : "a 64-bit whole number",
      );
    case TYPE_BOOL:
      return expected(parseBool(value) !== undefined, "`true` or `false`");
    case TYPE_DECIMAL:
      return expected(parseDecimal(value) !== undefined, "a decimal with up to four fractional digits");
    case TYPE_DATETIME:
      return expected(parseDatetime(value) !== undefined, "a datetime such as `2026-01-31T09:30:00Z`");
    case TYPE_CHOICE:
      // The words are made when they are needed: tables have millions of right cells.
      if (typeof value === "string" && attribute.options.includes(value)) return undefined;
      return expected(false, `one of ${attribute.options.map(quote).join(", ")}`);
    case TYPE_SET:
      return expected(
        parseSet(value, attribute.argument) !== undefined,
        attribute.argument === TYPE_STRING ? "a JSON array of texts" : "a JSON array of 64-bit whole numbers",
      );
    case TYPE_LOOKUP:
      return expected(typeof value === "string" && value !== "", "the id of a record");
    case TYPE_USER:
      return nameProblem("user", names.users, value);
    case TYPE_TEAM:
      return nameProblem("team", names.teams, value);
    case TYPE_UNIT:
      return nameProblem("business unit", names.units, value);
    case TYPE_PRINCIPAL: {
      if (typeof value !== "string" || value === "") return expected(false, "the name of a user or team");
      const principal = parsePrincipal(value, names);
      return typeof principal === "string" ? principal : undefined;
    }
    default:
      return expected(false, "no value of this type");
  }
}
