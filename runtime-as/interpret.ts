// Runs the code of a condition (abi.ts, OP_*) over a stack of 64-bit values. Verified code keeps within the stack and its
// types; what it reads of the world is checked for bounds here.

import { area, STACK, STACK_BYTES } from "./area";
import { adds, multiplies, negates, result, subtracts } from "./arithmetic";
import {
  findInContext,
  findInPage,
  findInRecord,
  findInTeam,
  findInUnit,
  findInUser,
  found,
} from "./columns";
import * as abi from "./constants";
import { explaining, knownAnswer, rememberAnswer, UNKNOWN } from "./facts";
import { codeOf, constantAt, NO, pieceAt, referenceAt } from "./image";
import { matches } from "./like";
import { pageOf, placeInPage } from "./pages";
import { administered, owner, principal, record, recordPage, unit } from "./question";
import { quickAnswer } from "./quick";
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
import {
  arenaTop,
  dropSets,
  isEmptySet,
  makeSet,
  setContains,
  setContainsAll,
  setContainsAny,
  setsAreEqual,
} from "./sets";

const stack: usize = ASC_FEATURE_THREADS ? area + STACK : memory.data(STACK_BYTES, 16);
/** The first free place. */
let top: usize = stack;

function push(value: i64): void {
  store<i64>(top, value);
  top += 8;
}

function pop(): i64 {
  top -= 8;
  return load<i64>(top);
}

function pushBool(value: bool): void {
  push(value ? 1 : 0);
}

/** Pushes the value that a look-up found, or says that there is none. */
function pushFound(isThere: bool): u32 {
  if (!isThere) return abi.ERROR_NO_VALUE;
  push(found);
  return abi.TRUE;
}

function follow(column: u32, entity: u32): u32 {
  const target = <u32>pop();
  const page = pageOf(entity, target);
  if (page === 0) return abi.ERROR_NO_RECORD;
  return pushFound(findInPage(page, column, placeInPage(target)));
}

function followHas(column: u32, entity: u32): void {
  const target = <u32>pop();
  const page = pageOf(entity, target);
  pushBool(page !== 0 && findInPage(page, column, placeInPage(target)));
}

function negate(): u32 {
  if (!negates(pop())) return abi.ERROR_OVERFLOW;
  push(result);
  return abi.TRUE;
}

function calculate(operation: u32): u32 {
  const right = pop();
  const left = pop();
  const fits =
    operation === abi.OP_ADD
      ? adds(left, right)
      : operation === abi.OP_SUBTRACT
        ? subtracts(left, right)
        : multiplies(left, right);
  if (!fits) return abi.ERROR_OVERFLOW;
  push(result);
  return abi.TRUE;
}

/** An operation on another record: pops it, pushes what it has. */
function ofRecord(operation: u32, entity: u32): u32 {
  const target = <u32>pop();
  const isLoaded = pageOf(entity, target) !== 0;
  if (operation === abi.OP_IS_LOADED) {
    pushBool(isLoaded);
    return abi.TRUE;
  }
  if (!isLoaded) return abi.ERROR_NO_RECORD;
  push(operation === abi.OP_OWNER_OF ? ownerOfRecord(entity, target) : unitOfRecord(entity, target));
  return abi.TRUE;
}

/** An operation on people and places: pops what it needs, pushes its answer. */
function relate(operation: u32, operand: u32): void {
  const upper = <u32>pop();
  switch (operation) {
    case abi.OP_UNIT_OF_PRINCIPAL:
      push(unitOfPrincipal(upper));
      return;
    case abi.OP_UNIT_OF_RECORD:
      push(unitOfRecord(operand, upper));
      return;
    case abi.OP_WITHIN:
      pushBool(isWithin(<u32>pop(), upper));
      return;
    case abi.OP_MEMBER:
      pushBool(isIn(<u32>pop(), upper, owner));
      return;
    case abi.OP_HAS_ROLE:
      pushBool(hasRole(upper, referenceAt(operand), owner));
      return;
    default:
      pushBool(!isTeam(upper));
  }
}

/** An operation on an attribute of people, places or the context. */
function access(operation: u32, column: u32): u32 {
  switch (operation) {
    case abi.OP_CONTEXT_VALUE:
      return pushFound(findInContext(column));
    case abi.OP_CONTEXT_HAS:
      pushBool(findInContext(column));
      return abi.TRUE;
    case abi.OP_USER_VALUE:
      return pushFound(findInUser(column, <u32>pop()));
    case abi.OP_USER_HAS:
      pushBool(findInUser(column, <u32>pop()));
      return abi.TRUE;
    case abi.OP_TEAM_VALUE:
      return pushFound(findInTeam(column, teamNumber(<u32>pop())));
    case abi.OP_TEAM_HAS:
      pushBool(findInTeam(column, teamNumber(<u32>pop())));
      return abi.TRUE;
    case abi.OP_UNIT_VALUE:
      return pushFound(findInUnit(column, <u32>pop()));
    default:
      pushBool(findInUnit(column, <u32>pop()));
      return abi.TRUE;
  }
}

function compareSets(operation: u32): void {
  const right = pop();
  const left = <usize>pop();
  if (operation === abi.OP_CONTAINS) pushBool(setContains(left, right));
  else if (operation === abi.OP_CONTAINS_ALL) pushBool(setContainsAll(left, <usize>right));
  else if (operation === abi.OP_CONTAINS_ANY) pushBool(setContainsAny(left, <usize>right));
  else pushBool(setsAreEqual(left, <usize>right));
}

function makeSetOf(count: u32): void {
  top -= <usize>count * 8;
  push(<i64>makeSet(top, count));
}

/** The rarer operations, over the stack in memory; FALSE and TRUE alike mean that it goes on. */
function perform(operation: u32, operand: u32, further: u32): u32 {
  switch (operation) {
    case abi.OP_FOLLOW:
      return follow(operand, further);
    case abi.OP_FOLLOW_HAS:
      followHas(operand, further);
      return abi.TRUE;
    case abi.OP_NEGATE:
      return negate();
    case abi.OP_ADD:
    case abi.OP_SUBTRACT:
    case abi.OP_MULTIPLY:
      return calculate(operation);
    case abi.OP_IS_EMPTY:
      pushBool(isEmptySet(<usize>pop()));
      return abi.TRUE;
    case abi.OP_EQUAL_SETS:
    case abi.OP_CONTAINS:
    case abi.OP_CONTAINS_ALL:
    case abi.OP_CONTAINS_ANY:
      compareSets(operation);
      return abi.TRUE;
    case abi.OP_LIKE:
      pushBool(matches(<u32>pop(), operand));
      return abi.TRUE;
    case abi.OP_MAKE_SET:
      makeSetOf(operand);
      return abi.TRUE;
    case abi.OP_OWNER_OF:
    case abi.OP_UNIT_OF:
    case abi.OP_IS_LOADED:
      return ofRecord(operation, operand);
    default:
      if (operation < <u32>abi.OP_UNIT_OF_PRINCIPAL) return access(operation, operand);
      relate(operation, operand);
      return abi.TRUE;
  }
}

/**
 * Steps through the code at `code`; returns FALSE, TRUE or an error. The operations that most conditions are made of work
 * on a local stack pointer; the others see the stack through `top`.
 */
function step(code: usize): u32 {
  let at = code;
  let sp = top;
  while (true) {
    const word = load<u32>(at);
    at += 4;
    const operand = word >> 8;
    const operation = word & 255;
    switch (operation) {
      case abi.OP_END:
        return <u32>load<i64>(sp - 8);
      case abi.OP_TRUE:
        store<i64>(sp, 1);
        sp += 8;
        break;
      case abi.OP_FALSE:
        store<i64>(sp, 0);
        sp += 8;
        break;
      case abi.OP_LONG:
        store<i64>(sp, constantAt(operand));
        sp += 8;
        break;
      case abi.OP_STRING:
        store<i64>(sp, pieceAt(operand));
        sp += 8;
        break;
      case abi.OP_REFERENCE:
        store<i64>(sp, referenceAt(operand));
        sp += 8;
        break;
      case abi.OP_PRINCIPAL:
        store<i64>(sp, principal);
        sp += 8;
        break;
      case abi.OP_RESOURCE:
        store<i64>(sp, record);
        sp += 8;
        break;
      case abi.OP_OWNER:
        store<i64>(sp, owner);
        sp += 8;
        break;
      case abi.OP_UNIT:
        store<i64>(sp, unit);
        sp += 8;
        break;
      case abi.OP_VALUE:
        if (!findInRecord(operand)) return abi.ERROR_NO_VALUE;
        store<i64>(sp, found);
        sp += 8;
        break;
      case abi.OP_HAS:
        store<i64>(sp, i64(findInRecord(operand)));
        sp += 8;
        break;
      case abi.OP_CONTEXT_VALUE:
        if (!findInContext(operand)) return abi.ERROR_NO_VALUE;
        store<i64>(sp, found);
        sp += 8;
        break;
      case abi.OP_USER_VALUE:
        if (!findInUser(operand, <u32>load<i64>(sp - 8))) return abi.ERROR_NO_VALUE;
        store<i64>(sp - 8, found);
        break;
      case abi.OP_NOT:
        store<i64>(sp - 8, i64(load<i64>(sp - 8) === 0));
        break;
      case abi.OP_EQUAL:
        sp -= 8;
        store<i64>(sp - 8, i64(load<i64>(sp - 8) === load<i64>(sp)));
        break;
      case abi.OP_LESS:
        sp -= 8;
        store<i64>(sp - 8, i64(load<i64>(sp - 8) < load<i64>(sp)));
        break;
      case abi.OP_LESS_OR_EQUAL:
        sp -= 8;
        store<i64>(sp - 8, i64(load<i64>(sp - 8) <= load<i64>(sp)));
        break;
      case abi.OP_GREATER:
        sp -= 8;
        store<i64>(sp - 8, i64(load<i64>(sp - 8) > load<i64>(sp)));
        break;
      case abi.OP_GREATER_OR_EQUAL:
        sp -= 8;
        store<i64>(sp - 8, i64(load<i64>(sp - 8) >= load<i64>(sp)));
        break;
      case abi.OP_JUMP:
        at += operand * 4;
        break;
      case abi.OP_JUMP_FALSE:
        sp -= 8;
        if (load<i64>(sp) === 0) at += operand * 4;
        break;
      case abi.OP_AND:
        if (load<i64>(sp - 8) === 0) at += operand * 4;
        else sp -= 8;
        break;
      case abi.OP_OR:
        if (load<i64>(sp - 8) !== 0) at += operand * 4;
        else sp -= 8;
        break;
      case abi.OP_FACT: {
        let answer = knownAnswer(operand);
        if (answer === UNKNOWN) {
          top = sp;
          answer = runFact(operand);
        }
        if (answer > <u32>abi.TRUE) return answer;
        store<i64>(sp, answer);
        sp += 8;
        break;
      }
      default: {
        top = sp;
        const outcome = perform(operation, operand, load<u32>(at));
        if (outcome !== abi.TRUE) return outcome;
        sp = top;
        if (operation === abi.OP_FOLLOW || operation === abi.OP_FOLLOW_HAS || operation === abi.OP_MAKE_SET)
          at += 4;
      }
    }
  }
}

/** Runs a fact that a program asks and keeps its answer where it may be kept. */
function runFact(program: u32): u32 {
  const answer = interpret(program);
  rememberAnswer(program, answer);
  return answer;
}

/** What a program says of the question at hand: FALSE, TRUE, or an error. Runs it only where that is not known. */
export function run(program: u32): u32 {
  const known = knownAnswer(program);
  if (known !== UNKNOWN) return known;
  if (!explaining && record !== NO && administered === NO) {
    const quick = quickAnswer(program, principal, recordPage, record);
    if (quick !== UNKNOWN) return quick;
  }
  return runFact(program);
}

/** Runs a program about the question at hand; may be entered again for a fact that it asks. */
export function interpret(program: u32): u32 {
  const base = top;
  const sets = arenaTop();
  const answer = step(codeOf(program));
  top = base;
  dropSets(sets);
  return answer;
}
