// The types of attributes, and what follows a lookup (language.md section 3).
import { suggest } from "../diagnostics/suggest.ts";
import type { AttributeNode, NameNode, TypeNode } from "../syntax/ast.ts";
import { type Context, mistyped } from "./context.ts";
import type { Attribute, AttributeType, CascadeOperation } from "./model.ts";
import { written } from "./references.ts";

const plainTypes = [
  "String",
  "Long",
  "Bool",
  "Decimal",
  "Datetime",
  "User",
  "Team",
  "BusinessUnit",
  "Principal",
] as const;

/** Every name that an entity cannot take. */
export const builtInTypes: readonly string[] = [...plainTypes, "Choice", "Set", "Role", "Action"];

const cascadeWords = ["assign", "share", "unshare", "reparent", "delete", "merge"] as const;
const deleteWords = ["cascade", "restrict", "unlink"] as const;

/** An attribute as declared; undefined where its type is unknown. */
export function resolveAttribute(node: AttributeNode, context: Context): Attribute | undefined {
  const type = resolveType(node.type, context);
  const cascades = resolveCascades(node, context);
  if (type === undefined) return undefined;
  const first = node.cascades[0];
  if (type.kind !== "Lookup" && (node.parental || first !== undefined))
    mistyped(context, {
      span: node.type.span,
      expected: "an entity, because cascades follow a lookup",
      found: written(node.type.span),
    });
  return {
    name: node.name.value,
    optional: node.optional,
    type,
    secured: node.secured,
    masked: node.masked,
    ...cascades,
    span: node.span,
  };
}

function resolveType(node: TypeNode, context: Context): AttributeType | undefined {
  const { report, schema } = context;
  const name = node.name.value;
  if (name === "Choice") return choice(node, context);
  if (name === "Set") {
    const element = node.element?.name.value;
    if (element === "String" || element === "Long") return { kind: "Set", element };
    return mistyped(context, {
      span: (node.element ?? node).span,
      expected: "`Set<String>` or `Set<Long>`",
      found: written(node.span),
    });
  }
  const plain = plainTypes.find((type) => type === name);
  if (plain !== undefined) return { kind: plain };
  const entity = schema.entityNames.get(name);
  if (entity !== undefined) return { kind: "Lookup", entity };
  if (name !== "")
    report.add("BWK201", node.name.span, {
      kind: "type",
      name,
      suggestion: suggest(name, [...plainTypes, "Choice", "Set", ...schema.entityNames.names()]),
      help: schema.setNames.has(name)
        ? `\`${name}\` is a privilege set: a lookup leads to one entity`
        : undefined,
    });
  return undefined;
}

function choice(node: TypeNode, { report }: Context): AttributeType {
  const options = new Set<string>();
  for (const option of node.options) {
    if (options.has(option.value))
      report.add("BWK202", option.span, {
        kind: "option",
        name: option.value,
        help: "remove the repetition",
      });
    options.add(option.value);
  }
  return { kind: "Choice", options: [...options] };
}

function resolveCascades(
  node: AttributeNode,
  { report }: Context,
): { cascades: ReadonlySet<CascadeOperation>; onDelete: Attribute["onDelete"] } {
  const cascades = new Set<CascadeOperation>();
  let onDelete: Attribute["onDelete"] = "unlink";
  const unknown = (name: NameNode, kind: string, words: readonly string[]) => {
    if (name.value !== "")
      report.add("BWK201", name.span, { kind, name: name.value, suggestion: suggest(name.value, words) });
  };
  if (node.parental) {
    for (const word of cascadeWords) if (word !== "delete") cascades.add(word);
    onDelete = "cascade";
  }
  for (const { operation, behavior } of node.cascades) {
    const word = cascadeWords.find((known) => known === operation.value);
    if (word === undefined) unknown(operation, "cascade", cascadeWords);
    else if (word !== "delete") cascades.add(word);
    else {
      const known = deleteWords.find((known) => behavior === undefined || known === behavior.value);
      if (known !== undefined) onDelete = known;
      else if (behavior !== undefined) unknown(behavior, "behavior of `delete`", deleteWords);
    }
  }
  return { cascades, onDelete };
}
