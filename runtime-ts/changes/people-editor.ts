import {
  FLAG_KEEP_ROLES,
  FLAG_MOVE_RECORDS,
  NONE,
  REFERENCE_USER,
  SCOPE_USER,
  TEAM_DEFAULT,
  WORLD_GENERATION,
  WORLD_USER_COLUMNS,
  WORLD_USER_COUNT,
  WORLD_USER_ROOM,
} from "../../runtime-as/abi.ts";
import { BailiwickError } from "../errors.ts";
import type { Core } from "../instantiate.ts";
import type { LoadedWorld } from "../loaded-world.ts";
import type { Memory } from "../memory.ts";
import { namedOwner } from "../owner-rules.ts";
import type { Policy } from "../policy.ts";
import { quote } from "../quote.ts";
import { Hierarchy } from "../world/hierarchy.ts";
import type { Assignment } from "../world/world.ts";
import type { Journal } from "./journal.ts";
import { put, putNumber } from "./put.ts";
import { TeamEditor } from "./team-editor.ts";

/** Changes users by number (semantics.md sections 2 and 3), and what they have in common with teams. The rules of the model that forbid a change throw. */
export class PeopleEditor {
  readonly hierarchy: Hierarchy;
  readonly teams: TeamEditor;
  readonly #core: Core;
  readonly #memory: Memory;
  readonly #policy: Policy;
  readonly #loaded: LoadedWorld;
  readonly #freeUsers: number[] = [];

  constructor(core: Core, memory: Memory, policy: Policy, loaded: LoadedWorld) {
    this.#core = core;
    this.#memory = memory;
    this.#policy = policy;
    this.#loaded = loaded;
    this.hierarchy = new Hierarchy(core, memory);
    this.teams = new TeamEditor(core, memory, policy, loaded, this);
  }

  get #journal(): Journal {
    return this.#loaded.editor.journal;
  }

  /** What the core keeps of people counts no more: neither after the change nor after it is undone. */
  bump(): void {
    const at = (this.#core.world() + WORLD_GENERATION) >>> 2;
    const next = () => {
      this.#memory.words[at] = ((this.#memory.words[at] as number) + 1) >>> 0;
    };
    next();
    this.#journal.done(next);
  }

  /** A user's row follows what has become of him. */
  renew(user: number): void {
    this.#loaded.people.writeUser(user);
    this.#guard(user);
    this.#loaded.stale.users.add(user);
  }

  /** Whether guardrails name a user is worked out from the tables: again, too, when those have been put back. */
  #guard(user: number): void {
    if (this.#policy.guardrails.length === 0) return;
    this.#core.guardUser(user);
    this.#journal.done(() => this.#loaded.forgetGuards());
  }

  /** All rows, where more than one user has changed in ways of his own. */
  renewAll(): void {
    const { names } = this.#loaded.world.users;
    for (let user = 0; user < names.length; user++) this.#loaded.people.writeUser(user);
    this.guardAll();
    this.#loaded.stale.people = true;
    this.bump();
  }

  /** Guardrails that name units or roles may concern others now. */
  guardAll(): void {
    if (this.#policy.guardrails.length === 0) return;
    this.#loaded.forgetGuards();
    this.#journal.done(() => this.#loaded.forgetGuards());
  }

  /** Whether a user passes the gate (rule 0) as things stand; true where that has changed. */
  #enable(user: number): boolean {
    const { users, units } = this.#loaded.world;
    const enabled = users.disabled[user] !== true && units.enabled[users.units[user] as number] === true;
    if (users.enabled[user] === enabled) return false;
    put(this.#journal, users.enabled, user, enabled);
    return true;
  }

  /** The same for everybody, when units were moved, disabled or enabled. */
  enableAll(): void {
    const { names } = this.#loaded.world.users;
    for (let user = 0; user < names.length; user++) if (this.#enable(user)) this.renew(user);
    this.bump();
  }

  disableUser(user: number, disabled: boolean): void {
    put(this.#journal, this.#loaded.world.users.disabled, user, disabled);
    this.#enable(user);
    this.renew(user);
    this.bump();
  }

  /** Whether a move to another unit leaves the roles (semantics.md B8), and whether it carries the records. */
  get moving(): { readonly keepsRoles: boolean; readonly carriesRecords: boolean } {
    const { modern, switches } = this.#policy;
    return {
      keepsRoles: modern && (switches & FLAG_KEEP_ROLES) !== 0,
      carriesRecords: !modern || (switches & FLAG_MOVE_RECORDS) !== 0,
    };
  }

  carryRecords(principal: number, unit: number): void {
    const { editor } = this.#loaded;
    editor.setUnits(editor.owners.each(principal), unit);
  }

  /** The teams of a user with one more and one less. */
  changeTeams(user: number, add: number | undefined, remove: number | undefined): void {
    const teams = this.#loaded.people.teamsOf(user).filter((team) => team !== remove && team !== add);
    if (add !== undefined) teams.push(add);
    this.#loaded.people.setTeams(
      user,
      teams.sort((a, b) => a - b),
    );
  }

  moveUser(user: number, unit: number): void {
    const { world, people } = this.#loaded;
    const { users } = world;
    const from = users.units[user] as number;
    if (from === unit) return;
    const { keepsRoles, carriesRecords } = this.moving;
    putNumber(this.#journal, users as never, "units", user, unit);
    if (!keepsRoles) people.setRoles(user, []);
    this.changeTeams(user, this.defaultTeam(unit), this.defaultTeam(from));
    this.#enable(user);
    this.renew(user);
    if (carriesRecords) this.carryRecords(user, unit);
    this.bump();
  }

  /** The default team has the name of its unit, and no other team has (semantics.md T6). */
  defaultTeam(unit: number): number | undefined {
    const { units, teams } = this.#loaded.world;
    const team = teams.numbers.get(units.names[unit] as string);
    return team !== undefined && teams.kinds[team] === TEAM_DEFAULT ? team : undefined;
  }

  /** Throws BWK304 where a copy does not exist, or in the classic mode is another unit's (semantics.md B5, B6). */
  checkCopies(assignments: readonly Assignment[], own: number): void {
    const { units } = this.#loaded.world;
    for (const { role, unit } of assignments) {
      const { name, unit: home } = this.#policy.roles[role] as Policy["roles"][number];
      const owner = home === undefined ? 0 : units.numbers.get(home);
      const isAvailable = owner !== undefined && owner <= unit && unit <= (units.ends[owner] as number);
      const place = quote(units.names[unit] as string);
      if (!isAvailable) throw new BailiwickError("BWK304", `role ${quote(name)} has no copy in ${place}`);
      if (unit !== own && !this.#policy.modern) {
        throw new BailiwickError(
          "BWK304",
          `role ${quote(name)} of ${place} cannot be held in ${quote(units.names[own] as string)}`,
          "only the modern mode assigns roles of other units: `settings { ownershipAcrossBusinessUnits: true; }`",
        );
      }
    }
  }

  setUserRoles(user: number, assignments: readonly Assignment[]): void {
    this.checkCopies(assignments, this.#loaded.world.users.units[user] as number);
    this.#loaded.people.setRoles(user, assignments);
    this.renew(user);
    this.bump();
  }

  /** A unit is about to go: without it there is no copy of a role in it that somebody could hold (semantics.md B5). */
  dropCopies(unit: number): void {
    const { people } = this.#loaded;
    const { users, teams } = people.holdersIn(unit);
    const others = (held: readonly Assignment[]) => held.filter((assignment) => assignment.unit !== unit);
    for (const user of users) {
      people.setRoles(user, others(people.rolesOfUser(user)));
      this.renew(user);
    }
    for (const team of teams) this.teams.setTeamRoles(team, others(people.rolesOfTeam(team)));
  }

  setManager(user: number, manager: number | undefined): void {
    putNumber(this.#journal, this.#loaded.world.users as never, "managers", user, manager ?? -1);
    this.hierarchy.setManager(this.#journal, user, manager ?? NONE);
    this.bump();
  }

  setPosition(user: number, position: number | undefined): void {
    putNumber(this.#journal, this.#loaded.world.users as never, "positions", user, position ?? -1);
    this.hierarchy.setPosition(this.#journal, user, position ?? NONE);
    this.bump();
  }

  #enterUser(user: number, name: string): void {
    const { names } = this.#loaded.world.users;
    const isNew = user === names.count;
    if (isNew) names.add(name);
    else names.put(user, name);
    this.#journal.done(() => (isNew ? names.truncate(user) : names.remove(user)));
  }

  newNumber(free: number[], count: number): number {
    const number = free.pop();
    if (number === undefined) return count;
    this.#journal.done(() => free.push(number));
    return number;
  }

  /** A user without roles. His name must be free. */
  addUser(name: string, unit: number): number {
    const { world, people, conditions, editor } = this.#loaded;
    const { users } = world;
    const user = this.newNumber(this.#freeUsers, users.names.length);
    const room = this.#memory.words[(this.#core.world() + WORLD_USER_ROOM) >>> 2] as number;
    if (people.roomForUsers(user + 1)) {
      const wanted = this.#memory.words[(this.#core.world() + WORLD_USER_ROOM) >>> 2] as number;
      conditions.growColumns(WORLD_USER_COLUMNS, this.#policy.conditions.users, room, wanted, editor);
      conditions.growUserFacts(wanted, editor);
      this.#loaded.stale.people = true;
    }
    this.#enterUser(user, name);
    this.hierarchy.makeRoom(this.#journal, users.names.length, world.teams.names.length);
    put(this.#journal, users.disabled, user, false);
    put(this.#journal, users.enabled, user, true);
    putNumber(this.#journal, users as never, "units", user, unit);
    putNumber(this.#journal, users as never, "managers", user, -1);
    putNumber(this.#journal, users as never, "positions", user, -1);
    people.setHeader(WORLD_USER_COUNT, users.names.length);
    people.enterUser(user);
    this.changeTeams(user, this.defaultTeam(unit), undefined);
    this.#enable(user);
    this.renew(user);
    this.bump();
    return user;
  }

  /** Throws BWK449 where he owns records, or a guardrail, condition or owner rule names him. His shares and what he is a member of go with him. */
  removeUser(user: number): void {
    const { world, people, stale } = this.#loaded;
    const { users, teams } = world;
    const name = users.names.at(user);
    this.ownsNothing(user, "user", name);
    const named = this.#policy.guardrails.find(
      ({ scope, principal }) => scope === SCOPE_USER && principal === name,
    );
    if (named !== undefined) {
      throw new BailiwickError("BWK449", `user ${quote(name)}: guardrail ${quote(named.id)} names him`);
    }
    if (this.#loaded.conditions.references.names(REFERENCE_USER, name))
      throw new BailiwickError("BWK449", `user ${quote(name)}: a condition names him`);
    this.isNoRulesOwner(user, "user", name);
    this.dropShares(user);
    teams.members.forEach((members, team) => {
      if (members.has(user))
        this.teams.setMembers(
          team,
          [...members].filter((member) => member !== user),
        );
    });
    teams.administrators.forEach((administrator, team) => {
      if (administrator === user) this.teams.setAdministrator(team, undefined);
    });
    users.managers.forEach((manager, report) => {
      if (manager === user) this.setManager(report, undefined);
    });
    this.setManager(user, undefined);
    this.setPosition(user, undefined);
    people.setRoles(user, []);
    people.setTeams(user, []);
    put(this.#journal, users.enabled, user, false);
    put(this.#journal, users.disabled, user, true);
    people.writeUser(user);
    this.#guard(user);
    this.#loaded.conditions.forgetPrincipal(user, this.#loaded, this.#journal);
    users.names.remove(user);
    this.#freeUsers.push(user);
    this.#journal.done(() => {
      users.names.put(user, name);
      this.#freeUsers.splice(this.#freeUsers.lastIndexOf(user), 1);
    });
    stale.people = true;
    this.bump();
  }

  /** Throws BWK449 where an owner rule makes somebody the owner of new records. */
  isNoRulesOwner(principal: number, kind: string, name: string): void {
    for (const [entity, rule] of this.#policy.ownerRules) {
      if (namedOwner(rule, this.#loaded.world) !== principal) continue;
      const of = quote(this.#policy.entities[entity]?.name as string);
      throw new BailiwickError(
        "BWK449",
        `${kind} ${quote(name)}: the owner rule of ${of} names ${kind === "user" ? "him" : "it"}`,
      );
    }
  }

  ownsNothing(principal: number, kind: string, name: string): void {
    const owned = this.#loaded.editor.recordsOwnedBy(principal);
    if (owned.length === 0) return;
    throw new BailiwickError(
      "BWK449",
      `${kind} ${quote(name)} owns ${owned.length} records, such as ${quote(this.#loaded.editor.idOf(owned[0] as number))}`,
      "assign them to somebody else first",
    );
  }

  /** Takes every share with a user or team away: looks through all shares. */
  dropShares(principal: number): void {
    for (const record of this.#loaded.shares.recordsSharedWith(principal)) {
      this.#loaded.editor.setShare(record, principal, 0, 0);
    }
    this.#journal.done(this.#loaded.columns.forgetPrincipal(principal));
  }
}
