// Attributes of entities, users, teams and requests, and values for them. The same few names and values everywhere, so that
// entities have attributes in common and comparisons are true often enough.
import type { AttributePlan, AttributeTypePlan, ValuePlan, ValuesPlan } from "./attribute-plan.ts";
import type { Sketch } from "./sketch.ts";

/** Texts that values and literals share. */
export const texts: readonly string[] = ["a", "open", "b", "won", "é🦊", "a*b", "Zoë", 'say "no"\\'];
export const longs: readonly string[] = [
  "1",
  "0",
  "2",
  "3",
  "-1",
  "9223372036854775807",
  "-9223372036854775808",
  "3037000500",
  "12",
  "9007199254740993",
];
export const decimals: readonly string[] = [
  "1.5",
  "0.0",
  "-1.5",
  "1.5001",
  "922337203685477.5807",
  "-922337203685477.5808",
];
export const datetimes: readonly string[] = [
  "2026-01-31",
  "2026-01-31T00:00:00.001Z",
  "2026-01-31T01:00:00+0100",
  "1969-12-31T23:59:59.999Z",
  "0001-01-01",
  "9999-12-31T23:59:59Z",
];
const options: readonly (readonly string[])[] = [
  ["open", "won"],
  ["a", "b", "open"],
  ["won"],
  ["active", "inactive"],
  ["inactive", "open"],
];

const kinds: readonly (readonly [name: string, kind: AttributeTypePlan["kind"]])[] = [
  ["amount", "Long"],
  ["name", "String"],
  ["status", "Choice"],
  ["flag", "Bool"],
  ["price", "Decimal"],
  ["due", "Datetime"],
  ["tags", "Set"],
  ["boss", "User"],
  ["link", "Lookup"],
  ["codes", "Set"],
  ["link", "Lookup"],
  ["crew", "Team"],
  ["place", "BusinessUnit"],
  ["keeper", "Principal"],
  ["other link", "Lookup"],
  ["role", "Long"],
  ["like", "String"],
  ["state", "Choice"],
];

function typeOf(kind: AttributeTypePlan["kind"], name: string, pick: number, entities: readonly string[]) {
  const at = <T>(list: readonly T[]): T => list[pick % list.length] as T;
  if (kind === "Choice") return { kind, options: at(options) };
  if (kind === "Set") return { kind, element: name === "codes" ? "Long" : "String" } as const;
  if (kind === "Lookup") return { kind, entity: at(entities) };
  return { kind };
}

/** Attributes of one owner, each name once. `always` says what has to be optional. */
export function designAttributes(
  sketches: Sketch["attributes"]["context"],
  entities: readonly string[],
  always: (kind: AttributeTypePlan["kind"]) => boolean,
): AttributePlan[] {
  const attributes = new Map<string, AttributePlan>();
  for (const { kind: pick, detail, twisted, optional } of sketches) {
    const [name, usual] = kinds[pick % kinds.length] as (typeof kinds)[number];
    // One name, another type: entities that share a condition need not share this attribute.
    const kind = twisted && usual !== "Lookup" ? (usual === "String" ? "Long" : "String") : usual;
    const type = typeOf(kind, name, detail, entities);
    attributes.set(name, { name, type, optional: optional || always(kind) });
  }
  return [...attributes.values()];
}

/** An item of the list, more often one that stands early. */
export function low<T>(list: readonly T[], pick: number): T {
  return list[Math.min(pick % list.length, (pick >> 5) % list.length)] as T;
}

/** What values can name. */
export interface Named {
  readonly users: readonly string[];
  /** With the default teams. */
  readonly teams: readonly string[];
  readonly units: readonly string[];
  /** The ids of an entity's records. */
  readonly records: (entity: string) => readonly string[];
}

/** undefined where there is nothing to choose from. */
export function designValue(type: AttributeTypePlan, pick: number, named: Named): ValuePlan | undefined {
  const at = <T>(list: readonly T[]): T | undefined => list[pick % list.length];
  switch (type.kind) {
    case "String":
      return low(texts, pick);
    case "Long":
      return low(longs, pick);
    case "Bool":
      return pick % 2 === 0;
    case "Decimal":
      return low(decimals, pick);
    case "Datetime":
      return low(datetimes, pick);
    case "Choice":
      return at(type.options);
    case "Set": {
      const all = type.element === "String" ? texts : longs;
      return all.filter((_, index) => ((pick >> index) & 1) === 1);
    }
    case "Lookup":
      return at(named.records(type.entity));
    case "User":
      return at(named.users);
    case "Team":
      return at(named.teams);
    case "BusinessUnit":
      return at(named.units);
    case "Principal": {
      const isUser = pick % 2 === 0;
      const name = (isUser ? named.users : named.teams)[
        (pick >> 1) % (isUser ? named.users : named.teams).length
      ];
      return name === undefined ? undefined : { kind: isUser ? "user" : "team", name };
    }
  }
}

/** Numbers that look independent, from one. */
export function scatter(seed: number, index: number): number {
  let mixed = Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return ((mixed ^ (mixed >>> 13)) >>> 0) % 65_536;
}

/** Values of one owner's attributes. `missing`: whether one that is not optional may be absent all the same. */
export function designValues(
  attributes: readonly AttributePlan[],
  seed: number,
  named: Named,
  missing: (attribute: AttributePlan, pick: number) => boolean,
): ValuesPlan {
  const values: Record<string, ValuePlan> = {};
  for (const [index, attribute] of attributes.entries()) {
    const pick = scatter(seed, index);
    const absent = attribute.optional ? pick % 3 === 2 : missing(attribute, pick);
    const value = absent ? undefined : designValue(attribute.type, pick >> 3, named);
    if (value !== undefined) values[attribute.name] = value;
  }
  return values;
}
