// List questions walked by plain JavaScript over typed arrays: what is the same for all is worked out first, and the loop over
// the rows is then as short as it can be.
import { ACTIONS, EVERYBODY, TEAM, type Tenant } from "../generate/tenant.ts";
import { isShared, levelOf, type TypedTables, USER_ROW } from "./typed-tables.ts";

const NO_LEVEL = 0;
const UNIT_LEVEL = 2;
const CHILD_LEVEL = 3;
const ORGANIZATION_LEVEL = 4;

/** Records that a level reaches: a bit each, of an interval of units. */
export function unitsInto(words: Uint32Array, units: Uint16Array, first: number, count: number): void {
  for (let word = 0; word < words.length; word++) {
    const base = word * 32;
    const end = Math.min(32, units.length - base);
    let bits = 0;
    for (let bit = 0; bit < end; bit++) {
      bits |= ((((units[base + bit] as number) - first) & 0xffff) < count ? 1 : 0) << bit;
    }
    words[word] = bits;
  }
}

/** The first unit that a level reaches in the user's unit, and how many. */
export function reachedUnits(
  tables: TypedTables,
  user: number,
  level: number,
): readonly [first: number, count: number] {
  const row = user * USER_ROW;
  const own = tables.users[row + 1] as number;
  if (level === ORGANIZATION_LEVEL) return [0, 0xffff];
  if (level === CHILD_LEVEL) return [own, (tables.users[row + 2] as number) - own + 1];
  return [own, level === UNIT_LEVEL ? 1 : 0];
}

/** Which records of a tenant with one entity a user's privilege reaches. */
export function filterTyped(tables: TypedTables, user: number, privilege: number): Uint32Array {
  const { owners, units, shared } = tables;
  const words = new Uint32Array((owners.length + 31) >>> 5);
  const level = levelOf(tables, user, privilege);
  if (level === NO_LEVEL) return words;
  const [first, count] = reachedUnits(tables, user, level);
  unitsInto(words, units, first, count);
  // Without teams and shares a user's own records lie in his unit, which every wider level reaches.
  const isSettled = level >= UNIT_LEVEL && tables.teamsPerUser === 0 && tables.shareRecords.length === 0;
  if (!isSettled) ownInto(words, tables, user);
  for (let word = 0; word < shared.length; word++) {
    for (let open = (shared[word] as number) & ~(words[word] as number); open !== 0; open &= open - 1) {
      const record = word * 32 + 31 - Math.clz32(open & -open);
      if (isShared(tables, user, privilege, record))
        words[word] = (words[word] as number) | (1 << (record & 31));
    }
  }
  return words;
}

/** His own records and his teams'. */
function ownInto(words: Uint32Array, tables: TypedTables, user: number): void {
  const { owners, teamsPerUser, userTeams } = tables;
  const end = (user + 1) * teamsPerUser;
  let teamCount = 0;
  for (let i = user * teamsPerUser; i < end; i++)
    teamCount = Math.max(teamCount, (userTeams[i] as number) + 1);
  const isHis = new Uint8Array(teamCount + 1);
  for (let i = user * teamsPerUser; i < end; i++) isHis[userTeams[i] as number] = 1;
  for (let word = 0; word < words.length; word++) {
    const base = word * 32;
    const count = Math.min(32, owners.length - base);
    let bits = 0;
    for (let bit = 0; bit < count; bit++) {
      const owner = owners[base + bit] as number;
      const team = owner >= TEAM && owner - TEAM < teamCount ? (isHis[owner - TEAM] as number) : 0;
      bits |= (owner === user ? 1 : team) << bit;
    }
    words[word] = (words[word] as number) | bits;
  }
}

/** People by role set and unit, a column each: what `whoTyped` walks. */
export interface PeopleColumns {
  readonly sets: Uint16Array;
  readonly units: Uint16Array;
  /** The members of each team, from `memberStarts`. */
  readonly members: Uint32Array;
  readonly memberStarts: Uint32Array;
}

export function peopleColumns({ sizes, userRoleSets, userUnits, userTeams }: Tenant): PeopleColumns {
  const memberStarts = new Uint32Array(sizes.teams + 1);
  for (const team of userTeams) memberStarts[team + 1] = (memberStarts[team + 1] as number) + 1;
  for (let team = 0; team < sizes.teams; team++)
    memberStarts[team + 1] = (memberStarts[team + 1] as number) + (memberStarts[team] as number);
  const next = memberStarts.slice();
  const members = new Uint32Array(userTeams.length);
  userTeams.forEach((team, i) => {
    members[next[team] as number] = Math.floor(i / sizes.teamsPerUser);
    next[team] = (next[team] as number) + 1;
  });
  return { sets: userRoleSets, units: userUnits, members, memberStarts };
}

/** Which users have a privilege on a record: role sets and units are judged first, then each user is two look-ups. */
export function whoTyped(
  tables: TypedTables,
  people: PeopleColumns,
  { unitParents, roleSets }: Tenant,
  privilege: number,
  record: number,
): Uint32Array {
  const { sets, units } = people;
  // Of a set: at which places of a unit it reaches the record, as bits: elsewhere, above the record's unit, in it.
  const ofSet = Uint8Array.from(roleSets, (_, set) => {
    const byte = tables.levels[set * tables.levelBytes + (privilege >> 1)] as number;
    const level = (byte >> ((privilege & 1) << 2)) & 15;
    if (level === ORGANIZATION_LEVEL) return 7;
    return level === CHILD_LEVEL ? 6 : level === UNIT_LEVEL ? 4 : 0;
  });
  const place = new Uint8Array(unitParents.length).fill(1);
  const unit = tables.units[record] as number;
  for (let above = unit; above >= 0; above = unitParents[above] as number) place[above] = 2;
  place[unit] = 4;
  const words = new Uint32Array((sets.length + 31) >>> 5);
  for (let word = 0; word < words.length; word++) {
    const base = word * 32;
    const count = Math.min(32, sets.length - base);
    let bits = 0;
    for (let bit = 0; bit < count; bit++) {
      const reached =
        (ofSet[sets[base + bit] as number] as number) & (place[units[base + bit] as number] as number);
      bits |= (reached === 0 ? 0 : 1) << bit;
    }
    words[word] = bits;
  }
  nearInto(words, tables, people, privilege, record);
  return words;
}

/** Owner, the owning team's members, and sharees, where they have the privilege at all. */
function nearInto(
  words: Uint32Array,
  tables: TypedTables,
  { members, memberStarts, sets }: PeopleColumns,
  privilege: number,
  record: number,
): void {
  const add = (user: number): void => {
    if (levelOf(tables, user, privilege) !== NO_LEVEL)
      words[user >>> 5] = (words[user >>> 5] as number) | (1 << (user & 31));
  };
  const addPrincipal = (principal: number): void => {
    if (principal === EVERYBODY) for (let user = 0; user < sets.length; user++) add(user);
    else if (principal < TEAM) add(principal);
    else {
      const team = principal - TEAM;
      const end = memberStarts[team + 1] as number;
      for (let i = memberStarts[team] as number; i < end; i++) add(members[i] as number);
    }
  };
  addPrincipal(tables.owners[record] as number);
  const { shareRecords, sharees, shareRights } = tables;
  for (let share = shareRecords.indexOf(record); share >= 0 && shareRecords[share] === record; share++) {
    if (((shareRights[share] as number) >> (privilege % ACTIONS)) & 1) addPrincipal(sharees[share] as number);
  }
}
