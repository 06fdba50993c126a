// Random syntax trees, every kind of node among them. Spans are empty: where a tree was written is not part of it.
import fc, { type Arbitrary } from "fast-check";
import type {
  AttributeNode,
  ChangeNode,
  ConditionNode,
  DeclarationNode,
  EntityIdNode,
  ExpressionNode,
  FieldNode,
  FileNode,
  GrantNode,
  NameNode,
  OperationNode,
  ReasonNode,
  ReferenceNode,
  ShareTargetNode,
  StatementNode,
  TypeNode,
  UnitNode,
  ValueNode,
} from "../../compiler/syntax/index.ts";
import { keywordByText } from "../../compiler/syntax/tokens.ts";

const span = { file: { name: "", text: "" }, start: 0, end: 0 };
const words = [...keywordByText.keys()];
const identifier = fc.constantFrom("a", "Account", "_x1", "Größe", "x y", "read", ...words);
/** Any text of whole characters, awkward ones often. */
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom('"', "\\", "\n", "\0", "*", "'", "\u007f"),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  ),
  maxLength: 6,
});
const anyName = fc.oneof(
  { weight: 4, arbitrary: identifier },
  { weight: 1, arbitrary: text.filter((value) => value !== "") },
);
const bare = identifier.filter((value) => /^[A-Za-z_]\w*$/.test(value));

const nameOf = (value: Arbitrary<string>): Arbitrary<NameNode> =>
  value.map((name) => ({ kind: "Name", span, value: name }));
const name = nameOf(anyName);
const word = nameOf(bare);
/** `if (…)` is a condition, whatever a function is called. */
const callable = nameOf(bare.filter((value) => value !== "if"));
/** A level or an action in its first spelling. */
const spelled = nameOf(anyName.filter((value) => value !== "update"));
const some = <T>(arbitrary: Arbitrary<T>, minLength = 0): Arbitrary<T[]> =>
  fc.array(arbitrary, { minLength, maxLength: 3 });
const maybe = <T>(arbitrary: Arbitrary<T>): Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const node = <T extends object>(kind: string, parts: { [K in keyof T]: Arbitrary<T[K]> }): Arbitrary<never> =>
  fc.record(parts as never).map((record: object) => ({ kind, span, ...record })) as never;

const entityId: Arbitrary<EntityIdNode> = node("EntityId", { type: name, id: name });
const reference: Arbitrary<ReferenceNode> = fc.oneof(name, entityId);
const annotations = some(node("Annotation", { key: name, value: maybe(text) }));

// ---- expressions

const variable = fc.constantFrom("principal", "resource", "context", "action");
const operators = fc.constantFrom("||", "&&", "==", "!=", "<", "<=", ">", ">=", "in", "+", "-", "*");
const long = node("Long", { value: fc.bigInt(0n, 2n ** 63n - 1n) });
const leaf: Arbitrary<ExpressionNode> = fc.oneof(
  node("String", { value: text }),
  long,
  node("Bool", { value: fc.boolean() }),
  node("Variable", { name: variable }),
  entityId,
);

export const expression: Arbitrary<ExpressionNode> = fc.letrec<{ expression: ExpressionNode }>((tie) => {
  const inner = tie("expression");
  return {
    expression: fc.oneof(
      { maxDepth: 4, depthIdentifier: "expression" },
      leaf,
      node("SetLiteral", { elements: some(inner) }),
      node("RecordLiteral", { entries: some(node("Entry", { key: name, value: inner })) }),
      node("Unary", { operator: fc.constantFrom("!", "-"), operand: inner }),
      node("Binary", { operator: operators, left: inner, right: inner }),
      node("Binary", { operator: operators, left: inner, right: inner }),
      // biome-ignore lint/suspicious/noThenProperty: the tree names its parts as the language does
      node("If", { condition: inner, then: inner, otherwise: inner } as never),
      node("Member", { object: inner, attribute: name }),
      node("Has", {
        object: inner,
        path: fc.oneof(
          some(word, 1),
          name.map((one) => [one]),
        ),
      }),
      node("Like", { object: inner, pattern: some(text, 1) }),
      node("Is", { object: inner, type: name, in: maybe(inner) }),
      node("Method", { object: inner, method: word, arguments: some(inner) }),
      node("Call", { function: callable, arguments: some(inner) }),
    ),
  };
}).expression;

const conditions = some(
  node<ConditionNode>("Condition", { form: fc.constantFrom("when", "unless"), expression } as never),
);

// ---- schema and roles

const type: Arbitrary<TypeNode> = fc.oneof(
  node("Type", { name, options: fc.constant([]), element: fc.constant(undefined) }),
  node("Type", { name, options: some(node("String", { value: text }), 1), element: fc.constant(undefined) }),
  node("Type", {
    name,
    options: fc.constant([]),
    element: node("Type", { name, options: fc.constant([]), element: fc.constant(undefined) }),
  }),
);
const cascade = fc.oneof(
  node("Cascade", {
    operation: nameOf(fc.constantFrom("assign", "share", "unshare", "reparent", "merge")),
    behavior: fc.constant(undefined),
  }),
  node("Cascade", {
    operation: nameOf(fc.constant("delete")),
    behavior: maybe(nameOf(fc.constantFrom("cascade", "restrict", "unlink"))),
  }),
);
const attribute: Arbitrary<AttributeNode> = node("Attribute", {
  annotations,
  name,
  optional: fc.boolean(),
  type,
  secured: fc.boolean(),
  masked: maybe(node("String", { value: text })),
  parental: fc.boolean(),
  cascades: some(cascade),
});
const ownership = fc.oneof(
  node("Ownership", {
    form: fc.constantFrom("userOrTeam", "organization", "businessUnit"),
    lookup: fc.constant(undefined),
  }),
  node("Ownership", { form: fc.constant("parent"), lookup: name }),
);
const level = nameOf(anyName.filter((value) => !["basic", "local", "deep", "global"].includes(value)));
const star: NameNode = { kind: "Name", span, value: "*" };
const grant: Arbitrary<GrantNode> = fc.oneof(
  node("Grant", {
    annotations,
    actions: some(spelled, 1),
    entities: some(name, 1),
    star: fc.constant(false),
    level: maybe(level),
    conditions,
  }),
  node("Grant", {
    annotations,
    actions: some(spelled, 1),
    entities: fc.constant([star]),
    star: fc.constant(true),
    level: maybe(level),
    conditions,
  }),
  node("Grant", {
    annotations,
    actions: some(name, 1),
    entities: fc.constant([]),
    star: fc.constant(false),
    level: maybe(level),
    conditions,
  }),
);
const grants = some(grant);
const none = fc.constant(undefined);
const principalScope = fc.oneof(
  node("PrincipalScope", { operator: fc.constant("any"), entity: none, type: none }),
  node("PrincipalScope", { operator: fc.constantFrom("==", "in"), entity: entityId, type: none }),
  node("PrincipalScope", { operator: fc.constant("is"), entity: none, type: name }),
);
const action = fc.oneof(spelled, node("EntityId", { type: name, id: spelled }));
const actionScope = fc.oneof(
  node("ActionScope", { operator: fc.constant("any"), actions: fc.constant([]) }),
  node("ActionScope", { operator: fc.constant("=="), actions: action.map((one) => [one]) }),
  node("ActionScope", { operator: fc.constant("in"), actions: some(action, 1) }),
);
const resourceScope = fc.oneof(
  node("ResourceScope", { type: maybe(name), operator: fc.constant("any"), entity: none }),
  node("ResourceScope", { type: none, operator: fc.constant("=="), entity: entityId }),
  node("ResourceScope", { type: maybe(name), operator: fc.constant("in"), entity: entityId }),
);

// ---- people, places, records

const call = node("Call", { function: callable, arguments: some(expression) });
const value: Arbitrary<ValueNode> = fc.oneof(
  word.filter((one) => one.value !== "true" && one.value !== "false"),
  entityId,
  node("String", { value: text.filter((one) => one !== "") }),
  long,
  node("Bool", { value: fc.boolean() }),
  node("Unary", { operator: fc.constant("-"), operand: long }),
  node("SetLiteral", { elements: some(expression) }),
  call,
);
const roles = node<FieldNode>("Field", {
  name: nameOf(fc.constant("roles")),
  values: some(fc.oneof(node("RoleReference", { role: reference, unit: maybe(reference) }), long), 1),
} as never);
const field: Arbitrary<FieldNode> = node("Field", {
  name: name.filter((one) => one.value !== "roles"),
  values: some(value, 1),
});
const fields = some(field);
const holderFields = some(fc.oneof(field, roles));
const unitOf = (units: Arbitrary<UnitNode[]>): Arbitrary<UnitNode> =>
  node("Unit", { annotations, form: fc.constant("unit"), name, under: none, disabled: fc.boolean(), units });
const unit = unitOf(some(unitOf(some(unitOf(fc.constant([]))))));
const target: Arbitrary<ShareTargetNode> = node("ShareTarget", { principal: maybe(reference) });
const rights = some(spelled, 1);
const shared = { record: reference, column: maybe(name), with: target };
const share = node("Share", { annotations, ...shared, rights });
const members: Arbitrary<never>[] = [
  node("Role", {
    annotations,
    form: fc.constantFrom("role", "team role", "administrator role"),
    name,
    unit: maybe(reference),
    grants,
    block: fc.constant(true),
  }),
  node("Role", {
    annotations,
    form: fc.constantFrom("role", "team role", "administrator role"),
    name,
    unit: maybe(reference),
    grants: fc.constant([]),
    block: fc.constant(false),
  }),
  node("User", { annotations, name, unit: reference, disabled: fc.boolean(), fields: holderFields }),
  node("Team", {
    annotations,
    form: fc.constantFrom("owner", "access", "group"),
    name,
    unit: reference,
    fields: holderFields,
  }),
  node("DefaultTeam", { annotations, unit: reference, fields: holderFields }),
  node("Position", { annotations, name, under: maybe(reference) }),
  node("Record", { annotations, name, entity: name, fields }),
  share,
  node("ColumnProfile", {
    annotations,
    name,
    grants: some(
      node("ColumnGrant", {
        annotations,
        actions: rights,
        columns: some(node("Column", { entity: name, attribute: name }), 1),
      }),
    ),
    fields,
  }),
];

// ---- tests

const create = (named: Arbitrary<NameNode | undefined>) =>
  node("CreateOperation", { name: named, entity: name, fields });
const operation: Arbitrary<OperationNode> = fc.oneof(
  node("RightOperation", { action: spelled, record: reference, column: maybe(name) }),
  node("TaskOperation", { task: name }),
  create(none),
  create(name),
  node("AssignOperation", { record: reference, to: reference }),
  node("ShareOperation", { ...shared, rights }),
  node("UnshareOperation", shared),
  node("AppendOperation", { record: reference, lookup: maybe(name), to: reference }),
  node("AssociateOperation", { ends: fc.boolean(), record: reference, with: reference }),
  node("MergeOperation", { record: reference, into: reference }),
);
const context = maybe(fields);
const reason = (plain: readonly string[], named: readonly string[]): Arbitrary<ReasonNode> =>
  fc.oneof(
    node("Reason", { word: nameOf(fc.constantFrom(...plain)), name: none }),
    node("Reason", { word: nameOf(fc.constantFrom(...named)), name }),
  );
const changes: Arbitrary<ChangeNode> = fc.oneof(
  node("SetUser", { user: reference, unit: reference, state: none, fields: fc.constant([]) }),
  node("SetUser", {
    user: reference,
    unit: none,
    state: fc.constantFrom("disabled", "enabled"),
    fields: fc.constant([]),
  }),
  node("SetUser", {
    user: reference,
    unit: none,
    state: none,
    fields: fc.oneof(field, roles).map((one) => [one]),
  }),
  node("SetUnit", { unit: reference, under: reference, state: none }),
  node("SetUnit", { unit: reference, under: none, state: fc.constantFrom("disabled", "enabled", "deleted") }),
  node("SetTeam", { team: reference, unit: reference, fields: fc.constant([]) }),
  node("SetTeam", { team: reference, unit: none, fields: fc.oneof(field, roles).map((one) => [one]) }),
  node("SetRecord", { record: reference, fields: field.map((one) => [one]), block: fc.constant(false) }),
  node("SetRecord", { record: reference, fields, block: fc.constant(true) }),
  node("SetRole", { role: reference, grants }),
  node("SetShare", { share: node("Share", { annotations: fc.constant([]), ...shared, rights }) }),
  node("SetUnshare", shared),
);
const statement: Arbitrary<StatementNode> = fc.oneof(
  node("Expect", {
    annotations,
    effect: fc.constant("allow"),
    principal: reference,
    operation,
    context,
    reason: maybe(
      reason(["owner", "share", "hierarchy", "parent", "administrator"], ["role", "team", "permit"]),
    ),
  }),
  node("Expect", {
    annotations,
    effect: fc.constant("deny"),
    principal: reference,
    operation,
    context,
    reason: maybe(reason(["privilege", "access", "owner", "column", "disabled", "state"], ["forbid"])),
  }),
  node("Rights", { annotations, principal: reference, record: reference, context, rights: some(spelled) }),
  node("Who", { annotations, action: spelled, record: reference, context, principals: some(reference) }),
  node("List", {
    annotations,
    action: spelled,
    entity: name,
    principal: reference,
    context,
    records: some(reference),
  }),
  node("Do", { annotations, principal: reference, operation, context }),
  node("Set", { annotations, change: changes }),
  node("Refuse", { annotations, change: changes, operation: none, principal: none }),
  node("Refuse", { annotations, change: none, operation, principal: reference }),
  node("Unit", {
    annotations,
    form: fc.constant("unit"),
    name,
    under: reference,
    disabled: fc.boolean(),
    units: some(unit),
  }),
  ...members,
);

const path: Arbitrary<ExpressionNode> = some(word, 1).map((names) =>
  names.reduce<ExpressionNode>((object, attribute) => ({ kind: "Member", span, object, attribute }), {
    kind: "Variable",
    span,
    name: "resource",
  }),
);
const settingValue = fc.oneof(
  word.filter((one) => one.value !== "true" && one.value !== "false"),
  node("Bool", { value: fc.boolean() }),
  long,
);

export const declaration: Arbitrary<DeclarationNode> = fc.oneof(
  node("Entity", {
    annotations,
    names: some(name, 1),
    set: maybe(name),
    ownership: maybe(ownership),
    attributes: some(attribute),
  }),
  node("Context", { annotations, attributes: some(attribute) }),
  node("Privilege", { annotations, names: some(name, 1) }),
  node("Guardrail", {
    annotations,
    effect: fc.constantFrom("permit", "forbid"),
    principal: principalScope,
    action: actionScope,
    resource: resourceScope,
    level: maybe(level),
    conditions,
  }),
  node("Unit", {
    annotations,
    form: fc.constant("organization"),
    name,
    under: none,
    disabled: fc.boolean(),
    units: some(unit),
  }),
  node("OwnerRule", { annotations, entity: name, rule: fc.oneof(reference, path) }),
  node("Settings", {
    annotations,
    fields: some(node("Setting", { name, values: some(settingValue, 1), depth: maybe(long) })),
  }),
  node("Test", { annotations, title: text, statements: some(statement) }),
  ...members,
);

export const fileTree: Arbitrary<FileNode> = node("File", {
  declarations: some(declaration),
  comments: fc.constant([]),
  lost: fc.constant(new Set<string>()),
});
