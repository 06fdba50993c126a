// Chapter 3: entities, the request context, task privileges.
import type {
  AttributeNode,
  ContextNode,
  EntityNode,
  OwnershipNode,
  PrivilegeNode,
  TypeNode,
} from "../ast.ts";
import { printText } from "../strings.ts";
import { type Doc, join } from "./doc.ts";
import { commaItems, type Printer } from "./printer.ts";

export function printEntity(p: Printer, node: EntityNode): Doc {
  const head: Doc[] = ["entity ", p.names(node.names)];
  if (node.set !== undefined) head.push(" as ", p.name(node.set));
  if (node.ownership !== undefined) head.push(" ", printOwnership(p, node.ownership));
  return [head, p.body(node, node.attributes, (attribute) => printAttribute(p, attribute), commaItems)];
}

const ownerships: Readonly<Record<OwnershipNode["form"], string>> = {
  userOrTeam: "user or team",
  organization: "organization",
  businessUnit: "business unit",
  parent: "parent ",
};

function printOwnership(p: Printer, node: OwnershipNode): Doc {
  return p.node(node, () => {
    const lookup = node.lookup === undefined ? "" : p.name(node.lookup);
    return ["owned by ", ownerships[node.form], lookup];
  });
}

export function printContext(p: Printer, node: ContextNode): Doc {
  const print = (attribute: AttributeNode) => printAttribute(p, attribute);
  return ["context ", p.block(node.attributes, print, commaItems, node.span.end)];
}

export function printPrivilege(p: Printer, node: PrivilegeNode): Doc {
  return ["privilege ", p.names(node.names), p.within(node.span.end), ";"];
}

function printAttribute(p: Printer, node: AttributeNode): Doc {
  const doc: Doc[] = [p.name(node.name), node.optional ? "?: " : ": ", printType(p, node.type)];
  if (node.secured) doc.push(" secured");
  if (node.masked !== undefined) doc.push(" masked ", printText(node.masked.value));
  if (node.parental) doc.push(" parental");
  if (node.cascades.length > 0) {
    const cascades = node.cascades.map((cascade) => {
      const { behavior } = cascade;
      return p.node(cascade, () => [
        cascade.operation.value,
        behavior === undefined ? "" : [" ", p.name(behavior)],
      ]);
    });
    doc.push(" cascade ", join(cascades, ", "));
  }
  return doc;
}

function printType(p: Printer, node: TypeNode): Doc {
  return p.node(node, () => {
    const doc: Doc[] = [p.name(node.name)];
    if (node.options.length > 0) {
      const options = p.list(node.options, ({ value }) => printText(value));
      doc.push("(", options, p.within(node.span.end), ")");
    }
    if (node.element !== undefined) doc.push("<", printType(p, node.element), ">");
    return doc;
  });
}
