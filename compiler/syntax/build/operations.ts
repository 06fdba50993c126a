// Chapter 8, first half: operations and changes.
import type { ChangeNode, OperationNode, SetRoleNode, SetUnitNode, SetUserNode } from "../ast.ts";
import type {
  ChangeCstNode,
  CreateCstNode,
  OperationCstNode,
  RightCstNode,
  SetRoleCstNode,
  SetUnitCstNode,
  SetUserCstNode,
  ShareClauseCstNode,
} from "../cst.gen.ts";
import { type Builder, maybe, one } from "./builder.ts";
import { buildField, buildFields, buildShare } from "./people.ts";
import { buildGrants } from "./roles.ts";
import { canonicalAction } from "./spelling.ts";

export function buildOperation(b: Builder, cst: OperationCstNode): OperationNode {
  const { create, assign, shareClause, unshare, append, associate, merge, task, right } = cst.children;
  const span = b.spanOf(cst);
  if (create !== undefined) return buildCreate(b, one(create));
  if (assign !== undefined) {
    const { reference, to } = one(assign).children;
    return { kind: "AssignOperation", span, record: b.reference(one(reference)), to: b.reference(one(to)) };
  }
  if (shareClause !== undefined) {
    const { kind: _, annotations: __, ...share } = shareOf(b, one(shareClause));
    return { kind: "ShareOperation", ...share };
  }
  if (unshare !== undefined) {
    const { reference, column, shareTarget } = one(unshare).children;
    const target = b.shareTarget(one(shareTarget));
    const record = b.reference(one(reference));
    return { kind: "UnshareOperation", span, record, column: b.maybeName(column), with: target };
  }
  if (append !== undefined) {
    const { reference, lookup, to } = one(append).children;
    const record = b.reference(one(reference));
    return { kind: "AppendOperation", span, record, lookup: b.maybeName(lookup), to: b.reference(one(to)) };
  }
  if (associate !== undefined) {
    const { reference, with: other, Disassociate } = one(associate).children;
    return {
      kind: "AssociateOperation",
      span,
      ends: Disassociate !== undefined,
      record: b.reference(one(reference)),
      with: b.reference(one(other)),
    };
  }
  if (merge !== undefined) {
    const { reference, into } = one(merge).children;
    return {
      kind: "MergeOperation",
      span,
      record: b.reference(one(reference)),
      into: b.reference(one(into)),
    };
  }
  if (task !== undefined) return { kind: "TaskOperation", span, task: b.name(one(task)) };
  const { action, reference, column } = one(right as RightCstNode[]).children;
  const record = b.reference(one(reference));
  return {
    kind: "RightOperation",
    span,
    action: canonicalAction(b.name(one(action))),
    record,
    column: b.maybeName(column),
  };
}

function buildCreate(b: Builder, cst: CreateCstNode): OperationNode {
  const { name, entity, fields } = cst.children;
  return {
    kind: "CreateOperation",
    span: b.spanOf(cst),
    name: b.maybeName(name),
    entity: b.name(one(entity)),
    fields: buildFields(b, maybe(fields), "record"),
  };
}

function shareOf(b: Builder, cst: ShareClauseCstNode): ReturnType<typeof buildShare> {
  return buildShare(b, cst, { span: b.spanOf(cst), annotations: [] });
}

export function buildChange(b: Builder, cst: ChangeCstNode): ChangeNode {
  const { setUser, setUnit, setTeam, setRecord, shareClause, unshare } = cst.children;
  const span = b.spanOf(cst);
  if (setUser !== undefined) return buildSetUser(b, one(setUser));
  if (setUnit !== undefined) return buildSetUnit(b, one(setUnit));
  if (setTeam !== undefined) {
    const { reference, unit, field = [] } = one(setTeam).children;
    return {
      kind: "SetTeam",
      span,
      team: b.reference(one(reference)),
      unit: b.maybeReference(unit),
      fields: field.map((node) => buildField(b, node, "holder")),
    };
  }
  if (setRecord !== undefined) {
    const { reference, fields, field = [] } = one(setRecord).children;
    return {
      kind: "SetRecord",
      span,
      record: b.reference(one(reference)),
      fields:
        fields === undefined
          ? field.map((node) => buildField(b, node, "record"))
          : buildFields(b, one(fields), "record"),
      block: fields !== undefined,
    };
  }
  if (shareClause !== undefined) return { kind: "SetShare", span, share: shareOf(b, one(shareClause)) };
  const { reference, column, shareTarget } = one(unshare as NonNullable<typeof unshare>).children;
  return {
    kind: "SetUnshare",
    span,
    record: b.reference(one(reference)),
    column: b.maybeName(column),
    with: b.shareTarget(one(shareTarget)),
  };
}

function buildSetUser(b: Builder, cst: SetUserCstNode): SetUserNode {
  const { reference, unit, Disabled, Enabled, field = [] } = cst.children;
  let state: SetUserNode["state"];
  if (Disabled !== undefined) state = "disabled";
  else if (Enabled !== undefined) state = "enabled";
  return {
    kind: "SetUser",
    span: b.spanOf(cst),
    user: b.reference(one(reference)),
    unit: b.maybeReference(unit),
    state,
    fields: field.map((node) => buildField(b, node, "holder")),
  };
}

function buildSetUnit(b: Builder, cst: SetUnitCstNode): SetUnitNode {
  const { reference, under, Disabled, Enabled, Deleted } = cst.children;
  let state: SetUnitNode["state"];
  if (Disabled !== undefined) state = "disabled";
  else if (Enabled !== undefined) state = "enabled";
  else if (Deleted !== undefined) state = "deleted";
  return {
    kind: "SetUnit",
    span: b.spanOf(cst),
    unit: b.reference(one(reference)),
    under: b.maybeReference(under),
    state,
  };
}

export function buildSetRole(b: Builder, cst: SetRoleCstNode): SetRoleNode {
  return {
    kind: "SetRole",
    span: b.spanOf(cst),
    role: b.reference(one(cst.children.reference)),
    grants: buildGrants(b, one(cst.children.grants)),
  };
}
