// Every grant of a project, of roles and of guardrail permits, in one shape.
import {
  actions,
  type Entity,
  existingActions,
  type Guardrail,
  guardrailCovers,
  levels,
  type Policy,
  positionOf,
  printName,
  type Role,
  type Span,
} from "../../compiler/index.ts";
import { type Holding, holdingOfRole, holdingOfScope } from "./holding.ts";
import { inMask } from "./rights.ts";
import type { Places } from "./targets.ts";
import type { Vocabulary } from "./vocabulary.ts";

export interface CedarGrant {
  readonly holding: Holding;
  /** Number of the role whose copies hold it; undefined for permits to others. */
  readonly role: number | undefined;
  readonly level: number;
  readonly actions: readonly number[];
  /** Entities with privileges of their own, all of one ownership. */
  readonly deciders: readonly number[];
  readonly places: Places;
  readonly condition: number | undefined;
  readonly comment: string;
  /** Of level reach, in the words of explanations. */
  readonly reason: string;
}

/** Where a thing is written: `contoso.bwk:12`. */
export function placeOf({ file, start }: Span): string {
  return `${file.name}:${positionOf(file, start).line}`;
}

export function grantsOf(policy: Policy, names: Vocabulary): readonly CedarGrant[] {
  return [
    ...policy.roles.flatMap((role, number) => grantsOfRole(role, number, policy, names)),
    ...policy.guardrails
      .filter(({ effect }) => effect === "permit")
      .flatMap((guardrail) => grantsOfPermit(guardrail, policy, names)),
  ];
}

interface Line {
  readonly span: Span;
  readonly level: number;
  readonly condition: number | undefined;
  readonly masks: Map<number, number>;
}

/** The grants of a role as they were written: one line again, apart from what other lines of it cover. */
function linesOf({ grants, conditionalGrants }: Role): readonly Line[] {
  const lines = new Map<string, Line>();
  const add = (grant: Role["grants"][number], condition: number | undefined) => {
    const { span, level, privilegeSet, action } = grant;
    const key = JSON.stringify([span.file.name, span.start, level, condition]);
    const line = lines.get(key) ?? { span, level, condition, masks: new Map<number, number>() };
    lines.set(key, line);
    line.masks.set(privilegeSet, (line.masks.get(privilegeSet) ?? 0) | (1 << action));
  };
  for (const grant of grants) add(grant, undefined);
  for (const grant of conditionalGrants) add(grant, grant.condition);
  return [...lines.values()];
}

function grantsOfRole(role: Role, number: number, policy: Policy, names: Vocabulary): CedarGrant[] {
  const holding = holdingOfRole(number, policy, names);
  return linesOf(role).flatMap(({ span, level, condition, masks }) => {
    const same = new Map<string, { mask: number; sets: number[] }>();
    for (const [set, mask] of masks) {
      const key = `${policy.privilegeSets[set]?.ownership} ${mask}`;
      const group = same.get(key) ?? { mask, sets: [] };
      same.set(key, group);
      group.sets.push(set);
    }
    return [...same.values()].map(({ mask, sets }): CedarGrant => {
      const granted = actionsIn(mask);
      const on = sets.map((set) => printName(policy.privilegeSets[set]?.name ?? ""));
      return {
        holding,
        role: number,
        level,
        actions: granted,
        deciders: sets.flatMap((set) => policy.privilegeSets[set]?.entities ?? []),
        places: { unit: undefined, record: undefined },
        condition,
        comment: `${placeOf(span)}: role ${printName(role.name)}: permit ${wordsOf(granted)} on ${on.join(", ")} at ${levels[level]}`,
        reason: `role ${printName(role.name)}`,
      };
    });
  });
}

function grantsOfPermit(guardrail: Guardrail, policy: Policy, names: Vocabulary): CedarGrant[] {
  const { principal, resource, level, condition, id, span } = guardrail;
  const groups = new Map<string, { mask: number; deciders: number[] }>();
  for (const [number, entity] of policy.entities.entries()) {
    const mask = maskOf(guardrail, number, entity, policy);
    if (mask === 0) continue;
    const key = `${entity.ownership} ${mask}`;
    const group = groups.get(key) ?? { mask, deciders: [] };
    groups.set(key, group);
    group.deciders.push(number);
  }
  return [...groups.values()].map(({ mask, deciders }): CedarGrant => {
    const granted = actionsIn(mask);
    const on = deciders.map((entity) => printName(policy.entities[entity]?.name ?? ""));
    return {
      holding: holdingOfScope(principal, policy, names),
      role: principal.kind === "role" ? principal.role : undefined,
      level,
      actions: granted,
      deciders,
      places: { unit: resource.unit, record: resource.record },
      condition,
      comment: `${placeOf(span)}: permit ${JSON.stringify(id)}: ${wordsOf(granted)} on ${on.join(", ")} at ${levels[level]}`,
      reason: `permit ${JSON.stringify(id)}`,
    };
  });
}

function maskOf(guardrail: Guardrail, number: number, { ownership }: Entity, policy: Policy): number {
  const exist = actionsIn(existingActions(ownership));
  return exist
    .filter((action) => guardrailCovers(policy, guardrail, number, action))
    .reduce((mask, action) => mask | (1 << action), 0);
}

export function actionsIn(mask: number): number[] {
  return [...actions.keys()].filter((action) => inMask(mask, action));
}

export function wordsOf(numbers: readonly number[]): string {
  return numbers.map((action) => actions[action]).join(", ");
}
