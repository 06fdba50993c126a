import * as abi from "../../../runtime-as/abi.ts";
import type { EntityKind, Typed, ValueType } from "../../expressions/typed.ts";
import type { Assembler, CodeTables } from "./assembler.ts";
import type { ColumnNumbers } from "./columns.ts";
import { sidesOf } from "./sides.ts";

/** What lowering needs beside the expression. */
export interface Lowering {
  readonly code: Assembler;
  readonly tables: CodeTables;
  readonly columns: ColumnNumbers;
  readonly roleNumber: (name: string) => number;
  /** The program of a part that looks at one side alone, so that it is worked out once for it; undefined within one. */
  readonly factOf: ((part: Typed) => number) | undefined;
}

const oneSided = (sides: number): boolean =>
  sides === abi.SIDE_RECORD || sides === abi.SIDE_PRINCIPAL || sides === abi.SIDE_REQUEST;

const binary = {
  less: abi.OP_LESS,
  lessOrEqual: abi.OP_LESS_OR_EQUAL,
  greater: abi.OP_GREATER,
  greaterOrEqual: abi.OP_GREATER_OR_EQUAL,
  add: abi.OP_ADD,
  subtract: abi.OP_SUBTRACT,
  multiply: abi.OP_MULTIPLY,
  contains: abi.OP_CONTAINS,
  containsAll: abi.OP_CONTAINS_ALL,
  containsAny: abi.OP_CONTAINS_ANY,
} as const;

const unary = {
  not: abi.OP_NOT,
  negate: abi.OP_NEGATE,
  isEmpty: abi.OP_IS_EMPTY,
  isUser: abi.OP_IS_USER,
} as const;

const referenceKinds = {
  User: abi.REFERENCE_USER,
  Team: abi.REFERENCE_TEAM,
  BusinessUnit: abi.REFERENCE_UNIT,
  Role: abi.REFERENCE_ROLE,
} as const;

function kindOf(type: ValueType): EntityKind | undefined {
  return type.kind === "Entity" ? type.of : undefined;
}

/** How an element of a set, which is no set, stands on the stack (abi.ts, STACK_*). */
function stackType(type: ValueType | undefined): number {
  switch (type?.kind) {
    case "Bool":
      return abi.STACK_BOOL;
    case "String":
      return abi.STACK_STRING;
    case "Entity":
      if (typeof type.of === "number") return abi.STACK_RECORD;
      return type.of === "BusinessUnit" ? abi.STACK_UNIT : abi.STACK_PRINCIPAL;
    default:
      return abi.STACK_LONG;
  }
}

function reference(of: EntityKind, id: string, { tables, roleNumber }: Lowering): number {
  if (typeof of === "number") return tables.reference({ kind: abi.REFERENCE_RECORD, name: id, entity: of });
  if (of === "Action" || of === "Principal") throw new Error(`no code refers to an entity of kind ${of}`);
  const name = of === "Role" ? roleNumber(id) : id;
  return tables.reference({ kind: referenceKinds[of], name, entity: undefined });
}

function lowerConstant(value: boolean | bigint | string, { code, tables }: Lowering): void {
  if (typeof value === "boolean") code.emit(value ? abi.OP_TRUE : abi.OP_FALSE);
  else if (typeof value === "string") code.emit(abi.OP_STRING, tables.text(value));
  else code.emit(abi.OP_LONG, tables.constant(value));
}

const accessors = {
  User: [abi.OP_USER_VALUE, abi.OP_USER_HAS],
  Team: [abi.OP_TEAM_VALUE, abi.OP_TEAM_HAS],
  BusinessUnit: [abi.OP_UNIT_VALUE, abi.OP_UNIT_HAS],
  context: [abi.OP_CONTEXT_VALUE, abi.OP_CONTEXT_HAS],
} as const;

/** An attribute, or whether it is there: of the record itself, of what a lookup leads to, or of people and places. */
function lowerAccess(typed: Extract<Typed, { op: "attribute" | "has" }>, lowering: Lowering): void {
  const { code, columns } = lowering;
  const { object, owner, attribute, op } = typed;
  const column = columns.number(owner, attribute);
  const asks = op === "has" ? 1 : 0;
  if (typeof owner === "number") {
    if (object !== "context" && object.op === "resource") {
      code.emit(asks === 1 ? abi.OP_HAS : abi.OP_VALUE, column);
      return;
    }
    lower(object as Typed, lowering);
    code.emit(asks === 1 ? abi.OP_FOLLOW_HAS : abi.OP_FOLLOW, column);
    code.word(owner);
    return;
  }
  if (object !== "context") lower(object, lowering);
  code.emit(accessors[owner][asks], column);
}

const ofRecords = {
  ownerOf: abi.OP_OWNER_OF,
  unitOf: abi.OP_UNIT_OF,
  isLoaded: abi.OP_IS_LOADED,
} as const;

/** What a record has that is not the one in question; the code says of which entity it is. */
function lowerOfRecord(
  { op, operand }: Extract<Typed, { op: keyof typeof ofRecords }>,
  lowering: Lowering,
): void {
  lower(operand, lowering);
  lowering.code.emit(ofRecords[op], kindOf(operand.type) as number);
}

/** The unit in which somebody or something is; the stack holds it already where it is a unit. */
function lowerUnitOf(typed: Typed, lowering: Lowering): void {
  const { code } = lowering;
  const kind = kindOf(typed.type);
  if (typed.op === "resource") {
    code.emit(abi.OP_UNIT);
    return;
  }
  lower(typed, lowering);
  if (typeof kind === "number") code.emit(abi.OP_UNIT_OF_RECORD, kind);
  else if (kind !== "BusinessUnit") code.emit(abi.OP_UNIT_OF_PRINCIPAL);
}

function lowerIn(left: Typed, right: Typed, lowering: Lowering): void {
  const { code } = lowering;
  const container = kindOf(right.type);
  if (container === "BusinessUnit") {
    lowerUnitOf(left, lowering);
    lower(right, lowering);
    code.emit(abi.OP_WITHIN);
    return;
  }
  lower(left, lowering);
  if (right.op === "entity" && container === "Role") {
    code.emit(abi.OP_HAS_ROLE, reference("Role", right.id, lowering));
    return;
  }
  lower(right, lowering);
  code.emit(typeof container === "number" ? abi.OP_EQUAL : abi.OP_MEMBER);
}

function lowerIf(typed: Extract<Typed, { op: "if" }>, lowering: Lowering): void {
  const { code } = lowering;
  lower(typed.condition, lowering);
  const otherwise = code.jump(abi.OP_JUMP_FALSE);
  lower(typed.consequent, lowering);
  const end = code.jump(abi.OP_JUMP);
  code.land(otherwise);
  lower(typed.otherwise, lowering);
  code.land(end);
}

/** Writes code that leaves the value of the expression on the stack. */
export function lower(typed: Typed, lowering: Lowering): void {
  const { code, tables, factOf } = lowering;
  const isBool = typed.type.kind === "Bool" && typed.op !== "constant";
  if (factOf !== undefined && isBool && oneSided(sidesOf(typed))) {
    code.emit(abi.OP_FACT, factOf(typed));
    return;
  }
  switch (typed.op) {
    case "constant":
      lowerConstant(typed.value, lowering);
      return;
    case "entity":
      code.emit(abi.OP_REFERENCE, reference(typed.of, typed.id, lowering));
      return;
    case "principal":
      code.emit(abi.OP_PRINCIPAL);
      return;
    case "resource":
      code.emit(abi.OP_RESOURCE);
      return;
    case "owner":
      code.emit(abi.OP_OWNER);
      return;
    case "unit":
      code.emit(abi.OP_UNIT);
      return;
    case "action":
      throw new Error("actions are constants by now");
    case "attribute":
    case "has":
      lowerAccess(typed, lowering);
      return;
    case "ownerOf":
    case "unitOf":
    case "isLoaded":
      lowerOfRecord(typed, lowering);
      return;
    case "not":
    case "negate":
    case "isEmpty":
    case "isUser":
      lower(typed.operand, lowering);
      code.emit(unary[typed.op]);
      return;
    case "and":
    case "or": {
      lower(typed.left, lowering);
      const decided = code.jump(typed.op === "and" ? abi.OP_AND : abi.OP_OR);
      lower(typed.right, lowering);
      code.land(decided);
      return;
    }
    case "if":
      lowerIf(typed, lowering);
      return;
    case "equal":
      lower(typed.left, lowering);
      lower(typed.right, lowering);
      code.emit(typed.left.type.kind === "Set" ? abi.OP_EQUAL_SETS : abi.OP_EQUAL);
      return;
    case "in":
      lowerIn(typed.left, typed.right, lowering);
      return;
    case "like":
      lower(typed.operand, lowering);
      code.emit(abi.OP_LIKE, tables.pattern(typed.pattern));
      return;
    case "set":
      for (const element of typed.elements) lower(element, lowering);
      code.emit(abi.OP_MAKE_SET, typed.elements.length);
      code.word(stackType(typed.elements[0]?.type));
      return;
    default:
      lower(typed.left, lowering);
      lower(typed.right, lowering);
      code.emit(binary[typed.op]);
  }
}
