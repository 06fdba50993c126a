// Chapter 8: tests, their statements, operations and changes.
import type {
  ChangeNode,
  CreateOperationNode,
  FieldNode,
  OperationNode,
  ReasonNode,
  RightOperationNode,
  StatementNode,
  TestNode,
} from "../ast.ts";
import { printName, printText } from "../strings.ts";
import { printDeclared } from "./declarations.ts";
import type { Doc } from "./doc.ts";
import { printField, printFields, printShareClause, printTarget } from "./people.ts";
import { type Printer, printReference, wholeItems } from "./printer.ts";
import { printGrants } from "./roles.ts";

export function printTest(p: Printer, node: TestNode): Doc {
  const statements = p.block(
    node.statements,
    (statement) => printStatement(p, statement),
    wholeItems,
    node.span.end,
    true,
  );
  return ["test ", printText(node.title), " ", statements];
}

function printStatement(p: Printer, node: StatementNode): Doc {
  const end = (): Doc => [p.within(node.span.end), ";"];
  switch (node.kind) {
    case "Expect": {
      const doc: Doc[] = [
        node.effect,
        " ",
        p.reference(node.principal),
        " ",
        printOperation(p, node.operation),
      ];
      if (node.context !== undefined) doc.push(printWith(p, node.context));
      if (node.reason !== undefined) doc.push(" because ", printReason(p, node.reason));
      return [doc, end()];
    }
    case "Rights": {
      const head: Doc = ["rights ", p.reference(node.principal), " on ", p.reference(node.record)];
      return [head, printOutcome(p, node.context, node.rights, () => p.names(node.rights)), end()];
    }
    case "Who": {
      const head: Doc = ["who can ", p.name(node.action), " ", p.reference(node.record)];
      return [
        head,
        printOutcome(p, node.context, node.principals, () => p.references(node.principals)),
        end(),
      ];
    }
    case "List": {
      const entity = p.name(node.entity);
      const head: Doc = ["list ", p.name(node.action), " ", entity, " for ", p.reference(node.principal)];
      return [head, printOutcome(p, node.context, node.records, () => p.references(node.records)), end()];
    }
    case "Do": {
      const doc: Doc[] = ["do ", p.reference(node.principal), " ", printOperation(p, node.operation)];
      if (node.context !== undefined) doc.push(printWith(p, node.context));
      return [doc, end()];
    }
    case "Set":
      return ["set ", printChange(p, node.change), node.change.kind === "SetRole" ? "" : end()];
    case "Refuse":
      if (node.change !== undefined) {
        return ["refuse set ", printChange(p, node.change), node.change.kind === "SetRole" ? "" : end()];
      }
      if (node.operation === undefined || node.principal === undefined) return "";
      return ["refuse ", printOperation(p, node.operation), " by ", p.reference(node.principal), end()];
    default:
      return printDeclared(p, node);
  }
}

/** ` with { mfa: true }` */
function printWith(p: Printer, context: readonly FieldNode[]): Doc {
  // An empty context has no extent of its own; comments in it go to what follows.
  return [" with ", printFields(p, context, 0)];
}

/** `: read, append`, the request context on the side on which its author wrote it. */
function printOutcome(
  p: Printer,
  context: readonly FieldNode[] | undefined,
  elements: readonly { readonly span: { readonly start: number } }[],
  print: () => Doc,
): Doc {
  const outcome = (): Doc => [": ", elements.length === 0 ? "none" : print()];
  if (context === undefined) return outcome();
  const behind = (context[0]?.span.start ?? 0) > (elements[0]?.span.start ?? Number.POSITIVE_INFINITY);
  return behind ? [outcome(), printWith(p, context)] : [printWith(p, context), outcome()];
}

function printReason(p: Printer, node: ReasonNode): Doc {
  return p.node(node, () => [
    p.name(node.word),
    node.name === undefined ? "" : [" ", printReasonName(p, node)],
  ]);
}

/** Guardrails are named by texts, everything else by names. */
function printReasonName(p: Printer, { word, name }: ReasonNode): Doc {
  if (name === undefined) return "";
  const byId = word.value === "forbid" || word.value === "permit";
  return p.node(name, () => (byId ? JSON.stringify(name.value) : printName(name.value)));
}

/** Words that open an operation of their own where they are written bare. */
const composites = new Set([
  "create",
  "assign",
  "share",
  "unshare",
  "append",
  "associate",
  "disassociate",
  "merge",
]);

function printRight(p: Printer, node: RightOperationNode): Doc {
  const { action, record, column } = node;
  const quoted = composites.has(action.value) && !(action.value === "create" && column !== undefined);
  const verb = p.node(action, () => (quoted ? JSON.stringify(action.value) : printName(action.value)));
  return [
    verb,
    " ",
    p.node(record, () => printReference(record)),
    column === undefined ? "" : [".", p.name(column)],
  ];
}

function printOperation(p: Printer, node: OperationNode): Doc {
  return p.node(node, () => {
    switch (node.kind) {
      case "RightOperation":
        return printRight(p, node);
      case "TaskOperation":
        return p.name(node.task);
      case "CreateOperation":
        return printCreate(p, node);
      case "AssignOperation":
        return ["assign ", p.reference(node.record), " to ", p.reference(node.to)];
      case "ShareOperation":
        return printShareClause(p, node);
      case "UnshareOperation":
        return ["unshare ", printTarget(p, node)];
      case "AppendOperation": {
        const lookup = node.lookup === undefined ? "" : [".", p.name(node.lookup)];
        return ["append ", p.reference(node.record), lookup, " to ", p.reference(node.to)];
      }
      case "AssociateOperation":
        return [
          node.ends ? "disassociate " : "associate ",
          p.reference(node.record),
          " with ",
          p.reference(node.with),
        ];
      case "MergeOperation":
        return ["merge ", p.reference(node.record), " into ", p.reference(node.into)];
    }
  });
}

function printCreate(p: Printer, node: CreateOperationNode): Doc {
  const name = node.name === undefined ? "" : [p.name(node.name), ": "];
  // `create with { … }` is a task with a context.
  const isMistakable = node.name === undefined && node.entity.value === "with" && node.fields.length > 0;
  const entity: Doc = isMistakable ? p.node(node.entity, () => '"with"') : p.name(node.entity);
  const head: Doc = ["create ", name, entity];
  if (node.fields.length === 0) return [head, p.within(node.span.end)];
  return [head, " ", printFields(p, node.fields, node.span.end)];
}

function printChange(p: Printer, node: ChangeNode): Doc {
  return p.node(node, () => {
    switch (node.kind) {
      case "SetUser": {
        const head: Doc = ["user ", p.reference(node.user)];
        if (node.unit !== undefined) return [head, " in ", p.reference(node.unit)];
        return [head, " ", node.state ?? printChangedFields(p, node.fields)];
      }
      case "SetUnit": {
        const head: Doc = ["unit ", p.reference(node.unit)];
        if (node.under !== undefined) return [head, " under ", p.reference(node.under)];
        return [head, " ", node.state ?? ""];
      }
      case "SetTeam": {
        const head: Doc = ["team ", p.reference(node.team)];
        if (node.unit !== undefined) return [head, " in ", p.reference(node.unit)];
        return [head, " ", printChangedFields(p, node.fields)];
      }
      case "SetRecord": {
        const head: Doc = ["record ", p.reference(node.record), " "];
        if (node.block) return [head, printFields(p, node.fields, node.span.end)];
        return [head, printChangedFields(p, node.fields)];
      }
      case "SetRole":
        return ["role ", p.reference(node.role), " ", printGrants(p, node.grants, node.span.end)];
      case "SetShare":
        return printShareClause(p, node.share);
      case "SetUnshare":
        return ["unshare ", printTarget(p, node)];
    }
  });
}

function printChangedFields(p: Printer, fields: readonly FieldNode[]): Doc {
  return fields.map((field) => p.node(field, () => printField(p, field)));
}
