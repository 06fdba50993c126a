// Works facts out: each program about records alone for every record of a page, each about principals alone for every user.
import {
  NO_UNIT,
  PAGE_COUNT,
  PAGE_ENTITY,
  PAGE_FACTS,
  PAGE_PLANE_BYTES,
  PROGRAM_ENTITY,
  PROGRAM_FACT,
  SIDE_PRINCIPAL,
  SIDE_RECORD,
  TRUE,
  WORLD_USER_FACT_WORDS,
  WORLD_USER_FACTS,
} from "./constants";
import { ageUserFacts } from "./facts";
import { NO, programCount, programRow, programSides } from "./image";
import { interpret } from "./interpret";
import { worldWord } from "./memory";
import { placeInPage } from "./pages";
import { userCount } from "./principals";
import { askAboutDescribed, askAboutLoaded, askAs } from "./question";

/** Notes an answer in the two planes of a fact: true, or an error. */
function note(plane: usize, planeBytes: u32, index: u32, answer: u32): void {
  const isTrue = plane + ((index >> 5) << 2);
  const isError = isTrue + planeBytes;
  const bit: u32 = 1 << (index & 31);
  store<u32>(isTrue, answer === TRUE ? load<u32>(isTrue) | bit : load<u32>(isTrue) & ~bit);
  store<u32>(isError, answer > <u32>TRUE ? load<u32>(isError) | bit : load<u32>(isError) & ~bit);
}

/** Works out the facts of `count` records of a page, from place `from` on; `first` is the number of the page's first record. */
function compute(page: usize, first: u32, from: u32, count: u32): void {
  const planes = <usize>load<u32>(page, PAGE_FACTS);
  if (planes === 0) return;
  const entity = load<u32>(page, PAGE_ENTITY);
  const programs = programCount();
  for (let program: u32 = 0; program < programs; program++) {
    const row = programRow(program);
    if (programSides(program) !== SIDE_RECORD || load<u32>(row, PROGRAM_ENTITY * 4) !== entity) continue;
    const plane = planes + load<u32>(row, PROGRAM_FACT * 4) * PAGE_PLANE_BYTES * 2;
    for (let place = from; place < from + count; place++) {
      askAboutLoaded(page, first + place);
      note(plane, PAGE_PLANE_BYTES, place, interpret(program));
    }
  }
}

/** Fills the planes of a page (PAGE_FACTS). `first` is the record number of its first record. */
export function computePageFacts(page: usize, first: u32): void {
  compute(page, first, 0, load<u32>(page, PAGE_COUNT));
}

/** The same for one record of the page. */
export function computeRecordFacts(page: usize, record: u32): void {
  const place = placeInPage(record);
  compute(page, record - place, place, 1);
}

/** Works out the facts of users `from` to `to` (without it). */
function computeOfUsers(from: u32, to: u32): void {
  ageUserFacts();
  const planes = <usize>worldWord(WORLD_USER_FACTS);
  if (planes === 0) return;
  const planeBytes = worldWord(WORLD_USER_FACT_WORDS) << 2;
  const programs = programCount();
  for (let program: u32 = 0; program < programs; program++) {
    if (programSides(program) !== SIDE_PRINCIPAL) continue;
    const plane = planes + load<u32>(programRow(program), PROGRAM_FACT * 4) * planeBytes * 2;
    for (let user = from; user < to; user++) {
      askAs(user);
      askAboutDescribed(NO, NO_UNIT);
      note(plane, planeBytes, user, interpret(program));
    }
  }
}

/** Fills the planes over users (WORLD_USER_FACTS). */
export function computeUserFacts(): void {
  computeOfUsers(0, userCount());
}

/** The same for one user. */
export function computeFactsOfUser(user: u32): void {
  if (user < userCount()) computeOfUsers(user, user + 1);
}
