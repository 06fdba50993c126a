// What is known of a program without running it: programs that look at one side alone are bits of the record or of the
// principal, worked out when those were loaded, or one answer for the request, kept until the context changes.
//
// For who plans ahead: a program is of one of four kinds, and stays so.
// - `recordFact(program)` is not NO: a fact of records. `answerAt(page, recordFact(program), place)` is its answer of any
//   record of the program's entity: three loads.
// - `isUserFact(program)`: `userAnswer(program, user)` is constant for a user until WORLD_USER_FACTS change. It does not
//   know of a team that he administers and that owns the record (semantics.md T8).
// - `isRequestFact(program)`: `requestAnswer(program)` is constant until `forgetRequestFacts`.
// - else it mixes sides, and is asked for each user and record (quick.ts, interpret.ts).
// Each answers FALSE, TRUE, an error, or UNKNOWN: then the program must be run.
import {
  ERROR_NO_VALUE,
  FALSE,
  PAGE_FACTS,
  PAGE_PLANE_BYTES,
  PROGRAM_FACT,
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

/** Counts what makes answers about principals and requests out of date. */
export let factsAge: u32 = 0;

/** Counts what makes answers about principals alone out of date. */
export let userFactsAge: u32 = 0;

/** The facts of some users have been worked out anew. */
export function ageUserFacts(): void {
  factsAge++;
  userFactsAge++;
}

/** Makes room for the answers of `count` request facts; false where there is no memory. */
export function keepRequestFacts(count: u32): bool {
  answers = count === 0 ? 0 : allocate(count);
  answerCount = answers === 0 ? 0 : count;
  forgetRequestFacts();
  return answers !== 0 || count === 0;
}

/** The context or the world has changed: nothing is known of the request any more. */
export function forgetRequestFacts(): void {
  factsAge++;
  if (answerCount !== 0) memory.fill(answers, <u8>UNKNOWN, answerCount);
}

function factNumber(program: u32): u32 {
  return load<u32>(programRow(program), PROGRAM_FACT * 4);
}

/** A fact of records alone: where its planes lie from PAGE_FACTS on, in bytes; else NO. */
export function recordFact(program: u32): u32 {
  return programSides(program) === SIDE_RECORD ? factNumber(program) * PAGE_PLANE_BYTES * 2 : NO;
}

export function isUserFact(program: u32): bool {
  return programSides(program) === SIDE_PRINCIPAL;
}

export function isRequestFact(program: u32): bool {
  return programSides(program) === SIDE_REQUEST;
}

function bitOf(plane: usize, index: u32): u32 {
  return (load<u32>(plane + ((index >> 5) << 2)) >> (index & 31)) & 1;
}

/** True, false, or that there was an error (its kind is not kept in planes). */
function inPlanes(plane: usize, planeBytes: u32, index: u32): u32 {
  if (bitOf(plane, index) !== 0) return TRUE;
  return bitOf(plane + planeBytes, index) !== 0 ? ERROR_NO_VALUE : FALSE;
}

/** What a fact of records (`recordFact`) says of the record at a place of a page. */
export function answerAt(page: usize, fact: u32, place: u32): u32 {
  const planes = <usize>load<u32>(page, PAGE_FACTS);
  return planes === 0 ? UNKNOWN : inPlanes(planes + fact, PAGE_PLANE_BYTES, place);
}

/** What a fact of principals says of a user who administers no team that owns the record. */
export function userAnswer(program: u32, user: u32): u32 {
  const planes = <usize>worldWord(WORLD_USER_FACTS);
  if (planes === 0) return UNKNOWN;
  const planeBytes = worldWord(WORLD_USER_FACT_WORDS) << 2;
  return inPlanes(planes + factNumber(program) * planeBytes * 2, planeBytes, user);
}

/** What a fact of the request says, where that has been asked before. */
export function requestAnswer(program: u32): u32 {
  const fact = factNumber(program);
  return fact < answerCount ? <u32>load<u8>(answers + fact) : UNKNOWN;
}

/**
 * The answer of a program where it is known, else UNKNOWN: of a record in its page (page 0: described, or none), of a user
 * who administers no team that owns the record.
 */
export function factOf(program: u32, page: usize, place: u32, user: u32): u32 {
  switch (programSides(program)) {
    case SIDE_RECORD:
      return page === 0 ? UNKNOWN : answerAt(page, factNumber(program) * PAGE_PLANE_BYTES * 2, place);
    case SIDE_PRINCIPAL:
      return userAnswer(program, user);
    case SIDE_REQUEST:
      return requestAnswer(program);
    default:
      return UNKNOWN;
  }
}

/** While an answer is explained every program is run: planes do not keep the kind of an error. */
export let explaining: bool = false;

export function explainErrors(on: bool): void {
  explaining = on;
}

/** The same about the question at hand. */
export function knownAnswer(program: u32): u32 {
  if (explaining || (administered !== NO && isUserFact(program))) return UNKNOWN;
  const page: usize = record === NO ? <usize>0 : recordPage;
  return factOf(program, page, placeInPage(record), principal);
}

/** Keeps what a program about the request alone has answered. */
export function rememberAnswer(program: u32, answer: u32): void {
  if (!isRequestFact(program)) return;
  const fact = factNumber(program);
  if (fact < answerCount) store<u8>(answers + fact, <u8>answer);
}
