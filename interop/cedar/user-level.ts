// B9: the owner clause holds only for who has some grant of the privilege at user level.
import type { Export } from "./context.ts";
import type { CedarGrant } from "./grants.ts";
import { ownership } from "./holding.ts";
import { USER } from "./rights.ts";
import { canLieIn, placeTests, type Target } from "./targets.ts";

/** Modern with `recomputeOwnership: false`: owners need more than any grant. */
export function limitsOwners({ policy }: Export): boolean {
  const { ownershipAcrossBusinessUnits, recomputeOwnership } = policy.settings;
  return ownershipAcrossBusinessUnits && !recomputeOwnership;
}

/** Actions, and tests that hold where the user has a grant of any of them at user level for the record. */
export interface UserLevelWay {
  readonly actions: readonly number[];
  readonly tests: readonly string[];
}

/** Who has a grant at user level differs from action to action; those with the same tests go together. */
export function userLevelWays(
  actions: readonly number[],
  target: Target,
  context: Export,
): readonly UserLevelWay[] {
  const ways = new Map<string, { actions: number[]; tests: readonly string[] }>();
  for (const action of actions)
    for (const tests of userLevelTests(action, target, context)) {
      const key = JSON.stringify(tests);
      const way = ways.get(key) ?? { actions: [], tests };
      ways.set(key, way);
      way.actions.push(action);
    }
  return [...ways.values()];
}

/**
 * Tests that hold where the user has a grant of the action at user level for the record: one list for all the grants
 * without a condition, and one for each with a condition, whose error must not spoil the others.
 */
function userLevelTests(action: number, target: Target, context: Export): readonly (readonly string[])[] {
  const grants = context.grants.filter(
    ({ level, actions, deciders, places }) =>
      level === USER &&
      actions.includes(action) &&
      deciders.includes(target.decider) &&
      canLieIn(target.decider, places, context.policy),
  );
  const plain = grants.filter(({ condition }) => condition === undefined);
  const tests = [...new Set(plain.map((grant) => holds(grant, target, context)))];
  const together = tests.includes("true") ? [[]] : tests.length === 0 ? [] : [[anyOf(tests)]];
  return [
    ...together,
    ...grants.flatMap((grant) => {
      if (grant.condition === undefined) return [];
      const held = holds(grant, target, context);
      const condition = context.conditionOf(grant.condition, target).text;
      return [held === "true" ? [condition] : [held, condition]];
    }),
  ];
}

function anyOf(tests: readonly string[]): string {
  return tests.length === 1 ? (tests[0] as string) : `(${tests.join(" ||\n ")})`;
}

function holds({ holding, places }: CedarGrant, { record }: Target, { names }: Export): string {
  const { ofTeam, administers } = ownership(record, names);
  const { scope, owningTeam } = holding;
  const held =
    owningTeam === undefined ? scope : `(${scope} || (${ofTeam} && ${administers} && ${owningTeam(record)}))`;
  const tests = [...(held === "principal" ? [] : [held]), ...placeTests(record, places, names)];
  if (tests.length < 2) return tests[0] ?? "true";
  return `(${tests.join(" && ")})`;
}
