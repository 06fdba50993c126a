// casbin: roles as its own role links, grants as policy lines with a level, and a function of the matcher for what a level reaches.
import { type Enforcer, newEnforcer, newModelFromString, StringAdapter } from "casbin";
import { actions, levels } from "../../compiler/index.ts";
import { ACTIONS, EVERYBODY, NO_LEVEL, recordsPerEntity, TEAM, type Tenant } from "../generate/tenant.ts";
import type { TenantRequests } from "../generate/tenant-requests.ts";
import { names } from "../generate/tenant-text.ts";
import { type Contestant, collect } from "../harness/contestant.ts";

export const CASBIN = "casbin";

const model = `
[request_definition]
r = sub, obj, act
[policy_definition]
p = sub, entity, act, level
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.act == p.act && r.obj.entity == p.entity && g(r.sub.name, p.sub) && reaches(r.sub, r.obj, r.act, p.level)
`;

interface Subject {
  readonly name: string;
  readonly unit: number;
  readonly lastUnit: number;
  readonly identities: ReadonlySet<number>;
}

interface Target {
  readonly entity: string;
  readonly unit: number;
  readonly owner: number;
  readonly shares: readonly { readonly sharee: number; readonly rights: readonly string[] }[];
}

function reaches(user: Subject, record: Target, action: string, level: string): boolean {
  if (level === "organization") return true;
  if (level === "parentChild" && user.unit <= record.unit && record.unit <= user.lastUnit) return true;
  if (level === "businessUnit" && record.unit === user.unit) return true;
  if (user.identities.has(record.owner)) return true;
  return record.shares.some(
    ({ sharee, rights }) => (sharee === EVERYBODY || user.identities.has(sharee)) && rights.includes(action),
  );
}

async function enforcerOf(
  { roles, roleSets, userRoleSets }: Tenant,
  users: Iterable<number>,
): Promise<Enforcer> {
  const lines: string[] = [];
  roles.forEach((granted, role) => {
    granted.forEach((level, privilege) => {
      if (level === NO_LEVEL) return;
      const entity = names.entity(Math.floor(privilege / ACTIONS));
      lines.push(`p, ${names.role(role)}, ${entity}, ${actions[privilege % ACTIONS]}, ${levels[level]}`);
    });
  });
  for (const user of new Set(users)) {
    for (const role of roleSets[userRoleSets[user] as number] as number[])
      lines.push(`g, ${names.user(user)}, ${names.role(role)}`);
  }
  const enforcer = await newEnforcer(newModelFromString(model), new StringAdapter(lines.join("\n")));
  await enforcer.addFunction("reaches", reaches as (...args: unknown[]) => boolean);
  return enforcer;
}

function subjectOf({ sizes, userUnits, unitEnds, userTeams }: Tenant, user: number): Subject {
  const unit = userUnits[user] as number;
  const teams = userTeams.subarray(user * sizes.teamsPerUser, (user + 1) * sizes.teamsPerUser);
  return {
    name: names.user(user),
    unit,
    lastUnit: unitEnds[unit] as number,
    identities: new Set([user, ...Array.from(teams, (team) => team + TEAM)]),
  };
}

function targetOf(tenant: Tenant, record: number): Target {
  const { sizes, owners, recordUnits, shareRecords, sharees, shareRights } = tenant;
  const shares: Target["shares"][number][] = [];
  for (let share = shareRecords.indexOf(record); share >= 0 && shareRecords[share] === record; share++) {
    const rights = actions.filter((_, action) => ((shareRights[share] as number) >> action) & 1);
    shares.push({ sharee: sharees[share] as number, rights });
  }
  return {
    entity: names.entity(Math.floor(record / recordsPerEntity(sizes))),
    unit: recordUnits[record] as number,
    owner: owners[record] as number,
    shares,
  };
}

/** `enforceSync`, the faster of casbin's two ways. */
export async function casbin(
  tenant: Tenant,
  { count, users, privileges, records }: TenantRequests,
): Promise<Contestant> {
  const enforcer = await enforcerOf(tenant, users);
  const atHand = Array.from(users, (user, i) => ({
    user: subjectOf(tenant, user),
    record: targetOf(tenant, records[i] as number),
    action: actions[(privileges[i] as number) % ACTIONS] as string,
  }));
  const ask = (i: number): boolean => {
    const { user, record, action } = atHand[i] as (typeof atHand)[number];
    return enforcer.enforceSync(user, record, action);
  };
  return {
    name: CASBIN,
    answers: count,
    decisions: () => collect(count, ask),
    run: () => {
      let allowed = 0;
      for (let i = 0; i < count; i++) if (ask(i)) allowed++;
      return allowed;
    },
  };
}
