import * as abi from "../../runtime-as/abi.ts";
import type { Attribute, AttributeType, Guardrail, OpenName, Policy, Settings } from "../model/model.ts";
import { baseName, positionOf } from "../source.ts";
import { ownerships, type Tables } from "../tables/index.ts";
import { addConditions } from "./condition-sections.ts";
import { grantLines } from "./grant-lines.ts";
import { addOwnerRules } from "./inventory-sections.ts";
import type { Sections } from "./sections.ts";
import { addMask } from "./secured-sections.ts";

const roleForms = { role: 0, "team role": 1, "administrator role": 2 } as const;
const hierarchies = { off: 0, manager: 1, position: 2 } as const;
const levelNumbers = { none: 0, user: 1, businessUnit: 2, parentChild: 3, organization: 4 } as const;
const openKinds = { user: 0, team: 1, unit: 2, principal: 3, position: 4 } as const;
const scopeKinds = { any: 0, user: 1, team: 2, unit: 3, role: 4 } as const;
const cascadeBits = { assign: 1, share: 2, unshare: 4, reparent: 8, merge: 16 } as const;
const deleteKinds = { unlink: 0, cascade: 1, restrict: 2 } as const;
const typeKinds = {
  String: abi.TYPE_STRING,
  Long: abi.TYPE_LONG,
  Bool: abi.TYPE_BOOL,
  Decimal: abi.TYPE_DECIMAL,
  Datetime: abi.TYPE_DATETIME,
  Choice: abi.TYPE_CHOICE,
  Set: abi.TYPE_SET,
  Lookup: abi.TYPE_LOOKUP,
  User: abi.TYPE_USER,
  Team: abi.TYPE_TEAM,
  BusinessUnit: abi.TYPE_UNIT,
  Principal: abi.TYPE_PRINCIPAL,
} as const;

function settingFlags(settings: Settings): number {
  const bits: [boolean, number][] = [
    [settings.ownershipAcrossBusinessUnits, abi.FLAG_MODERN],
    [settings.keepRolesOnUnitChange, abi.FLAG_KEEP_ROLES],
    [settings.moveRecordsWithOwner, abi.FLAG_MOVE_RECORDS],
    [settings.recomputeOwnership, abi.FLAG_RECOMPUTE_OWNERSHIP],
    [settings.inheritAboveUser, abi.FLAG_INHERIT_ABOVE_USER],
    [settings.teamGrantServesDirectShare, abi.FLAG_TEAM_GRANT_SERVES_SHARE],
    [settings.grantAddsToShare, abi.FLAG_GRANT_ADDS],
    [settings.sharerNeedsGrantedRights, abi.FLAG_SHARER_NEEDS_RIGHTS],
    [settings.shareToPreviousOwner, abi.FLAG_SHARE_TO_PREVIOUS],
    [settings.disabledMayOwn, abi.FLAG_DISABLED_MAY_OWN],
    [settings.appendToNeedsWrite, abi.FLAG_APPEND_TO_NEEDS_WRITE],
    [settings.associateNeedsAppendTo, abi.FLAG_ASSOCIATE_NEEDS_APPEND_TO],
    [settings.hierarchyAncestorUnits, abi.FLAG_HIERARCHY_ANCESTORS],
    [settings.hierarchyAnyUnit, abi.FLAG_HIERARCHY_ANY_UNIT],
    [settings.hierarchyDisabledReports, abi.FLAG_HIERARCHY_DISABLED_REPORTS],
  ];
  return bits.reduce((flags, [on, bit]) => (on ? flags | bit : flags), 0);
}

/** The number and the option count that complete an attribute's type (ATTRIBUTE_ARGUMENT, ATTRIBUTE_OPTIONS). */
function typeArgument(type: AttributeType, sections: Sections): [argument: number, options: number] {
  switch (type.kind) {
    case "Choice": {
      const first = sections.rows(abi.SECTION_OPTIONS);
      for (const option of type.options) sections.add(abi.SECTION_OPTIONS, [sections.name(option)]);
      return [first, type.options.length];
    }
    case "Set":
      return [type.element === "String" ? abi.TYPE_STRING : abi.TYPE_LONG, 0];
    case "Lookup":
      return [type.entity, 0];
    default:
      return [0, 0];
  }
}

/** Adds attribute rows; returns the number of the first and how many. */
function addAttributes(attributes: readonly Attribute[], sections: Sections): [first: number, count: number] {
  const first = sections.rows(abi.SECTION_ATTRIBUTES);
  for (const attribute of attributes) {
    const [argument, options] = typeArgument(attribute.type, sections);
    let cascades = 0;
    for (const cascade of attribute.cascades) cascades |= cascadeBits[cascade];
    sections.add(abi.SECTION_ATTRIBUTES, [
      sections.name(attribute.name),
      typeKinds[attribute.type.kind],
      argument,
      options,
      (attribute.optional ? abi.ATTRIBUTE_OPTIONAL : 0) | (attribute.secured ? abi.ATTRIBUTE_SECURED : 0),
      addMask(attribute.masked, sections),
      cascades,
      deleteKinds[attribute.onDelete],
    ]);
  }
  return [first, attributes.length];
}

function addGuardrail(guardrail: Guardrail, sections: Sections): void {
  const { principal, resource } = guardrail;
  let reference = abi.NONE;
  if (principal.kind === "role") reference = principal.role;
  else if (principal.kind !== "any") reference = sections.name(principal.name);
  sections.add(abi.SECTION_GUARDRAILS, [
    guardrail.effect === "forbid" ? abi.EFFECT_FORBID : abi.EFFECT_PERMIT,
    sections.name(guardrail.id),
    scopeKinds[principal.kind],
    reference,
    guardrail.effect === "forbid" ? 0 : 1 << (guardrail.level - 1),
    sections.name(resource.unit),
    resource.record?.entity ?? abi.NONE,
    sections.name(resource.record?.id),
    positionOf(guardrail.span.file, guardrail.span.start).line,
    sections.name(baseName(guardrail.span.file)),
  ]);
}

/** Everything of the image but the declared world. */
export function addPolicy(
  policy: Policy,
  tables: Tables,
  openNames: readonly OpenName[],
  sections: Sections,
): void {
  policy.entities.forEach((entity, number) => {
    const [first, count] = addAttributes(entity.attributes, sections);
    sections.add(abi.SECTION_ENTITIES, [
      sections.name(entity.name),
      ownerships[entity.ownership],
      entity.privilegeSet,
      entity.parent?.attribute ?? abi.NONE,
      entity.parent?.entity ?? abi.NONE,
      first,
      count,
      policy.settings.hierarchyExcludes.includes(number) ? abi.ENTITY_WITHOUT_HIERARCHY : 0,
    ]);
  });
  const { settings, principals } = policy;
  sections.add(abi.SECTION_SETTINGS, [
    settingFlags(settings),
    hierarchies[settings.hierarchy],
    settings.hierarchyDepth,
    levelNumbers[settings.hierarchyLevel],
    ...addAttributes(policy.context, sections),
    ...addAttributes(principals.User, sections),
    ...addAttributes(principals.Team, sections),
    ...addAttributes(principals.BusinessUnit, sections),
  ]);
  for (const set of policy.privilegeSets) {
    sections.add(abi.SECTION_PRIVILEGE_SETS, [
      sections.name(set.name),
      ownerships[set.ownership],
      set.shared ? 1 : 0,
    ]);
  }
  for (const task of policy.tasks) sections.add(abi.SECTION_TASKS, [sections.name(task.name)]);
  for (const role of policy.roles) {
    sections.add(abi.SECTION_ROLES, [
      sections.name(role.name),
      roleForms[role.form],
      sections.name(role.unit),
      sections.name(role.description),
      sections.name(baseName(role.span.file)),
    ]);
  }
  sections.add(abi.SECTION_PLANES, tables.rolePlanes);
  sections.add(abi.SECTION_GRANT_LINES, grantLines(policy));
  for (const guardrail of policy.guardrails) addGuardrail(guardrail, sections);
  sections.add(abi.SECTION_GUARD_LISTS, tables.guards.lists);
  const conditional = new Set(tables.conditionals.map(({ privilege }) => privilege));
  tables.privileges.forEach(({ slot, kind, entity }, number) => {
    sections.add(abi.SECTION_PRIVILEGES, [
      slot ?? abi.NONE,
      tables.guards.byPrivilege[number] ?? abi.NONE,
      kind,
      entity ?? abi.NONE,
      conditional.has(number) ? 1 : 0,
    ]);
  });
  addConditions(policy, tables, sections);
  addOwnerRules(policy, sections);
  for (const { kind, name, span } of openNames) {
    sections.add(abi.SECTION_OPEN_NAMES, [
      openKinds[kind],
      sections.name(name),
      sections.name(span.file.name),
      positionOf(span.file, span.start).line,
    ]);
  }
}
