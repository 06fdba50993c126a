// What a condition is asked about: who wants what of which record, and what the request carries.
import type { User, Value } from "../../../compiler/model/model.ts";
import type { Facts, RecordFacts } from "../facts.ts";
import { datetimeOf, decimalOf } from "./literals.ts";
import { type EntityValue, type ExpressionValue, setOf } from "./values.ts";

export interface Situation {
  readonly facts: Facts;
  readonly user: User;
  /** The record privilege or task privilege in question. */
  readonly action: string;
  /** Loaded or described; none where a task privilege is in question. */
  readonly record: RecordFacts | undefined;
  readonly context: ReadonlyMap<string, Value>;
}

export function principalOf({ user }: Situation): EntityValue {
  return { kind: "entity", type: "User", id: user.name };
}

export function resourceOf({ record }: Situation): EntityValue {
  return { kind: "entity", type: record?.entity.name, id: record?.id };
}

/** Whether the value is the resource in question itself, which need not be loaded. */
export function isResource({ type, id }: EntityValue, { record }: Situation): boolean {
  return type === record?.entity.name && id === record?.id;
}

/** A stored value as expressions see it: a Choice is a String. */
export function expressionValue(value: Value, facts: Facts): ExpressionValue {
  switch (value.kind) {
    case "String":
    case "Choice":
    case "Long":
    case "Bool":
      return value.value;
    case "Decimal":
      return decimalOf(value.value);
    case "Datetime":
      return datetimeOf(value.value);
    case "Set":
      return setOf(value.value);
    case "Record":
      return { kind: "entity", type: facts.policy.entities[value.entity]?.name, id: value.id };
    case "Principal":
      return {
        kind: "entity",
        type: value.principal.kind === "user" ? "User" : "Team",
        id: value.principal.name,
      };
    case "Unit":
      return { kind: "entity", type: "BusinessUnit", id: value.name };
  }
}
