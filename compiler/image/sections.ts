import * as abi from "../../runtime-as/abi.ts";
import { Strings } from "./strings.ts";

/** Words of a row, by section number; a run of words counts a word a row; 0 = bytes (TEXT). */
export const rowWords: readonly number[] = [
  abi.STRINGS_WORDS,
  0,
  abi.SETTINGS_WORDS,
  abi.ENTITY_WORDS,
  abi.ATTRIBUTE_WORDS,
  abi.OPTIONS_WORDS,
  abi.PRIVILEGE_SET_WORDS,
  abi.TASK_WORDS,
  abi.ROLE_WORDS,
  1,
  abi.GUARDRAIL_WORDS,
  1,
  abi.PRIVILEGE_WORDS,
  abi.OPEN_NAME_WORDS,
  abi.UNIT_WORDS,
  abi.USER_WORDS,
  abi.TEAM_WORDS,
  abi.ASSIGNMENT_WORDS,
  abi.MEMBER_WORDS,
  abi.POSITION_WORDS,
  abi.RECORD_WORDS,
  abi.SHARE_WORDS,
  abi.VALUE_WORDS,
  abi.COLUMN_OWNER_WORDS,
  1,
  1,
  abi.CONSTANT_WORDS,
  abi.REFERENCE_WORDS,
  abi.PATTERN_WORDS,
  1,
  abi.PROGRAM_WORDS,
  abi.CONDITIONAL_WORDS,
  abi.OWNER_RULE_WORDS,
  1,
  abi.MASK_WORDS,
  abi.INSTRUCTION_WORDS,
  abi.MASK_RANGE_WORDS,
  abi.PROFILE_WORDS,
  abi.COLUMN_GRANT_WORDS,
  abi.PROFILE_MEMBER_WORDS,
  abi.COLUMN_SHARE_WORDS,
  1,
];

/** The sections of an image while they are being filled. */
export class Sections {
  readonly words: number[][] = Array.from({ length: abi.SECTION_COUNT }, () => []);
  readonly #strings = new Strings();

  /** The number of a name, NONE where there is none. */
  name(text: string | undefined): number {
    return text === undefined ? abi.NONE : this.#strings.number(text);
  }

  add(section: number, words: ArrayLike<number>): void {
    const target = this.words[section] as number[];
    for (let i = 0; i < words.length; i++) target.push(words[i] as number);
  }

  /** How many rows the section holds by now. */
  rows(section: number): number {
    return (this.words[section] as number[]).length / (rowWords[section] || 1);
  }

  /** Closes the names: fills STRINGS and returns the bytes of TEXT. */
  text(): Uint8Array {
    const { starts, bytes } = this.#strings.encode();
    this.words[abi.SECTION_STRINGS] = starts;
    return bytes;
  }
}
