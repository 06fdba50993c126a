// This project, through its public interface alone.
import { compile, render } from "../../compiler/index.ts";
import { type BatchRequests, type Directory, Engine, type LoadOptions } from "../../runtime-ts/index.ts";
import { EVERYBODY, recordsPerEntity, TEAM, type Tenant } from "../generate/tenant.ts";
import type { TenantRequests } from "../generate/tenant-requests.ts";
import { names, tenantText } from "../generate/tenant-text.ts";
import { type Contestant, collect } from "../harness/contestant.ts";

export const BAILIWICK = "bailiwick";

/** A tenant in an engine. Users and teams have the tenant's numbers in it. */
export interface LoadedTenant {
  readonly engine: Engine;
  /** The engine's number of each record of the tenant. */
  readonly records: Uint32Array;
}

/** What a tenant's numbers do not say, added to its policy and its people. */
export interface Extras {
  /** Attributes of every entity, as the policy declares them. */
  readonly attributes: string;
  /** Their values: columns over the records of one entity. */
  readonly columns: Readonly<Record<string, ArrayLike<unknown>>>;
  /** Roles that everybody has besides his own, and their declarations. */
  readonly roles: readonly string[];
  readonly rolesText: string;
}

const nothing: Extras = { attributes: "", columns: {}, roles: [], rolesText: "" };

function directoryOf(
  { sizes, unitParents, roleSets, userUnits, userRoleSets, userTeams, teamUnits }: Tenant,
  more: readonly string[],
): Directory {
  const { users, teamsPerUser, teams } = sizes;
  const roleNames = roleSets.map((set) => [...set.map(names.role), ...more]);
  const members = Array.from({ length: teams }, (): string[] => []);
  userTeams.forEach((team, i) => {
    members[team]?.push(names.user(Math.floor(i / teamsPerUser)));
  });
  return {
    businessUnits: Array.from(unitParents, (parent, unit) =>
      parent < 0 ? { id: names.unit(unit) } : { id: names.unit(unit), parent: names.unit(parent) },
    ),
    users: Array.from({ length: users }, (_, user) => ({
      id: names.user(user),
      businessUnit: names.unit(userUnits[user] as number),
      roles: roleNames[userRoleSets[user] as number] as string[],
    })),
    teams: members.map((of, team) => ({
      id: names.team(team),
      kind: "owner" as const,
      businessUnit: names.unit(teamUnits[team] as number),
      members: of,
    })),
  };
}

const rightNames = ["create", "read", "write", "delete", "assign", "share", "append", "appendTo"];

function rightsText(mask: number): string {
  return rightNames.filter((_, action) => (mask >> action) & 1).join("|");
}

function loadShares(engine: Engine, { sizes, shareRecords, sharees, shareRights }: Tenant): void {
  const each = recordsPerEntity(sizes);
  const texts = Array.from({ length: 256 }, (_, mask) => rightsText(mask));
  const kept = Array.from(shareRecords.keys()).filter(
    (share) => (shareRecords[share] as number) < each * sizes.entities,
  );
  const sharee = (share: number): number => sharees[share] as number;
  engine.shares.load({
    entity: kept.map((share) => names.entity(Math.floor((shareRecords[share] as number) / each))),
    id: kept.map((share) => names.record((shareRecords[share] as number) % each)),
    principal: kept.map((share) =>
      sharee(share) === EVERYBODY
        ? ""
        : sharee(share) < TEAM
          ? names.user(sharee(share))
          : names.team(sharee(share) - TEAM),
    ),
    principal_type: kept.map((share) =>
      sharee(share) === EVERYBODY ? "organization" : sharee(share) < TEAM ? "user" : "team",
    ),
    rights: kept.map((share) => texts[shareRights[share] as number] as string),
  });
}

/** Compiles a tenant's policy and loads its people, records and shares. */
export function loadTenant(
  tenant: Tenant,
  extras: Extras = nothing,
  options: LoadOptions = {},
): LoadedTenant {
  const { image, diagnostics } = compile([
    ...tenantText(tenant, extras.attributes),
    { name: "extra.bwk", text: extras.rolesText },
  ]);
  if (image === undefined) throw new Error(render(diagnostics.slice(0, 3), { color: false }));
  const engine = Engine.load(image, options);
  const { sizes } = tenant;
  engine.directory.load(directoryOf(tenant, extras.roles));
  const teamNumbers = new Map(engine.teamNames().map((name, number) => [name, number]));
  const teamNumber = Uint32Array.from(
    { length: sizes.teams },
    (_, team) => (teamNumbers.get(names.team(team)) as number) + TEAM,
  );
  const userNumber = Uint32Array.from({ length: sizes.users }, (_, user) =>
    engine.principal(names.user(user)),
  );
  const each = recordsPerEntity(sizes);
  const records = new Uint32Array(each * sizes.entities);
  const ids = Array.from({ length: each }, (_, ordinal) => names.record(ordinal));
  for (let entity = 0; entity < sizes.entities; entity++) {
    const owner = tenant.owners
      .subarray(entity * each, (entity + 1) * each)
      .map((owner) => (owner < TEAM ? userNumber[owner] : teamNumber[owner - TEAM]) as number);
    engine.records.load(names.entity(entity), { id: ids, owner, ...extras.columns });
    records.set(engine.recordNumbers(names.entity(entity)), entity * each);
  }
  loadShares(engine, tenant);
  if (userNumber.some((number, user) => number !== user)) throw new Error("users have other numbers");
  return { engine, records };
}

/** The requests in the engine's numbers: privileges have the same. */
export function batchOf({ users, privileges, records }: TenantRequests, loaded: LoadedTenant): BatchRequests {
  return {
    principals: users,
    privileges,
    records: records.map((record) => loaded.records[record] as number),
  };
}

/** One by one, by numbers. */
export function byNumbers({ engine }: LoadedTenant, batch: BatchRequests): Contestant {
  const { principals, privileges, records } = batch;
  const count = principals.length;
  return {
    name: BAILIWICK,
    answers: count,
    decisions: () =>
      collect(count, (i) =>
        engine.allows(principals[i] as number, privileges[i] as number, records[i] as number),
      ),
    run: () => {
      let allowed = 0;
      for (let i = 0; i < count; i++) {
        if (engine.allows(principals[i] as number, privileges[i] as number, records[i] as number)) allowed++;
      }
      return allowed;
    },
  };
}

/** All at once. */
export function inBatch({ engine }: LoadedTenant, batch: BatchRequests): Contestant {
  return {
    name: BAILIWICK,
    answers: batch.principals.length,
    decisions: () => engine.checkBatch(batch).words,
    run: () => engine.checkBatch(batch).words[0] as number,
  };
}
