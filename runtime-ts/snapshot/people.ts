import { MAX_UNITS, NO_UNIT, TEAM_DEFAULT } from "../../runtime-as/abi.ts";
import type { LoadedWorld } from "../loaded-world.ts";
import type { Policy } from "../policy.ts";
import type { TextTable } from "../text-table.ts";
import type { Assignment, RoleLists, World } from "../world/world.ts";
import { type ChunkReader, type ChunkWriter, damaged } from "./chunks.ts";
import { readNames, writeNames } from "./texts.ts";

/** The name of somebody who was removed is empty. */
function numbersOf(names: readonly string[]): Map<string, number> {
  const numbers = new Map<string, number>();
  names.forEach((name, number) => {
    if (name !== "") numbers.set(name, number);
  });
  return numbers;
}

/** Numbers in lists of any length: where each begins, then all of them. */
function putLists(writer: ChunkWriter, lists: readonly Iterable<number>[]): void {
  const starts = new Uint32Array(lists.length + 1);
  const all: number[] = [];
  lists.forEach((list, i) => {
    for (const item of list) all.push(item);
    starts[i + 1] = all.length;
  });
  writer.put(starts);
  writer.put(Uint32Array.from(all));
}

/** Whether some number is not below `most`. */
function isBeyond(numbers: Uint32Array, most: number): boolean {
  for (let i = 0; i < numbers.length; i++) if ((numbers[i] as number) >= most) return true;
  return false;
}

function takeLists(reader: ChunkReader, most: number): Uint32Array[] {
  const starts = reader.words();
  const all = reader.words();
  if (most < 2 ** 32 && isBeyond(all, most)) throw damaged("a number of nobody");
  return Array.from({ length: Math.max(0, starts.length - 1) }, (_, i) => {
    const [from, to] = [starts[i] as number, starts[i + 1] as number];
    if (from > to || to > all.length) throw damaged("lists that do not fit");
    return all.subarray(from, to);
  });
}

/** Roles held together, once for all who hold them: an index for each holder, then pairs of role and unit. */
function putRoles(
  writer: ChunkWriter,
  count: number,
  rolesOf: (holder: number) => Assignment[],
  keyOf: (holder: number) => unknown,
): void {
  const indices = new Uint32Array(count);
  const known = new Map<unknown, number>();
  const lists: number[][] = [];
  for (let holder = 0; holder < count; holder++) {
    const key = keyOf(holder);
    let index = known.get(key);
    if (index === undefined) {
      index = lists.push(rolesOf(holder).flatMap(({ role, unit }) => [role, unit])) - 1;
      known.set(key, index);
    }
    indices[holder] = index;
  }
  writer.put(indices);
  putLists(writer, lists);
}

function takeRoles(reader: ChunkReader, count: number, roles: number, units: number): RoleLists {
  const of = reader.words();
  const lists = takeLists(reader, 2 ** 32).map((list) => {
    const assignments: Assignment[] = [];
    for (let i = 0; i + 1 < list.length; i += 2) {
      const [role, unit] = [list[i] as number, list[i + 1] as number];
      if (role >= roles || (unit >= units && unit !== NO_UNIT)) throw damaged("a role that does not exist");
      assignments.push({ role, unit });
    }
    return assignments;
  });
  if (of.length !== count || isBeyond(of, lists.length)) throw damaged("roles of nobody");
  return { lists, of };
}

function flags(marks: readonly boolean[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(marks.length);
  for (let i = 0; i < marks.length; i++) bytes[i] = marks[i] ? 1 : 0;
  return bytes;
}

function marks(reader: ChunkReader): boolean[] {
  const bytes = reader.take();
  const marks = new Array<boolean>(bytes.length);
  for (let i = 0; i < bytes.length; i++) marks[i] = bytes[i] === 1;
  return marks;
}

/** People and places as numbers, without the names of users. */
export function writePeople(writer: ChunkWriter, { world, people }: LoadedWorld): void {
  const { units, users, teams, positions } = world;
  writeNames(writer, units.names);
  writer.put(units.ends.slice());
  writer.put(flags(units.disabled));
  writer.put(flags(units.enabled));
  writeNames(writer, positions.names);
  writer.put(positions.parents.slice());
  writer.put(users.units.slice());
  writer.put(flags(users.disabled));
  writer.put(flags(users.enabled));
  writer.put(users.managers.slice());
  writer.put(users.positions.slice());
  putRoles(
    writer,
    users.names.length,
    (user) => people.rolesOfUser(user),
    (user) => people.ownListOf(user),
  );
  writeNames(writer, teams.names);
  writer.put(teams.kinds.slice());
  writer.put(teams.units.slice());
  writer.put(teams.administrators.slice());
  putLists(writer, teams.members);
  putRoles(
    writer,
    teams.names.length,
    (team) => people.rolesOfTeam(team),
    (team) => team,
  );
}

function checkTree(ends: Uint16Array): void {
  const open: number[] = [];
  ends.forEach((end, unit) => {
    while (open.length > 0 && (open.at(-1) as number) < unit) open.pop();
    if (
      end < unit ||
      end >= ends.length ||
      (open.length > 0 && end > (open.at(-1) as number)) ||
      (unit > 0 && open.length === 0)
    ) {
      throw damaged("business units that form no tree");
    }
    open.push(end);
  });
}

function within(numbers: Int32Array, most: number): Int32Array<ArrayBuffer> {
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i] as number;
    if (number < -1 || number >= most) throw damaged("a number of nobody");
  }
  return numbers as Int32Array<ArrayBuffer>;
}

/** A world as `writePeople` has written it, every number checked; `userNames` comes with the other texts. Throws BWK419. */
export function readPeople(reader: ChunkReader, policy: Policy, userNames: TextTable): World {
  const unitNames = readNames(reader);
  const ends = reader.halves();
  const [unitsDisabled, unitsEnabled] = [marks(reader), marks(reader)];
  const unitCount = unitNames.length;
  if (
    unitCount > MAX_UNITS ||
    [ends, unitsDisabled, unitsEnabled].some(({ length }) => length !== unitCount)
  ) {
    throw damaged("business units that do not fit");
  }
  checkTree(ends);
  const positionNames = readNames(reader);
  const parents = within(reader.numbers(), positionNames.length);
  const userCount = userNames.count;
  const userUnits = reader.halves();
  const [disabled, enabled] = [marks(reader), marks(reader)];
  const managers = within(reader.numbers(), userCount);
  const seats = within(reader.numbers(), positionNames.length);
  const userRoles = takeRoles(reader, userCount, policy.roles.length, unitCount);
  const teamNames = readNames(reader);
  const teamCount = teamNames.length;
  const kinds = reader.bytes();
  const teamUnits = reader.halves();
  const administrators = within(reader.numbers(), userCount);
  const members = takeLists(reader, userCount).map((list) => new Set(list));
  const ofTeams = takeRoles(reader, teamCount, policy.roles.length, unitCount);
  const teamRoles = Array.from(ofTeams.of, (list) => ofTeams.lists[list] as readonly Assignment[]);
  const isOff = (length: number, of: readonly { length: number }[]) =>
    of.some((array) => array.length !== length);
  if (
    isOff(positionNames.length, [parents]) ||
    isOff(userCount, [userUnits, disabled, enabled, managers, seats]) ||
    isOff(teamCount, [kinds, teamUnits, administrators, members]) ||
    kinds.some((kind) => kind > TEAM_DEFAULT) ||
    [userUnits, teamUnits].some((units) => units.some((unit) => unit >= unitCount && unit !== NO_UNIT))
  ) {
    throw damaged("people who do not fit");
  }
  return {
    units: {
      names: unitNames,
      numbers: numbersOf(unitNames),
      ends,
      enabled: unitsEnabled,
      disabled: unitsDisabled,
    },
    users: {
      names: userNames,
      numbers: userNames,
      units: userUnits,
      enabled,
      disabled,
      managers,
      positions: seats,
      roles: userRoles,
    },
    teams: {
      names: teamNames,
      numbers: numbersOf(teamNames),
      kinds,
      units: teamUnits,
      roles: teamRoles,
      members,
      administrators,
    },
    positions: { names: positionNames, numbers: numbersOf(positionNames), parents },
    values: [],
    profileMembers:
      policy.secured.profileNumbers === undefined
        ? []
        : Array.from(policy.secured.profileNumbers, () => new Set<number>()),
    mayMiss: true,
  };
}
