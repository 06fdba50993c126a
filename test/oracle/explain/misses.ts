// semantics.md section 10: the single changes that would allow a denied question. Every change of a kind is made on a copy of
// the world, and the question asked again.
import type { Action, Policy, Role, User } from "../../../compiler/model/model.ts";
import { copies, moveHolder } from "../changes/holders.ts";
import { replaceShare } from "../effects/share.ts";
import { Oracle, type Question } from "../evaluate.ts";
import type { RecordFacts } from "../facts.ts";
import { copiesOf } from "../grants.ts";
import type { PlainWorld } from "../plain-world.ts";
import { actionNames, levelExists, levelNames, rightExists } from "../rights.ts";
import { subjectOf } from "./sources.ts";

/** A change that would allow; a role without the unit of its copy, which may be one of several. */
export type TwinMiss =
  | { readonly kind: "share" }
  | { readonly kind: "assign-role"; readonly role: string; readonly unit: string }
  | { readonly kind: "join-team"; readonly team: string }
  | { readonly kind: "grant"; readonly role: string; readonly level: string }
  | { readonly kind: "move-user"; readonly unit: string };

const roleNumber = (policy: Policy, name: string): number =>
  policy.roles.findIndex((role) => role.name === name);

const withRole = (policy: Policy, number: number, change: (role: Role) => Role): Policy => ({
  ...policy,
  roles: policy.roles.map((role, index) => (index === number ? change(role) : role)),
});

export class TwinMisses {
  readonly #world: PlainWorld;
  readonly #question: Question;
  readonly #subject: RecordFacts | undefined;

  constructor(world: PlainWorld, question: Question) {
    this.#world = world;
    this.#question = question;
    this.#subject = question.record === undefined ? undefined : subjectOf(world.facts, question.record);
  }

  get #user(): User {
    return this.#world.facts.user(this.#question.principal);
  }

  get #action(): Action {
    return actionNames.find((name) => name === this.#question.action) as Action;
  }

  /** The privilege set and action of the record that decides. */
  get #privilege(): readonly [set: number, action: number] {
    return [this.#subject?.entity.privilegeSet as number, actionNames.indexOf(this.#action)];
  }

  /** Whether the question is allowed in a copy of the world in which the change has been made; false where it cannot be. */
  flips(miss: TwinMiss): boolean {
    const world = this.#world.copy();
    if (!this.#apply(world, miss)) return false;
    world.changed();
    return new Oracle(world.policy, world.world()).check(this.#question).allowed;
  }

  /** How many decisions other than this one the change would change: of all users, about all records and tasks. */
  effects(miss: TwinMiss): number {
    const world = this.#world.copy();
    this.#apply(world, miss);
    world.changed();
    const [before, after] = [this.#decisions(this.#world), this.#decisions(world)];
    const count = before.filter((allowed, i) => allowed !== after[i]).length;
    const { record } = this.#question;
    return record === undefined || "id" in record ? count - 1 : count;
  }

  #decisions(world: PlainWorld): boolean[] {
    const { policy, users } = this.#world;
    const oracle = new Oracle(world.policy, world.world());
    const records = [...this.#world.records.values()].flatMap(({ entity, id }) =>
      actionNames.map((action) => ({
        action,
        record: { entity: policy.entities[entity]?.name as string, id },
      })),
    );
    const asked = [...records, ...policy.tasks.map(({ name }) => ({ action: name }))];
    const { context } = this.#question;
    return [...users.keys()].flatMap((principal) =>
      asked.map((question) => oracle.check({ ...question, principal, context }).allowed),
    );
  }

  #apply(world: PlainWorld, miss: TwinMiss): boolean {
    const user = this.#user;
    switch (miss.kind) {
      case "share": {
        const { entity, id } = this.#subject as RecordFacts;
        const record = { entity: world.policy.entities.indexOf(entity), id: id as string };
        const principal = { kind: "user", name: user.name } as const;
        const { direct } = world.masks(record, principal);
        replaceShare(world, record, principal, direct | (1 << this.#privilege[1]));
        return true;
      }
      case "assign-role": {
        const given = copies(
          world,
          [{ role: roleNumber(world.policy, miss.role), unit: miss.unit }],
          user.unit,
        );
        if (typeof given === "string") return false;
        world.users.set(user.name, { ...user, roles: [...user.roles, ...given] });
        return true;
      }
      case "join-team": {
        const team = world.teams.get(miss.team);
        // T6: the members of a default team are the users of its unit.
        if (team === undefined || team.kind === "default" || team.members.includes(user.name)) return false;
        world.teams.set(team.name, { ...team, members: [...team.members, user.name] });
        return true;
      }
      case "grant":
        world.policy = withRole(world.policy, roleNumber(world.policy, miss.role), (role) =>
          this.#granting(role, miss.level),
        );
        return true;
      case "move-user":
        return moveHolder(world, { kind: "user", name: user.name }, miss.unit) === undefined;
    }
  }

  /** The role with this grant and no condition on it; the grants under conditions stay. */
  #granting(role: Role, level: string): Role {
    if (this.#question.record === undefined) {
      const task = this.#world.policy.tasks.findIndex(({ name }) => name === this.#question.action);
      return { ...role, tasks: new Set([...role.tasks, task]) };
    }
    const [privilegeSet, action] = this.#privilege;
    const others = role.grants.filter(
      (grant) => grant.privilegeSet !== privilegeSet || grant.action !== action,
    );
    const grant = { action, privilegeSet, level: levelNames.indexOf(level as "user"), span: role.span };
    return { ...role, grants: [...others, grant] };
  }

  #levelOf(role: Role): number {
    const [set, action] = this.#privilege;
    return role.grants.find((grant) => grant.privilegeSet === set && grant.action === action)?.level ?? 0;
  }

  /** The lowest level above what the role grants now that would do. */
  #levelFor(role: Role): TwinMiss | undefined {
    const isTask = this.#question.record === undefined;
    const from = isTask ? 4 : this.#levelOf(role) + 1;
    for (const level of levelNames.slice(from)) {
      if (!isTask && !levelExists(level, (this.#subject as RecordFacts).entity.ownership)) continue;
      const miss = { kind: "grant", role: role.name, level } as const;
      if (this.flips(miss)) return miss;
    }
    return undefined;
  }

  /** Every miss there is; of a role in several units one for each. */
  all(): TwinMiss[] {
    const { policy, facts, units, teams } = this.#world;
    const user = this.#user;
    const isTask = this.#question.record === undefined;
    // Without the record that decides, or the right, nothing helps.
    if (!isTask && this.#subject === undefined) return [];
    if (this.#subject !== undefined && !rightExists(this.#action, this.#subject.entity.ownership)) return [];
    const held = new Set(copiesOf(facts, user, this.#subject).map(({ role }) => role));
    const grants = [...held].flatMap((number) => {
      const role = facts.role(number);
      return role.form === "administrator role" ? [] : (this.#levelFor(role) ?? []);
    });
    const canBeShared =
      this.#subject?.entity.ownership === "userOrTeam" &&
      this.#subject.id !== undefined &&
      this.#action !== "create";
    const candidates: TwinMiss[] = [
      ...(canBeShared ? [{ kind: "share" } as const] : []),
      ...policy.roles.flatMap(({ name }) =>
        [...units.keys()].map((unit) => ({ kind: "assign-role", role: name, unit }) as const),
      ),
      ...[...teams.keys()].map((team) => ({ kind: "join-team", team }) as const),
      ...[...units.keys()]
        .filter((unit) => unit !== user.unit)
        .map((unit) => ({ kind: "move-user", unit }) as const),
    ];
    return [...candidates.filter((miss) => this.flips(miss)), ...grants];
  }
}
