// Chapter 7: people, places, records, shares, column profiles, settings.
import type { IToken } from "chevrotain";
import type {
  ColumnGrantNode,
  ColumnProfileNode,
  DefaultTeamNode,
  ExpressionNode,
  FieldNode,
  MemberNode,
  OwnerRuleNode,
  PositionNode,
  RecordNode,
  SettingNode,
  SettingsNode,
  ShareNode,
  TeamNode,
  UnitNode,
  UserNode,
  ValueNode,
} from "../ast.ts";
import type {
  ColumnGrantCstNode,
  ColumnProfileCstNode,
  DefaultTeamCstNode,
  FieldCstNode,
  FieldsCstNode,
  LocalUnitCstNode,
  OrganizationCstNode,
  OwnerRuleCstNode,
  PositionCstNode,
  RecordCstNode,
  SettingCstNode,
  SettingsCstNode,
  ShareClauseCstNode,
  TeamCstNode,
  UnitsCstNode,
  UserCstNode,
  ValueCstNode,
} from "../cst.gen.ts";
import { type Builder, isQuoted, maybe, one } from "./builder.ts";
import type { Declared } from "./declared.ts";
import { buildCall, buildLong, buildSet } from "./expressions.ts";
import { canonicalAction, canonicalLevel } from "./spelling.ts";

export function buildOrganization(
  b: Builder,
  { children }: OrganizationCstNode,
  declared: Declared,
): UnitNode {
  return {
    kind: "Unit",
    ...declared,
    form: "organization",
    name: b.name(one(children.NameLike)),
    under: undefined,
    disabled: children.Disabled !== undefined,
    units: buildUnits(b, maybe(children.units)),
  };
}

/** `unit X under Y` of a test. */
export function buildLocalUnit(b: Builder, { children }: LocalUnitCstNode, declared: Declared): UnitNode {
  return {
    kind: "Unit",
    ...declared,
    form: "unit",
    name: b.name(one(children.NameLike)),
    under: b.reference(one(children.reference)),
    disabled: children.Disabled !== undefined,
    units: buildUnits(b, maybe(children.units)),
  };
}

function buildUnits(b: Builder, cst: UnitsCstNode | undefined): UnitNode[] {
  return (cst?.children.unit ?? []).map((unit) => ({
    kind: "Unit",
    span: b.spanOf(unit),
    annotations: b.annotations(unit.children.annotation),
    form: "unit",
    name: b.name(one(unit.children.NameLike)),
    under: undefined,
    disabled: unit.children.Disabled !== undefined,
    units: buildUnits(b, maybe(unit.children.units)),
  }));
}

export function buildUser(b: Builder, { children }: UserCstNode, declared: Declared): UserNode {
  return {
    kind: "User",
    ...declared,
    name: b.name(one(children.NameLike)),
    unit: b.reference(one(children.reference)),
    disabled: children.Disabled !== undefined,
    fields: buildFields(b, maybe(children.fields), "holder"),
  };
}

export function buildTeam(b: Builder, { children }: TeamCstNode, declared: Declared): TeamNode {
  let form: TeamNode["form"] = "owner";
  if (children.Access !== undefined) form = "access";
  else if (children.Group !== undefined) form = "group";
  return {
    kind: "Team",
    ...declared,
    form,
    name: b.name(one(children.NameLike)),
    unit: b.reference(one(children.reference)),
    fields: buildFields(b, maybe(children.fields), "holder"),
  };
}

export function buildDefaultTeam(
  b: Builder,
  { children }: DefaultTeamCstNode,
  declared: Declared,
): DefaultTeamNode {
  return {
    kind: "DefaultTeam",
    ...declared,
    unit: b.reference(one(children.reference)),
    fields: buildFields(b, maybe(children.fields), "holder"),
  };
}

export function buildPosition(b: Builder, { children }: PositionCstNode, declared: Declared): PositionNode {
  return {
    kind: "Position",
    ...declared,
    name: b.name(one(children.NameLike)),
    under: b.maybeReference(children.reference),
  };
}

export function buildRecord(b: Builder, { children }: RecordCstNode, declared: Declared): RecordNode {
  return {
    kind: "Record",
    ...declared,
    name: b.name(one(children.NameLike)),
    entity: b.name(one(children.entity)),
    fields: buildFields(b, maybe(children.fields), "record"),
  };
}

export function buildShare(b: Builder, { children }: ShareClauseCstNode, declared: Declared): ShareNode {
  return {
    kind: "Share",
    ...declared,
    record: b.reference(one(children.reference)),
    column: b.maybeName(children.column),
    with: b.shareTarget(one(children.shareTarget)),
    rights: b.names(children.right).map(canonicalAction),
  };
}

export function buildColumnProfile(
  b: Builder,
  { children }: ColumnProfileCstNode,
  declared: Declared,
): ColumnProfileNode {
  const items = maybe(children.columns)?.children.columnItem ?? [];
  return {
    kind: "ColumnProfile",
    ...declared,
    name: b.name(one(children.NameLike)),
    grants: items.flatMap((item) => {
      const { annotation, columnGrant = [] } = item.children;
      const held: Declared = { span: b.spanOf(item), annotations: b.annotations(annotation) };
      return columnGrant.map((cst) => buildColumnGrant(b, cst, held));
    }),
    fields: items.flatMap(({ children: { field = [] } }) => field.map((cst) => buildField(b, cst, "record"))),
  };
}

function buildColumnGrant(b: Builder, { children }: ColumnGrantCstNode, declared: Declared): ColumnGrantNode {
  return {
    kind: "ColumnGrant",
    ...declared,
    actions: b.names(children.action).map(canonicalAction),
    columns: children.columnName.map((column) => ({
      kind: "Column",
      span: b.spanOf(column),
      entity: b.name(one(column.children.entity)),
      attribute: b.name(one(column.children.attribute)),
    })),
  };
}

export function buildOwnerRule(
  b: Builder,
  { children }: OwnerRuleCstNode,
  declared: Declared,
): OwnerRuleNode {
  const { NameLike, Resource, path = [], reference } = children;
  let rule: ExpressionNode | undefined;
  if (Resource !== undefined) {
    const root = one(Resource);
    rule = { kind: "Variable", span: b.spanOfToken(root), name: "resource" };
    for (const token of path) {
      const attribute = b.name(token);
      rule = {
        kind: "Member",
        span: b.between(root.startOffset, attribute.span.end),
        object: rule,
        attribute,
      };
    }
  }
  return {
    kind: "OwnerRule",
    ...declared,
    entity: b.name(one(NameLike)),
    rule: b.maybeReference(reference) ?? (rule as MemberNode),
  };
}

export function buildSettings(b: Builder, { children }: SettingsCstNode, declared: Declared): SettingsNode {
  const settings = one(children.settingList).children.setting ?? [];
  return {
    kind: "Settings",
    ...declared,
    fields: settings.map((setting) => buildSetting(b, setting)),
  };
}

function buildSetting(b: Builder, cst: SettingCstNode): SettingNode {
  const { NameLike, settingValue, Integer } = cst.children;
  const name = b.name(one(NameLike));
  return {
    kind: "Setting",
    span: b.spanOf(cst),
    name,
    values: settingValue.map(({ children }) => {
      if (children.Integer !== undefined) return buildLong(b, one(children.Integer));
      const value = wordValue(b, one(children.NameLike as IToken[]));
      return name.value === "hierarchyLevel" && value.kind === "Name" ? canonicalLevel(value) : value;
    }),
    depth: Integer === undefined ? undefined : buildLong(b, one(Integer)),
  };
}

/** Whose fields they are: a holder's `roles` are role references. */
export type FieldOwner = "holder" | "record";

export function buildFields(b: Builder, cst: FieldsCstNode | undefined, owner: FieldOwner): FieldNode[] {
  return (cst?.children.field ?? []).map((field) => buildField(b, field, owner));
}

export function buildField(b: Builder, cst: FieldCstNode, owner: FieldOwner): FieldNode {
  const name = b.name(one(cst.children.NameLike));
  const roles = owner === "holder" && name.value === "roles";
  const values = cst.children.value.map((value) => buildValue(b, value, roles));
  return { kind: "Field", span: b.spanOf(cst), name, values };
}

function buildValue(b: Builder, cst: ValueCstNode, roles: boolean): ValueNode {
  const { setLiteral, Minus, Integer, call, reference, unit } = cst.children;
  if (setLiteral !== undefined) return buildSet(b, one(setLiteral));
  if (call !== undefined) return buildCall(b, one(call));
  if (Integer !== undefined) {
    const operand = buildLong(b, one(Integer));
    return Minus === undefined ? operand : { kind: "Unary", span: b.spanOf(cst), operator: "-", operand };
  }
  const referred = one(reference as NonNullable<typeof reference>);
  if (roles) {
    const span = b.spanOf(cst);
    return { kind: "RoleReference", span, role: b.reference(referred), unit: b.maybeReference(unit) };
  }
  if (unit !== undefined) {
    const { start } = b.spanOfToken(one(cst.children.In as IToken[]));
    const found = "`in`";
    b.report("BWK110", b.between(start, start + 2), {
      expected: ["`,`", "`;`"],
      found,
      help: "only `roles` name a unit",
    });
  }
  const { NameLike } = referred.children;
  return NameLike.length > 1 ? b.reference(referred) : plainValue(b, one(NameLike));
}

function plainValue(b: Builder, token: IToken): ValueNode {
  return isQuoted(token) ? b.string(token, "value") : wordValue(b, token);
}

function wordValue(
  b: Builder,
  token: IToken,
): (ValueNode & { kind: "Bool" }) | (ValueNode & { kind: "Name" }) {
  if (token.image !== "true" && token.image !== "false") return b.name(token);
  return { kind: "Bool", span: b.spanOfToken(token), value: token.image === "true" };
}
