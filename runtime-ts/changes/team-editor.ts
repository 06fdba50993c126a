import {
  NONE,
  REFERENCE_TEAM,
  SCOPE_TEAM,
  TEAM_ACCESS,
  TEAM_BIT,
  TEAM_DEFAULT,
  WORLD_TEAM_COLUMNS,
  WORLD_TEAM_COUNT,
  WORLD_TEAM_ROOM,
} from "../../runtime-as/abi.ts";
import { BailiwickError } from "../errors.ts";
import type { Core } from "../instantiate.ts";
import type { LoadedWorld } from "../loaded-world.ts";
import type { Memory } from "../memory.ts";
import type { Policy } from "../policy.ts";
import { quote } from "../quote.ts";
import { rewriteGuardrailTeam } from "../world/guardrail-scopes.ts";
import type { Assignment } from "../world/world.ts";
import type { Journal } from "./journal.ts";
import type { PeopleEditor } from "./people-editor.ts";
import { put, putNumber } from "./put.ts";

/** Changes teams by number (semantics.md sections 2 and 3). The rules of the model that forbid a change throw. */
export class TeamEditor {
  readonly #core: Core;
  readonly #memory: Memory;
  readonly #policy: Policy;
  readonly #loaded: LoadedWorld;
  readonly #people: PeopleEditor;
  readonly #freeTeams: number[] = [];

  constructor(core: Core, memory: Memory, policy: Policy, loaded: LoadedWorld, people: PeopleEditor) {
    this.#core = core;
    this.#memory = memory;
    this.#policy = policy;
    this.#loaded = loaded;
    this.#people = people;
  }

  get #journal(): Journal {
    return this.#loaded.editor.journal;
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
    const { keepsRoles, carriesRecords } = this.#people.moving;
    putNumber(this.#journal, world.teams as never, "units", team, unit);
    if (keepsRoles) people.writeTeam(team);
    else this.#setTeamRoles(team, []);
    if (carriesRecords) this.#people.carryRecords((team | TEAM_BIT) >>> 0, unit);
    this.#loaded.stale.people = true;
    this.#people.bump();
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
    this.#people.checkCopies(assignments, teams.units[team] as number);
    this.#setTeamRoles(team, assignments);
    this.#people.bump();
  }

  #setTeamRoles(team: number, assignments: readonly Assignment[]): void {
    this.#loaded.people.setTeamRoles(team, assignments);
    this.#people.guardAll();
    this.#loaded.stale.people = true;
  }

  setMembers(team: number, members: readonly number[]): void {
    const { teams } = this.#loaded.world;
    this.#isDefault(team, "its members are the users of its business unit");
    const before = teams.members[team] as Set<number>;
    const after = new Set(members);
    put(this.#journal, teams.members, team, after);
    for (const user of before) if (!after.has(user)) this.#people.changeTeams(user, undefined, team);
    for (const user of after) if (!before.has(user)) this.#people.changeTeams(user, team, undefined);
    this.#renewAdministrator(team);
    for (const user of new Set([...before, ...after])) {
      if (before.has(user) !== after.has(user)) this.#people.renew(user);
    }
    this.#loaded.stale.people = true;
    this.#people.bump();
  }

  #renewAdministrator(team: number): void {
    const user = this.#loaded.world.teams.administrators[team] as number;
    if (user < 0) return;
    this.#loaded.people.writeAdministered(user);
    this.#people.renew(user);
  }

  setAdministrator(team: number, user: number | undefined): void {
    const { teams } = this.#loaded.world;
    const before = teams.administrators[team] as number;
    putNumber(this.#journal, teams as never, "administrators", team, user ?? -1);
    if (before >= 0) {
      this.#loaded.people.writeAdministered(before);
      this.#people.renew(before);
    }
    this.#renewAdministrator(team);
    this.#people.bump();
  }

  #enterName(numbers: Map<string, number>, names: string[], number: number, name: string): void {
    numbers.set(name, number);
    put(this.#journal, names, number, name);
    this.#journal.done(() => numbers.delete(name));
  }

  /** A team without roles and members. Its name must be free. */
  addTeam(name: string, kind: number, unit: number): number {
    const { world, people, conditions, editor } = this.#loaded;
    const { teams } = world;
    const team = this.#people.newNumber(this.#freeTeams, teams.names.length);
    const room = this.#memory.words[(this.#core.world() + WORLD_TEAM_ROOM) >>> 2] as number;
    this.#people.hierarchy.makeRoom(this.#journal, 0, team + 1);
    if (people.roomForTeams(team + 1)) {
      const wanted = this.#memory.words[(this.#core.world() + WORLD_TEAM_ROOM) >>> 2] as number;
      conditions.growColumns(WORLD_TEAM_COLUMNS, this.#policy.conditions.teams, room, wanted, editor);
    }
    this.#enterName(teams.numbers, teams.names, team, name);
    put(this.#journal, teams.members, team, new Set<number>());
    putNumber(this.#journal, teams as never, "kinds", team, kind);
    putNumber(this.#journal, teams as never, "units", team, unit);
    putNumber(this.#journal, teams as never, "administrators", team, -1);
    this.#enterInPolicy(name, team);
    people.enterTeam(team);
    people.setHeader(WORLD_TEAM_COUNT, teams.names.length);
    people.writeTeam(team);
    this.#people.hierarchy.makeRoom(this.#journal, world.users.names.length, teams.names.length);
    this.#people.bump();
    return team;
  }

  /** Throws BWK449 where the team owns records, or a guardrail, condition or owner rule names it, BWK447 for a default team. */
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
    if (this.#loaded.conditions.references.names(REFERENCE_TEAM, name))
      throw new BailiwickError("BWK449", `team ${quote(name)}: a condition names it`);
    this.#people.isNoRulesOwner((team | TEAM_BIT) >>> 0, "team", name);
    this.setMembers(team, []);
    this.dropTeam(team, name);
  }

  /** The same of a default team whose unit has no users (B3): guardrails, conditions and owner rules that name it do not keep it. */
  dropTeam(team: number, name: string): void {
    const { world, people, stale } = this.#loaded;
    const { teams } = world;
    const principal = (team | TEAM_BIT) >>> 0;
    this.#people.ownsNothing(principal, "team", name);
    this.#enterInPolicy(name, NONE);
    this.#people.dropShares(principal);
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
    this.#people.bump();
  }

  /** Whatever guardrails and conditions name a team means this one from now on; NONE: none. */
  #enterInPolicy(name: string, team: number): void {
    rewriteGuardrailTeam(this.#policy, this.#loaded.scopes, name, team, this.#journal);
    this.#loaded.conditions.references.rewriteTeam(name, team, this.#journal);
  }
}
