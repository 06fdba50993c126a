// The Cedar schema of a project.
import { actions, type Model, printName } from "../../compiler/index.ts";
import { type AttributesOf, attributesOf, cedarType, mayBeAbsent } from "./attributes.ts";
import { attributeName, commentText, quoted } from "./names.ts";
import { shareRights } from "./rights.ts";
import { taskResource, type Vocabulary } from "./vocabulary.ts";

export function writeSchema(model: Model, names: Vocabulary): string {
  return `${[
    ...commonTypes(model, names),
    ...people(model, names),
    ...model.policy.entities.map((_, entity) => recordType(entity, model, names)),
    `// What task privileges are asked about: ${taskResource.type}::${quoted(taskResource.id)}.\nentity ${taskResource.type};`,
    ...actionDeclarations(model, names),
  ].join("\n\n")}\n`;
}

function fields(lines: readonly string[]): string {
  return lines.length === 0 ? "{}" : `{\n${lines.map((line) => `  ${line},`).join("\n")}\n}`;
}

function declared(model: Model, owner: AttributesOf, names: Vocabulary): string[] {
  return attributesOf(model, owner).map((attribute) => {
    const optional = mayBeAbsent(model, owner, attribute) ? "?" : "";
    return `${attributeName(attribute.name)}${optional}: ${cedarType(attribute.type, names)}`;
  });
}

function commonTypes({ policy }: Model, names: Vocabulary): string[] {
  const { types, roleKeys } = names;
  const roles = roleKeys.map((key) => `${attributeName(key)}?: Set<BusinessUnit>`);
  const context = policy.context.map(
    ({ name, optional, type }) => `${attributeName(name)}${optional ? "?" : ""}: ${cedarType(type, names)}`,
  );
  return [
    `// A user or a team: exactly one of the two is there.\ntype ${types.Principal} = ${fields(["user?: User", "team?: Team"])};`,
    `// The roles that somebody holds: the units of the copies, which are the contexts of their privileges.\ntype ${types.Roles} = ${fields(roles)};`,
    `// With whom a right to a record is shared.\ntype ${types.Audience} = ${fields(["users: Set<User>", "teams: Set<Team>", "organization: Bool"])};`,
    `type ${types.Shares} = ${fields(shareRights.map((right) => `${right}?: ${types.Audience}`))};`,
    `// What a request carries.\ntype ${types.Context} = ${fields(context)};`,
  ];
}

function people(model: Model, names: Vocabulary): string[] {
  const { types, added } = names;
  const { user, team } = added;
  return [
    `// In the unit above it.\nentity BusinessUnit in [BusinessUnit] ${fields(declared(model, "BusinessUnit", names))};`,
    "// Holding a role, directly or through an owner, group or default team, is being in it.\nentity Role;",
    `entity Team ${fields([
      `${attributeName(team.businessUnit)}: BusinessUnit`,
      `${attributeName(team.roles)}: ${types.Roles}`,
      `${attributeName(team.administrator)}?: User`,
      ...declared(model, "Team", names),
    ])};`,
    `// In his unit, his teams of every kind, and the roles that he holds. \`${user.disabled}\`: he, his unit, or a unit above it.\n` +
      `// \`${user.ownRoles}\`: assigned to himself; \`${user.roles}\`: those and the ones of his teams.\n` +
      `entity User in [BusinessUnit, Team, Role] ${fields([
        `${attributeName(user.disabled)}: Bool`,
        `${attributeName(user.businessUnit)}: BusinessUnit`,
        `${attributeName(user.roles)}: ${types.Roles}`,
        `${attributeName(user.ownRoles)}: ${types.Roles}`,
        ...declared(model, "User", names),
      ])};`,
  ];
}

const ownedBy = {
  userOrTeam: "user or team",
  businessUnit: "business unit",
  organization: "organization",
  parent: "parent",
} as const;

function recordType(entity: number, model: Model, names: Vocabulary): string {
  const { name, ownership } = model.policy.entities[entity] as Model["policy"]["entities"][number];
  const { types, added } = names;
  const own = {
    userOrTeam: [
      `owner: ${types.Principal}`,
      "businessUnit: BusinessUnit",
      `${attributeName(added.record.shares)}: ${types.Shares}`,
    ],
    businessUnit: ["businessUnit: BusinessUnit"],
    organization: [],
    parent: [],
  }[ownership];
  const within = own.length > 0 ? " in [BusinessUnit]" : "";
  const body = fields([...own, ...declared(model, entity, names)]);
  const comment = commentText(`${printName(name)}, owned by ${ownedBy[ownership]}`);
  return `// ${comment}\nentity ${names.entities[entity]}${within} ${body};`;
}

/** Every action applies to every record type: what an ownership does not have is denied, as in the project itself. */
function actionDeclarations({ policy }: Model, { entities, taskIds, types }: Vocabulary): string[] {
  const applies = (resources: readonly string[]) =>
    `appliesTo ${fields(["principal: [User]", `resource: [${resources.join(", ")}]`, `context: ${types.Context}`])};`;
  const record = `action ${actions.map(quoted).join(", ")} ${applies(entities)}`;
  const task = `action ${taskIds.map(quoted).join(", ")} ${applies([taskResource.type])}`;
  return [...(policy.entities.length === 0 ? [] : [record]), task];
}
