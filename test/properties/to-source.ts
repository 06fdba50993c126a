// A project as text, and the parts of it that a placement leaves in the source.
import type {
  AssignmentPlan,
  EntityPlan,
  GrantPlan,
  GuardrailPlan,
  PrincipalPlan,
  Project,
  RolePlan,
  UnitPlan,
} from "./project.ts";

const keywords = new Set(
  (
    "access action administrator all allow and append appendTo as assign associate at because business by can cascade " +
    "column context create default delete deny depth disabled do else enabled entity false for forbid group has if in " +
    "into is like list manager masked members merge none of on or organization owned owner parent parental permit " +
    "position principal privilege profile read record refuse resource restrict rights role roles secured set settings " +
    "share team test then to true under unit unless unlink unshare update user when who with write"
  ).split(" "),
);

/** A name as a careful author writes it. */
export function name(text: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !keywords.has(text) ? text : JSON.stringify(text);
}

const quoted = (text: string): string => JSON.stringify(text);
const principal = ({ kind, name }: PrincipalPlan): string =>
  `${kind === "user" ? "User" : "Team"}::${quoted(name)}`;
const assignments = (roles: readonly AssignmentPlan[]): string =>
  roles.map(({ role, unit }) => name(role) + (unit === undefined ? "" : ` in ${name(unit)}`)).join(", ");
const rolesField = (roles: readonly AssignmentPlan[]): string =>
  roles.length === 0 ? "" : ` roles: ${assignments(roles)};`;
const block = (fields: string): string => (fields === "" ? ";" : ` {${fields} }`);

function entity({ name: entityName, set, ownership, lookup }: EntityPlan): string {
  const forms = {
    userOrTeam: "user or team",
    organization: "organization",
    businessUnit: "business unit",
    parent: "",
  };
  const owned = ownership === "parent" ? `parent ${name(lookup?.name ?? "")}` : forms[ownership];
  const head = `entity ${name(entityName)}${set === undefined ? "" : ` as ${name(set)}`} owned by ${owned}`;
  if (lookup === undefined) return `${head};`;
  const cascade = lookup.cascade === "" ? "" : ` ${lookup.cascade}`;
  return `${head} { ${name(lookup.name)}?: ${name(lookup.to)}${cascade} }`;
}

function grant({ actions, on, level }: GrantPlan): string {
  const entities = on.map((target) => (target === "*" ? "*" : name(target))).join(", ");
  return `permit ${actions.join(", ")} on ${entities} at ${level};`;
}

function role({ name: roleName, form, unit, grants, tasks }: RolePlan): string {
  const head = `${form} ${name(roleName)}${unit === undefined ? "" : ` in ${name(unit)}`}`;
  const lines = [
    ...grants.map(grant),
    ...(tasks.length === 0 ? [] : [`permit ${tasks.map(name).join(", ")};`]),
  ];
  return lines.length === 0
    ? `${head}${form === "administrator role" ? ";" : " {}"}`
    : `${head} { ${lines.join(" ")} }`;
}

function guardrail({
  effect,
  id,
  principal: who,
  actions,
  entity: type,
  unit,
  record,
  level,
}: GuardrailPlan): string {
  const annotation = id === undefined ? "" : `@id(${quoted(id)}) `;
  const types = { user: "== User", team: "in Team", unit: "in BusinessUnit", role: "in Role" };
  let scope = "principal";
  if (who.kind === "is") scope = "principal is User";
  else if (who.kind !== "any") scope = `principal ${types[who.kind]}::${quoted(who.name)}`;
  let action = "action";
  if (actions.length === 1) action = `action == ${name(actions[0] ?? "")}`;
  if (actions.length > 1)
    action = `action in [${actions.map((word) => `Action::${quoted(word)}`).join(", ")}]`;
  let resource = "resource";
  if (record !== undefined) resource = `resource == ${name(type ?? "")}::${quoted(record)}`;
  else {
    if (type !== undefined) resource += ` is ${name(type)}`;
    if (unit !== undefined) resource += ` in BusinessUnit::${quoted(unit)}`;
  }
  return `${annotation}${effect} (${scope}, ${action}, ${resource})${level === undefined ? "" : ` at ${level}`};`;
}

function unitTree(units: readonly UnitPlan[], unit: UnitPlan): string {
  const inside = units.filter((other) => other.parent === unit.name).map((other) => unitTree(units, other));
  const head = `${unit.parent === undefined ? "organization" : "unit"} ${name(unit.name)}${unit.disabled ? " disabled" : ""}`;
  return inside.length === 0
    ? `${head}${unit.parent === undefined ? " {}" : ";"}`
    : `${head} { ${inside.join(" ")} }`;
}

/** The policy: what always is source. */
export function policyLines(project: Project): string[] {
  const settings = Object.entries(project.settings).map(([key, value]) => ` ${key}: ${value};`);
  return [
    ...(settings.length === 0 ? [] : [`settings {${settings.join("")} }`]),
    ...project.entities.map(entity),
    ...(project.tasks.length === 0 ? [] : [`privilege ${project.tasks.map(name).join(", ")};`]),
    ...project.roles.map(role),
    ...project.guardrails.map(guardrail),
  ];
}

export function unitLines({ units }: Project): string[] {
  return units.filter((unit) => unit.parent === undefined).map((root) => unitTree(units, root));
}

export function userLines({ users }: Pick<Project, "users">): string[] {
  return users.map(
    (user) =>
      `user ${name(user.name)} in ${name(user.unit)}${user.disabled ? " disabled" : ""}${block(rolesField(user.roles))}`,
  );
}

export function teamLines({ teams, defaultTeams }: Project): string[] {
  return [
    ...teams.map((team) => {
      const members = team.members.length === 0 ? "" : ` members: ${team.members.map(name).join(", ")};`;
      const administrator =
        team.administrator === undefined ? "" : ` administrator: ${name(team.administrator)};`;
      const head = `${team.kind === "owner" ? "" : `${team.kind} `}team ${name(team.name)} in ${name(team.unit)}`;
      return `${head}${block(rolesField(team.roles) + members + administrator)}`;
    }),
    ...defaultTeams.map(({ unit, roles }) => `default team of ${name(unit)}${block(rolesField(roles))}`),
  ];
}

export function recordLines({ entities, records }: Project): string[] {
  return records.map((record) => {
    const lookup = entities.find((entity) => entity.name === record.entity)?.lookup;
    const owner = record.owner === undefined ? "" : ` owner: ${principal(record.owner)};`;
    const unit = record.unit === undefined ? "" : ` businessUnit: ${name(record.unit)};`;
    const parent =
      lookup === undefined || record.parent === undefined
        ? ""
        : ` ${name(lookup.name)}: ${name(lookup.to)}::${quoted(record.parent)};`;
    return `record ${name(record.id)}: ${name(record.entity)}${block(owner + unit + parent)}`;
  });
}

/** Direct masks only: the language has no words for inherited ones. */
export function shareLines({ shares }: Project): string[] {
  return shares
    .filter((share) => share.direct.length > 0)
    .map((share) => {
      const to = share.with === undefined ? "organization" : principal(share.with);
      return `share ${name(share.id)} with ${to}: ${share.direct.join(", ")};`;
    });
}

/** One complete text. Records that tables repeat under one id per entity have no source form. */
export function toSource(project: Project): string {
  const lines = [
    ...policyLines(project),
    ...unitLines(project),
    ...userLines(project),
    ...teamLines(project),
    ...recordLines(project),
    ...shareLines(project),
  ];
  return `${lines.join("\n")}\n`;
}
