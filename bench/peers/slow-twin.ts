// The slow twin of the tests judges before the clock starts: it reads the rules line by line, and shares no code with anybody.
import { analyze, type PrincipalName, type World } from "../../compiler/index.ts";
import { Oracle } from "../../test/oracle/evaluate.ts";
import { EVERYBODY, recordsPerEntity, TEAM, type Tenant } from "../generate/tenant.ts";
import type { TenantRequests } from "../generate/tenant-requests.ts";
import { names, tenantText } from "../generate/tenant-text.ts";
import { type Contestant, collect } from "../harness/contestant.ts";
import { namedRequests } from "./hand-written.ts";

function principalOf(principal: number): PrincipalName {
  return principal < TEAM
    ? { kind: "user", name: names.user(principal) }
    : { kind: "team", name: names.team(principal - TEAM) };
}

/** The tenant's world by name: everybody, and those records that requests name. */
function worldOf(tenant: Tenant, wanted: ReadonlySet<number>): World {
  const { sizes, unitParents, userUnits, userRoleSets, roleSets, userTeams, teamUnits } = tenant;
  const each = recordsPerEntity(sizes);
  const unitOf = (unit: number | undefined): string => names.unit(unit as number);
  const members = Array.from({ length: sizes.teams }, (): string[] => []);
  userTeams.forEach((team, i) => {
    members[team]?.push(names.user(Math.floor(i / sizes.teamsPerUser)));
  });
  const nobody = { roles: [], administrator: undefined, attributes: new Map() };
  const teams = members.map((of, team) => ({
    ...nobody,
    name: names.team(team),
    kind: "owner" as const,
    unit: unitOf(teamUnits[team]),
    members: of,
  }));
  const defaultTeams = Array.from(unitParents, (_, unit) => ({
    ...nobody,
    name: names.unit(unit),
    kind: "default" as const,
    unit: names.unit(unit),
    members: [],
  }));
  const nameOf = (record: number) => ({
    entity: Math.floor(record / each),
    id: names.record(record % each),
  });
  return {
    units: Array.from(unitParents, (parent, unit) => ({
      name: names.unit(unit),
      parent: parent < 0 ? undefined : names.unit(parent),
      disabled: false,
    })),
    users: Array.from(userUnits, (unit, user) => ({
      name: names.user(user),
      unit: names.unit(unit),
      disabled: false,
      roles: (roleSets[userRoleSets[user] as number] as number[]).map((role) => ({
        role,
        unit: names.unit(unit),
      })),
      manager: undefined,
      position: undefined,
      attributes: new Map(),
    })),
    teams: [...teams, ...defaultTeams],
    positions: [],
    records: Array.from(wanted, (record) => ({
      ...nameOf(record),
      owner: principalOf(tenant.owners[record] as number),
      unit: unitOf(tenant.recordUnits[record]),
      parent: undefined,
      attributes: new Map(),
    })),
    shares: Array.from(tenant.shareRecords.keys())
      .filter((share) => wanted.has(tenant.shareRecords[share] as number))
      .map((share) => {
        const sharee = tenant.sharees[share] as number;
        return {
          record: nameOf(tenant.shareRecords[share] as number),
          principal: sharee === EVERYBODY ? undefined : principalOf(sharee),
          direct: tenant.shareRights[share] as number,
          inherited: 0,
        };
      }),
    profileMembers: new Map(),
  };
}

export function slowTwin(tenant: Tenant, requests: TenantRequests): Contestant {
  const { model } = analyze(tenantText(tenant));
  if (model === undefined) throw new Error("the tenant's policy is wrong");
  const twin = new Oracle(model.policy, worldOf(tenant, new Set(requests.records)));
  const named = namedRequests(requests, tenant);
  return {
    name: "slow twin",
    answers: requests.count,
    isJudge: true,
    run: () => 0,
    decisions: () =>
      collect(requests.count, (i) => {
        const { principal, action, resource } = named[i] as (typeof named)[number];
        return twin.check({ principal, action, record: resource }).allowed;
      }),
  };
}
