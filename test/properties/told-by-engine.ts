// A story as the engine tells it.
import { BailiwickError, type Engine, type Operation } from "../../runtime-ts/index.ts";
import type { ValuesPlan } from "./attribute-plan.ts";
import type { AssignmentPlan, PrincipalPlan, Project } from "./project.ts";
import type {
  AdministeredPlan,
  ChangePlan,
  HolderWritten,
  OperationPlan,
  SingleStep,
  Written,
} from "./script-plan.ts";
import { recordTables, sharesTable, valuesAsJson } from "./to-tables.ts";
import { isTable, type Said, unknown } from "./told-by-twin.ts";

/** Values as the programming interface takes them; null empties. */
export function attributesWritten(
  entity: string,
  { attributes, clear, parent }: Written,
  project: Project,
): Record<string, unknown> {
  const plan = project.entities.find(({ name }) => name === entity);
  const values = valuesAsJson(plan?.attributes ?? [], attributes);
  for (const name of clear) values[name] = null;
  if (plan?.lookup !== undefined && parent !== undefined) values[plan.lookup.name] = parent;
  return values;
}

function holderValues(
  of: "User" | "Team",
  { attributes, clear }: HolderWritten,
  project: Project,
): Record<string, unknown> {
  const values = valuesAsJson(project.principals[of], attributes);
  for (const name of clear) values[name] = null;
  return values;
}

/** An operation as `Engine.can` takes it. */
export function operationForEngine(plan: OperationPlan, project: Project): Operation {
  if (plan.kind !== "create" && plan.kind !== "update") return plan;
  const { attributes: _, clear, parent, ...operation } = plan;
  const entity = plan.kind === "create" ? plan.entity : plan.record.entity;
  return { ...operation, attributes: attributesWritten(entity, plan, project) } as Operation;
}

/** The request context of a question, where it has one. */
export function inContext(
  carried: ValuesPlan | undefined,
  project: Project,
): { context?: Record<string, unknown> } {
  return carried === undefined ? {} : { context: valuesAsJson(project.context, carried) };
}

/** What the engine says of an operation; nothing changes. */
export function askEngine(
  engine: Engine,
  user: string,
  plan: OperationPlan,
  project: Project,
  carried?: ValuesPlan,
): Said {
  const options = inContext(carried, project);
  const { allowed, reason, failed } = engine.can(user, operationForEngine(plan, project), options);
  // The gate comes before every check of an operation.
  if (failed === undefined || reason === "disabled") return { done: allowed, reason };
  return { done: allowed, reason, check: wordsOf(failed, plan) };
}

type Failed = NonNullable<ReturnType<Engine["can"]>["failed"]>;

function wordsOf({ action, record, principal }: Failed, plan: OperationPlan): string {
  // A record that is not there yet has its name already; one of another entity may have the same.
  const isNew = plan.kind === "create" && record?.entity === plan.entity && record?.id === plan.id;
  const id = isNew ? undefined : record?.id;
  const whose = "user" in principal ? `user ${principal.user}` : `team ${principal.team}`;
  return `${action} of ${record?.entity ?? "-"}/${id ?? "-"} by ${whose}`;
}

const reference = (to: PrincipalPlan): { user: string } | { team: string } =>
  to.kind === "user" ? { user: to.name } : { team: to.name };

const sharee = (to: PrincipalPlan | undefined): { user: string } | { team: string } | "organization" =>
  to === undefined ? "organization" : reference(to);

const given = (roles: readonly AssignmentPlan[]) =>
  roles.map(({ role, unit }) => (unit === undefined ? role : { role, businessUnit: unit }));

type World = Parameters<Parameters<Engine["update"]>[0]>[0];

/** An administrator's change in the words of `Engine.update`. */
function change(world: World, plan: ChangePlan, project: Project): void {
  switch (plan.kind) {
    case "move user":
      world.moveUser(plan.user, plan.unit);
      break;
    case "disable user":
      if (plan.disabled) world.disableUser(plan.user);
      else world.enableUser(plan.user);
      break;
    case "edit user":
      if (plan.roles !== undefined) world.setRoles({ user: plan.user }, given(plan.roles));
      if (plan.manager !== undefined) world.setManager(plan.user, plan.manager);
      if (plan.position !== undefined) world.setPosition(plan.user, plan.position);
      break;
    case "move unit":
      world.moveUnit(plan.unit, plan.under);
      break;
    case "disable unit":
      if (plan.disabled) world.disableUnit(plan.unit);
      else world.enableUnit(plan.unit);
      break;
    case "delete unit":
      world.deleteUnit(plan.unit);
      break;
    case "move team":
      world.moveTeam(plan.team, plan.unit);
      break;
    case "edit team":
      if (plan.roles !== undefined) world.setRoles({ team: plan.team }, given(plan.roles));
      if (plan.members !== undefined) world.setMembers(plan.team, plan.members);
      if (plan.administrator !== undefined) world.setAdministrator(plan.team, plan.administrator);
      break;
    case "edit role": {
      const grants = plan.grants.map(({ actions, on, level }) => ({
        actions,
        entities: on.map((name) => project.entities.find(({ set }) => set === name)?.name ?? name),
        level,
      }));
      const { like, tasks } = plan;
      world.editRole(plan.role, {
        grants,
        ...(like === undefined ? {} : { like }),
        ...(tasks === undefined ? {} : { tasks }),
      });
      break;
    }
    case "edit record": {
      const { record, owner, unit, written } = plan;
      world.change({
        kind: "update",
        record,
        ...(owner === undefined ? {} : { owner: reference(owner) }),
        ...(unit === undefined ? {} : { businessUnit: unit }),
        attributes: attributesWritten(record.entity, written, project),
      });
      break;
    }
    case "administer":
      administer(world, plan.operation);
      break;
    case "create record": {
      const { entity, id, owner, unit, parent, attributes } = plan.record;
      const written = { attributes, clear: [], ...(parent === undefined ? {} : { parent }) };
      world.change({
        kind: "create",
        entity,
        id,
        ...(owner === undefined ? {} : { owner: reference(owner) }),
        ...(unit === undefined ? {} : { businessUnit: unit }),
        attributes: attributesWritten(entity, written, project),
      });
      break;
    }
    case "delete record":
      world.delete(plan.record);
      break;
    case "share":
      world.setShare(plan.record, sharee(plan.with), plan.rights);
      break;
    case "unshare":
      world.unshare(plan.record, sharee(plan.with));
      break;
    case "share column":
      world.setColumnShare(plan.record, plan.attribute, sharee(plan.with), plan.rights);
      break;
    case "profile members":
      world.setProfileMembers(plan.profile, plan.members.map(reference));
      break;
    case "add user": {
      const { name, unit, roles, manager, position, disabled, attributes } = plan;
      world.addUser(name, {
        businessUnit: unit,
        roles: given(roles),
        ...(manager === undefined ? {} : { manager }),
        ...(position === undefined ? {} : { position }),
        disabled,
        attributes: valuesAsJson(project.principals.User, attributes),
      });
      break;
    }
    case "remove user":
      world.removeUser(plan.user);
      break;
    case "add team": {
      const { name, of: kind, unit, roles, members, administrator, attributes } = plan;
      world.addTeam(name, {
        businessUnit: unit,
        kind,
        roles: given(roles),
        members,
        ...(administrator === undefined ? {} : { administrator }),
        attributes: valuesAsJson(project.principals.Team, attributes),
      });
      break;
    }
    case "remove team":
      world.removeTeam(plan.team);
      break;
    case "add unit":
      world.addUnit(plan.name, plan.under);
      break;
    case "write user":
      world.setAttributes({ user: plan.user }, holderValues("User", plan.written, project));
      break;
    case "write team":
      world.setAttributes({ team: plan.team }, holderValues("Team", plan.written, project));
  }
}

/** By the method of its name, where there is one. */
function administer(world: World, operation: AdministeredPlan): void {
  if (operation.kind === "assign") world.assign(operation.record, operation.to);
  else if (operation.kind === "share") world.share(operation.record, operation.with, operation.rights);
  else if (operation.kind === "shareColumn")
    world.shareColumn(operation.record, operation.column, operation.with, operation.rights);
  else world.change(operation);
}

/** By rules of the model, or by the policy. Anything else is a mistake of the story, of a name or a value. */
const refusals = new Set(
  ["304", "305", "309", "432", "433", "435", "442", "444", "445", "446", "447", "448", "449"].map(
    (code) => `BWK${code}`,
  ),
);

/** Tables go to the engine itself. The names of principals stand for themselves, of people who were removed as well. */
function load(engine: Engine, change: ChangePlan, project: Project): void {
  if (change.kind === "load records")
    for (const { entity, columns } of recordTables({ ...project, records: change.records }))
      engine.records.load(entity, columns);
  else if (change.kind === "load shares") {
    const table = sharesTable({ shares: change.shares, records: project.records });
    if (table !== undefined) engine.shares.load(table);
  }
}

/** What becomes of a step: the engine changes, or refuses with a code and is as it was. */
export function tellEngine(engine: Engine, step: SingleStep, project: Project): Said {
  const happens = (tell: (world: World) => void): boolean => {
    try {
      if (step.kind === "set" && isTable(step.change)) load(engine, step.change, project);
      else engine.update(tell);
      return true;
    } catch (error) {
      // Of what a story names only records may be gone.
      const isGone = error instanceof BailiwickError && error.message.endsWith("is not loaded");
      if (isGone || (error instanceof BailiwickError && refusals.has(error.code))) return false;
      throw error;
    }
  };
  if (step.kind === "set") return { done: happens((world) => change(world, step.change, project)) };
  const { user, operation, context } = step;
  let said: Said;
  try {
    said = askEngine(engine, user, operation, project, context);
  } catch (error) {
    if (!(error instanceof BailiwickError && error.code === "BWK440")) throw error;
    said = unknown;
  }
  const asked = operationForEngine(operation, project);
  const done = happens((world) => world.do(user, asked, inContext(context, project)));
  return { ...said, done };
}
