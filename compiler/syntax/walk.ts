// Which keys of a node hold its children, in the order of the text: one typed table, so that the compiler refuses a node
// that the visitor does not know, a key that the node does not have, and a child that is left out.
import type { Node } from "./ast.ts";

type Kind = Node["kind"];
type NodeOf<K extends Kind> = Extract<Node, { readonly kind: K }>;
type Held = Node | readonly Node[] | undefined;
/** The keys of a node whose values are nodes, or lists of nodes. */
type ChildKey<T> = {
  [K in keyof T]-?: [T[K]] extends [Held] ? ([T[K]] extends [undefined] ? never : K) : never;
}[keyof T];

/** Every child key of a node exactly once; a missing one is an error at the table. */
type Keys<T> = { readonly [K in ChildKey<T> & string]: 1 };

const keysOf: { readonly [K in Kind]: Keys<NodeOf<K>> } = {
  File: { declarations: 1 },
  Name: {},
  EntityId: { type: 1, id: 1 },
  Annotation: { key: 1 },
  Entity: { annotations: 1, names: 1, set: 1, ownership: 1, attributes: 1 },
  Ownership: { lookup: 1 },
  Attribute: { annotations: 1, name: 1, type: 1, masked: 1, cascades: 1 },
  Type: { name: 1, options: 1, element: 1 },
  Cascade: { operation: 1, behavior: 1 },
  Context: { annotations: 1, attributes: 1 },
  Privilege: { annotations: 1, names: 1 },
  Role: { annotations: 1, name: 1, unit: 1, grants: 1 },
  Grant: { annotations: 1, actions: 1, entities: 1, level: 1, conditions: 1 },
  Condition: { expression: 1 },
  Guardrail: { annotations: 1, principal: 1, action: 1, resource: 1, level: 1, conditions: 1 },
  PrincipalScope: { entity: 1, type: 1 },
  ActionScope: { actions: 1 },
  ResourceScope: { type: 1, entity: 1 },
  String: {},
  Long: {},
  Bool: {},
  Variable: {},
  SetLiteral: { elements: 1 },
  RecordLiteral: { entries: 1 },
  Entry: { key: 1, value: 1 },
  Unary: { operand: 1 },
  Binary: { left: 1, right: 1 },
  // biome-ignore lint/suspicious/noThenProperty: the tree is plain data and names its parts as the language does
  If: { condition: 1, then: 1, otherwise: 1 },
  Member: { object: 1, attribute: 1 },
  Has: { object: 1, path: 1 },
  Like: { object: 1 },
  Is: { object: 1, type: 1, in: 1 },
  Method: { object: 1, method: 1, arguments: 1 },
  Call: { function: 1, arguments: 1 },
  Unit: { annotations: 1, name: 1, under: 1, units: 1 },
  Field: { name: 1, values: 1 },
  RoleReference: { role: 1, unit: 1 },
  User: { annotations: 1, name: 1, unit: 1, fields: 1 },
  Team: { annotations: 1, name: 1, unit: 1, fields: 1 },
  DefaultTeam: { annotations: 1, unit: 1, fields: 1 },
  Position: { annotations: 1, name: 1, under: 1 },
  Record: { annotations: 1, name: 1, entity: 1, fields: 1 },
  Share: { annotations: 1, record: 1, column: 1, with: 1, rights: 1 },
  ShareTarget: { principal: 1 },
  ColumnProfile: { annotations: 1, name: 1, grants: 1, fields: 1 },
  ColumnGrant: { annotations: 1, actions: 1, columns: 1 },
  Column: { entity: 1, attribute: 1 },
  OwnerRule: { annotations: 1, entity: 1, rule: 1 },
  Settings: { annotations: 1, fields: 1 },
  Setting: { name: 1, values: 1, depth: 1 },
  Test: { annotations: 1, statements: 1 },
  Expect: { annotations: 1, principal: 1, operation: 1, context: 1, reason: 1 },
  Reason: { word: 1, name: 1 },
  Rights: { annotations: 1, principal: 1, record: 1, context: 1, rights: 1 },
  Who: { annotations: 1, action: 1, record: 1, context: 1, principals: 1 },
  List: { annotations: 1, action: 1, entity: 1, principal: 1, context: 1, records: 1 },
  Do: { annotations: 1, principal: 1, operation: 1, context: 1 },
  Set: { annotations: 1, change: 1 },
  Refuse: { annotations: 1, change: 1, operation: 1, principal: 1 },
  RightOperation: { action: 1, record: 1, column: 1 },
  TaskOperation: { task: 1 },
  CreateOperation: { name: 1, entity: 1, fields: 1 },
  AssignOperation: { record: 1, to: 1 },
  ShareOperation: { record: 1, column: 1, with: 1, rights: 1 },
  UnshareOperation: { record: 1, column: 1, with: 1 },
  AppendOperation: { record: 1, lookup: 1, to: 1 },
  AssociateOperation: { record: 1, with: 1 },
  MergeOperation: { record: 1, into: 1 },
  SetUser: { user: 1, unit: 1, fields: 1 },
  SetUnit: { unit: 1, under: 1 },
  SetTeam: { team: 1, unit: 1, fields: 1 },
  SetRecord: { record: 1, fields: 1 },
  SetRole: { role: 1, grants: 1 },
  SetShare: { share: 1 },
  SetUnshare: { record: 1, column: 1, with: 1 },
};

/** The children of a node, key by key in the order of the table above. */
export function children(node: Node): Node[] {
  const held = node as unknown as Readonly<Record<string, Held>>;
  return Object.keys(keysOf[node.kind]).flatMap((key) => held[key] ?? []);
}

/** Visits a node and everything below it, parents first. */
export function walk(node: Node, visit: (node: Node) => void): void {
  const waiting: Node[] = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    visit(next);
    waiting.push(...children(next).reverse());
  }
}
