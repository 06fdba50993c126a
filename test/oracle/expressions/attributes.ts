// `a.b` and `a has b`: what has which attributes (language.md sections 3 and 6).
import type { Value } from "../../../compiler/model/model.ts";
import type { RecordFacts } from "../facts.ts";
import { expressionValue, isResource, type Situation } from "./situation.ts";
import { asEntity, type EntityValue, EvaluationError, type ExpressionValue } from "./values.ts";

/** The attribute, or undefined where it is absent. */
type Attributes = (name: string) => ExpressionValue | undefined;

function stored(values: ReadonlyMap<string, Value>, { facts }: Situation): Attributes {
  return (name) => {
    const value = values.get(name);
    return value === undefined ? undefined : expressionValue(value, facts);
  };
}

/** Every record has an owner and a business unit where its ownership gives it one; nothing else is called so there. */
function ofRecord(record: RecordFacts, situation: Situation): Attributes {
  const { owner, unit, attributes } = record;
  const declared = stored(attributes, situation);
  return (name) => {
    if (name === "owner" && owner !== undefined)
      return { kind: "entity", type: owner.kind === "user" ? "User" : "Team", id: owner.name };
    if (name === "businessUnit" && unit !== undefined)
      return { kind: "entity", type: "BusinessUnit", id: unit };
    return declared(name);
  };
}

/** undefined: of that id nothing is loaded. */
function attributesOf(entity: EntityValue, situation: Situation): Attributes | undefined {
  const { facts, record } = situation;
  const { type, id } = entity;
  const nothing: Attributes = () => undefined;
  if (isResource(entity, situation)) return record === undefined ? nothing : ofRecord(record, situation);
  if (type === undefined || id === undefined) return undefined;
  if (type === "User" || type === "Team") {
    const found = type === "User" ? facts.findUser(id) : facts.findTeam(id);
    return found && stored(found.attributes, situation);
  }
  // Units have no values in this version; roles and actions have no attributes at all.
  if (type === "BusinessUnit") return facts.hasUnit(id) ? nothing : undefined;
  if (type === "Role" || type === "Action") return nothing;
  const found = facts.findRecord(type, id);
  return found && ofRecord(found, situation);
}

/** `a.name`: absent, or of a record that is not loaded, it is an error. */
export function attribute(object: ExpressionValue, name: string, situation: Situation): ExpressionValue {
  if (typeof object === "object" && object.kind === "context") {
    const value = stored(situation.context, situation)(name);
    if (value === undefined) throw new EvaluationError("missing attribute", `the context has no ${name}`);
    return value;
  }
  const entity = asEntity(object);
  const attributes = attributesOf(entity, situation);
  if (attributes === undefined)
    throw new EvaluationError("missing record", `${entity.type}::"${entity.id}" is not loaded`);
  const value = attributes(name);
  if (value === undefined)
    throw new EvaluationError("missing attribute", `${entity.type}::"${entity.id}" has no ${name}`);
  return value;
}

/** `a has b.c` is `a has b && a.b has c`; false where a record on the way is not loaded. */
export function has(object: ExpressionValue, path: readonly string[], situation: Situation): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return true;
  let value: ExpressionValue | undefined;
  if (typeof object === "object" && object.kind === "context")
    value = stored(situation.context, situation)(name);
  else value = attributesOf(asEntity(object), situation)?.(name);
  return value !== undefined && has(value, rest, situation);
}
