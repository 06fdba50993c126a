// A project as text, and the parts of it that a placement leaves in the source.
import type { AttributePlan, AttributeTypePlan, ValuePlan, ValuesPlan } from "./attribute-plan.ts";
import type {
  AssignmentPlan,
  ColumnSharePlan,
  EntityPlan,
  GrantPlan,
  GuardrailPlan,
  OwnerRulePlan,
  PrincipalPlan,
  ProfilePlan,
  Project,
  RolePlan,
  UnitPlan,
  UserPlan,
} from "./project.ts";
import { ExpressionWriter } from "./write-expression.ts";

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
function name(text: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !keywords.has(text) ? text : JSON.stringify(text);
}

const quoted = (text: string): string => JSON.stringify(text);

const levelSynonyms: Readonly<Record<string, string>> = {
  user: "basic",
  businessUnit: "local",
  parentChild: "deep",
  organization: "global",
};

/** Writes the declarations of one project, one a line, in its spelling. */
class Writer {
  readonly #project: Project;
  readonly #expressions: ExpressionWriter;

  constructor(project: Project) {
    this.#project = project;
    const { bare = false, commas = false } = project.spelling;
    this.#expressions = new ExpressionWriter({ bare, parentheses: commas, keywords });
  }

  #level(text: string): string {
    return this.#project.spelling.synonyms ? (levelSynonyms[text] ?? text) : text;
  }

  #action(text: string): string {
    return this.#project.spelling.synonyms && text === "write" ? "update" : text;
  }

  /** A list, with or without a comma at its end. */
  #list(items: readonly string[]): string {
    return items.join(", ") + (this.#project.spelling.commas ? "," : "");
  }

  /** A block of fields, the last `;` of which may be left out; a `;` alone where there is none. */
  #block(fields: readonly string[]): string {
    if (fields.length === 0) return ";";
    return ` { ${fields.join("; ")}${this.#project.spelling.commas ? "" : ";"} }`;
  }

  /** Bare where the name is one principal's alone; an open bare name is a user's. */
  #principal({ kind, name: text }: PrincipalPlan): string {
    const { spelling, users, teams, units, placement } = this.#project;
    const isUser = users.some((user) => user.name === text);
    const isTeam = [...teams, ...units].some((team) => team.name === text);
    // A bare name that only a directory declares is a user's.
    const open = placement === "directory" || placement === "some users";
    const clear = kind === "user" ? !isTeam : !isUser && !open;
    if (spelling.bare && clear) return name(text);
    return `${kind === "user" ? "User" : "Team"}::${quoted(text)}`;
  }

  #roles(roles: readonly AssignmentPlan[]): string[] {
    if (roles.length === 0) return [];
    const held = roles.map(({ role, unit }) => name(role) + (unit === undefined ? "" : ` in ${name(unit)}`));
    return [`roles: ${this.#list(held)}`];
  }

  #type(type: AttributeTypePlan): string {
    if (type.kind === "Choice") return `Choice(${this.#list(type.options.map(quoted))})`;
    if (type.kind === "Set") return `Set<${type.element}>`;
    return type.kind === "Lookup" ? name(type.entity) : type.kind;
  }

  attribute({ name: attributeName, type, optional, secured = false, masked }: AttributePlan): string {
    const mask = masked === undefined ? "" : ` masked ${quoted(masked)}`;
    return `${name(attributeName)}${optional ? "?" : ""}: ${this.#type(type)}${secured ? ` secured${mask}` : ""}`;
  }

  attributes(head: string, attributes: readonly AttributePlan[]): string[] {
    if (attributes.length === 0) return [];
    return [`${head} { ${this.#list(attributes.map((attribute) => this.attribute(attribute)))} }`];
  }

  /** A value, as the type of its attribute asks for it. */
  #value(type: AttributeTypePlan, value: ValuePlan): string {
    const { bare } = this.#project.spelling;
    if (typeof value === "boolean") return String(value);
    if (typeof value === "object" && "kind" in value) return this.#principal(value);
    if (typeof value !== "string")
      return `[${value.map((item) => (type.kind === "Set" && type.element === "Long" ? item : quoted(item))).join(", ")}]`;
    switch (type.kind) {
      case "Long":
        return value;
      case "Decimal":
        return bare ? quoted(value) : `decimal(${quoted(value)})`;
      case "Datetime":
        return bare ? quoted(value) : `datetime(${quoted(value)})`;
      case "User":
      case "Team":
      case "BusinessUnit":
        return bare ? name(value) : `${type.kind}::${quoted(value)}`;
      case "Lookup":
        return bare ? name(value) : `${name(type.entity)}::${quoted(value)}`;
      default:
        return quoted(value);
    }
  }

  /** Fields of a block, in the order of the attributes. */
  #values(attributes: readonly AttributePlan[], values: ValuesPlan): string[] {
    return attributes.flatMap(({ name: attributeName, type }) => {
      const value = values[attributeName];
      return value === undefined ? [] : [`${name(attributeName)}: ${this.#value(type, value)}`];
    });
  }

  entity(plan: EntityPlan): string {
    const { name: entityName, set, ownership, lookup } = plan;
    const forms = {
      userOrTeam: "user or team",
      organization: "organization",
      businessUnit: "business unit",
      parent: `parent ${name(lookup?.name ?? "")}`,
    };
    const head = `entity ${name(entityName)}${set === undefined ? "" : ` as ${name(set)}`} owned by ${forms[ownership]}`;
    const attributes = plan.attributes.map((attribute) => this.attribute(attribute));
    if (lookup !== undefined) {
      const cascade = lookup.cascade === "" ? "" : ` ${lookup.cascade}`;
      attributes.unshift(`${name(lookup.name)}?: ${name(lookup.to)}${cascade}`);
    }
    return attributes.length === 0 ? `${head};` : `${head} { ${this.#list(attributes)} }`;
  }

  #grant({ actions, on, level, condition }: GrantPlan): string {
    const words = actions.map((action) => this.#action(action));
    const entities = on.includes("*") ? "*" : this.#list(on.map(name));
    return `permit ${this.#list(words)} on ${entities} at ${this.#level(level)}${this.#expressions.clauses(condition)};`;
  }

  role({ name: roleName, form, unit, grants, tasks }: RolePlan): string {
    const head = `${form} ${name(roleName)}${unit === undefined ? "" : ` in ${name(unit)}`}`;
    const lines = grants.map((grant) => this.#grant(grant));
    for (const { tasks: granted, condition } of tasks)
      lines.push(`permit ${this.#list(granted.map(name))}${this.#expressions.clauses(condition)};`);
    if (lines.length > 0) return `${head} { ${lines.join(" ")} }`;
    return form === "administrator role" ? `${head};` : `${head} {}`;
  }

  guardrail(plan: GuardrailPlan): string {
    const { effect, id, principal: who, actions, entity: type, unit, record, level } = plan;
    const annotation = id === undefined ? "" : `@id(${quoted(id)}) `;
    const types = { user: "== User", team: "in Team", unit: "in BusinessUnit", role: "in Role" };
    let scope = "principal";
    if (who.kind === "is") scope = "principal is User";
    else if (who.kind !== "any") scope = `principal ${types[who.kind]}::${quoted(who.name)}`;
    const words = actions.map((action) => this.#action(action));
    let action = "action";
    if (words.length === 1) action = `action == ${name(words[0] ?? "")}`;
    if (words.length > 1)
      action = `action in [${this.#list(words.map((word) => `Action::${quoted(word)}`))}]`;
    let resource = "resource";
    if (record !== undefined) resource = `resource == ${name(type ?? "")}::${quoted(record)}`;
    else {
      if (type !== undefined) resource += ` is ${name(type)}`;
      if (unit !== undefined) resource += ` in BusinessUnit::${quoted(unit)}`;
    }
    const at = level === undefined ? "" : ` at ${this.#level(level)}`;
    const condition = this.#expressions.clauses(plan.condition);
    return `${annotation}${effect} (${scope}, ${action}, ${resource})${at}${condition};`;
  }

  unit(unit: UnitPlan): string {
    const inside = this.#project.units
      .filter((other) => other.parent === unit.name)
      .map((other) => this.unit(other));
    const head = `${unit.parent === undefined ? "organization" : "unit"} ${name(unit.name)}`;
    const disabled = unit.disabled ? " disabled" : "";
    return `${head}${disabled}${inside.length === 0 ? ";" : ` { ${inside.join(" ")} }`}`;
  }

  user({ name: userName, unit, disabled, roles, manager, position, attributes }: UserPlan): string {
    const fields = [...this.#roles(roles), ...this.#values(this.#project.principals.User, attributes)];
    if (manager !== undefined) fields.push(`manager: ${name(manager)}`);
    if (position !== undefined) fields.push(`position: ${name(position)}`);
    return `user ${name(userName)} in ${name(unit)}${disabled ? " disabled" : ""}${this.#block(fields)}`;
  }

  team(team: Project["teams"][number]): string {
    const { name: teamName, kind, unit, roles, members, administrator, attributes } = team;
    const fields = [...this.#roles(roles), ...this.#values(this.#project.principals.Team, attributes)];
    if (members.length > 0) fields.push(`members: ${this.#list(members.map(name))}`);
    if (administrator !== undefined) fields.push(`administrator: ${name(administrator)}`);
    const word = kind === "owner" ? "team" : `${kind} team`;
    return `${word} ${name(teamName)} in ${name(unit)}${this.#block(fields)}`;
  }

  defaultTeam({ unit, roles }: Project["defaultTeams"][number]): string {
    return `default team of ${name(unit)}${this.#block(this.#roles(roles))}`;
  }

  record({ id, entity, owner, unit, parent, attributes: values }: Project["records"][number]): string {
    const { lookup, attributes = [] } =
      this.#project.entities.find((candidate) => candidate.name === entity) ?? {};
    const fields: string[] = [];
    if (owner !== undefined) fields.push(`owner: ${this.#principal(owner)}`);
    if (unit !== undefined) fields.push(`businessUnit: ${name(unit)}`);
    if (lookup !== undefined && parent !== undefined) {
      const value = this.#project.spelling.bare ? name(parent) : `${name(lookup.to)}::${quoted(parent)}`;
      fields.push(`${name(lookup.name)}: ${value}`);
    }
    fields.push(...this.#values(attributes, values));
    return `record ${name(id)}: ${name(entity)}${this.#block(fields)}`;
  }

  ownerRule({ entity, owner }: OwnerRulePlan): string {
    const who =
      owner === "creator"
        ? owner
        : "path" in owner
          ? ["resource", ...owner.path].join(".")
          : this.#principal(owner);
    return `owner of ${name(entity)} is ${who};`;
  }

  profile({ name: own, grants, members }: ProfilePlan): string {
    const lines = grants.map(
      ({ actions, entity, attribute }) =>
        `permit ${this.#list(actions)} on ${name(entity)}.${name(attribute)}; `,
    );
    const list = this.#list(members.map((member) => this.#principal(member)));
    return `column profile ${name(own)} { ${lines.join("")}${members.length === 0 ? "" : `members: ${list};`} }`;
  }

  columnShare({ id, attribute, with: to, rights }: ColumnSharePlan): string {
    const sharee = to === undefined ? "organization" : this.#principal(to);
    return `share ${name(id)}.${name(attribute)} with ${sharee}: ${this.#list(rights)};`;
  }

  share({ id, with: to, direct }: Project["shares"][number]): string {
    const sharee = to === undefined ? "organization" : this.#principal(to);
    return `share ${name(id)} with ${sharee}: ${this.#list(direct.map((right) => this.#action(right)))};`;
  }
}

/** The settings of semantics.md section 7, as far as they are not the defaults. */
function hierarchySettings({ hierarchy }: Project): (readonly [key: string, value: string])[] {
  if (hierarchy === undefined) return [];
  const { model, depth, level, ancestorUnits, anyUnit, excludes, disabledReports } = hierarchy;
  return [
    ["hierarchy", depth === 3 ? model : `${model} depth ${depth}`],
    ...(level === undefined ? [] : [["hierarchyLevel", level] as const]),
    ...(ancestorUnits ? [["hierarchyAncestorUnits", "true"] as const] : []),
    ...(anyUnit ? [["hierarchyAnyUnit", "true"] as const] : []),
    ...(excludes.length === 0 ? [] : [["hierarchyExcludes", excludes.map(name).join(", ")] as const]),
    ...(disabledReports ? [] : [["hierarchyDisabledReports", "false"] as const]),
  ];
}

/** The policy: what always is source. Guardrails come last, one a line: without an `@id` they are named by it. */
export function policyLines(project: Project): string[] {
  const { settings, entities, tasks, roles, guardrails, principals, context } = project;
  const writer = new Writer(project);
  const set = [...Object.entries(settings), ...hierarchySettings(project)].map(
    ([key, value]) => ` ${key}: ${value};`,
  );
  return [
    ...(set.length === 0 ? [] : [`settings {${set.join("")} }`]),
    ...Object.entries(principals).flatMap(([type, attributes]) =>
      writer.attributes(`entity ${type}`, attributes),
    ),
    ...writer.attributes("context", context),
    ...entities.map((entity) => writer.entity(entity)),
    ...(tasks.length === 0 ? [] : [`privilege ${tasks.map(name).join(", ")};`]),
    ...roles.map((role) => writer.role(role)),
    ...(project.ownerRules ?? []).map((rule) => writer.ownerRule(rule)),
    ...guardrails.map((guardrail) => writer.guardrail(guardrail)),
  ];
}

export function unitLines(project: Project): string[] {
  const writer = new Writer(project);
  return project.units.filter((unit) => unit.parent === undefined).map((root) => writer.unit(root));
}

export function positionLines({ positions = [] }: Project): string[] {
  return positions.map(
    ({ name: own, parent }) =>
      `position ${name(own)}${parent === undefined ? "" : ` under ${name(parent)}`};`,
  );
}

export function userLines(project: Project, users: Project["users"] = project.users): string[] {
  const writer = new Writer(project);
  return users.map((user) => writer.user(user));
}

export function teamLines(project: Project): string[] {
  const writer = new Writer(project);
  return [
    ...project.teams.map((team) => writer.team(team)),
    ...project.defaultTeams.map((team) => writer.defaultTeam(team)),
    ...(project.profiles ?? []).map((profile) => writer.profile(profile)),
  ];
}

export function recordLines(project: Project): string[] {
  const writer = new Writer(project);
  return project.records.map((record) => writer.record(record));
}

/** Direct masks only: the language has no words for inherited ones. */
export function shareLines(project: Project): string[] {
  const writer = new Writer(project);
  return [
    ...project.shares.filter((share) => share.direct.length > 0).map((share) => writer.share(share)),
    ...(project.columnShares ?? []).map((share) => writer.columnShare(share)),
  ];
}

/** Groups of declarations as one file; policy first, the other groups in either order. */
export function sourceOf(project: Project, groups: readonly (readonly string[])[]): string {
  const { backwards, windows } = project.spelling;
  const others = backwards ? [...groups].reverse() : groups;
  const lines = [policyLines(project), ...others].flat();
  if (!windows) return `${lines.join("\n")}\n`;
  const commented = lines.map((line, index) =>
    index % 2 === 0 ? `${line} // ${index}: "comment"` : `/* { */ ${line}`,
  );
  return `\uFEFF${commented.join("\r\n")}`;
}

/** One complete text. Records that tables repeat under one id per entity have no source form. */
export function toSource(project: Project): string {
  return sourceOf(project, [
    unitLines(project),
    positionLines(project),
    userLines(project),
    teamLines(project),
    recordLines(project),
    shareLines(project),
  ]);
}
