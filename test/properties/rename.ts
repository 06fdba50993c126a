// The same project under other names: every name of every kind gets a new one, of another shape and another place in any
// alphabetical order.
import type { AttributePlan, ValuePlan, ValuesPlan } from "./attribute-plan.ts";
import type { ConditionPlan } from "./expression-plan.ts";
import type { AssignmentPlan, PrincipalPlan, PrincipalScopePlan, Project } from "./project.ts";
import { renamedExpression } from "./rename-expression.ts";

type Rename = (name: string) => string;

/** New names are handed out from the end, so that the order of names turns round. */
function renamer(prefix: string): Rename {
  const names = new Map<string, string>();
  return (name) => {
    let other = names.get(name);
    if (other === undefined) {
      other = `${prefix}${names.size % 2 === 0 ? " " : "_"}${900 - names.size}`;
      names.set(name, other);
    }
    return other;
  };
}

const maybe = (rename: Rename, name: string | undefined): string | undefined =>
  name === undefined ? undefined : rename(name);

export function renamed(project: Project): Project {
  const user = renamer("u");
  const role = renamer("r");
  const unit = renamer("b");
  const entity = renamer("e");
  const task = renamer("p");
  const guardrail = renamer("g");
  const attribute = renamer("a");
  const record = renamer("x");
  const position = renamer("q");
  const unitNames = new Set(project.units.map(({ name }) => name));
  const otherTeam = renamer("t");
  // A default team is called like its unit.
  const team: Rename = (name) => (unitNames.has(name) ? unit(name) : otherTeam(name));
  const principal = (to: PrincipalPlan | undefined): PrincipalPlan | undefined =>
    to === undefined ? undefined : { kind: to.kind, name: (to.kind === "user" ? user : team)(to.name) };
  const held = (roles: readonly AssignmentPlan[]): AssignmentPlan[] =>
    roles.map((assignment) => ({ role: role(assignment.role), unit: maybe(unit, assignment.unit) }));
  const scope = (plan: PrincipalScopePlan): PrincipalScopePlan => {
    if (plan.kind === "any" || plan.kind === "is") return plan;
    const rename = { user, team, unit, role }[plan.kind];
    return { kind: plan.kind, name: rename(plan.name) };
  };
  const action = (word: string): string => (project.tasks.includes(word) ? task(word) : word);
  const declared = (plans: readonly AttributePlan[]): AttributePlan[] =>
    plans.map(({ name, type, optional }) => ({
      name: attribute(name),
      type: type.kind === "Lookup" ? { kind: "Lookup", entity: entity(type.entity) } : type,
      optional,
    }));
  const otherValue = ({ type }: AttributePlan, value: ValuePlan): ValuePlan => {
    if (typeof value === "object" && "kind" in value) return principal(value) ?? value;
    const rename = { User: user, Team: team, BusinessUnit: unit, Lookup: record };
    const named = type.kind in rename ? rename[type.kind as keyof typeof rename] : undefined;
    return named !== undefined && typeof value === "string" ? named(value) : value;
  };
  const values = (plans: readonly AttributePlan[], given: ValuesPlan): ValuesPlan =>
    Object.fromEntries(
      plans.flatMap((plan) => {
        const value = given[plan.name];
        return value === undefined ? [] : [[attribute(plan.name), otherValue(plan, value)] as const];
      }),
    );
  const ofEntity = (name: string) => project.entities.find((plan) => plan.name === name)?.attributes ?? [];
  const isEntity = (name: string) => project.entities.some((plan) => plan.name === name);
  const ids: Readonly<Record<string, Rename>> = {
    User: user,
    Team: team,
    BusinessUnit: unit,
    Role: role,
    Action: action,
  };
  const condition = (clauses: ConditionPlan): ConditionPlan =>
    clauses.map(({ form, expression }) => ({
      form,
      expression: renamedExpression(expression, {
        // What the language itself gives keeps its name.
        attribute: (name) => (name === "owner" || name === "businessUnit" ? name : attribute(name)),
        type: (name) => (isEntity(name) ? entity(name) : name),
        id: (type, id) => (isEntity(type) ? record : (ids[type] ?? record))(id),
      }),
    }));
  const { User, Team, BusinessUnit } = project.principals;
  return {
    ...project,
    entities: project.entities.map(({ name, ownership, set, lookup, attributes }) => ({
      name: entity(name),
      ownership,
      set: maybe(entity, set),
      lookup: lookup && { ...lookup, name: attribute(lookup.name), to: entity(lookup.to) },
      attributes: declared(attributes),
    })),
    hierarchy: project.hierarchy && {
      ...project.hierarchy,
      excludes: project.hierarchy.excludes.map(entity),
    },
    positions: (project.positions ?? []).map(({ name, parent }) => ({
      name: position(name),
      parent: maybe(position, parent),
    })),
    principals: { User: declared(User), Team: declared(Team), BusinessUnit: declared(BusinessUnit) },
    context: declared(project.context),
    contexts: project.contexts.map((given) => values(project.context, given)),
    tasks: project.tasks.map(task),
    roles: project.roles.map((plan) => ({
      ...plan,
      name: role(plan.name),
      unit: maybe(unit, plan.unit),
      grants: plan.grants.map((grant) => ({
        ...grant,
        on: grant.on.map((name) => (name === "*" ? name : entity(name))),
        condition: condition(grant.condition),
      })),
      tasks: plan.tasks.map((grant) => ({
        tasks: grant.tasks.map(action),
        condition: condition(grant.condition),
      })),
    })),
    guardrails: project.guardrails.map((plan) => ({
      ...plan,
      id: maybe(guardrail, plan.id),
      principal: scope(plan.principal),
      actions: plan.actions.map(action),
      entity: maybe(entity, plan.entity),
      unit: maybe(unit, plan.unit),
      record: maybe(record, plan.record),
      condition: condition(plan.condition),
    })),
    units: project.units.map((plan) => ({
      ...plan,
      name: unit(plan.name),
      parent: maybe(unit, plan.parent),
    })),
    users: project.users.map((plan) => ({
      ...plan,
      name: user(plan.name),
      unit: unit(plan.unit),
      roles: held(plan.roles),
      manager: maybe(user, plan.manager),
      position: maybe(position, plan.position),
      attributes: values(User, plan.attributes),
    })),
    teams: project.teams.map((plan) => ({
      ...plan,
      name: team(plan.name),
      unit: unit(plan.unit),
      roles: held(plan.roles),
      members: plan.members.map(user),
      administrator: maybe(user, plan.administrator),
      attributes: values(Team, plan.attributes),
    })),
    defaultTeams: project.defaultTeams.map((plan) => ({ unit: unit(plan.unit), roles: held(plan.roles) })),
    records: project.records.map((plan) => ({
      entity: entity(plan.entity),
      id: record(plan.id),
      owner: principal(plan.owner),
      unit: maybe(unit, plan.unit),
      parent: maybe(record, plan.parent),
      attributes: values(ofEntity(plan.entity), plan.attributes),
    })),
    shares: project.shares.map((plan) => ({
      ...plan,
      entity: entity(plan.entity),
      id: record(plan.id),
      with: principal(plan.with),
    })),
    described: project.described.map((plan) => ({
      ...plan,
      entity: entity(plan.entity),
      owner: principal(plan.owner),
      unit: maybe(unit, plan.unit),
      parent: maybe(record, plan.parent),
      attributes: values(ofEntity(plan.entity), plan.attributes),
    })),
  };
}
