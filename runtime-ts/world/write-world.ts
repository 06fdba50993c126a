import {
  CONTEXT_LIST_FLAGS,
  CONTEXT_LIST_PLANES,
  CONTEXTS_ADMINISTRATOR,
  CONTEXTS_CONDITIONAL,
  TEAM_ACCESS,
  TEAM_BYTES,
  TEAM_CONTEXTS,
  TEAM_DEFAULT,
  TEAM_KIND,
  TEAM_SET_CONTEXTS,
  TEAM_SET_COUNT,
  TEAM_SET_TEAMS,
  TEAM_UNIT,
  USER_ADMINISTERS,
  USER_ADMINISTRATOR,
  USER_BYTES,
  USER_CONDITIONAL,
  USER_CONTEXTS,
  USER_DISABLED,
  USER_ENABLED,
  USER_FLAGS,
  USER_OWN_PLANES,
  USER_TEAM_CONTEXTS,
  USER_TEAM_PLANES,
  USER_TEAM_SET,
  USER_UNIT,
  WORLD_BYTES,
  WORLD_GUARDRAILS,
  WORLD_TEAM_COUNT,
  WORLD_TEAM_ROOM,
  WORLD_TEAMS,
  WORLD_UNIT_COUNT,
  WORLD_UNIT_ENDS,
  WORLD_UNIT_ROOM,
  WORLD_USER_COUNT,
  WORLD_USER_ROOM,
  WORLD_USERS,
} from "../../runtime-as/abi.ts";
import type { Core } from "../instantiate.ts";
import type { Memory } from "../memory.ts";
import type { Policy } from "../policy.ts";
import { type Context, ContextWriter } from "./contexts.ts";
import { writeGuardrailScopes } from "./guardrail-scopes.ts";
import { writeHierarchy } from "./hierarchy.ts";
import type { Teams, World } from "./world.ts";

/** Team numbers of each user, ascending: his unit's default team, and where he is a member. */
function teamsOfUsers({ users, teams }: World): number[][] {
  const defaultTeams = new Map<number, number>();
  const ofUsers: number[][] = users.names.map(() => []);
  for (let team = 0; team < teams.names.length; team++) {
    if (teams.kinds[team] === TEAM_DEFAULT) defaultTeams.set(teams.units[team] as number, team);
    else for (const member of teams.members[team] as ReadonlySet<number>) ofUsers[member]?.push(team);
  }
  ofUsers.forEach((list, user) => {
    list.push(defaultTeams.get(users.units[user] as number) as number);
    list.sort((a, b) => a - b);
  });
  return ofUsers;
}

/** Owner and group teams that a user administers without being a member (semantics.md T8). */
function administeredTeams(teams: Teams): Map<number, number[]> {
  const administered = new Map<number, number[]>();
  for (let team = 0; team < teams.names.length; team++) {
    const user = teams.administrators[team] as number;
    if (user < 0 || teams.kinds[team] === TEAM_ACCESS || teams.members[team]?.has(user)) continue;
    const list = administered.get(user);
    if (list === undefined) administered.set(user, [team]);
    else list.push(team);
  }
  return administered;
}

class WorldWriter {
  readonly #memory: Memory;
  readonly #world: World;
  readonly #contexts: ContextWriter;
  readonly #ofTeams: readonly (readonly Context[])[];
  readonly #teamSets = new Map<string, number>();

  constructor(core: Core, memory: Memory, policy: Policy, world: World) {
    this.#memory = memory;
    this.#world = world;
    this.#contexts = new ContextWriter(core, memory, policy, world.units.ends);
    this.#ofTeams = world.teams.roles.map((roles, team) => this.#contexts.ofTeam(team, roles));
  }

  unitEnds(): number {
    const { ends } = this.#world.units;
    const address = this.#memory.allocate(ends.length * 2);
    this.#memory.halves.set(ends, address >>> 1);
    return address;
  }

  teams(): number {
    const { names, units, kinds } = this.#world.teams;
    const lists = this.#ofTeams.map((contexts) => this.#contexts.list(contexts));
    const address = this.#memory.allocate(names.length * TEAM_BYTES);
    const { words, halves } = this.#memory;
    for (let team = 0; team < names.length; team++) {
      const row = address + team * TEAM_BYTES;
      halves[(row + TEAM_UNIT) >>> 1] = units[team] as number;
      halves[(row + TEAM_KIND) >>> 1] = kinds[team] as number;
      words[(row + TEAM_CONTEXTS) >>> 2] = lists[team] as number;
    }
    return address;
  }

  /** Address of the team set of these teams; equal sets are written once. */
  #teamSet(teams: readonly number[]): number {
    const key = teams.join();
    let address = this.#teamSets.get(key);
    if (address === undefined) {
      const contexts = this.#contexts.list(teams.flatMap((team) => this.#ofTeams[team] ?? []));
      address = this.#memory.allocate(TEAM_SET_TEAMS + teams.length * 4);
      const { words } = this.#memory;
      words[(address + TEAM_SET_COUNT) >>> 2] = teams.length;
      words[(address + TEAM_SET_CONTEXTS) >>> 2] = contexts;
      words.set(teams, (address + TEAM_SET_TEAMS) >>> 2);
      this.#teamSets.set(key, address);
    }
    return address;
  }

  users(): number {
    const { users, teams } = this.#world;
    const lists = users.roles.map((roles) => this.#contexts.list(this.#contexts.ofUser(roles)));
    const sets = teamsOfUsers(this.#world).map((ofUser) => this.#teamSet(ofUser));
    const administered = new Map(
      Array.from(administeredTeams(teams), ([user, ofUser]) => [user, this.#memory.list(ofUser)] as const),
    );
    const address = this.#memory.allocate(users.names.length * USER_BYTES);
    const { words, halves } = this.#memory;
    for (let user = 0; user < users.names.length; user++) {
      const row = address + user * USER_BYTES;
      halves[(row + USER_UNIT) >>> 1] = users.units[user] as number;
      const own = lists[user] as number;
      const set = sets[user] as number;
      const ofTeams = words[(set + TEAM_SET_CONTEXTS) >>> 2] as number;
      const held =
        (words[(own + CONTEXT_LIST_FLAGS) >>> 2] as number) |
        (words[(ofTeams + CONTEXT_LIST_FLAGS) >>> 2] as number);
      halves[(row + USER_FLAGS) >>> 1] =
        (users.enabled[user] ? USER_ENABLED : 0) |
        (users.disabled[user] ? USER_DISABLED : 0) |
        ((held & CONTEXTS_ADMINISTRATOR) === 0 ? 0 : USER_ADMINISTRATOR) |
        ((held & CONTEXTS_CONDITIONAL) === 0 ? 0 : USER_CONDITIONAL);
      words[(row + USER_CONTEXTS) >>> 2] = own;
      words[(row + USER_TEAM_SET) >>> 2] = set;
      words[(row + USER_OWN_PLANES) >>> 2] = words[(own + CONTEXT_LIST_PLANES) >>> 2] as number;
      words[(row + USER_TEAM_PLANES) >>> 2] = words[(ofTeams + CONTEXT_LIST_PLANES) >>> 2] as number;
      words[(row + USER_TEAM_CONTEXTS) >>> 2] = ofTeams;
      words[(row + USER_ADMINISTERS) >>> 2] = administered.get(user) ?? 0;
    }
    return address;
  }
}

/** Takes the world out of the core's header, before its memory is given back. */
export function clearWorld(core: Core, memory: Memory): void {
  const header = core.world() >>> 2;
  memory.words.fill(0, header, header + WORLD_BYTES / 4);
}

/**
 * Writes people and places into memory and hands them to the core (abi.ts, "the world in memory"). Returns the address of
 * the guardrail scopes: records that they name are entered when they are loaded.
 */
export function writeWorld(core: Core, memory: Memory, policy: Policy, world: World): number {
  const writer = new WorldWriter(core, memory, policy, world);
  const guardrails = writeGuardrailScopes(memory, policy, world);
  const unitEnds = writer.unitEnds();
  const teams = writer.teams();
  const users = writer.users();
  const header = core.world();
  const { words } = memory;
  words[(header + WORLD_USERS) >>> 2] = users;
  words[(header + WORLD_USER_COUNT) >>> 2] = world.users.names.length;
  words[(header + WORLD_USER_ROOM) >>> 2] = world.users.names.length;
  words[(header + WORLD_TEAM_ROOM) >>> 2] = world.teams.names.length;
  words[(header + WORLD_UNIT_ROOM) >>> 2] = world.units.names.length;
  words[(header + WORLD_TEAMS) >>> 2] = teams;
  words[(header + WORLD_TEAM_COUNT) >>> 2] = world.teams.names.length;
  words[(header + WORLD_UNIT_ENDS) >>> 2] = unitEnds;
  words[(header + WORLD_UNIT_COUNT) >>> 2] = world.units.names.length;
  words[(header + WORLD_GUARDRAILS) >>> 2] = guardrails;
  core.markGuarded();
  writeHierarchy(core, memory, policy, world);
  return guardrails;
}
