import {
  FLAG_KEEP_ROLES,
  FLAG_MOVE_RECORDS,
  NONE,
  SCOPE_TEAM,
  SCOPE_USER,
  TEAM_ACCESS,
  TEAM_BIT,
  TEAM_DEFAULT,
  WORLD_GENERATION,
  WORLD_TEAM_COLUMNS,
  WORLD_TEAM_COUNT,
  WORLD_TEAM_ROOM,
  WORLD_USER_COLUMNS,
  WORLD_USER_COUNT,
  WORLD_USER_ROOM,
} from "../../runtime-as/abi.ts";
import { BailiwickError } from "../errors.ts";
import type { Core } from "../instantiate.ts";
import type { LoadedWorld } from "../loaded-world.ts";
import type { Memory } from "../memory.ts";
import type { Policy } from "../policy.ts";
import { quote } from "../quote.ts";
import { rewriteGuardrailTeam } from "../world/guardrail-scopes.ts";
import { Hierarchy } from "../world/hierarchy.ts";
import type { Assignment } from "../world/world.ts";
import type { Journal } from "./journal.ts";

/** Appends to, or writes into, an array of people; undone with the update. */
function put<T>(journal: Journal, array: T[], index: number, value: T): void {
  const length = array.length;
  const before = array[index] as T;
  array[index] = value;
  journal.done(() => {
    if (index < length) array[index] = before;
    else array.length = length;
  });
}

function putNumber<T extends Int32Array | Uint16Array | Uint8Array>(
  journal: Journal,
  holder: { [key in string]: unknown },
  key: string,
  index: number,
  value: number,
): void {
  const array = holder[key] as T;
  if (index < array.length) {
    const before = array[index] as number;
    array[index] = value;
    journal.done(() => {
      (holder[key] as T)[index] = before;
    });
    return;
  }
  const Kind = array.constructor as new (length: number) => T;
  const larger = new Kind(index + 1);
  larger.set(array);
  larger[index] = value;
  holder[key] = larger;
  journal.done(() => {
    holder[key] = array;
  });
}

/** Changes people by number (semantics.md sections 2 and 3). The rules of the model that forbid a change throw. */
export class PeopleEditor {
  readonly hierarchy: Hierarchy;
  readonly #core: Core;
  readonly #memory: Memory;
  readonly #policy: Policy;
  readonly #loaded: LoadedWorld;
  readonly #freeUsers: number[] = [];
  readonly #freeTeams: number[] = [];

  constructor(core: Core, memory: Memory, policy: Policy, loaded: LoadedWorld) {
    this.#core = core;
    this.#memory = memory;
    this.#policy = policy;
    this.#loaded = loaded;
    this.hierarchy = new Hierarchy(core, memory);
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
  #renew(user: number): void {
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
    for (let user = 0; user < names.length; user++) if (this.#enable(user)) this.#renew(user);
    this.bump();
  }

  disableUser(user: number, disabled: boolean): void {
    put(this.#journal, this.#loaded.world.users.disabled, user, disabled);
    this.#enable(user);
    this.#renew(user);
    this.bump();
  }

  /** Whether a move to another unit leaves the roles (semantics.md B8), and whether it carries the records. */
  get #moving(): { readonly keepsRoles: boolean; readonly carriesRecords: boolean } {
    const { modern, switches } = this.#policy;
    return {
      keepsRoles: modern && (switches & FLAG_KEEP_ROLES) !== 0,
      carriesRecords: !modern || (switches & FLAG_MOVE_RECORDS) !== 0,
    };
  }

  #carryRecords(principal: number, unit: number): void {
    const { editor } = this.#loaded;
    for (const record of editor.owners.each(principal)) editor.setUnit(record, unit);
  }

  /** The teams of a user with one more and one less. */
  #changeTeams(user: number, add: number | undefined, remove: number | undefined): void {
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
    const { keepsRoles, carriesRecords } = this.#moving;
    putNumber(this.#journal, users as never, "units", user, unit);
    if (!keepsRoles) people.setRoles(user, []);
    this.#changeTeams(user, this.#defaultTeam(unit), this.#defaultTeam(from));
    this.#enable(user);
    this.#renew(user);
    if (carriesRecords) this.#carryRecords(user, unit);
    this.bump();
  }

  /** The default team has the name of its unit, and no other team has (semantics.md T6). */
  #defaultTeam(unit: number): number | undefined {
    const { units, teams } = this.#loaded.world;
    const team = teams.numbers.get(units.names[unit] as string);
    return team !== undefined && teams.kinds[team] === TEAM_DEFAULT ? team : undefined;
  }

  #isDefault(team: number, what: string): void {
    const { teams } = this.#loaded.world;
    if (teams.kinds[team] !== TEAM_DEFAULT) return;
    throw new BailiwickError("BWK447", `default team ${quote(teams.names[team] as string)}: ${what}`);
  }

  moveTeam(team: number, unit: number): void {
    const { world, people } = this.#loaded;
    this.#isDefault(team, "it stays with its business unit");
    if (world.teams.units[team] === unit) return;
    const { keepsRoles, carriesRecords } = this.#moving;
    putNumber(this.#journal, world.teams as never, "units", team, unit);
    if (keepsRoles) people.writeTeam(team);
    else this.#setTeamRoles(team, []);
    if (carriesRecords) this.#carryRecords((team | TEAM_BIT) >>> 0, unit);
    this.#loaded.stale.people = true;
    this.bump();
  }

  /** Throws BWK304 where a copy does not exist, or in the classic mode is another unit's (semantics.md B5, B6). */
  #checkCopies(assignments: readonly Assignment[], own: number): void {
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
    this.#checkCopies(assignments, this.#loaded.world.users.units[user] as number);
    this.#loaded.people.setRoles(user, assignments);
    this.#renew(user);
    this.bump();
  }

  /** Of default teams, too. Throws BWK305 for an access team. */
  setTeamRoles(team: number, assignments: readonly Assignment[]): void {
    const { teams } = this.#loaded.world;
    if (teams.kinds[team] === TEAM_ACCESS && assignments.length > 0) {
      throw new BailiwickError(
        "BWK305",
        `access team ${quote(teams.names[team] as string)} cannot hold roles`,
        "an access team grants through shares alone",
      );
    }
    this.#checkCopies(assignments, teams.units[team] as number);
    this.#setTeamRoles(team, assignments);
    this.bump();
  }

  #setTeamRoles(team: number, assignments: readonly Assignment[]): void {
    this.#loaded.people.setTeamRoles(team, assignments);
    this.guardAll();
    this.#loaded.stale.people = true;
  }

  setMembers(team: number, members: readonly number[]): void {
    const { teams } = this.#loaded.world;
    this.#isDefault(team, "its members are the users of its business unit");
    const before = teams.members[team] as Set<number>;
    const after = new Set(members);
    put(this.#journal, teams.members, team, after);
    for (const user of before) if (!after.has(user)) this.#changeTeams(user, undefined, team);
    for (const user of after) if (!before.has(user)) this.#changeTeams(user, team, undefined);
    this.#renewAdministrator(team);
    for (const user of new Set([...before, ...after])) {
      if (before.has(user) !== after.has(user)) this.#renew(user);
    }
    this.#loaded.stale.people = true;
    this.bump();
  }

  #renewAdministrator(team: number): void {
    const user = this.#loaded.world.teams.administrators[team] as number;
    if (user < 0) return;
    this.#loaded.people.writeAdministered(user);
    this.#renew(user);
  }

  setAdministrator(team: number, user: number | undefined): void {
    const { teams } = this.#loaded.world;
    const before = teams.administrators[team] as number;
    putNumber(this.#journal, teams as never, "administrators", team, user ?? -1);
    if (before >= 0) {
      this.#loaded.people.writeAdministered(before);
      this.#renew(before);
    }
    this.#renewAdministrator(team);
    this.bump();
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

  #enterName(numbers: Map<string, number>, names: string[], number: number, name: string): void {
    numbers.set(name, number);
    put(this.#journal, names, number, name);
    this.#journal.done(() => numbers.delete(name));
  }

  #enterUser(user: number, name: string): void {
    const { names } = this.#loaded.world.users;
    const isNew = user === names.count;
    if (isNew) names.add(name);
    else names.put(user, name);
    this.#journal.done(() => (isNew ? names.truncate(user) : names.remove(user)));
  }

  #newNumber(free: number[], count: number): number {
    const number = free.pop();
    if (number === undefined) return count;
    this.#journal.done(() => free.push(number));
    return number;
  }

  /** A user without roles. His name must be free. */
  addUser(name: string, unit: number): number {
    const { world, people, conditions, editor } = this.#loaded;
    const { users } = world;
    const user = this.#newNumber(this.#freeUsers, users.names.length);
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
    this.#changeTeams(user, this.#defaultTeam(unit), undefined);
    this.#enable(user);
    this.#renew(user);
    this.bump();
    return user;
  }

  /** Throws BWK449 where somebody needs the user. His shares and what he is a member of go with him. */
  removeUser(user: number): void {
    const { world, people, stale } = this.#loaded;
    const { users, teams } = world;
    const name = users.names.at(user);
    this.#ownsNothing(user, "user", name);
    const named = this.#policy.guardrails.find(
      ({ scope, principal }) => scope === SCOPE_USER && principal === name,
    );
    if (named !== undefined) {
      throw new BailiwickError("BWK449", `user ${quote(name)}: guardrail ${quote(named.id)} names him`);
    }
    this.dropShares(user);
    teams.members.forEach((members, team) => {
      if (members.has(user))
        this.setMembers(
          team,
          [...members].filter((member) => member !== user),
        );
    });
    teams.administrators.forEach((administrator, team) => {
      if (administrator === user) this.setAdministrator(team, undefined);
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

  #ownsNothing(principal: number, kind: string, name: string): void {
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

  /** A team without roles and members. Its name must be free. */
  addTeam(name: string, kind: number, unit: number): number {
    const { world, people, conditions, editor } = this.#loaded;
    const { teams } = world;
    const team = this.#newNumber(this.#freeTeams, teams.names.length);
    const room = this.#memory.words[(this.#core.world() + WORLD_TEAM_ROOM) >>> 2] as number;
    this.hierarchy.makeRoom(this.#journal, 0, team + 1);
    if (people.roomForTeams(team + 1)) {
      const wanted = this.#memory.words[(this.#core.world() + WORLD_TEAM_ROOM) >>> 2] as number;
      conditions.growColumns(WORLD_TEAM_COLUMNS, this.#policy.conditions.teams, room, wanted, editor);
    }
    this.#enterName(teams.numbers, teams.names, team, name);
    put(this.#journal, teams.members, team, new Set<number>());
    putNumber(this.#journal, teams as never, "kinds", team, kind);
    putNumber(this.#journal, teams as never, "units", team, unit);
    putNumber(this.#journal, teams as never, "administrators", team, -1);
    rewriteGuardrailTeam(this.#policy, this.#loaded.scopes, name, team, this.#journal);
    people.enterTeam(team);
    people.setHeader(WORLD_TEAM_COUNT, teams.names.length);
    people.writeTeam(team);
    this.hierarchy.makeRoom(this.#journal, world.users.names.length, teams.names.length);
    this.bump();
    return team;
  }

  /** Throws BWK449 where the team owns records or a guardrail names it, BWK447 for a default team. */
  removeTeam(team: number): void {
    const { teams } = this.#loaded.world;
    this.#isDefault(team, "it goes with its business unit");
    const name = teams.names[team] as string;
    const named = this.#policy.guardrails.find(
      ({ scope, principal }) => scope === SCOPE_TEAM && principal === name,
    );
    if (named !== undefined) {
      throw new BailiwickError("BWK449", `team ${quote(name)}: guardrail ${quote(named.id)} names it`);
    }
    this.setMembers(team, []);
    this.dropTeam(team, name);
  }

  /** The same of a default team whose unit has no users (B3): a guardrail that names it does not keep it. */
  dropTeam(team: number, name: string): void {
    const { world, people, stale } = this.#loaded;
    const { teams } = world;
    const principal = (team | TEAM_BIT) >>> 0;
    this.#ownsNothing(principal, "team", name);
    rewriteGuardrailTeam(this.#policy, this.#loaded.scopes, name, NONE, this.#journal);
    this.dropShares(principal);
    if ((teams.administrators[team] as number) >= 0) this.setAdministrator(team, undefined);
    people.setTeamRoles(team, []);
    this.#loaded.conditions.forgetPrincipal(principal, this.#loaded, this.#journal);
    teams.numbers.delete(name);
    put(this.#journal, teams.names, team, "");
    putNumber(this.#journal, teams as never, "kinds", team, TEAM_ACCESS);
    this.#freeTeams.push(team);
    this.#journal.done(() => {
      teams.numbers.set(name, team);
      this.#freeTeams.splice(this.#freeTeams.lastIndexOf(team), 1);
    });
    stale.people = true;
    this.bump();
  }
}
