import { TEAM_ACCESS, TEAM_BIT, TEAM_GROUP, TEAM_OWNER } from "../../runtime-as/abi.ts";
import { BailiwickError } from "../errors.ts";
import { entityNumber, principalNumber } from "../names.ts";
import { replaceShare } from "../operations/effects/share.ts";
import type { Ground } from "../operations/ground.ts";
import type { AttributeChanges, Operation, PrincipalReference } from "../operations/operation.ts";
import { administer, mustHaveOwner, performOperation } from "../operations/perform.ts";
import { readPrincipal, readRightNames, readSharee } from "../operations/read-operation.ts";
import { type RecordReference, readContext } from "../questions.ts";
import { quote } from "../quote.ts";
import { setProfileMembers, shareColumn } from "../secured/column-editor.ts";
import { didYouMean } from "../suggest.ts";
import { valueProblem } from "../values.ts";
import type { Assignment } from "../world/world.ts";
import { type RoleEdit, RoleEditor } from "./role-editor.ts";
import { UnitEditor } from "./unit-editor.ts";

/** A role: the copy of the holder's own unit, or of the unit named. */
export type RoleGiven = string | { readonly role: string; readonly businessUnit: string };

export interface NewUser {
  readonly businessUnit: string;
  readonly roles?: readonly RoleGiven[];
  readonly manager?: string;
  readonly position?: string;
  readonly disabled?: boolean;
  readonly attributes?: AttributeChanges;
}

export interface NewTeam {
  readonly businessUnit: string;
  /** Default: owner. */
  readonly kind?: "owner" | "access" | "group";
  readonly roles?: readonly RoleGiven[];
  readonly members?: readonly string[];
  readonly administrator?: string;
  readonly attributes?: AttributeChanges;
}

/** Somebody or some place with attributes. */
export type HolderReference = PrincipalReference | { readonly businessUnit: string };

const teamKinds = new Map([
  ["owner", TEAM_OWNER],
  ["access", TEAM_ACCESS],
  ["group", TEAM_GROUP],
]);

/**
 * What `Engine.update` hands to its function: an administrator's changes by name, which no policy stands in the way of, only
 * the rules of the model (semantics.md section 2), and `do`, which asks the policy first. An unknown name is BWK440.
 */
export class WorldEditor {
  readonly #ground: () => Ground;
  readonly #units: UnitEditor;
  readonly #roles: RoleEditor;

  /** `ground` makes the world ready to be asked. */
  constructor(ground: () => Ground) {
    this.#ground = () => {
      const now = ground();
      if (now.loaded.editor.journal.depth > 0) return now;
      throw new BailiwickError("BWK444", "the update is over", "call `update` again for further changes");
    };
    const { core, memory, policy, loaded } = ground();
    this.#units = new UnitEditor(core, memory, policy, loaded);
    this.#roles = new RoleEditor(core, memory, policy, loaded);
  }

  get #loaded(): Ground["loaded"] {
    return this.#ground().loaded;
  }

  #user(name: string): number {
    return principalNumber(this.#loaded.world.users.numbers, "user", name);
  }

  #team(name: string): number {
    return principalNumber(this.#loaded.world.teams.numbers, "team", name);
  }

  #unit(name: string): number {
    const { numbers } = this.#loaded.world.units;
    const number = numbers.get(name);
    if (number !== undefined) return number;
    throw new BailiwickError(
      "BWK440",
      `unknown business unit ${quote(name)}`,
      didYouMean(name, numbers.keys()),
    );
  }

  #free(numbers: { has(name: string): boolean }, kind: string, name: string): void {
    if (typeof name !== "string" || name === "") throw new BailiwickError("BWK448", `a ${kind} needs a name`);
    if (numbers.has(name)) throw new BailiwickError("BWK448", `there is a ${kind} ${quote(name)} already`);
  }

  #assignments(roles: readonly RoleGiven[], own: number): Assignment[] {
    const { policy } = this.#ground();
    return roles.map((given) => {
      const name = typeof given === "string" ? given : given.role;
      const role = policy.roleNumbers.get(name);
      if (role === undefined) {
        const help = didYouMean(name, policy.roleNumbers.keys());
        throw new BailiwickError("BWK440", `unknown role ${quote(name)}`, help);
      }
      return { role, unit: typeof given === "string" ? own : this.#unit(given.businessUnit) };
    });
  }

  /** A new user. Throws BWK448 for a name that is taken, BWK304. */
  addUser(name: string, { businessUnit, roles = [], ...rest }: NewUser): void {
    const { users } = this.#loaded.world;
    this.#free(users.numbers, "user", name);
    const unit = this.#unit(businessUnit);
    this.#loaded.peopleEditor.addUser(name, unit);
    if (roles.length > 0) this.setRoles({ user: name }, roles);
    if (rest.manager !== undefined) this.setManager(name, rest.manager);
    if (rest.position !== undefined) this.setPosition(name, rest.position);
    if (rest.disabled === true) this.disableUser(name);
    if (rest.attributes !== undefined) this.setAttributes({ user: name }, rest.attributes);
  }

  /** Throws BWK449 while the user owns records, or a guardrail, condition or owner rule names him. */
  removeUser(name: string): void {
    this.#loaded.peopleEditor.removeUser(this.#user(name));
  }

  /** Another unit; what becomes of roles and records the settings say (semantics.md B8). */
  moveUser(name: string, businessUnit: string): void {
    this.#loaded.peopleEditor.moveUser(this.#user(name), this.#unit(businessUnit));
  }

  disableUser(name: string): void {
    this.#loaded.peopleEditor.disableUser(this.#user(name), true);
  }

  enableUser(name: string): void {
    this.#loaded.peopleEditor.disableUser(this.#user(name), false);
  }

  /** null: none. */
  setManager(user: string, manager: string | null): void {
    const number = manager === null ? undefined : this.#user(manager);
    this.#loaded.peopleEditor.setManager(this.#user(user), number);
  }

  /** null: none. */
  setPosition(user: string, position: string | null): void {
    const { numbers } = this.#loaded.world.positions;
    const number = position === null ? undefined : numbers.get(position);
    if (position !== null && number === undefined) {
      const help = didYouMean(position, numbers.keys());
      throw new BailiwickError("BWK440", `unknown position ${quote(position)}`, help);
    }
    this.#loaded.peopleEditor.setPosition(this.#user(user), number);
  }

  /** Replaces all roles of a user or team, default teams included (semantics.md B5, B6). Throws BWK304, BWK305. */
  setRoles(holder: PrincipalReference, roles: readonly RoleGiven[]): void {
    const { world, peopleEditor } = this.#loaded;
    const principal = readPrincipal(world, holder, "setRoles");
    const team = principal & ~TEAM_BIT;
    if ((principal & TEAM_BIT) === 0) {
      peopleEditor.setUserRoles(principal, this.#assignments(roles, world.users.units[principal] as number));
    } else peopleEditor.teams.setTeamRoles(team, this.#assignments(roles, world.teams.units[team] as number));
  }

  /** Attributes by name; null or undefined clears an optional one. Throws BWK425. */
  setAttributes(holder: HolderReference, attributes: AttributeChanges): void {
    const { policy } = this.#ground();
    const { conditions, editor, names, stale } = this.#loaded;
    const [of, number] =
      "businessUnit" in holder
        ? (["unit", this.#unit(holder.businessUnit)] as const)
        : "user" in holder
          ? (["user", this.#user(holder.user)] as const)
          : (["team", this.#team(holder.team)] as const);
    const declared = {
      user: policy.userAttributes,
      team: policy.teamAttributes,
      unit: policy.unitAttributes,
    }[of];
    for (const [name, value] of Object.entries(attributes)) {
      const attribute = declared.get(name);
      if (attribute === undefined) {
        const help = didYouMean(name, declared.keys());
        throw new BailiwickError("BWK425", `unknown attribute ${quote(name)}`, help);
      }
      const isEmpty = value === undefined || value === null;
      const problem = isEmpty
        ? attribute.optional
          ? undefined
          : "it is not optional and cannot be cleared"
        : valueProblem(attribute, value, names);
      if (problem !== undefined) throw new BailiwickError("BWK425", `attribute ${quote(name)}: ${problem}`);
      conditions.setHolderValue(of, number, name, value, editor.journal);
    }
    if (of === "user") stale.users.add(number);
    else stale.people = true;
  }

  /** A new owner, access or group team. Throws BWK448, BWK304, BWK305. */
  addTeam(name: string, { businessUnit, kind = "owner", roles = [], ...rest }: NewTeam): void {
    const { world, peopleEditor } = this.#loaded;
    this.#free(world.teams.numbers, "team", name);
    const number = teamKinds.get(kind);
    if (number === undefined) {
      throw new BailiwickError(
        "BWK441",
        `unknown kind of team ${quote(kind)}`,
        "say `owner`, `access` or `group`",
      );
    }
    peopleEditor.teams.addTeam(name, number, this.#unit(businessUnit));
    if (roles.length > 0) this.setRoles({ team: name }, roles);
    if (rest.members !== undefined) this.setMembers(name, rest.members);
    if (rest.administrator !== undefined) this.setAdministrator(name, rest.administrator);
    if (rest.attributes !== undefined) this.setAttributes({ team: name }, rest.attributes);
  }

  /** Throws BWK449 while the team owns records, or a guardrail, condition or owner rule names it, BWK447 for a default team. */
  removeTeam(name: string): void {
    this.#loaded.peopleEditor.teams.removeTeam(this.#team(name));
  }

  /** Another unit, as `moveUser`. Throws BWK447 for a default team. */
  moveTeam(name: string, businessUnit: string): void {
    this.#loaded.peopleEditor.teams.moveTeam(this.#team(name), this.#unit(businessUnit));
  }

  /** Replaces the members. Throws BWK447 for a default team. */
  setMembers(team: string, members: readonly string[]): void {
    this.#loaded.peopleEditor.teams.setMembers(
      this.#team(team),
      members.map((member) => this.#user(member)),
    );
  }

  /** null: none (semantics.md T8). */
  setAdministrator(team: string, user: string | null): void {
    const number = user === null ? undefined : this.#user(user);
    this.#loaded.peopleEditor.teams.setAdministrator(this.#team(team), number);
  }

  /** A new unit, with its default team. Throws BWK448. */
  addUnit(name: string, under: string): void {
    const { world } = this.#loaded;
    this.#free(world.units.numbers, "business unit", name);
    this.#free(world.teams.numbers, "team", name);
    this.#units.addUnit(name, this.#unit(under));
  }

  /** With its subtree (semantics.md B4). Throws BWK309, BWK447. */
  moveUnit(name: string, under: string): void {
    this.#units.moveUnit(this.#unit(name), this.#unit(under));
  }

  /** Throws BWK309. */
  disableUnit(name: string): void {
    this.#units.disableUnit(this.#unit(name), true);
  }

  enableUnit(name: string): void {
    this.#units.disableUnit(this.#unit(name), false);
  }

  /** Only a disabled and empty one (semantics.md B3). Throws BWK309, BWK446, BWK449. */
  deleteUnit(name: string): void {
    this.#units.deleteUnit(this.#unit(name));
  }

  /** Replaces privileges of a role, in all its copies. Throws BWK440, BWK441. */
  editRole(name: string, edit: RoleEdit): void {
    this.#roles.edit(name, edit);
  }

  /**
   * Does something as an administrator: it takes effect with its cascades, and nobody is asked. Throws BWK440 to BWK442, and
   * BWK432 to BWK434.
   */
  change(operation: Operation): void {
    administer(this.#ground(), operation);
  }

  assign(record: RecordReference, to: PrincipalReference): void {
    this.change({ kind: "assign", record, to });
  }

  /** Shares, and adds to what is shared already (semantics.md S4). */
  share(
    record: RecordReference,
    principal: PrincipalReference | "organization",
    rights: readonly string[],
  ): void {
    this.change({ kind: "share", record, with: principal, rights });
  }

  /** Replaces the rights of a share (ModifyAccess). */
  setShare(
    record: RecordReference,
    principal: PrincipalReference | "organization",
    rights: readonly string[],
  ): void {
    const ground = this.#ground();
    const { world } = ground.loaded;
    const number = this.#record(record);
    mustHaveOwner(ground, number);
    replaceShare(
      ground,
      number,
      readSharee(world, principal, "setShare"),
      readRightNames(rights, "setShare"),
    );
  }

  unshare(record: RecordReference, principal: PrincipalReference | "organization"): void {
    this.change({ kind: "unshare", record, with: principal });
  }

  /** Shares a secured column of a record to `read` or `write`, and adds to what is shared already (semantics.md F3, S4). */
  shareColumn(
    record: RecordReference,
    column: string,
    principal: PrincipalReference | "organization",
    rights: readonly string[],
  ): void {
    shareColumn(this.#ground(), record, column, principal, rights, "share");
  }

  /** Replaces the share of a column; no rights take it away. */
  setColumnShare(
    record: RecordReference,
    column: string,
    principal: PrincipalReference | "organization",
    rights: readonly string[],
  ): void {
    shareColumn(this.#ground(), record, column, principal, rights, "replace");
  }

  /** Replaces the members of a column profile (semantics.md F2). */
  setProfileMembers(profile: string, members: readonly PrincipalReference[]): void {
    setProfileMembers(this.#ground(), profile, members);
  }

  #record({ entity, id }: RecordReference): number {
    const { policy } = this.#ground();
    return this.#loaded.record(policy, entityNumber(policy, entity), id);
  }

  /** Creates a record, or sets what is given of the one that is there. A new one needs an owner, or a unit. */
  upsert(
    record: RecordReference,
    values: {
      readonly owner?: PrincipalReference;
      readonly businessUnit?: string;
      readonly attributes?: AttributeChanges;
    },
  ): void {
    const { policy } = this.#ground();
    const known = this.#loaded.records.find(entityNumber(policy, record.entity), record.id);
    if (known === undefined) this.change({ kind: "create", ...record, ...values });
    else this.change({ kind: "update", record, ...values });
  }

  delete(record: RecordReference): void {
    this.change({ kind: "delete", record });
  }

  /**
   * Does something on behalf of a user: what the policy allows takes effect, what it refuses throws BWK445 with the reason.
   * Throws as `Engine.can`, too.
   */
  do(
    principal: string,
    operation: Operation,
    { context }: { readonly context?: Readonly<Record<string, unknown>> } = {},
  ): void {
    const ground = this.#ground();
    const given = readContext(context, ground.policy, ground.loaded.names);
    const caller = { user: this.#user(principal), context: given };
    const { allowed, reason } = performOperation(ground, caller, operation);
    if (allowed) return;
    throw new BailiwickError("BWK445", `${quote(principal)} may not ${operation.kind}: ${reason}`);
  }
}
