// What a good engineer would write for one application: objects, Maps and Sets, no tables.
import { actions } from "../../compiler/index.ts";
import {
  ACTIONS,
  CHILD_LEVEL,
  EVERYBODY,
  levelsOfSets,
  NO_LEVEL,
  ORGANIZATION_LEVEL,
  recordsPerEntity,
  TEAM,
  type Tenant,
  UNIT_LEVEL,
} from "../generate/tenant.ts";
import type { TenantRequests } from "../generate/tenant-requests.ts";
import { names } from "../generate/tenant-text.ts";
import { type Contestant, collect } from "../harness/contestant.ts";

interface Unit {
  readonly name: string;
  /** Itself and every unit above it. */
  readonly selfAndAbove: Set<Unit>;
}

interface Team {
  readonly name: string;
  readonly unit: Unit;
}

interface User {
  readonly name: string;
  readonly unit: Unit;
  readonly teams: Set<Team>;
  /** The highest level by "entity action"; shared by users with the same roles. */
  readonly levels: Map<string, Map<string, number>>;
}

type Principal = User | Team | "everybody";

interface BusinessRecord {
  readonly entity: string;
  readonly owner: User | Team;
  readonly unit: Unit;
  /** Who has been given which rights; absent where nobody has. */
  readonly shares: Map<Principal, Set<string>> | undefined;
}

export class HandWritten {
  readonly users: Map<string, User>;
  readonly records: Map<string, Map<string, BusinessRecord>>;

  constructor(tenant: Tenant) {
    const { sizes, unitParents, userUnits, userRoleSets, userTeams, teamUnits } = tenant;
    const units: Unit[] = [];
    unitParents.forEach((parent, number) => {
      const unit: Unit = { name: names.unit(number), selfAndAbove: new Set(units[parent]?.selfAndAbove) };
      unit.selfAndAbove.add(unit);
      units.push(unit);
    });
    const teams = Array.from(
      teamUnits,
      (unit, team): Team => ({ name: names.team(team), unit: units[unit] as Unit }),
    );
    const levels = levelsOfSets(tenant).map(byName);
    const users = Array.from(
      userUnits,
      (unit, user): User => ({
        name: names.user(user),
        unit: units[unit] as Unit,
        teams: new Set(
          Array.from(
            userTeams.subarray(user * sizes.teamsPerUser, (user + 1) * sizes.teamsPerUser),
            (team) => teams[team] as Team,
          ),
        ),
        levels: levels[userRoleSets[user] as number] as User["levels"],
      }),
    );
    this.users = new Map(users.map((user) => [user.name, user]));
    this.records = recordsOf(tenant, units, users, teams);
  }

  allows(user: User, action: string, record: BusinessRecord): boolean {
    const level = user.levels.get(record.entity)?.get(action);
    if (level === undefined) return false;
    if (level === ORGANIZATION_LEVEL) return true;
    if (level === CHILD_LEVEL && record.unit.selfAndAbove.has(user.unit)) return true;
    if (level === UNIT_LEVEL && record.unit === user.unit) return true;
    const { owner, shares } = record;
    if (owner === user || user.teams.has(owner as Team)) return true;
    if (shares === undefined) return false;
    for (const [principal, rights] of shares) {
      const isHis = principal === user || principal === "everybody" || user.teams.has(principal as Team);
      if (isHis && rights.has(action)) return true;
    }
    return false;
  }

  /** By names, as a request comes in. */
  check(request: NamedRequest): boolean {
    const user = this.users.get(request.principal);
    const record = this.records.get(request.resource.entity)?.get(request.resource.id);
    if (user === undefined || record === undefined) throw new Error("unknown user or record");
    return this.allows(user, request.action, record);
  }
}

function byName(levels: Uint8Array): User["levels"] {
  const result: User["levels"] = new Map();
  levels.forEach((level, privilege) => {
    if (level === NO_LEVEL) return;
    const entity = names.entity(Math.floor(privilege / ACTIONS));
    if (!result.has(entity)) result.set(entity, new Map());
    result.get(entity)?.set(actions[privilege % ACTIONS] as string, level);
  });
  return result;
}

function recordsOf(
  { sizes, owners, recordUnits, shareRecords, sharees, shareRights }: Tenant,
  units: readonly Unit[],
  users: readonly User[],
  teams: readonly Team[],
): Map<string, Map<string, BusinessRecord>> {
  const shares = new Map<number, Map<Principal, Set<string>>>();
  shareRecords.forEach((record, share) => {
    const sharee = sharees[share] as number;
    const principal =
      sharee === EVERYBODY ? "everybody" : ((sharee < TEAM ? users[sharee] : teams[sharee - TEAM]) as User);
    if (!shares.has(record)) shares.set(record, new Map());
    const rights = actions.filter((_, action) => ((shareRights[share] as number) >> action) & 1);
    const earlier = shares.get(record)?.get(principal) ?? [];
    shares.get(record)?.set(principal, new Set([...earlier, ...rights]));
  });
  const each = recordsPerEntity(sizes);
  const result = new Map<string, Map<string, BusinessRecord>>();
  for (let entity = 0; entity < sizes.entities; entity++) {
    const name = names.entity(entity);
    const records = new Map<string, BusinessRecord>();
    for (let ordinal = 0; ordinal < each; ordinal++) {
      const record = entity * each + ordinal;
      const owner = owners[record] as number;
      records.set(names.record(ordinal), {
        entity: name,
        owner: (owner < TEAM ? users[owner] : teams[owner - TEAM]) as User,
        unit: units[recordUnits[record] as number] as Unit,
        shares: shares.get(record),
      });
    }
    result.set(name, records);
  }
  return result;
}

/** A request by names, as `Engine.check` takes it too. */
export interface NamedRequest {
  readonly principal: string;
  readonly action: string;
  readonly resource: { readonly entity: string; readonly id: string };
}

/** The requests by names. */
export function namedRequests(
  { users, privileges, records }: TenantRequests,
  { sizes }: Tenant,
): NamedRequest[] {
  const each = recordsPerEntity(sizes);
  return Array.from(users, (user, i) => {
    const privilege = privileges[i] as number;
    return {
      principal: names.user(user),
      action: actions[privilege % ACTIONS] as string,
      resource: {
        entity: names.entity(Math.floor(privilege / ACTIONS)),
        id: names.record((records[i] as number) % each),
      },
    };
  });
}

export const HAND_WRITTEN = "hand-written, Maps and Sets";

/** With users and records at hand. */
export function handWrittenAtHand(written: HandWritten, requests: readonly NamedRequest[]): Contestant {
  const atHand = requests.map(({ principal, action, resource: { entity, id } }) => ({
    user: written.users.get(principal) as User,
    action,
    record: written.records.get(entity)?.get(id) as BusinessRecord,
  }));
  return {
    name: HAND_WRITTEN,
    answers: atHand.length,
    decisions: () =>
      collect(atHand.length, (i) => {
        const { user, action, record } = atHand[i] as (typeof atHand)[number];
        return written.allows(user, action, record);
      }),
    run: () => {
      let allowed = 0;
      for (const { user, action, record } of atHand) if (written.allows(user, action, record)) allowed++;
      return allowed;
    },
  };
}

/** By names. */
export function handWrittenByNames(written: HandWritten, requests: readonly NamedRequest[]): Contestant {
  return {
    name: HAND_WRITTEN,
    answers: requests.length,
    decisions: () => collect(requests.length, (i) => written.check(requests[i] as NamedRequest)),
    run: () => {
      let allowed = 0;
      for (const request of requests) if (written.check(request)) allowed++;
      return allowed;
    },
  };
}
