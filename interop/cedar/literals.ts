// Constants in Cedar's syntax.
import type { AttributeType, Typed } from "../../compiler/index.ts";
import type { Place } from "./entity-tests.ts";
import { ExportError } from "./errors.ts";
import { entityId, quoted } from "./names.ts";
import type { Text } from "./precedence.ts";
import type { Vocabulary } from "./vocabulary.ts";

export function literal({ value, type }: Typed & { op: "constant" }): Text {
  if (typeof value === "string") return { text: quoted(value), level: "member" };
  if (typeof value === "boolean") return { text: `${value}`, level: "member" };
  if (type.kind === "Decimal") return { text: `decimal("${decimalText(value)}")`, level: "member" };
  if (type.kind === "Datetime") return { text: datetimeText(value), level: "member" };
  return { text: `${value}`, level: value < 0n ? "unary" : "member" };
}

/** Ten-thousandths: `-12.5`. */
function decimalText(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(5, "0");
  const fraction = digits.slice(-4).replace(/(?<=.)0+$/, "");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -4)}.${fraction}`;
}

const earliest = BigInt(Date.parse("0000-01-01T00:00:00.000Z"));
const latest = BigInt(Date.parse("9999-12-31T23:59:59.999Z"));

/** Milliseconds. Cedar's texts have four digits for the year; an offset can lead beyond them. */
function datetimeText(value: bigint): string {
  if (value < earliest || value > latest) return `datetime("1970-01-01").offset(duration("${value}ms"))`;
  return `datetime("${new Date(Number(value)).toISOString()}")`;
}

/** What ends with an error and has the type of the attribute. */
export function missingValue(type: AttributeType, place: Place): string {
  if (type.kind === "Principal") return ownerOfNothing(place);
  // A number that grows too large decides which of two equal values it is.
  const value = typicalValue(type, place.names);
  return `if 9223372036854775807 + 1 == 0 then ${value} else ${value}`;
}

/** A user or team has no literal in Cedar: the owner of a record that is not there. */
function ownerOfNothing({ model, names }: Place): string {
  const entity = model.policy.entities.findIndex(({ ownership }) => ownership === "userOrTeam");
  if (entity < 0)
    throw new ExportError([
      "an attribute of type `Principal` that is not optional, yet absent, is used in a condition of a project " +
        "without an entity that users and teams own",
    ]);
  const taken = new Set(model.world.records.map(({ id }) => id));
  let id = "";
  while (taken.has(id)) id += "_";
  return `${entityId(names.entities[entity] as string, id)}.owner`;
}

function typicalValue(type: Exclude<AttributeType, { kind: "Principal" }>, names: Vocabulary): string {
  switch (type.kind) {
    case "String":
    case "Choice":
      return '""';
    case "Long":
      return "0";
    case "Bool":
      return "false";
    case "Decimal":
      return 'decimal("0.0")';
    case "Datetime":
      return 'datetime("1970-01-01")';
    case "Set":
      return type.element === "Long" ? "[0]" : '[""]';
    case "Lookup":
      return entityId(names.entities[type.entity] as string, "");
    default:
      return entityId(type.kind, "");
  }
}
