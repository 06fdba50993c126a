// Makes quick programs (quick.ts) of verified code when the image is loaded. Jumps between truth values become jumps between
// comparisons; what cannot be said so (values chosen by `if`, sets and patterns made on the way) stays with the interpreter.
import { area, BROUGHT, FIRST_STEPS, WORDS_BYTES } from "./area";
import * as abi from "./constants";
import { recordFact } from "./facts";
import { codeOf, constantAt, NO, pieceAt, programCount, programRow } from "./image";
import { allocate } from "./memory";
import { useQuickPrograms } from "./quick";
import { makeFrames } from "./quick-frames";
import * as quick from "./quick-layout";
import {
  arriveWith,
  beginDraft,
  beginInPlace,
  compare,
  decideTop,
  depth,
  drop,
  fail,
  failed,
  isDecided,
  land,
  nextStep,
  operate,
  pushConstant,
  pushLoad,
} from "./quick-writer";

/** Longer programs are interpreted. */
const MAX_WORDS: u32 = 256;

// Of each word: the stack that a jump to it brings (depth + 1, 0 where none leads to it), and the first step from there on.
const brought: usize = ASC_FEATURE_THREADS ? area + BROUGHT : memory.data(WORDS_BYTES, 16);
const firstSteps: usize = ASC_FEATURE_THREADS ? area + FIRST_STEPS : memory.data(WORDS_BYTES, 16);
const BRINGS_DECIDED: u32 = 0x100;

let code: usize = 0;

function bring(word: u32, decided: bool): void {
  const what = (depth + 1) | (decided ? BRINGS_DECIDED : 0);
  const before = load<u32>(brought + word * 4);
  if (before !== 0 && before !== what) fail();
  store<u32>(brought + word * 4, what);
}

/** At a word: the stack is what falls through to it or what jumps bring, and both are the same. */
function arrive(word: u32, fallsThrough: bool): void {
  store<u32>(firstSteps + word * 4, nextStep());
  const what = load<u32>(brought + word * 4);
  if (what === 0) return;
  const brings = (what & BRINGS_DECIDED) !== 0;
  if (!fallsThrough) arriveWith((what & (BRINGS_DECIDED - 1)) - 1, brings);
  else if ((depth > 0 && isDecided()) !== brings) fail();
}

function fact(program: u32): void {
  const record = recordFact(program);
  if (record !== NO) pushLoad(abi.OP_FACT, record, true);
  else operate(abi.OP_FACT, 0, program, 0, true);
}

/** An operation that neither compares nor jumps. */
function plain(operation: u32, operand: u32, further: u32): void {
  switch (operation) {
    case abi.OP_TRUE:
      pushConstant(1);
      return;
    case abi.OP_FALSE:
      pushConstant(0);
      return;
    case abi.OP_LONG:
      pushConstant(constantAt(operand));
      return;
    case abi.OP_STRING:
      pushConstant(pieceAt(operand));
      return;
    case abi.OP_RESOURCE:
    case abi.OP_OWNER:
    case abi.OP_UNIT:
      pushLoad(operation, 0, false);
      return;
    case abi.OP_VALUE:
    case abi.OP_HAS:
      pushLoad(operation, operand * 4, operation === abi.OP_VALUE);
      return;
    case abi.OP_FACT:
      fact(operand);
      return;
    case abi.OP_PRINCIPAL:
    case abi.OP_REFERENCE:
    case abi.OP_CONTEXT_HAS:
      operate(operation, 0, operand, 0, false);
      return;
    case abi.OP_CONTEXT_VALUE:
      operate(operation, 0, operand, 0, true);
      return;
    case abi.OP_USER_HAS:
    case abi.OP_TEAM_HAS:
    case abi.OP_UNIT_HAS:
    case abi.OP_FOLLOW_HAS:
    case abi.OP_UNIT_OF_PRINCIPAL:
    case abi.OP_UNIT_OF_RECORD:
    case abi.OP_IS_LOADED:
    case abi.OP_HAS_ROLE:
    case abi.OP_IS_USER:
      operate(operation, 1, operand, further, false);
      return;
    case abi.OP_USER_VALUE:
    case abi.OP_TEAM_VALUE:
    case abi.OP_UNIT_VALUE:
    case abi.OP_FOLLOW:
    case abi.OP_OWNER_OF:
    case abi.OP_UNIT_OF:
    case abi.OP_NEGATE:
      operate(operation, 1, operand, further, true);
      return;
    case abi.OP_ADD:
    case abi.OP_SUBTRACT:
    case abi.OP_MULTIPLY:
      operate(operation, 2, 0, 0, true);
      return;
    case abi.OP_WITHIN:
    case abi.OP_MEMBER:
    case abi.OP_CONTAINS:
    case abi.OP_CONTAINS_ALL:
    case abi.OP_CONTAINS_ANY:
    case abi.OP_EQUAL_SETS:
      operate(operation, 2, 0, 0, false);
      return;
    default:
      fail();
  }
}

/** An operation on a truth value that has been decided; it has jumped already. Returns whether the next word is reached. */
function follow(at: u32, operation: u32, operand: u32): bool {
  if (depth === 0 || !isDecided()) {
    fail();
    return true;
  }
  if (operation === abi.OP_NOT || operation === abi.OP_END) return true;
  const target = at + 1 + operand;
  if (operation === abi.OP_JUMP_FALSE) {
    drop();
    bring(target, false);
    return true;
  }
  bring(target, true);
  drop();
  return operation !== abi.OP_JUMP;
}

/** Reads the code and writes the program; false where it cannot be quick. */
function write(length: u32): bool {
  memory.fill(brought, 0, length * 4);
  let fallsThrough: bool = true;
  for (let at: u32 = 0; at < length && !failed; at++) {
    arrive(at, fallsThrough);
    fallsThrough = true;
    const word = load<u32>(code + at * 4);
    const operation = word & 255;
    const operand = word >> 8;
    switch (operation) {
      case abi.OP_END:
      case abi.OP_NOT:
      case abi.OP_AND:
      case abi.OP_OR:
      case abi.OP_JUMP:
      case abi.OP_JUMP_FALSE:
        fallsThrough = follow(at, operation, operand);
        break;
      case abi.OP_EQUAL:
        compare(code, at + 1, quick.RELATION_EQUAL);
        break;
      case abi.OP_LESS:
        compare(code, at + 1, quick.RELATION_LESS);
        break;
      case abi.OP_LESS_OR_EQUAL:
        compare(code, at + 1, quick.RELATION_LESS | quick.RELATION_EQUAL);
        break;
      case abi.OP_GREATER:
        compare(code, at + 1, quick.RELATION_GREATER);
        break;
      case abi.OP_GREATER_OR_EQUAL:
        compare(code, at + 1, quick.RELATION_GREATER | quick.RELATION_EQUAL);
        break;
      default: {
        const hasFurther = operation === abi.OP_FOLLOW || operation === abi.OP_FOLLOW_HAS;
        if (hasFurther) at++;
        plain(operation, operand, hasFurther ? load<u32>(code + at * 4) : 0);
        decideTop(code, at + 1);
      }
    }
  }
  return !failed;
}

/** The address of a quick program; 0 where there is none. */
function quicken(length: u32): usize {
  beginDraft();
  if (!write(length)) return 0;
  const at = beginInPlace();
  if (at === 0) return 0;
  write(length);
  land(firstSteps);
  return at;
}

/** Makes quick what can be of the programs that mix sides; false where there is no memory. */
export function quickenPrograms(): bool {
  const programs = programCount();
  if (programs === 0) return true;
  const table = allocate(programs * 4);
  if (table === 0 || !makeFrames()) return false;
  for (let program: u32 = 0; program < programs; program++) {
    const row = programRow(program);
    const length = load<u32>(row, abi.PROGRAM_LENGTH * 4);
    if (load<u32>(row, abi.PROGRAM_FACT * 4) !== NO || length > MAX_WORDS) continue;
    code = codeOf(program);
    store<u32>(table + program * 4, quicken(length));
  }
  useQuickPrograms(table);
  return true;
}
