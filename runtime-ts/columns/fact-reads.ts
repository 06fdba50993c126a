import {
  OP_FOLLOW,
  OP_FOLLOW_HAS,
  OP_HAS_ROLE,
  OP_IS_LOADED,
  OP_MAKE_SET,
  OP_MEMBER,
  OP_OWNER_OF,
  OP_UNIT_HAS,
  OP_UNIT_OF,
  OP_UNIT_OF_PRINCIPAL,
  OP_UNIT_OF_RECORD,
  OP_USER_VALUE,
  OP_WITHIN,
  PROGRAM_CODE,
  PROGRAM_ENTITY,
  PROGRAM_LENGTH,
  PROGRAM_SIDES,
  PROGRAM_WORDS,
  SECTION_CODE,
  SECTION_PROGRAMS,
  SIDE_PRINCIPAL,
  SIDE_RECORD,
} from "../../runtime-as/abi.ts";
import type { ImageReader } from "../image-reader.ts";

/** What the facts of an entity's records read beside the record: when that changes, they are worked out again. */
export interface FactReads {
  /** Entities whose facts depend on people and places, by entity. */
  readonly people: readonly boolean[];
  /** By entity: the entities whose facts depend on records of it. */
  readonly followers: readonly ReadonlySet<number>[];
  /** Entities on whose records facts of users depend. */
  readonly followedByUsers: ReadonlySet<number>;
}

const twoWords: readonly number[] = [OP_FOLLOW, OP_FOLLOW_HAS, OP_MAKE_SET];
const ofRecords: readonly number[] = [OP_UNIT_OF_RECORD, OP_OWNER_OF, OP_UNIT_OF, OP_IS_LOADED];
const ofPeople: readonly number[] = [OP_UNIT_OF_PRINCIPAL, OP_WITHIN, OP_MEMBER, OP_HAS_ROLE];

/** Looks through the code of a validated image. */
export function readFactReads(reader: ImageReader, entities: number): FactReads {
  const people = new Array<boolean>(entities).fill(false);
  const followers = Array.from({ length: entities }, () => new Set<number>());
  const followedByUsers = new Set<number>();
  for (let row = 0; row < reader.rows(SECTION_PROGRAMS); row++) {
    const word = (column: number) => reader.word(SECTION_PROGRAMS, PROGRAM_WORDS, row, column);
    const sides = word(PROGRAM_SIDES);
    if (sides !== SIDE_RECORD && sides !== SIDE_PRINCIPAL) continue;
    const entity = word(PROGRAM_ENTITY);
    const follow = (followed: number): void => {
      if (sides === SIDE_PRINCIPAL) followedByUsers.add(followed);
      else followers[followed]?.add(entity);
    };
    const end = word(PROGRAM_CODE) + word(PROGRAM_LENGTH);
    for (let at = word(PROGRAM_CODE); at < end; at++) {
      const code = reader.word(SECTION_CODE, 1, at, 0);
      const operation = code & 255;
      if (ofPeople.includes(operation) || (operation >= OP_USER_VALUE && operation <= OP_UNIT_HAS)) {
        if (sides === SIDE_RECORD) people[entity] = true;
      }
      if (ofRecords.includes(operation)) follow(code >>> 8);
      if (twoWords.includes(operation)) at++;
      if (operation === OP_FOLLOW || operation === OP_FOLLOW_HAS) {
        follow(reader.word(SECTION_CODE, 1, at, 0));
      }
    }
  }
  return { people, followers, followedByUsers };
}
