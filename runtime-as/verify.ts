// Verifies the code of every program before any of it runs: operations that exist, operands within their tables, types and
// depth of the stack, jumps forward to where the stack is the same whichever way is taken.
import * as abi from "./constants";
import { NO, sectionAddress, sectionRows } from "./image";

const types: usize = memory.data(abi.MAX_STACK);
let depth: u32 = 0;
/** Below this the stack may not be touched: the other way to a pending target has left it so. */
let floor: u32 = 0;

const MAX_PENDING: u32 = 512;
// Jumps whose target is ahead: target word, depth there, type on top, depth that must not be undercut.
const pending: usize = memory.data(512 * 16, 4);
let pendingCount: u32 = 0;

let base: usize = 0;
let entity: u32 = 0;
let isFact: bool = false;
let elements: u32 = 0;
let setLiterals: u32 = 0;

function rows(section: u32): u32 {
  return sectionRows(base, section);
}

function push(type: u32): bool {
  if (depth >= <u32>abi.MAX_STACK) return false;
  store<u8>(types + depth, <u8>type);
  depth++;
  return true;
}

/** The type on top; 0 where nothing may be taken. */
function peek(): u32 {
  return depth <= floor ? 0 : <u32>load<u8>(types + depth - 1);
}

function pop(): u32 {
  const type = peek();
  if (type !== 0) depth--;
  return type;
}

/** Takes a value of one type and leaves one of another. */
function turn(from: u32, to: u32): bool {
  return pop() === from && push(to);
}

/** Takes two of one type and leaves a third. */
function turnTwo(from: u32, to: u32): bool {
  return pop() === from && turn(from, to);
}

function field(at: u32): usize {
  return pending + at * 16;
}

/** Notes a jump over `words` words from the word after `at`. */
function jump(at: u32, words: u32, length: u32, depthThere: u32, keep: u32): bool {
  if (pendingCount >= MAX_PENDING || words === 0 || words >= length - at - 1) return false;
  const entry = field(pendingCount);
  store<u32>(entry, at + 1 + words);
  store<u32>(entry, depthThere, 4);
  store<u32>(entry, depthThere === 0 ? 0 : <u32>load<u8>(types + depthThere - 1), 8);
  store<u32>(entry, keep, 12);
  pendingCount++;
  if (keep > floor) floor = keep;
  return true;
}

/** Arrives at a word: pending jumps to it must meet the stack as it is, or make it where nothing falls through. */
function arrive(at: u32, fallsThrough: bool): bool {
  let reached = fallsThrough;
  let kept: u32 = 0;
  floor = 0;
  for (let i: u32 = 0; i < pendingCount; i++) {
    const entry = field(i);
    if (load<u32>(entry) !== at) {
      memory.copy(field(kept), entry, 16);
      kept++;
      if (load<u32>(entry, 12) > floor) floor = load<u32>(entry, 12);
      continue;
    }
    const expected = load<u32>(entry, 4);
    const top = load<u32>(entry, 8);
    if (!reached) {
      depth = expected;
      if (expected > 0) store<u8>(types + expected - 1, <u8>top);
      reached = true;
    } else if (depth !== expected || (expected > 0 && <u32>load<u8>(types + depth - 1) !== top)) return false;
  }
  pendingCount = kept;
  return reached;
}

function columnsOf(owner: u32): usize {
  return sectionAddress(base, abi.SECTION_COLUMN_OWNERS) + owner * abi.COLUMN_OWNER_WORDS * 4;
}

/** The stack type of a column of an owner (entities, then User, Team, BusinessUnit, context); 0 where there is none. */
function typeOfColumn(owner: u32, column: u32): u32 {
  if (column >= load<u32>(columnsOf(owner), 4)) return 0;
  const attribute = load<u32>(
    sectionAddress(base, abi.SECTION_COLUMNS) + (load<u32>(columnsOf(owner)) + column) * 4,
  );
  const row = sectionAddress(base, abi.SECTION_ATTRIBUTES) + attribute * abi.ATTRIBUTE_WORDS * 4;
  const type = load<u32>(row, abi.ATTRIBUTE_TYPE * 4);
  if (type === abi.TYPE_STRING || type === abi.TYPE_CHOICE) return abi.STACK_STRING;
  if (type === abi.TYPE_BOOL) return abi.STACK_BOOL;
  if (type === abi.TYPE_SET) return abi.STACK_SET;
  if (type === abi.TYPE_LOOKUP) return abi.STACK_RECORD;
  if (type === abi.TYPE_UNIT) return abi.STACK_UNIT;
  if (type === abi.TYPE_USER || type === abi.TYPE_TEAM || type === abi.TYPE_PRINCIPAL)
    return abi.STACK_PRINCIPAL;
  return abi.STACK_LONG;
}

/** An attribute of something on the stack (`object` 0: of the context or record) becomes its value, or whether it is there. */
function access(object: u32, owner: u32, column: u32, asks: bool): bool {
  if (object !== 0 && pop() !== object) return false;
  const type = typeOfColumn(owner, column);
  return type !== 0 && push(asks ? abi.STACK_BOOL : type);
}

function reference(operand: u32): bool {
  if (operand >= rows(abi.SECTION_REFERENCES)) return false;
  const row = sectionAddress(base, abi.SECTION_REFERENCES) + operand * abi.REFERENCE_WORDS * 4;
  const kind = load<u32>(row);
  if (kind === abi.REFERENCE_RECORD) return push(abi.STACK_RECORD);
  if (kind === abi.REFERENCE_UNIT) return push(abi.STACK_UNIT);
  return kind !== abi.REFERENCE_ROLE && push(abi.STACK_PRINCIPAL);
}

function isRole(operand: u32): bool {
  if (operand >= rows(abi.SECTION_REFERENCES)) return false;
  const row = sectionAddress(base, abi.SECTION_REFERENCES) + operand * abi.REFERENCE_WORDS * 4;
  return load<u32>(row) === abi.REFERENCE_ROLE;
}

function makeSet(count: u32): bool {
  elements += count;
  setLiterals++;
  if (elements > <u32>abi.MAX_SET_ELEMENTS || setLiterals > 4096) return false;
  let type: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const element = pop();
    if (element === 0 || element === abi.STACK_SET || (type !== 0 && element !== type)) return false;
    type = element;
  }
  return push(abi.STACK_SET);
}

/** Two values of one type that is no set. */
function equal(): bool {
  const type = pop();
  return type !== 0 && type !== abi.STACK_SET && turn(type, abi.STACK_BOOL);
}

function contains(): bool {
  const type = pop();
  return type !== 0 && type !== abi.STACK_SET && turn(abi.STACK_SET, abi.STACK_BOOL);
}

/** A fact is asked by a program that is none itself, about the same entity. */
function fact(operand: u32): bool {
  if (isFact || operand >= rows(abi.SECTION_PROGRAMS)) return false;
  const row = sectionAddress(base, abi.SECTION_PROGRAMS) + operand * abi.PROGRAM_WORDS * 4;
  const about = load<u32>(row, abi.PROGRAM_ENTITY * 4);
  return (
    load<u32>(row, abi.PROGRAM_FACT * 4) !== NO && (about === NO || about === entity) && push(abi.STACK_BOOL)
  );
}

function aboutRecord(operation: u32, operand: u32): bool {
  if (entity === NO) return false;
  if (operation === abi.OP_RESOURCE) return push(abi.STACK_RECORD);
  if (operation === abi.OP_OWNER) return push(abi.STACK_PRINCIPAL);
  if (operation === abi.OP_UNIT) return push(abi.STACK_UNIT);
  return access(0, entity, operand, operation === abi.OP_HAS);
}

function follow(operation: u32, operand: u32, to: u32): bool {
  const asks = operation === abi.OP_FOLLOW_HAS;
  return to < rows(abi.SECTION_ENTITIES) && access(abi.STACK_RECORD, to, operand, asks);
}

/** Attributes of the context, of people and of places: two operations each, the value and whether it is there. */
function beside(operation: u32, operand: u32): bool {
  const entities = rows(abi.SECTION_ENTITIES);
  const asks = ((operation - abi.OP_CONTEXT_VALUE) & 1) === 1;
  switch (operation) {
    case abi.OP_CONTEXT_VALUE:
    case abi.OP_CONTEXT_HAS:
      return access(0, entities + abi.COLUMNS_OF_CONTEXT, operand, asks);
    case abi.OP_USER_VALUE:
    case abi.OP_USER_HAS:
      return access(abi.STACK_PRINCIPAL, entities + abi.COLUMNS_OF_USER, operand, asks);
    case abi.OP_TEAM_VALUE:
    case abi.OP_TEAM_HAS:
      return access(abi.STACK_PRINCIPAL, entities + abi.COLUMNS_OF_TEAM, operand, asks);
    default:
      return access(abi.STACK_UNIT, entities + abi.COLUMNS_OF_UNIT, operand, asks);
  }
}

/** Operations that neither jump nor have a further word. */
function plain(operation: u32, operand: u32): bool {
  switch (operation) {
    case abi.OP_TRUE:
    case abi.OP_FALSE:
      return push(abi.STACK_BOOL);
    case abi.OP_LONG:
      return operand < rows(abi.SECTION_CONSTANTS) && push(abi.STACK_LONG);
    case abi.OP_STRING:
      return operand < rows(abi.SECTION_PIECES) && push(abi.STACK_STRING);
    case abi.OP_REFERENCE:
      return reference(operand);
    case abi.OP_PRINCIPAL:
      return push(abi.STACK_PRINCIPAL);
    case abi.OP_RESOURCE:
    case abi.OP_OWNER:
    case abi.OP_UNIT:
    case abi.OP_VALUE:
    case abi.OP_HAS:
      return aboutRecord(operation, operand);
    case abi.OP_NOT:
      return turn(abi.STACK_BOOL, abi.STACK_BOOL);
    case abi.OP_NEGATE:
      return turn(abi.STACK_LONG, abi.STACK_LONG);
    case abi.OP_IS_EMPTY:
      return turn(abi.STACK_SET, abi.STACK_BOOL);
    case abi.OP_EQUAL:
      return equal();
    case abi.OP_LESS:
    case abi.OP_LESS_OR_EQUAL:
    case abi.OP_GREATER:
    case abi.OP_GREATER_OR_EQUAL:
      return turnTwo(abi.STACK_LONG, abi.STACK_BOOL);
    case abi.OP_ADD:
    case abi.OP_SUBTRACT:
    case abi.OP_MULTIPLY:
      return turnTwo(abi.STACK_LONG, abi.STACK_LONG);
    case abi.OP_UNIT_OF_PRINCIPAL:
      return turn(abi.STACK_PRINCIPAL, abi.STACK_UNIT);
    case abi.OP_UNIT_OF_RECORD:
      return operand < rows(abi.SECTION_ENTITIES) && turn(abi.STACK_RECORD, abi.STACK_UNIT);
    case abi.OP_OWNER_OF:
      return operand < rows(abi.SECTION_ENTITIES) && turn(abi.STACK_RECORD, abi.STACK_PRINCIPAL);
    case abi.OP_UNIT_OF:
      return operand < rows(abi.SECTION_ENTITIES) && turn(abi.STACK_RECORD, abi.STACK_UNIT);
    case abi.OP_IS_LOADED:
      return operand < rows(abi.SECTION_ENTITIES) && turn(abi.STACK_RECORD, abi.STACK_BOOL);
    case abi.OP_WITHIN:
      return turnTwo(abi.STACK_UNIT, abi.STACK_BOOL);
    case abi.OP_MEMBER:
      return turnTwo(abi.STACK_PRINCIPAL, abi.STACK_BOOL);
    case abi.OP_HAS_ROLE:
      return isRole(operand) && turn(abi.STACK_PRINCIPAL, abi.STACK_BOOL);
    case abi.OP_IS_USER:
      return turn(abi.STACK_PRINCIPAL, abi.STACK_BOOL);
    case abi.OP_LIKE:
      return operand < rows(abi.SECTION_PATTERNS) && turn(abi.STACK_STRING, abi.STACK_BOOL);
    case abi.OP_CONTAINS:
      return contains();
    case abi.OP_CONTAINS_ALL:
    case abi.OP_CONTAINS_ANY:
    case abi.OP_EQUAL_SETS:
      return turnTwo(abi.STACK_SET, abi.STACK_BOOL);
    case abi.OP_FACT:
      return fact(operand);
    default:
      return (
        operation >= <u32>abi.OP_CONTEXT_VALUE &&
        operation <= <u32>abi.OP_UNIT_HAS &&
        beside(operation, operand)
      );
  }
}

/** Whether the program at `code` of `length` words is sound. */
function isSound(code: usize, length: u32): bool {
  depth = 0;
  floor = 0;
  pendingCount = 0;
  elements = 0;
  setLiterals = 0;
  let fallsThrough = true;
  for (let at: u32 = 0; at < length; at++) {
    if (!arrive(at, fallsThrough)) return false;
    fallsThrough = true;
    const word = load<u32>(code + at * 4);
    const operation = word & 255;
    const operand = word >> 8;
    switch (operation) {
      case abi.OP_END:
        return at === length - 1 && pendingCount === 0 && pop() === abi.STACK_BOOL && depth === 0;
      case abi.OP_JUMP:
        if (depth === 0 || !jump(at, operand, length, depth, depth - 1)) return false;
        fallsThrough = false;
        break;
      case abi.OP_JUMP_FALSE:
        if (pop() !== abi.STACK_BOOL || !jump(at, operand, length, depth, depth)) return false;
        break;
      case abi.OP_AND:
      case abi.OP_OR:
        if (peek() !== abi.STACK_BOOL || !jump(at, operand, length, depth, depth - 1)) return false;
        depth--;
        break;
      case abi.OP_FOLLOW:
      case abi.OP_FOLLOW_HAS:
        if (++at >= length || !follow(operation, operand, load<u32>(code + at * 4))) return false;
        break;
      case abi.OP_MAKE_SET:
        if (++at >= length || !makeSet(operand)) return false;
        break;
      default:
        if (!plain(operation, operand)) return false;
    }
  }
  return false;
}

/** Whether every program of the image is sound; rows, ids and ranges have been checked. */
export function programsAreSound(image: usize): bool {
  base = image;
  const programs = rows(abi.SECTION_PROGRAMS);
  for (let program: u32 = 0; program < programs; program++) {
    const row = sectionAddress(image, abi.SECTION_PROGRAMS) + program * abi.PROGRAM_WORDS * 4;
    entity = load<u32>(row, abi.PROGRAM_ENTITY * 4);
    isFact = load<u32>(row, abi.PROGRAM_FACT * 4) !== NO;
    const code = sectionAddress(image, abi.SECTION_CODE) + load<u32>(row, abi.PROGRAM_CODE * 4) * 4;
    if (!isSound(code, load<u32>(row, abi.PROGRAM_LENGTH * 4))) return false;
  }
  return true;
}
