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
import { NO, programCount, programRow, programSides } from "./image";
import { interpret } from "./interpret";
import { worldWord } from "./memory";
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

/** Fills the planes of a page (PAGE_FACTS). `first` is the record number of its first record. */
export function computePageFacts(page: usize, first: u32): void {
  const planes = <usize>load<u32>(page, PAGE_FACTS);
  if (planes === 0) return;
  const entity = load<u32>(page, PAGE_ENTITY);
  const count = load<u32>(page, PAGE_COUNT);
  const programs = programCount();
  for (let program: u32 = 0; program < programs; program++) {
    const row = programRow(program);
    if (programSides(program) !== SIDE_RECORD || load<u32>(row, PROGRAM_ENTITY * 4) !== entity) continue;
    const plane = planes + load<u32>(row, PROGRAM_FACT * 4) * PAGE_PLANE_BYTES * 2;
    for (let place: u32 = 0; place < count; place++) {
      askAboutLoaded(page, first + place);
      note(plane, PAGE_PLANE_BYTES, place, interpret(program));
    }
  }
}

/** Fills the planes over users (WORLD_USER_FACTS). */
export function computeUserFacts(): void {
  const planes = <usize>worldWord(WORLD_USER_FACTS);
  if (planes === 0) return;
  const planeBytes = worldWord(WORLD_USER_FACT_WORDS) << 2;
  const programs = programCount();
  const users = userCount();
  for (let program: u32 = 0; program < programs; program++) {
    if (programSides(program) !== SIDE_PRINCIPAL) continue;
    const plane = planes + load<u32>(programRow(program), PROGRAM_FACT * 4) * planeBytes * 2;
    for (let user: u32 = 0; user < users; user++) {
      askAs(user);
      askAboutDescribed(NO, NO_UNIT);
      note(plane, planeBytes, user, interpret(program));
    }
  }
}
