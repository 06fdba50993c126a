// Chapter 3: entities, the request context, task privileges.

import type { IToken } from "chevrotain";
import { suggest } from "../../diagnostics/suggest.ts";
import type {
  AttributeNode,
  CascadeNode,
  ContextNode,
  EntityNode,
  OwnershipNode,
  PrivilegeNode,
  TypeNode,
} from "../ast.ts";
import type {
  AttributeCstNode,
  AttributesCstNode,
  CascadeCstNode,
  ContextCstNode,
  EntityCstNode,
  OwnershipCstNode,
  PrivilegeCstNode,
  TypeCstNode,
} from "../cst.gen.ts";
import { type Builder, maybe, one } from "./builder.ts";
import type { Declared } from "./declared.ts";

export function buildEntity(b: Builder, { children }: EntityCstNode, declared: Declared): EntityNode {
  const { NameLike, set, ownership, attributes } = children;
  return {
    kind: "Entity",
    ...declared,
    names: b.names(NameLike),
    set: b.maybeName(set),
    ownership: ownership === undefined ? undefined : buildOwnership(b, one(ownership)),
    attributes: buildAttributes(b, maybe(attributes)),
  };
}

function buildOwnership(b: Builder, cst: OwnershipCstNode): OwnershipNode {
  const { User, Organization, Business, lookup } = cst.children;
  let form: OwnershipNode["form"] = "parent";
  if (User !== undefined) form = "userOrTeam";
  else if (Organization !== undefined) form = "organization";
  else if (Business !== undefined) form = "businessUnit";
  return { kind: "Ownership", span: b.spanOf(cst), form, lookup: b.maybeName(lookup) };
}

export function buildContext(b: Builder, { children }: ContextCstNode, declared: Declared): ContextNode {
  return { kind: "Context", ...declared, attributes: buildAttributes(b, one(children.attributes)) };
}

export function buildPrivilege(
  b: Builder,
  { children }: PrivilegeCstNode,
  declared: Declared,
): PrivilegeNode {
  return { kind: "Privilege", ...declared, names: b.names(children.NameLike) };
}

function buildAttributes(b: Builder, cst: AttributesCstNode | undefined): AttributeNode[] {
  return (cst?.children.attribute ?? []).map((attribute) => buildAttribute(b, attribute));
}

function buildAttribute(b: Builder, cst: AttributeCstNode): AttributeNode {
  const { annotation, NameLike, Question, type, flag = [] } = cst.children;
  const flags = flag.map(({ children }) => children);
  // The tree holds each once: of two masks one would be gone.
  for (const word of ["Secured", "Masked", "Parental"] as const)
    for (const again of flags.flatMap((children) => children[word] ?? []).slice(1))
      b.report("BWK202", b.spanOfToken(again), {
        kind: "flag",
        name: again.image,
        help: "remove the repetition",
      });
  const masked = flags.find(({ Masked }) => Masked !== undefined)?.Text;
  return {
    kind: "Attribute",
    span: b.spanOf(cst),
    annotations: b.annotations(annotation),
    name: b.name(one(NameLike)),
    optional: Question !== undefined,
    type: buildType(b, one(type)),
    secured: flags.some(({ Secured }) => Secured !== undefined),
    masked: masked === undefined ? undefined : b.string(one(masked)),
    parental: flags.some(({ Parental }) => Parental !== undefined),
    cascades: flags.flatMap(({ cascade = [] }) => cascade.map((node) => buildCascade(b, node))),
  };
}

function buildType(b: Builder, cst: TypeCstNode): TypeNode {
  const { NameLike, Text = [], element } = cst.children;
  const plain = (token: IToken): TypeNode => {
    const name = b.name(token);
    return { kind: "Type", span: name.span, name, options: [], element: undefined };
  };
  return {
    ...plain(one(NameLike)),
    span: b.spanOf(cst),
    options: Text.map((token) => b.string(token, "value")),
    element: element === undefined ? undefined : plain(one(element)),
  };
}

const operations = ["assign", "share", "unshare", "reparent", "delete", "merge"];

function buildCascade(b: Builder, cst: CascadeCstNode): CascadeNode {
  const { Delete, Word, behavior } = cst.children;
  const operation = b.name(one(Delete ?? Word ?? []));
  if (!operations.includes(operation.value)) {
    const suggestion = suggest(operation.value, operations);
    b.report("BWK118", operation.span, {
      kind: "cascade word",
      word: operation.value,
      suggestion,
      known: operations,
    });
  }
  return { kind: "Cascade", span: b.spanOf(cst), operation, behavior: b.maybeName(behavior) };
}
