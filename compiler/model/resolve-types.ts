// The types of attributes, and what follows a lookup (language.md section 3).
import { suggest } from "../diagnostics/suggest.ts";
import type { AttributeNode, StringNode, TypeNode } from "../syntax/ast.ts";
import { type Context, mistyped } from "./context.ts";
import type { Attribute, AttributeType, CascadeOperation } from "./model.ts";
import { written as textOf } from "./references.ts";
import type { UnprotectedSite } from "./sites.ts";

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

const cascadeWords: readonly CascadeOperation[] = ["assign", "share", "unshare", "reparent", "merge"];
const deleteWords = ["cascade", "restrict", "unlink"] as const;

/**
 * An attribute as declared; undefined where its type is unknown. `bearer`: whose it is where it is no column of records, and
 * has nothing to mask or to follow.
 */
export function resolveAttribute(
  node: AttributeNode,
  context: Context,
  bearer: UnprotectedSite["bearer"] | undefined,
): Attribute | undefined {
  const type = resolveType(node.type, context);
  const cascades = resolveCascades(node, context);
  if (type === undefined) return undefined;
  if (bearer !== undefined) context.sites.unprotected.push({ node, bearer });
  else if (node.masked !== undefined)
    context.sites.masks.push({ span: node.masked.span, pattern: node.masked.value, secured: node.secured });
  const first = node.cascades[0];
  if (bearer === undefined && type.kind !== "Lookup" && (node.parental || first !== undefined))
    mistyped(context, {
      span: node.type.span,
      expected: "an entity, because cascades follow a lookup",
      found: textOf(node.type.span),
    });
  return {
    name: node.name.value,
    optional: node.optional,
    type,
    secured: node.secured,
    masked: node.masked?.value,
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
      found: textOf(node.span),
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

/** The texts of these names; one that is said again is reported. */
function saidOnce(
  names: readonly Pick<StringNode, "value" | "span">[],
  kind: string,
  { report }: Context,
): Set<string> {
  const said = new Set<string>();
  for (const { value, span } of names) {
    if (said.has(value)) report.add("BWK202", span, { kind, name: value, help: "remove the repetition" });
    said.add(value);
  }
  return said;
}

function choice(node: TypeNode, context: Context): AttributeType {
  return { kind: "Choice", options: [...saidOnce(node.options, "option", context)] };
}

/** Words that are none of these were reported by the parser. */
function resolveCascades(node: AttributeNode, context: Context): Pick<Attribute, "cascades" | "onDelete"> {
  saidOnce(
    node.cascades.map(({ operation }) => operation),
    "cascade word",
    context,
  );
  const words = node.parental ? cascadeWords : cascadeWords.filter((word) => hasCascade(node, word));
  const behavior = node.cascades.find(({ operation }) => operation.value === "delete");
  const onDelete = deleteWords.find((word) => word === behavior?.behavior?.value);
  // `delete` alone means that it follows, as `parental` does.
  const follows = node.parental || behavior !== undefined;
  return { cascades: new Set(words), onDelete: onDelete ?? (follows ? "cascade" : "unlink") };
}

function hasCascade(node: AttributeNode, word: CascadeOperation): boolean {
  return node.cascades.some(({ operation }) => operation.value === word);
}
