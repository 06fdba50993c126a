// Quick programs: what programs that mix sides become when the image is loaded (quicken.ts), so that asking one costs little
// more than its comparisons. What looks at the principal or the request alone is worked out when they change ("bound"), the
// columns of the record are read once, and then steps compare slots and go on or jump; for a user who asks again even that
// may be ranges of columns (ranges.ts). The answer is the program's own; only the kind of an error is not kept. Where the
// interpreter is needed, there is no quick program, or it answers UNKNOWN.
import { adds, multiplies, negates, result, subtracts } from "./arithmetic";
import { findInContext, findInPage, findInTeam, findInUnit, findInUser, found } from "./columns";
import * as abi from "./constants";
import { answerAt, factsAge, isUserFact, requestAnswer, UNKNOWN, userAnswer } from "./facts";
import { NO, referenceAt } from "./image";
import { pageOf, placeInPage } from "./pages";
import { bring, FRAME_STEPS, frameEnd, frameOf, keepResults } from "./quick-frames";
import {
  LOAD_BYTES,
  LOAD_KIND,
  LOAD_OPERAND,
  LOAD_SLOT,
  LOAD_TROUBLE,
  QUICK_AGE,
  QUICK_BOUND_END,
  QUICK_BYTES,
  QUICK_LOADS_END,
  QUICK_STEPS_END,
  QUICK_TROUBLE,
  QUICK_USER,
  STEP_BYTES,
  STEP_COMPUTES,
  STEP_ELSE,
  STEP_ENTITY,
  STEP_KIND,
  STEP_LEFT,
  STEP_NEEDS,
  STEP_OPERAND,
  STEP_RIGHT,
  STEP_SLOT,
  STEP_TROUBLE,
} from "./quick-layout";
import {
  hasRole,
  isIn,
  isTeam,
  isWithin,
  ownerOfRecord,
  teamNumber,
  unitOfPrincipal,
  unitOfRecord,
} from "./relations";
import { setContains, setContainsAll, setContainsAny, setsAreEqual } from "./sets";

/** Whether the program is quick: for most users and records it need not be interpreted. */
export function isQuick(program: u32): bool {
  return load<u32>(table + (program << 2)) !== 0;
}

/** Instead of trouble, of which there are 31 kinds at most: a fact is not known. */
const UNTOLD: u32 = 0xffffffff;

/** The column at four times its number; 0, where nothing has a value, of a page without columns. */
export function columnAt(columns: usize, offset: u32): usize {
  return columns === 0 ? 0 : <usize>load<u32>(columns + offset);
}

/** Whether the record at a place has no value in the column, where `value` is what stands there: wanting ones are 0. */
export function isWanting(column: usize, place: u32, value: i64): bool {
  if (column === 0) return true;
  if (value !== 0) return false;
  const present = load<u32>(column + ((place >> 5) << 2), abi.PAGE_RECORDS * 8);
  return ((present >> (place & 31)) & 1) === 0;
}

/** Where a program is quick: the address of its header, by program. */
let table: usize = 0;

/** The quick program of a program; 0 where there is none. */
export function quickProgram(program: u32): usize {
  return <usize>load<u32>(table + (program << 2));
}

export function useQuickPrograms(at: usize): void {
  table = at;
}

function value(step: usize, side: u32): i64 {
  return load<i64>(load<u32>(step + side));
}

function keep(step: usize, outcome: i64): bool {
  store<i64>(load<u32>(step, STEP_SLOT), outcome);
  return true;
}

function keepFound(step: usize, isThere: bool): bool {
  return isThere && keep(step, found);
}

function keepBool(step: usize, holds: bool): bool {
  return keep(step, i64(holds));
}

/** An attribute of people, places, the context or another record, or whether it is there; false where it is not. */
function access(step: usize, operation: u32): bool {
  const column = load<u32>(step, STEP_OPERAND);
  const object = <u32>value(step, STEP_LEFT);
  switch (operation) {
    case abi.OP_CONTEXT_VALUE:
      return keepFound(step, findInContext(column));
    case abi.OP_CONTEXT_HAS:
      return keepBool(step, findInContext(column));
    case abi.OP_USER_VALUE:
      return keepFound(step, findInUser(column, object));
    case abi.OP_USER_HAS:
      return keepBool(step, findInUser(column, object));
    case abi.OP_TEAM_VALUE:
      return keepFound(step, findInTeam(column, teamNumber(object)));
    case abi.OP_TEAM_HAS:
      return keepBool(step, findInTeam(column, teamNumber(object)));
    case abi.OP_UNIT_VALUE:
      return keepFound(step, findInUnit(column, object));
    default:
      return keepBool(step, findInUnit(column, object));
  }
}

function follow(step: usize, asks: bool): bool {
  const target = <u32>value(step, STEP_LEFT);
  const page = pageOf(load<u32>(step, STEP_ENTITY), target);
  const isThere = page !== 0 && findInPage(page, load<u32>(step, STEP_OPERAND), placeInPage(target));
  return asks ? keepBool(step, isThere) : keepFound(step, isThere);
}

/** What another record has, or whether it is loaded; false where it is not. */
function ofRecord(step: usize, operation: u32): bool {
  const target = <u32>value(step, STEP_LEFT);
  const entity = load<u32>(step, STEP_OPERAND);
  const isLoaded = pageOf(entity, target) !== 0;
  if (operation === abi.OP_IS_LOADED) return keepBool(step, isLoaded);
  if (!isLoaded) return false;
  return keep(
    step,
    operation === abi.OP_OWNER_OF ? ownerOfRecord(entity, target) : unitOfRecord(entity, target),
  );
}

/** While a program is bound: a fact was not known, so that the interpreter has to ask it. */
let isUnknown: bool = false;

/** A fact of the principal or the request; false where it is an error. */
function fact(step: usize, user: u32): bool {
  const program = load<u32>(step, STEP_OPERAND);
  const answer = isUserFact(program) ? userAnswer(program, user) : requestAnswer(program);
  if (answer === UNKNOWN) isUnknown = true;
  return answer <= <u32>abi.TRUE && keep(step, answer);
}

/** Does an operation of the code; false where it is an error. `owner` is the record's, NO where none is in question. */
function compute(step: usize, user: u32, owner: u32): bool {
  const operation = load<u32>(step, STEP_KIND) & 255;
  const left = value(step, STEP_LEFT);
  const right = value(step, STEP_RIGHT);
  switch (operation) {
    case abi.OP_ADD:
      return adds(left, right) && keep(step, result);
    case abi.OP_SUBTRACT:
      return subtracts(left, right) && keep(step, result);
    case abi.OP_MULTIPLY:
      return multiplies(left, right) && keep(step, result);
    case abi.OP_NEGATE:
      return negates(left) && keep(step, result);
    case abi.OP_PRINCIPAL:
      return keep(step, user);
    case abi.OP_REFERENCE:
      return keep(step, referenceAt(load<u32>(step, STEP_OPERAND)));
    case abi.OP_FACT:
      return fact(step, user);
    case abi.OP_FOLLOW:
    case abi.OP_FOLLOW_HAS:
      return follow(step, operation === abi.OP_FOLLOW_HAS);
    case abi.OP_UNIT_OF_PRINCIPAL:
      return keep(step, unitOfPrincipal(<u32>left));
    case abi.OP_UNIT_OF_RECORD:
      return keep(step, unitOfRecord(load<u32>(step, STEP_OPERAND), <u32>left));
    case abi.OP_OWNER_OF:
    case abi.OP_UNIT_OF:
    case abi.OP_IS_LOADED:
      return ofRecord(step, operation);
    case abi.OP_WITHIN:
      return keepBool(step, isWithin(<u32>left, <u32>right));
    case abi.OP_MEMBER:
      return keepBool(step, isIn(<u32>left, <u32>right, owner));
    case abi.OP_HAS_ROLE:
      return keepBool(step, hasRole(<u32>left, referenceAt(load<u32>(step, STEP_OPERAND)), owner));
    case abi.OP_IS_USER:
      return keepBool(step, !isTeam(<u32>left));
    case abi.OP_CONTAINS:
      return keepBool(step, setContains(<usize>left, right));
    case abi.OP_CONTAINS_ALL:
      return keepBool(step, setContainsAll(<usize>left, <usize>right));
    case abi.OP_CONTAINS_ANY:
      return keepBool(step, setContainsAny(<usize>left, <usize>right));
    case abi.OP_EQUAL_SETS:
      return keepBool(step, setsAreEqual(<usize>left, <usize>right));
    default:
      return access(step, operation);
  }
}

/** Works out what a program needs to know of the user and the request; which of it has no value. */
function workOut(quick: usize, user: u32): u32 {
  let trouble: u32 = 0;
  isUnknown = false;
  const end = <usize>load<u32>(quick, QUICK_BOUND_END);
  for (let at = <usize>load<u32>(quick, QUICK_STEPS_END); at < end; at += STEP_BYTES) {
    // What comes of a value that is wanting is wanting itself.
    if ((trouble & load<u32>(at, STEP_NEEDS)) !== 0 || !compute(at, user, NO))
      trouble |= load<u32>(at, STEP_TROUBLE);
  }
  return trouble;
}

/** Makes the slots stand for another user or age; false where that must be left to the interpreter. */
function bind(quick: usize, program: u32, user: u32): bool {
  store<u32>(quick, user, QUICK_USER);
  store<u32>(quick, factsAge, QUICK_AGE);
  const frame = frameOf(program, user, factsAge);
  if (frame !== 0 && frameEnd(frame) <= FRAME_STEPS) {
    bring(quick, frame);
    return true;
  }
  store<u32>(quick, workOut(quick, user), QUICK_TROUBLE);
  if (isUnknown) store<u32>(quick, NO, QUICK_USER);
  else if (frame === 0) keepResults(quick, program, user, factsAge);
  return !isUnknown;
}

/** Makes the slots stand for the user; false where that must be left to the interpreter. */
export function isBoundTo(quick: usize, program: u32, user: u32): bool {
  const isHis = load<u32>(quick, QUICK_USER) === user && load<u32>(quick, QUICK_AGE) === factsAge;
  return isHis || bind(quick, program, user);
}

/** What stands in no column of the record; NO_FACT where a fact is not known or an error. */
export function valueBeside(kind: u32, operand: u32, page: usize, record: u32): i64 {
  const place = placeInPage(record);
  switch (kind) {
    case abi.OP_RESOURCE:
      return record;
    case abi.OP_OWNER:
      return load<u32>(page + place * 4, abi.PAGE_OWNERS);
    case abi.OP_UNIT:
      return load<u16>(page + place * 2, abi.PAGE_UNITS);
    case abi.OP_HAS:
      return i64(findInPage(page, operand >> 2, place));
    default:
      return answerAt(page, operand, place);
  }
}

/** Fills the slots that tell of the record; returns the trouble that there is, UNTOLD where a fact is not known. */
function loadRecord(quick: usize, page: usize, record: u32): u32 {
  const place = placeInPage(record);
  const columns = <usize>load<u32>(page, abi.PAGE_VALUES);
  const end = <usize>load<u32>(quick, QUICK_LOADS_END);
  let trouble = load<u32>(quick, QUICK_TROUBLE);
  for (let at = quick + QUICK_BYTES; at < end; at += LOAD_BYTES) {
    const kind = load<u32>(at, LOAD_KIND);
    const operand = load<u32>(at, LOAD_OPERAND);
    const slot = <usize>load<u32>(at, LOAD_SLOT);
    if (kind === abi.OP_VALUE) {
      const column = columnAt(columns, operand);
      const value = load<i64>(column + (place << 3));
      if (isWanting(column, place, value)) trouble |= load<u32>(at, LOAD_TROUBLE);
      store<i64>(slot, value);
    } else {
      const value = valueBeside(kind, operand, page, record);
      store<i64>(slot, value);
      if (kind === abi.OP_FACT && value > abi.TRUE) {
        if (value === UNKNOWN) return UNTOLD;
        trouble |= load<u32>(at, LOAD_TROUBLE);
      }
    }
  }
  return trouble;
}

/** Steps through the program. */
function step(quick: usize, user: u32, page: usize, record: u32, trouble: u32): u32 {
  const end = <usize>load<u32>(quick, QUICK_STEPS_END);
  let at = <usize>load<u32>(quick, QUICK_LOADS_END);
  while (at < end) {
    if (trouble !== 0 && (trouble & load<u32>(at, STEP_NEEDS)) !== 0) return abi.ERROR_NO_VALUE;
    const kind = load<u32>(at, STEP_KIND);
    if (kind < STEP_COMPUTES) {
      const left = value(at, STEP_LEFT);
      const right = value(at, STEP_RIGHT);
      const relation = u32(left < right) | (u32(left === right) << 1);
      if (((kind >> relation) & 1) !== 0) at += STEP_BYTES;
      else {
        at = load<u32>(at, STEP_ELSE);
        if (at <= <usize>abi.TRUE) return <u32>at;
      }
    } else {
      if (!compute(at, user, load<u32>(page + placeInPage(record) * 4, abi.PAGE_OWNERS)))
        return abi.ERROR_NO_VALUE;
      at += STEP_BYTES;
    }
  }
  return abi.TRUE;
}

/** What a program that is bound to the user says of a record in its page; UNKNOWN where a fact is not known. */
export function stepThrough(quick: usize, user: u32, page: usize, record: u32): u32 {
  const trouble = loadRecord(quick, page, record);
  return trouble === UNTOLD ? UNKNOWN : step(quick, user, page, record, trouble);
}

/**
 * What a program says of a user and a loaded record in its page: FALSE, TRUE, an error (of any kind), or UNKNOWN: then it
 * must be interpreted. The user administers no team that owns the record (semantics.md T8).
 */
export function quickAnswer(program: u32, user: u32, page: usize, record: u32): u32 {
  const quick = quickProgram(program);
  if (quick === 0 || !isBoundTo(quick, program, user)) return UNKNOWN;
  return stepThrough(quick, user, page, record);
}
