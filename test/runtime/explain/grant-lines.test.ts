// Where grants stand, in the image: read back, small, and nothing of it trusted.
import { expect, test } from "vitest";
import { checksum } from "../../../compiler/image/index.ts";
import {
  HEADER_CHECKSUM,
  HEADER_SECTIONS,
  HEADER_SIZE,
  ROLE_FILE,
  SECTION_ENTRY_BYTES,
  SECTION_GRANT_LINES,
  SECTION_ROLES,
} from "../../../runtime-as/abi.ts";
import { BailiwickError, Engine } from "../../../runtime-ts/index.ts";
import { imageOf } from "../load.ts";
import { thrown } from "../thrown.ts";

const image = imageOf(`
organization Root;
privilege Export, Print;
entity A owned by user or team; entity B owned by user or team; entity C owned by organization;
role First {
  permit read, write on A, B at user;
  permit read on A at organization; permit Print;
  permit all on C at organization;
}
role Second { permit delete on B at businessUnit; }
role Third;
user one in Root { roles: First, Second; }
record a: A { owner: one; } record b: B { owner: one; } record c: C;
`);

function section(bytes: Uint8Array, number: number): { at: number; bytes: number } {
  const view = new DataView(bytes.buffer);
  const entry = HEADER_SIZE + number * SECTION_ENTRY_BYTES;
  return { at: view.getUint32(entry, true), bytes: view.getUint32(entry + 4, true) };
}

/** A copy with some bytes changed, and the checksum made right again. */
function changed(change: (bytes: Uint8Array) => void): Uint8Array<ArrayBuffer> {
  const copy = image.slice();
  change(copy);
  const sum = checksum(new Uint32Array(copy.buffer, HEADER_SECTIONS));
  new DataView(copy.buffer).setUint32(HEADER_CHECKSUM, sum, true);
  return copy;
}

test("the line of the grant that counts, of several on one privilege the higher", () => {
  const engine = Engine.load(image);
  const line = (action: string, entity?: string, id = "") => {
    const resource = entity === undefined ? {} : { resource: { entity, id } };
    const { sources } = engine.explain({ principal: "one", action, ...resource });
    return sources.flatMap((source) => ("line" in source ? [source.line] : []));
  };
  expect(line("read", "A", "a")).toEqual(["test.bwk:7"]);
  expect(line("read", "C", "c")).toEqual(["test.bwk:8"]);
  expect(line("delete", "B", "b")).toEqual(["test.bwk:10"]);
  expect(line("Print")).toEqual(["test.bwk:7"]);
  // At user level the role itself does not reach: the record is his own.
  expect(line("write", "A", "a")).toEqual([]);
});

test("every byte of the section may be wrong: the image loads, or is damaged with one message", () => {
  const { at, bytes } = section(image, SECTION_GRANT_LINES);
  const messages = new Map<string, number>();
  for (let place = at; place < at + bytes; place++) {
    for (const value of [0, 1, 2, 5, 9, 15, 127, 128, 255]) {
      let message = "loads";
      try {
        Engine.load(
          changed((copy) => {
            copy[place] = value;
          }),
        ).explain({ principal: "one", action: "read", resource: { entity: "A", id: "a" } });
      } catch (error) {
        if (!(error instanceof BailiwickError)) throw error;
        message = `${error.code}: ${error.message}`;
      }
      messages.set(message, (messages.get(message) ?? 0) + 1);
    }
  }
  expect([...messages.keys()].sort()).toEqual([
    "BWK413: the image is damaged: lines of grants that do not fit",
    "loads",
  ]);
  expect(messages.get("BWK413: the image is damaged: lines of grants that do not fit")).toBeGreaterThan(100);
});

test("a file that has no name", () => {
  const { at } = section(image, SECTION_ROLES);
  const bytes = changed((copy) => new DataView(copy.buffer).setUint32(at + ROLE_FILE * 4, 9_999, true));
  expect(thrown(() => Engine.load(bytes))).toMatchObject({
    code: "BWK413",
    message: "the image is damaged: a file has no name",
  });
});

test("lines are small beside what they are of: at most 2 bytes a privilege set that a statement names", () => {
  const entities = Array.from({ length: 400 }, (_, i) => `E${i}`);
  // Each role says for each entity, spread over four statements, at which levels it reads and writes.
  const roles = Array.from({ length: 50 }, (_, role) => {
    const levels = ["user", "businessUnit", "parentChild", "organization"];
    const statements = levels.map((level, n) => {
      const named = entities.filter((_, i) => (i * 7 + role) % 4 === n);
      return `permit read, write on ${named.join(", ")} at ${level};`;
    });
    return `role R${role} { ${statements.join("\n")} }`;
  });
  const text = `organization Root;
    ${entities.map((name) => `entity ${name} owned by user or team;`).join("\n")}
    ${roles.join("\n")}`;
  const { bytes } = section(imageOf(text), SECTION_GRANT_LINES);
  expect(bytes / (50 * 400)).toBeLessThanOrEqual(2.1);
  // What follows each other is a run: `*` costs a few bytes whatever it stands for.
  const all =
    imageOf(`organization Root; ${entities.map((name) => `entity ${name} owned by user or team;`).join("")}
    role Everything { permit all on * at organization; }`);
  expect(section(all, SECTION_GRANT_LINES).bytes).toBeLessThanOrEqual(12);
});
