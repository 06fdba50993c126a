// Stories as the twin hears them: names of policy things become numbers, values become values of the model.
import type { Policy, PrincipalName, Value } from "../../compiler/model/model.ts";
import type { Administered } from "../oracle/changes/administer.ts";
import type { RecordKey } from "../oracle/plain-world.ts";
import type { Change, Operation } from "../oracle/story.ts";
import type { ValuesPlan } from "./attribute-plan.ts";
import { type AssignmentPlan, levelWords, maskOf, type Project, recordActions } from "./project.ts";
import type { ChangePlan, HolderWritten, OperationPlan, RecordName, Written } from "./script-plan.ts";
import { recordOf, valuesOf } from "./to-model.ts";

const span = { file: { name: "script", text: "" }, start: 0, end: 0 };

/** The entity's number and the id. */
export function recordKey({ entity, id }: RecordName, project: Project): RecordKey {
  return { entity: project.entities.findIndex(({ name }) => name === entity), id };
}

type Reference = { readonly user: string } | { readonly team: string };

const principalOf = (to: Reference): PrincipalName =>
  "user" in to ? { kind: "user", name: to.user } : { kind: "team", name: to.team };

const shareeOf = (to: Reference | "organization"): PrincipalName | undefined =>
  to === "organization" ? undefined : principalOf(to);

function valuesWritten(entity: string, written: Written, project: Project): Map<string, Value | "none"> {
  const plan = project.entities.find(({ name }) => name === entity);
  const values = new Map<string, Value | "none">(
    valuesOf(plan?.attributes ?? [], written.attributes, project),
  );
  for (const name of written.clear) values.set(name, "none");
  const { parent } = written;
  if (plan?.lookup === undefined || parent === undefined) return values;
  const to = recordKey({ entity: plan.lookup.to, id: parent ?? "" }, project);
  values.set(plan.lookup.name, parent === null ? "none" : { kind: "Record", ...to });
  return values;
}

function holderValues(
  of: "User" | "Team",
  { attributes, clear }: HolderWritten,
  project: Project,
): Map<string, Value | "none"> {
  const values = new Map<string, Value | "none">(valuesOf(project.principals[of], attributes, project));
  for (const name of clear) values.set(name, "none");
  return values;
}

export function operationForTwin(plan: OperationPlan, project: Project): Operation {
  const key = (record: RecordName) => recordKey(record, project);
  switch (plan.kind) {
    case "create": {
      const attributes = new Map<string, Value>();
      for (const [name, value] of valuesWritten(plan.entity, plan, project))
        if (value !== "none") attributes.set(name, value);
      return {
        kind: "create",
        ...key(plan),
        owner: plan.owner && principalOf(plan.owner),
        unit: plan.businessUnit,
        attributes,
      };
    }
    case "update":
      return {
        kind: "update",
        record: key(plan.record),
        attributes: valuesWritten(plan.record.entity, plan, project),
        owner: plan.owner && principalOf(plan.owner),
        unit: plan.businessUnit,
      };
    case "assign":
      return { kind: "assign", record: key(plan.record), to: principalOf(plan.to) };
    case "share":
      return {
        kind: "share",
        record: key(plan.record),
        principal: shareeOf(plan.with),
        rights: maskOf(plan.rights),
      };
    case "unshare":
      return { kind: "unshare", record: key(plan.record), principal: shareeOf(plan.with) };
    case "shareColumn":
      return {
        kind: "share column",
        record: key(plan.record),
        attribute: plan.column,
        principal: shareeOf(plan.with),
        rights: maskOf(plan.rights),
      };
    case "unshareColumn":
      return {
        kind: "unshare column",
        record: key(plan.record),
        attribute: plan.column,
        principal: shareeOf(plan.with),
      };
    case "append":
      return { kind: "append", record: key(plan.record), to: key(plan.to), lookup: plan.lookup ?? "" };
    case "associate":
    case "disassociate":
      return { kind: plan.kind, record: key(plan.record), with: key(plan.with) };
    case "delete":
      return { kind: "delete", record: key(plan.record) };
    case "merge":
      return { kind: "merge", record: key(plan.record), into: key(plan.into) };
  }
}

export function contextForTwin(context: ValuesPlan | undefined, project: Project): Map<string, Value> {
  return valuesOf(project.context, context ?? {}, project);
}

export function changeForTwin(plan: ChangePlan, project: Project, policy: Policy): Change {
  const key = (record: RecordName) => recordKey(record, project);
  const roleNumber = (name: string): number => policy.roles.findIndex((role) => role.name === name);
  const given = (roles: readonly AssignmentPlan[]) =>
    roles.map(({ role, unit }) => ({ role: roleNumber(role), unit }));
  switch (plan.kind) {
    case "edit user":
      return {
        kind: "edit user",
        user: plan.user,
        roles: plan.roles && given(plan.roles),
        manager: plan.manager,
        position: plan.position,
        attributes: new Map(),
      };
    case "edit team":
      return {
        kind: "edit team",
        team: plan.team,
        roles: plan.roles && given(plan.roles),
        members: plan.members,
        administrator: plan.administrator,
        attributes: new Map(),
      };
    case "edit role": {
      const grants = plan.grants.flatMap(({ actions, on, level }) =>
        actions.map((word) => ({
          action: (recordActions as readonly string[]).indexOf(word),
          privilegeSet: policy.privilegeSets.findIndex(({ name }) => on.includes(name)),
          level: (levelWords as readonly string[]).indexOf(level),
          span,
        })),
      );
      return {
        kind: "edit role",
        role: roleNumber(plan.role),
        like: plan.like === undefined ? undefined : roleNumber(plan.like),
        replaced: grants,
        grants: grants.filter(({ level }) => level > 0),
        conditionalGrants: [],
        tasks: new Map(
          Object.entries(plan.tasks ?? {}).map(([task, held]) => [
            policy.tasks.findIndex(({ name }) => name === task),
            held,
          ]),
        ),
        conditionalTasks: [],
      };
    }
    case "edit record":
      return {
        kind: "edit record",
        record: key(plan.record),
        owner: plan.owner,
        unit: plan.unit,
        attributes: valuesWritten(plan.record.entity, plan.written, project),
      };
    case "load records":
      return { kind: "load records", records: plan.records.map((record) => recordOf(record, project)) };
    case "load shares":
      return {
        kind: "load shares",
        shares: plan.shares.map(({ entity, id, with: principal, direct, inherited }) => ({
          record: key({ entity, id }),
          principal,
          direct: maskOf(direct),
          inherited: maskOf(inherited),
        })),
      };
    case "administer":
      return { kind: "administer", operation: operationForTwin(plan.operation, project) as Administered };
    case "create record":
      return { kind: "create record", record: recordOf(plan.record, project) };
    case "delete record":
      return { kind: "delete record", record: key(plan.record) };
    case "share":
      return { kind: "share", record: key(plan.record), principal: plan.with, rights: maskOf(plan.rights) };
    case "unshare":
      return { kind: "unshare", record: key(plan.record), principal: plan.with };
    case "share column": {
      const { attribute, with: principal, rights } = plan;
      return { kind: "share column", record: key(plan.record), attribute, principal, rights: maskOf(rights) };
    }
    case "add user":
      return {
        ...plan,
        roles: given(plan.roles),
        manager: plan.manager,
        position: plan.position,
        attributes: valuesOf(project.principals.User, plan.attributes, project),
      };
    case "add team":
      return {
        ...plan,
        roles: given(plan.roles),
        administrator: plan.administrator,
        attributes: valuesOf(project.principals.Team, plan.attributes, project),
      };
    case "remove user":
      return { kind: "remove user", name: plan.user };
    case "remove team":
      return { kind: "remove team", name: plan.team };
    case "write user": {
      const attributes = holderValues("User", plan.written, project);
      const kept = { roles: undefined, manager: undefined, position: undefined };
      return { kind: "edit user", user: plan.user, ...kept, attributes };
    }
    case "write team": {
      const attributes = holderValues("Team", plan.written, project);
      const kept = { roles: undefined, members: undefined, administrator: undefined };
      return { kind: "edit team", team: plan.team, ...kept, attributes };
    }
    default:
      return plan;
  }
}
