// What is known of a program without running it: programs that look at one side alone are bits of the record or of the
// principal, worked out when those were loaded, or one answer for the request, kept until the context changes.
import {
  ERROR_NO_VALUE,
  FALSE,
  PAGE_FACTS,
  PAGE_PLANE_BYTES,
  PROGRAM_FACT,
  PROGRAM_SIDES,
  SIDE_PRINCIPAL,
  SIDE_RECORD,
  SIDE_REQUEST,
  TRUE,
  WORLD_USER_FACT_WORDS,
  WORLD_USER_FACTS,
} from "./constants";
import { NO, programRow, programSides } from "./image";
import { allocate, worldWord } from "./memory";
import { placeInPage } from "./pages";
import { administered, principal, record, recordPage } from "./question";

/** Nothing is known: the program must be run. */
export const UNKNOWN: u32 = 255;

/** Answers about the request: a byte a fact. */
let answers: usize = 0;
let answerCount: u32 = 0;

/** Makes room for the answers of `count` request facts; false where there is no memory. */
export function keepRequestFacts(count: u32): bool {
  answers = count === 0 ? 0 : allocate(count);
  answerCount = answers === 0 ? 0 : count;
  forgetRequestFacts();
  return answers !== 0 || count === 0;
}

/** The context or the world has changed: nothing is known of the request any more. */
export function forgetRequestFacts(): void {
  if (answerCount !== 0) memory.fill(answers, <u8>UNKNOWN, answerCount);
}

function bitOf(plane: usize, index: u32): u32 {
  return (load<u32>(plane + ((index >> 5) << 2)) >> (index & 31)) & 1;
}

/** True, false, or that there was an error (its kind is not kept in planes). */
function inPlanes(planes: usize, fact: u32, planeBytes: u32, index: u32): u32 {
  const plane = planes + fact * planeBytes * 2;
  if (bitOf(plane, index) !== 0) return TRUE;
  return bitOf(plane + planeBytes, index) !== 0 ? ERROR_NO_VALUE : FALSE;
}

/**
 * The answer of a program where it is known, else UNKNOWN: of a record in its page (page 0: described, or none), of a user.
 * `plain` says that the user administers no team that owns the record: planes do not know of that membership (T8).
 */
export function knownOf(program: u32, page: usize, place: u32, user: u32, plain: bool): u32 {
  const row = programRow(program);
  const fact = load<u32>(row, PROGRAM_FACT * 4);
  if (fact === NO) return UNKNOWN;
  const sides = load<u32>(row, PROGRAM_SIDES * 4);
  if (sides === SIDE_RECORD) {
    if (page === 0) return UNKNOWN;
    const planes = <usize>load<u32>(page, PAGE_FACTS);
    return planes === 0 ? UNKNOWN : inPlanes(planes, fact, PAGE_PLANE_BYTES, place);
  }
  if (sides === SIDE_PRINCIPAL) {
    const planes = <usize>worldWord(WORLD_USER_FACTS);
    if (planes === 0 || !plain) return UNKNOWN;
    return inPlanes(planes, fact, worldWord(WORLD_USER_FACT_WORDS) << 2, user);
  }
  return fact < answerCount ? <u32>load<u8>(answers + fact) : UNKNOWN;
}

/** While an answer is explained every program is run: planes do not keep the kind of an error. */
let explaining: bool = false;

export function explainErrors(on: bool): void {
  explaining = on;
}

/** The same about the question at hand. */
export function knownAnswer(program: u32): u32 {
  if (explaining) return UNKNOWN;
  const page: usize = record === NO ? <usize>0 : recordPage;
  return knownOf(program, page, placeInPage(record), principal, administered === NO);
}

/** Keeps what a program about the request alone has answered. */
export function rememberAnswer(program: u32, answer: u32): void {
  if (programSides(program) !== SIDE_REQUEST) return;
  const fact = load<u32>(programRow(program), PROGRAM_FACT * 4);
  if (fact < answerCount) store<u8>(answers + fact, <u8>answer);
}
