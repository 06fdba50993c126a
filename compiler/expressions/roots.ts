// Literals, the four roots, and names of people, places, roles, records and actions.

import { isLong } from "../model/literals.ts";
import { actions } from "../model/model.ts";
import { actionNumber } from "../model/vocabulary.ts";
import type {
  BoolNode,
  EntityIdNode,
  ExpressionNode,
  LongNode,
  StringNode,
  VariableNode,
} from "../syntax/ast.ts";
import { type Checked, type Checking, settled, value } from "./checked.ts";
import type { EntityKind } from "./typed.ts";
import { entityType, LONG, STRING } from "./types.ts";

export function checkLiteral(node: StringNode | LongNode | BoolNode): Checked | undefined {
  const { span } = node;
  if (node.kind === "Bool") return settled(span, node.value);
  if (node.kind === "String") return value({ op: "constant", type: STRING, span, value: node.value }, true);
  // Numbers that fit no 64 bits are BWK107.
  return isLong(node.value)
    ? value({ op: "constant", type: LONG, span, value: node.value }, true)
    : undefined;
}

/** `resource` where a task privilege is asked for. */
export function isAbsentResource(node: ExpressionNode, { entity }: Checking): boolean {
  return entity === undefined && node.kind === "Variable" && node.name === "resource";
}

export function isContext(node: ExpressionNode): boolean {
  return node.kind === "Variable" && node.name === "context";
}

export function checkVariable(node: VariableNode, checking: Checking): Checked | undefined {
  const { span, name } = node;
  const { entity, findings } = checking;
  switch (name) {
    case "principal":
      return value({ op: "principal", type: entityType("User"), span }, true);
    case "action":
      return value({ op: "action", type: entityType("Action"), span }, true);
    case "resource":
      if (entity !== undefined) return value({ op: "resource", type: entityType(entity), span }, true);
      findings.push({ code: "BWK307", span, words: { problem: "no record" } });
      return undefined;
    case "context":
      findings.push({ code: "BWK307", span, words: { problem: "context" } });
      return undefined;
  }
}

const builtIn: ReadonlySet<string> = new Set(["User", "Team", "BusinessUnit", "Role", "Action"]);

/** What a type name stands for; undefined where it is unknown (BWK201). */
export function kindOfName(name: string, { entities }: Checking["policy"]): EntityKind | undefined {
  if (builtIn.has(name)) return name as EntityKind;
  const entity = entities.findIndex((each) => each.name === name);
  return entity < 0 ? undefined : entity;
}

export function checkEntityId({ span, type, id }: EntityIdNode, { policy }: Checking): Checked | undefined {
  const of = kindOfName(type.value, policy);
  if (of === undefined) return undefined;
  // `update` is accepted for `write` (language.md section 2).
  const action = of === "Action" ? actions[actionNumber(id.value) ?? -1] : undefined;
  return value({ op: "entity", type: entityType(of), span, of, id: action ?? id.value }, true);
}
