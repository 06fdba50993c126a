// The concrete tree of a file becomes its AST; one file a chapter.
import type { DeclarationNode } from "../ast.ts";
import type { DeclarationCstNode, FileCstNode } from "../cst.gen.ts";
import { type Builder, one } from "./builder.ts";
import { buildMember } from "./declarations.ts";
import type { Declared } from "./declared.ts";
import { buildOrganization, buildOwnerRule, buildSettings } from "./people.ts";
import { buildGuardrail } from "./roles.ts";
import { buildContext, buildEntity, buildPrivilege } from "./schema.ts";
import { buildTest } from "./tests.ts";

export { Builder } from "./builder.ts";
export { buildOperation } from "./operations.ts";

export function buildDeclarations(b: Builder, cst: FileCstNode): DeclarationNode[] {
  return (cst.children.declaration ?? [])
    .filter(({ children }) => children.reserved === undefined)
    .map((declaration) => buildDeclaration(b, declaration));
}

function buildDeclaration(b: Builder, cst: DeclarationCstNode): DeclarationNode {
  const { entity, context, privilege, guardrail, organization, ownerRule, settings, test } = cst.children;
  const declared: Declared = { span: b.spanOf(cst), annotations: b.annotations(cst.children.annotation) };
  if (entity !== undefined) return buildEntity(b, one(entity), declared);
  if (context !== undefined) return buildContext(b, one(context), declared);
  if (privilege !== undefined) return buildPrivilege(b, one(privilege), declared);
  if (guardrail !== undefined) return buildGuardrail(b, one(guardrail), declared);
  if (organization !== undefined) return buildOrganization(b, one(organization), declared);
  if (ownerRule !== undefined) return buildOwnerRule(b, one(ownerRule), declared);
  if (settings !== undefined) return buildSettings(b, one(settings), declared);
  if (test !== undefined) return buildTest(b, one(test), declared);
  return buildMember(b, cst.children, declared);
}
