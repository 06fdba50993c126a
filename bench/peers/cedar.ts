// Cedar's own WebAssembly package, used as its makers advise: policies parsed once, and with each request only the entities that
// it can reach.
import { createRequire } from "node:module";
import { actions } from "../../compiler/index.ts";
import {
  ACTIONS,
  CHILD_LEVEL,
  EVERYBODY,
  ORGANIZATION_LEVEL,
  recordsPerEntity,
  TEAM,
  type Tenant,
  UNIT_LEVEL,
  USER_LEVEL,
} from "../generate/tenant.ts";
import type { TenantRequests } from "../generate/tenant-requests.ts";
import { names } from "../generate/tenant-text.ts";
import { type Contestant, collect } from "../harness/contestant.ts";
import { timeEach } from "../harness/each.ts";

export const CEDAR = "cedar-wasm";

type Cedar = typeof import("@cedar-policy/cedar-wasm/nodejs");
type Call = Parameters<Cedar["statefulIsAuthorized"]>[0];

/** A request with what it can reach. */
export type CedarCall = Omit<Call, "preparsedPolicySetId">;

/** The package, its policies parsed: a function that decides. */
export function cedarAsking(policies: string): (call: CedarCall) => boolean {
  const cedar: Cedar = createRequire(import.meta.url)("@cedar-policy/cedar-wasm/nodejs");
  const parsed = cedar.preparsePolicySet("policies", { staticPolicies: policies });
  if (parsed.type === "failure") throw new Error(parsed.errors.map(({ message }) => message).join("\n"));
  return (call) => {
    const answer = cedar.statefulIsAuthorized({ ...call, preparsedPolicySetId: "policies" });
    if (answer.type === "failure") throw new Error(answer.errors.map(({ message }) => message).join("\n"));
    const { decision, diagnostics } = answer.response;
    if (diagnostics.errors.length > 0) throw new Error(JSON.stringify(diagnostics.errors));
    return decision === "allow";
  };
}

/** One ask after the other. */
export function cedarContestant(name: string, policies: string, calls: readonly CedarCall[]): Contestant {
  const ask = cedarAsking(policies);
  return {
    name,
    answers: calls.length,
    each: () => timeEach(calls.length, 1, (i) => ask(calls[i] as CedarCall)),
    decisions: () => collect(calls.length, (i) => ask(calls[i] as CedarCall)),
    run: () => {
      let allowed = 0;
      for (const call of calls) if (ask(call)) allowed++;
      return allowed;
    },
  };
}

const sharedFor = (action: number): string => `sharedFor_${actions[action]}`;

/** A policy a role, entity and level: the actions that the role has there. */
export function tenantPolicies({ roles, shareRecords }: Tenant): string {
  const policies: string[] = [];
  const near = (action: number): string =>
    shareRecords.length === 0
      ? "principal in resource.owner"
      : `principal in resource.owner || principal in resource.${sharedFor(action)}`;
  roles.forEach((granted, role) => {
    granted.forEach((level, privilege) => {
      const action = privilege % ACTIONS;
      const scope = `permit (principal in Role::"${names.role(role)}", action == Action::"${actions[action]}", resource is ${names.entity(Math.floor(privilege / ACTIONS))})`;
      const conditions: Record<number, string> = {
        [USER_LEVEL]: ` when { ${near(action)} }`,
        [UNIT_LEVEL]: ` when { resource.unit == principal.unit || ${near(action)} }`,
        [CHILD_LEVEL]: ` when { resource in principal.unit || ${near(action)} }`,
        [ORGANIZATION_LEVEL]: "",
      };
      if (level in conditions) policies.push(`${scope}${conditions[level]};`);
    });
  });
  return policies.join("\n");
}

interface Uid {
  readonly type: string;
  readonly id: string;
}

const uid = (type: string, id: string): Uid => ({ type, id });
const principalUid = (principal: number): Uid =>
  principal === EVERYBODY
    ? uid("Team", "everybody")
    : principal < TEAM
      ? uid("User", names.user(principal))
      : uid("Team", names.team(principal - TEAM));

function userEntity({ sizes, userUnits, userRoleSets, roleSets, userTeams }: Tenant, user: number) {
  const teams = userTeams.subarray(user * sizes.teamsPerUser, (user + 1) * sizes.teamsPerUser);
  return {
    uid: principalUid(user),
    attrs: { unit: { __entity: uid("Unit", names.unit(userUnits[user] as number)) } },
    parents: [
      ...(roleSets[userRoleSets[user] as number] as number[]).map((role) => uid("Role", names.role(role))),
      ...Array.from(teams, (team) => uid("Team", names.team(team))),
      ...(sizes.sharedPerThousand > 0 ? [uid("Team", "everybody")] : []),
    ],
  };
}

/** The record, and the units above it. */
function recordEntities(tenant: Tenant, record: number, action: number) {
  const { sizes, owners, recordUnits, unitParents, shareRecords, sharees, shareRights } = tenant;
  const each = recordsPerEntity(sizes);
  const unit = recordUnits[record] as number;
  const shared: object[] = [];
  for (let share = shareRecords.indexOf(record); share >= 0 && shareRecords[share] === record; share++) {
    if (((shareRights[share] as number) >> action) & 1)
      shared.push({ __entity: principalUid(sharees[share] as number) });
  }
  const entities: object[] = [
    {
      uid: uid(names.entity(Math.floor(record / each)), names.record(record % each)),
      attrs: {
        owner: { __entity: principalUid(owners[record] as number) },
        unit: { __entity: uid("Unit", names.unit(unit)) },
        ...(sizes.sharedPerThousand > 0 ? { [sharedFor(action)]: shared } : {}),
      },
      parents: [uid("Unit", names.unit(unit))],
    },
  ];
  for (let child = unit; (unitParents[child] as number) >= 0; child = unitParents[child] as number) {
    const parents = [uid("Unit", names.unit(unitParents[child] as number))];
    entities.push({ uid: uid("Unit", names.unit(child)), attrs: {}, parents });
  }
  return entities;
}

/** The smallest slice: the user, the record as far as the action looks at it, and the units above the record. */
export function tenantCalls(tenant: Tenant, { users, privileges, records }: TenantRequests): CedarCall[] {
  const each = recordsPerEntity(tenant.sizes);
  return Array.from(users, (user, i) => {
    const record = records[i] as number;
    const action = (privileges[i] as number) % ACTIONS;
    return {
      principal: principalUid(user),
      action: uid("Action", actions[action] as string),
      resource: uid(names.entity(Math.floor(record / each)), names.record(record % each)),
      context: {},
      entities: [
        userEntity(tenant, user),
        ...recordEntities(tenant, record, action),
      ] as unknown as CedarCall["entities"],
    };
  });
}
