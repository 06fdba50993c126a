// Values of attributes, checked against their types (BWK307).
import { suggest } from "../diagnostics/suggest.ts";
import type { NameNode, ReferenceNode, ValueNode } from "../syntax/ast.ts";
import { type Context, mistyped } from "./context.ts";
import { isDatetime, isDecimal } from "./literals.ts";
import type { Attribute, AttributeType, PrincipalName, Value } from "./model.ts";
import {
  asReference,
  isQuoted,
  resolvePrincipal,
  resolveRecord,
  resolveTeam,
  resolveUnit,
  resolveUser,
  written,
} from "./references.ts";
import type { MistypedSite } from "./sites.ts";

/** `none`, which clears an optional attribute; in quotes it is a text or a name like any other. */
export function isNone(value: ValueNode | undefined): boolean {
  const name = value?.kind === "RoleReference" && value.unit === undefined ? value.role : value;
  return name?.kind === "Name" && name.value === "none" && !isQuoted(name);
}

/** What a field gives an attribute: a value, "none", or undefined after a diagnostic. */
export function resolveValue(
  attribute: Attribute,
  values: readonly ValueNode[],
  context: Context,
): Value | "none" | undefined {
  const { type } = attribute;
  const [value, second] = values;
  const wrong = (node: ValueNode | NameNode, more: Partial<MistypedSite> = {}) =>
    mistyped(context, {
      span: node.span,
      expected: expectedOf(type, context),
      found: written(node.span),
      ...more,
    });
  // A field without a value is a syntax error.
  if (value === undefined) return undefined;
  if (isNone(value) && second === undefined) {
    if (attribute.optional) return "none";
    return wrong(value, { help: `\`${attribute.name}\` is not optional` });
  }
  if (type.kind === "Set") return setValue(type, values, wrong);
  if (second !== undefined) return wrong(second, { expected: "one value" });
  return singleValue(type, value, wrong, context);
}

type Wrong = (node: ValueNode | NameNode, more?: Partial<MistypedSite>) => undefined;

function singleValue(
  type: AttributeType,
  value: ValueNode,
  wrong: Wrong,
  context: Context,
): Value | undefined {
  switch (type.kind) {
    case "String": {
      const text = textOf(value);
      return text === undefined ? wrong(value, quoteHelp(value)) : { kind: "String", value: text };
    }
    case "Choice": {
      const text = textOf(value);
      if (text === undefined) return wrong(value, quoteHelp(value));
      if (!type.options.includes(text)) return wrong(value, { suggestion: suggest(text, type.options) });
      return { kind: "Choice", value: text };
    }
    case "Decimal":
    case "Datetime": {
      const text = callOrText(value, type.kind === "Decimal" ? "decimal" : "datetime");
      const valid = text !== undefined && (type.kind === "Decimal" ? isDecimal(text) : isDatetime(text));
      return valid ? { kind: type.kind, value: text } : wrong(value);
    }
    case "Long": {
      // That it fits 64 bits is what the parser sees to (BWK107).
      const long = longOf(value);
      return long === undefined ? wrong(value) : { kind: "Long", value: long };
    }
    case "Bool": {
      if (value.kind === "Bool") return { kind: "Bool", value: value.value };
      return wrong(value);
    }
    default: {
      const reference = asReference(value);
      if (reference === undefined) return wrong(value);
      return type.kind === "Lookup"
        ? lookup(type.entity, reference, context)
        : named(type.kind, reference, context);
    }
  }
}

/** People and units. */
function named(type: string, reference: ReferenceNode, context: Context): Value | undefined {
  if (type === "BusinessUnit") {
    const name = resolveUnit(reference, "people", context);
    return name === undefined ? undefined : { kind: "Unit", name };
  }
  const principal = principalOf(type, reference, context);
  return principal === undefined ? undefined : { kind: "Principal", principal };
}

function principalOf(type: string, reference: ReferenceNode, context: Context): PrincipalName | undefined {
  if (type === "Principal") return resolvePrincipal(reference, "people", context);
  const kind = type === "User" ? "user" : "team";
  const resolve = kind === "user" ? resolveUser : resolveTeam;
  const name = resolve(reference, "people", context);
  return name === undefined ? undefined : { kind, name };
}

function lookup(entity: number, reference: ReferenceNode, context: Context): Value | undefined {
  const record = resolveRecord(reference, context);
  if (record === undefined) return undefined;
  if (record.entity === entity) return { kind: "Record", ...record };
  const name = (number: number) => `\`${context.schema.entities[number]?.name}\``;
  return mistyped(context, {
    span: reference.span,
    expected: `a record of ${name(entity)}`,
    found: `${written(reference.span)}, which is a record of ${name(record.entity)}`,
  });
}

function setValue(
  type: Extract<AttributeType, { kind: "Set" }>,
  values: readonly ValueNode[],
  wrong: Wrong,
): Value | undefined {
  const elements = new Set<string | bigint>();
  const listed = values.flatMap((value): readonly ValueNode[] =>
    // An element that is no value at all is neither a number nor a text.
    value.kind === "SetLiteral" ? (value.elements as readonly ValueNode[]) : [value],
  );
  for (const node of listed) {
    const element = type.element === "Long" ? longOf(node) : textOf(node);
    if (element === undefined)
      return wrong(node, {
        expected: type.element === "Long" ? "a whole number" : "a text in quotes",
      });
    elements.add(element);
  }
  return { kind: "Set", value: [...elements] };
}

function textOf(value: ValueNode): string | undefined {
  return value.kind === "String" ? value.value : undefined;
}

function callOrText(value: ValueNode, name: string): string | undefined {
  if (value.kind !== "Call") return textOf(value);
  const [argument, second] = value.arguments;
  const right = value.function.value === name && argument?.kind === "String" && second === undefined;
  return right ? argument.value : undefined;
}

function longOf(value: ValueNode): bigint | undefined {
  if (value.kind === "Long") return value.value;
  if (value.kind !== "Unary" || value.operator !== "-" || value.operand.kind !== "Long") return undefined;
  return -value.operand.value;
}

const quoteHelp = (value: ValueNode): Partial<MistypedSite> =>
  value.kind === "Name" ? { help: `write \`${JSON.stringify(value.value)}\`` } : {};

/** After "expected". */
function expectedOf(type: AttributeType, { schema }: Context): string {
  switch (type.kind) {
    case "String":
      return "a text in quotes";
    case "Choice":
      return `one of ${type.options.map((option) => `\`${JSON.stringify(option)}\``).join(", ")}`;
    case "Long":
      return "a whole number";
    case "Bool":
      return "`true` or `false`";
    case "Decimal":
      return 'a decimal with one to four fractional digits, such as `decimal("1.5")`';
    case "Datetime":
      return 'a datetime, such as `datetime("2026-01-31")`';
    case "Set":
      return `a set of ${type.element === "Long" ? "whole numbers" : "texts"}, such as ${
        type.element === "Long" ? "`[1, 2]`" : '`["a", "b"]`'
      }`;
    case "User":
      return "a user";
    case "Team":
      return "a team";
    case "Principal":
      return "a user or team";
    case "BusinessUnit":
      return "a business unit";
    case "Lookup":
      return `a record of \`${schema.entities[type.entity]?.name}\``;
  }
}
