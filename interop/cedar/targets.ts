// Which records a grant or guardrail concerns, and how a policy gets from the resource of the request to the record that
// decides: an entity owned by its parent leaves the decision to it (semantics.md E2), which here is following its lookup.
import type { Entity, Policy, ResourceScope } from "../../compiler/index.ts";
import { attributeName, entityId, member } from "./names.ts";
import type { Vocabulary } from "./vocabulary.ts";

export interface Target {
  /** The entities of the resource: one, or several that all decide for themselves. */
  readonly entities: readonly number[];
  /** The entity of the record that decides; of several, the first. */
  readonly decider: number;
  /** The record that decides: `resource`, or `resource.order`. */
  readonly record: string;
  /** What must hold before `record` can be spoken of, and that it lies in the resource scope. */
  readonly tests: readonly string[];
  /** Resource scopes of the head, where the resource itself decides. */
  readonly within: string | undefined;
  readonly only: string | undefined;
}

/** A way from an entity to itself or to an ancestor that decides for it. */
export interface Way {
  readonly from: number;
  readonly to: number;
  readonly record: string;
  readonly tests: readonly string[];
}

/** The entity itself, its parent, the parent's parent, and so on. */
export function waysUp(from: number, policy: Policy): readonly Way[] {
  const ways: Way[] = [{ from, to: from, record: "resource", tests: [] }];
  for (let at = ways[0] as Way; ; at = ways[ways.length - 1] as Way) {
    const { parent, attributes } = policy.entities[at.to] as Entity;
    if (parent === undefined) return ways;
    const lookup = attributes[parent.attribute];
    if (lookup === undefined) return ways;
    const guard = lookup.optional ? [`${at.record} has ${attributeName(lookup.name)}`] : [];
    ways.push({
      from,
      to: parent.entity,
      record: member(at.record, lookup.name),
      tests: [...at.tests, ...guard],
    });
  }
}

export type Places = Pick<ResourceScope, "unit" | "record">;

export function hasUnit({ ownership }: Entity): boolean {
  return ownership === "userOrTeam" || ownership === "businessUnit";
}

/** Whether the record that decides has an owner, and can be shared. */
export function isOwned({ decider }: Target, policy: Policy): boolean {
  return (policy.entities[decider] as Entity).ownership === "userOrTeam";
}

/** Whether records of the entity can lie in the resource scope at all. */
export function canLieIn(entity: number, { unit, record }: Places, policy: Policy): boolean {
  if (record !== undefined && record.entity !== entity) return false;
  return unit === undefined || hasUnit(policy.entities[entity] as Entity);
}

/** A way as a target, with the resource scope tested at its end. */
export function targetOf(
  { from, to, record, tests }: Way,
  { unit, record: only }: Places,
  names: Vocabulary,
): Target {
  const itself = record === "resource";
  const id = only === undefined ? undefined : entityId(names.entities[only.entity] as string, only.id);
  const within = unit === undefined ? undefined : entityId("BusinessUnit", unit);
  const at = [
    ...(id === undefined || itself ? [] : [`${record} == ${id}`]),
    ...(within === undefined || (itself && id === undefined) ? [] : [`${record} in ${within}`]),
  ];
  return {
    entities: [from],
    decider: to,
    record,
    tests: [...tests, ...at],
    within: itself && id === undefined ? within : undefined,
    only: itself ? id : undefined,
  };
}

/**
 * Every way to ask about records of `deciders`: they themselves, together in one target unless each is to stand alone, and
 * the entities that leave the decision to them.
 */
export function targetsOf(
  deciders: readonly number[],
  places: Places,
  { policy, names, alone }: { policy: Policy; names: Vocabulary; alone: boolean },
): readonly Target[] {
  const fitting = deciders.filter((entity) => canLieIn(entity, places, policy));
  const own = fitting.map((entity) => targetOf(waysUp(entity, policy)[0] as Way, places, names));
  const [first] = own;
  const together = first !== undefined && !alone ? [{ ...first, entities: fitting }] : own;
  const lines = policy.entities.flatMap((_, from) =>
    waysUp(from, policy)
      .slice(1)
      .filter((way) => fitting.includes(way.to))
      .map((way) => targetOf(way, places, names)),
  );
  return [...together, ...lines];
}

/** The resource scope as tests of a record, wherever it stands. */
export function placeTests(
  record: string,
  { unit, record: only }: Places,
  names: Vocabulary,
): readonly string[] {
  return [
    ...(only === undefined
      ? []
      : [`${record} == ${entityId(names.entities[only.entity] as string, only.id)}`]),
    ...(unit === undefined ? [] : [`${record} in ${entityId("BusinessUnit", unit)}`]),
  ];
}
