// Chapter 7: people, places, records, shares, column profiles, settings.
import type {
  ColumnGrantNode,
  ColumnProfileNode,
  DefaultTeamNode,
  FieldNode,
  OwnerRuleNode,
  PositionNode,
  RecordNode,
  SettingNode,
  SettingsNode,
  ShareNode,
  ShareTargetNode,
  TeamNode,
  UnitNode,
  UserNode,
  ValueNode,
} from "../ast.ts";
import type { Doc } from "./doc.ts";
import { printExpression } from "./expressions.ts";
import { closedItems, openItems, type Printer, printReference, wholeItems } from "./printer.ts";

export function printUnit(p: Printer, node: UnitNode): Doc {
  const head: Doc[] = [node.form, " ", p.name(node.name)];
  if (node.under !== undefined) head.push(" under ", p.reference(node.under));
  if (node.disabled) head.push(" disabled");
  return [
    head,
    p.body(node, node.units, (unit) => printUnit(p, unit), wholeItems, node.form === "organization"),
  ];
}

export function printUser(p: Printer, node: UserNode): Doc {
  const head: Doc[] = ["user ", p.name(node.name), " in ", p.reference(node.unit)];
  if (node.disabled) head.push(" disabled");
  return [head, printBody(p, node)];
}

const teams: Readonly<Record<TeamNode["form"], string>> = {
  owner: "team ",
  access: "access team ",
  group: "group team ",
};

export function printTeam(p: Printer, node: TeamNode): Doc {
  return [teams[node.form], p.name(node.name), " in ", p.reference(node.unit), printBody(p, node)];
}

export function printDefaultTeam(p: Printer, node: DefaultTeamNode): Doc {
  return ["default team of ", p.reference(node.unit), printBody(p, node)];
}

export function printPosition(p: Printer, node: PositionNode): Doc {
  const under = node.under === undefined ? "" : [" under ", p.reference(node.under)];
  return ["position ", p.name(node.name), under, p.within(node.span.end), ";"];
}

export function printRecord(p: Printer, node: RecordNode): Doc {
  return ["record ", p.name(node.name), ": ", p.name(node.entity), printBody(p, node)];
}

function printBody(p: Printer, node: UserNode | TeamNode | DefaultTeamNode | RecordNode): Doc {
  return p.body(node, node.fields, (field) => printField(p, field), closedItems);
}

/** A block of fields inside a statement: `{ owner: alice }`. */
export function printFields(p: Printer, fields: readonly FieldNode[], end: number): Doc {
  return p.block(fields, (field) => printField(p, field), openItems, end);
}

export function printField(p: Printer, node: FieldNode): Doc {
  return [p.name(node.name), ": ", p.list(node.values, (value) => printValue(p, value))];
}

function printValue(p: Printer, node: ValueNode): Doc {
  switch (node.kind) {
    case "Name":
      return node.value;
    case "RoleReference": {
      const unit = node.unit === undefined ? "" : [" in ", p.reference(node.unit)];
      return [p.reference(node.role), unit];
    }
    case "EntityId":
      return printReference(node);
    default:
      return printExpression(p, node);
  }
}

export function printShare(p: Printer, node: ShareNode): Doc {
  return [printShareClause(p, node), p.within(node.span.end), ";"];
}

/** `share o.phone with bob: read, write` */
export function printShareClause(
  p: Printer,
  node: Pick<ShareNode, "record" | "column" | "with" | "rights">,
): Doc {
  return ["share ", printTarget(p, node), ": ", p.names(node.rights)];
}

/** `o.phone with bob` */
export function printTarget(p: Printer, node: Pick<ShareNode, "record" | "column" | "with">): Doc {
  const column = node.column === undefined ? "" : [".", p.name(node.column)];
  return [p.reference(node.record), column, " with ", printShareTarget(p, node.with)];
}

function printShareTarget(p: Printer, node: ShareTargetNode): Doc {
  return p.node(node, () => (node.principal === undefined ? "organization" : p.reference(node.principal)));
}

export function printColumnProfile(p: Printer, node: ColumnProfileNode): Doc {
  const items = [...node.grants, ...node.fields].toSorted((a, b) => a.span.start - b.span.start);
  const print = (item: ColumnGrantNode | FieldNode): Doc =>
    item.kind === "Field" ? printField(p, item) : printColumnGrant(p, item);
  return ["column profile ", p.name(node.name), p.body(node, items, print, closedItems)];
}

function printColumnGrant(p: Printer, node: ColumnGrantNode): Doc {
  const columns = p.list(node.columns, ({ entity, attribute }) => [p.name(entity), ".", p.name(attribute)]);
  return ["permit ", p.names(node.actions), " on ", columns];
}

export function printOwnerRule(p: Printer, node: OwnerRuleNode): Doc {
  const { rule } = node;
  const printed = rule.kind === "Member" ? printExpression(p, rule) : p.reference(rule);
  return ["owner of ", p.name(node.entity), " is ", printed, p.within(node.span.end), ";"];
}

export function printSettings(p: Printer, node: SettingsNode): Doc {
  return ["settings ", p.block(node.fields, (field) => printSetting(p, field), closedItems, node.span.end)];
}

function printSetting(p: Printer, node: SettingNode): Doc {
  const values = p.list(node.values, (value) =>
    value.kind === "Name" ? p.name(value) : printExpression(p, value),
  );
  const depth = node.depth === undefined ? "" : [" depth ", printExpression(p, node.depth)];
  return [p.name(node.name), ": ", values, depth];
}
