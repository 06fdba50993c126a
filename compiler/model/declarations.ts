import type { DeclarationNode, LocalDeclarationNode } from "../syntax/ast.ts";

type Kind = DeclarationNode["kind"];
export type Declarations = { readonly [K in Kind]: Extract<DeclarationNode, { kind: K }>[] };

/** What a test may declare; the lists of the other kinds stay empty. */
export type LocalDeclarations = Pick<Declarations, LocalDeclarationNode["kind"]>;

/** Declarations by kind, each list in the order given. */
export function declarationsByKind(nodes: readonly DeclarationNode[]): Declarations {
  const lists: Declarations = {
    Entity: [],
    Context: [],
    Privilege: [],
    Role: [],
    Guardrail: [],
    Unit: [],
    User: [],
    Team: [],
    DefaultTeam: [],
    Position: [],
    Record: [],
    Share: [],
    ColumnProfile: [],
    OwnerRule: [],
    Settings: [],
    Test: [],
  };
  for (const node of nodes) (lists[node.kind] as DeclarationNode[]).push(node);
  return lists;
}
