// semantics.md section 10: each source that allows, in full. What `check` names by kind and name is told here with who holds
// it, at which level and from which unit it reaches, and from which record above an inherited share comes.
import type { Action, Level, PrincipalName, User } from "../../../compiler/model/model.ts";
import { reachesByLevel } from "../access.ts";
import { Conditions } from "../conditions.ts";
import { parentsOf } from "../effects/inherit.ts";
import type { Oracle, Question } from "../evaluate.ts";
import type { Facts, RecordFacts } from "../facts.ts";
import { copiesOf, grantsOnRecord, type Holder, permitCopies, permits } from "../grants.ts";
import { keyOf, type PlainWorld, type RecordKey, samePrincipal } from "../plain-world.ts";
import { actionNames, hasRight } from "../rights.ts";
import { isBareResource } from "../scopes.ts";
import type { Source } from "../sources.ts";

export interface FullSource extends Source {
  readonly holder?: PrincipalName;
  readonly level?: Level;
  /** The unit of the role copy. */
  readonly context?: string;
  /** Of an administrator the role. */
  readonly role?: string;
  /** Of an inherited share: the records above that give it, by key, sorted. */
  readonly from?: readonly string[];
}

/** E2: the record that decides; undefined where a parent is missing. */
export function decisive(facts: Facts, record: RecordFacts): RecordFacts | undefined {
  if (record.entity.ownership !== "parent") return record;
  const parent = facts.parentOf(record);
  return parent === undefined ? undefined : decisive(facts, parent);
}

/** The record of a question, loaded or described, or the one above that decides. */
export function subjectOf(facts: Facts, record: NonNullable<Question["record"]>): RecordFacts | undefined {
  const asked =
    "id" in record ? facts.loaded(facts.entity(record.entity), record.id) : facts.described(record);
  return decisive(facts, asked);
}

const named = (user: User, holder: Holder): PrincipalName =>
  holder.kind === "user" ? { kind: "user", name: user.name } : { kind: "team", name: holder.team.name };

function administrators(facts: Facts, user: User, record: RecordFacts | undefined): FullSource[] {
  return copiesOf(facts, user, record)
    .filter((copy) => facts.role(copy.role).form === "administrator role")
    .map(({ holder, role, context }) => ({
      kind: "administrator",
      role: facts.role(role).name,
      holder: named(user, holder),
      context,
    }));
}

/** Steps 3 and 5a: every grant that reaches by its level. E1: of what the organization owns every grant reaches. */
function grants(
  facts: Facts,
  user: User,
  action: Action,
  record: RecordFacts,
  conditions: Conditions,
): FullSource[] {
  return grantsOnRecord(facts, user, action, record, conditions)
    .filter((grant) => record.entity.ownership === "organization" || reachesByLevel(facts, grant, record))
    .map(({ holder, level, context, source }) => ({
      ...source,
      holder: named(user, holder),
      level,
      context,
    }));
}

/** Step 3 of a task privilege, whose only level is organization. */
function taskGrants(facts: Facts, user: User, task: number, conditions: Conditions): FullSource[] {
  const level = "organization";
  const ofRoles = copiesOf(facts, user, undefined).flatMap(({ holder, role: number, context }) => {
    const role = facts.role(number);
    const { name } = role;
    const holds =
      role.tasks.has(task) ||
      role.conditionalTasks.some(
        (grant) =>
          grant.task === task && conditions.permits(grant.condition, undefined, { kind: "role", name }),
      );
    return holds ? [{ kind: "role", name, holder: named(user, holder), level, context } as const] : [];
  });
  const ofPermits = facts.policy.guardrails
    .filter(
      (guardrail) => guardrail.effect === "permit" && guardrail.tasks.has(task) && guardrail.level === 4,
    )
    .filter((guardrail) => isBareResource(guardrail) && permits(guardrail, undefined, conditions))
    .flatMap((guardrail) =>
      permitCopies(facts, guardrail, user, undefined).map(({ holder, context }) => ({
        kind: "permit" as const,
        name: guardrail.id,
        holder: named(user, holder),
        level,
        context,
      })),
    );
  return [...ofRoles, ...ofPermits] as FullSource[];
}

/** S5, R1: the parents whose share hands the right on, and the records above by `reparent` that this principal owns. */
function origins(
  world: PlainWorld,
  key: RecordKey,
  principal: PrincipalName | undefined,
  action: Action,
): string[] {
  const record = world.record(key);
  if (record === undefined) return [];
  const found = new Set<string>();
  for (const parent of parentsOf(world, record, "share")) {
    const { direct, inherited } = world.masks(parent, principal);
    if (hasRight(direct | inherited, action)) found.add(keyOf(parent));
  }
  const seen = new Set([keyOf(record)]);
  const climb = (from: typeof record): void => {
    for (const parent of parentsOf(world, from, "reparent")) {
      if (parent.owner === undefined || seen.has(keyOf(parent))) continue;
      seen.add(keyOf(parent));
      if (principal !== undefined && samePrincipal(parent.owner, principal)) found.add(keyOf(parent));
      climb(parent);
    }
  };
  // The owner of a record inherits nothing from being the owner above.
  if (principal === undefined || !samePrincipal(principal, record.owner)) climb(record);
  return [...found].sort();
}

/** Every source of an allowed question; none of a denial. */
export function fullSources(world: PlainWorld, oracle: Oracle, question: Question): FullSource[] {
  const { facts } = world;
  const decision = oracle.check(question);
  if (!decision.allowed) return [];
  const user = facts.user(question.principal);
  const carried = new Map(
    question.context instanceof Map ? question.context : Object.entries(question.context ?? {}),
  );
  const conditions = new Conditions(facts, user, question.action, carried);
  const others = decision.sources.filter(
    ({ kind }) => kind !== "administrator" && kind !== "role" && kind !== "permit",
  );
  if (question.record === undefined) {
    const task = facts.policy.tasks.findIndex(({ name }) => name === question.action);
    return [...administrators(facts, user, undefined), ...taskGrants(facts, user, task, conditions)];
  }
  const subject = subjectOf(facts, question.record) as RecordFacts;
  const action = actionNames.find((name) => name === question.action) as Action;
  const key = { entity: facts.policy.entities.indexOf(subject.entity), id: subject.id ?? "" };
  return [
    ...administrators(facts, user, subject),
    ...grants(facts, user, action, subject, conditions),
    ...others.map((source): FullSource => {
      if (source.kind !== "parent") return source;
      const principal =
        source.to === "organization" ? undefined : { kind: source.to as "user", name: source.name as string };
      return { ...source, from: origins(world, key, principal, action) };
    }),
  ];
}
