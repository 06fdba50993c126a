// Images whose columns, profiles and masks contradict themselves although the checksum holds.
import { expect, test } from "vitest";
import { checksum } from "../../compiler/image/index.ts";
import * as abi from "../../runtime-as/abi.ts";
import { BailiwickError, Engine } from "../../runtime-ts/index.ts";
import { imageOf } from "./load.ts";
import { thrown } from "./thrown.ts";

const image = imageOf(`
  organization Root;
  entity Account owned by user or team { name?: String, phone?: String secured masked "(?=1)a*b|[0-9x]$", code?: String secured }
  role Own { permit read on Account at user; }
  user ann in Root { roles: Own; }
  column profile Readers { permit read on Account.phone; members: ann, Root; }
  record a: Account { owner: ann; }
  share a.code with ann: read;
`);

/** The image with words of a section changed and its checksum made right again. */
function changed(
  section: number,
  ...changes: readonly (readonly [word: number, value: number])[]
): Uint8Array {
  const copy = image.slice();
  const words = new Uint32Array(copy.buffer);
  const first = (words[(abi.HEADER_SIZE + section * abi.SECTION_ENTRY_BYTES) / 4] as number) / 4;
  for (const [word, value] of changes) words[first + word] = value;
  words[abi.HEADER_CHECKSUM / 4] = checksum(words.subarray(abi.HEADER_SECTIONS / 4));
  return copy;
}

const operand = (instruction: number, column: number) => instruction * abi.INSTRUCTION_WORDS + column;

test.each<[string, number, number, number]>([
  ["a mask without a name", abi.SECTION_MASKS, abi.MASK_PATTERN, abi.NONE],
  ["a mask outside of its code", abi.SECTION_MASKS, abi.MASK_FIRST, 99],
  ["a mask without instructions", abi.SECTION_MASKS, abi.MASK_COUNT, 0],
  ["a mask that is too long", abi.SECTION_MASKS, abi.MASK_COUNT, abi.MAX_MASK_INSTRUCTIONS + 1],
  ["an unknown instruction", abi.SECTION_MASK_CODE, operand(0, abi.INSTRUCTION_OP), abi.MASK_LAST_OP + 1],
  ["a split outside", abi.SECTION_MASK_CODE, operand(0, abi.INSTRUCTION_A), 99],
  ["a look at nothing", abi.SECTION_MASK_CODE, operand(1, abi.INSTRUCTION_A), 99],
  ["an unknown way to look", abi.SECTION_MASK_CODE, operand(1, abi.INSTRUCTION_B), 4],
  ["a jump outside", abi.SECTION_MASK_CODE, operand(2, abi.INSTRUCTION_A), 99],
  ["characters outside", abi.SECTION_MASK_CODE, operand(3, abi.INSTRUCTION_A), 99],
  ["a range that ends before it begins", abi.SECTION_MASK_RANGES, 1, 0],
  ["a character beyond the last", abi.SECTION_MASK_RANGES, 1, abi.LAST_CODE_POINT + 1],
  ["a profile without a name", abi.SECTION_COLUMN_PROFILES, abi.PROFILE_NAME, abi.NONE],
  ["grants outside", abi.SECTION_COLUMN_PROFILES, abi.PROFILE_FIRST_GRANT, 9],
  ["members outside", abi.SECTION_COLUMN_PROFILES, abi.PROFILE_MEMBERS, 9],
  ["a grant on no entity", abi.SECTION_COLUMN_GRANTS, abi.COLUMN_GRANT_ENTITY, 9],
  ["a grant on what is not secured", abi.SECTION_COLUMN_GRANTS, abi.COLUMN_GRANT_ATTRIBUTE, 0],
  ["a grant on no attribute", abi.SECTION_COLUMN_GRANTS, abi.COLUMN_GRANT_ATTRIBUTE, 9],
  ["an unknown action", abi.SECTION_COLUMN_GRANTS, abi.COLUMN_GRANT_ACTIONS, 16],
  ["a member of an unknown kind", abi.SECTION_PROFILE_MEMBERS, 0, abi.PRINCIPAL_ORGANIZATION],
  ["a member without a name", abi.SECTION_PROFILE_MEMBERS, 1, abi.NONE],
  ["a share with an unknown kind", abi.SECTION_COLUMN_SHARES, abi.COLUMN_SHARE_KIND, 3],
  [
    "an organization with a name",
    abi.SECTION_COLUMN_SHARES,
    abi.COLUMN_SHARE_KIND,
    abi.PRINCIPAL_ORGANIZATION,
  ],
  ["a share with nobody", abi.SECTION_COLUMN_SHARES, abi.COLUMN_SHARE_PRINCIPAL, abi.NONE],
  ["a share of no record", abi.SECTION_COLUMN_SHARES, abi.COLUMN_SHARE_ID, abi.NONE],
  ["a share of what is not secured", abi.SECTION_COLUMN_SHARES, abi.COLUMN_SHARE_ATTRIBUTE, 0],
  ["a share to create", abi.SECTION_COLUMN_SHARES, abi.COLUMN_SHARE_RIGHTS, abi.COLUMN_CREATE],
])("%s", (_, section, word, value) => {
  const error = thrown(() => Engine.load(changed(section, [word, value])));
  expect(error).toMatchObject({ code: "BWK413" });
  expect(error.message).toMatch(/^the image is damaged: section [a-z ]+ holds a row that points at nothing$/);
});

test("a share of a column of a record that is not there is damage", () => {
  const bytes = changed(abi.SECTION_COLUMN_SHARES, [abi.COLUMN_SHARE_ID, 0]);
  expect(thrown(() => Engine.load(bytes))).toMatchObject({
    code: "BWK413",
    message: "the image is damaged: a declared share of a column has no record or no principal",
  });
});

test("a mask that never comes to an end is none", () => {
  const code = abi.SECTION_MASK_CODE;
  const jump = changed(code, [operand(2, abi.INSTRUCTION_A), 2]);
  const split = changed(code, [operand(0, abi.INSTRUCTION_B), 0]);
  const looking = changed(code, [operand(1, abi.INSTRUCTION_A), 1]);
  for (const bytes of [jump, split, looking]) {
    expect(thrown(() => Engine.load(bytes)).message).toBe(
      "the image is damaged: a mask goes round in circles",
    );
  }
});

test("whatever a word of the mask becomes: the image is refused, or masks and ends", () => {
  const words = new Uint32Array(image.buffer);
  const bytes = words[(abi.HEADER_SIZE + abi.SECTION_MASK_CODE * abi.SECTION_ENTRY_BYTES) / 4 + 1] as number;
  let ran = 0;
  for (let word = 0; word < bytes / 4; word++) {
    for (let value = 0; value < 16; value++) {
      try {
        Engine.load(changed(abi.SECTION_MASK_CODE, [word, value])).mask("Account", "phone", "1aab 12ab x");
        ran++;
      } catch (error) {
        if (!(error instanceof BailiwickError)) throw error;
      }
    }
  }
  expect(ran).toBeGreaterThan(50);
});
