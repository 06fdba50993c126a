// Images whose conditions somebody has tampered with: refused, or answered without reading where nothing is.
import { expect, test } from "vitest";
import { checksum } from "../../compiler/image/index.ts";
import { compile } from "../../compiler/index.ts";
import * as abi from "../../runtime-as/abi.ts";
import { BailiwickError, Engine } from "../../runtime-ts/index.ts";

const text = `
entity Country owned by organization { size: Long }
entity Account owned by user or team {
  size: Long, city: String, tags: Set<String>, country?: Country, keeper?: User, flag: Bool,
}
entity Note owned by user or team { size: Long }
entity User { rank: Long, city: String, tags: Set<String>, crew?: Team }
context { limit?: Long }
role R {
  permit read on Country at organization;
  permit read on Account at parentChild when {
    resource.size > principal.rank && resource.size + principal.rank < 900 && resource.city != principal.city &&
    (resource.flag || principal.tags.contains(resource.city)) && resource.owner == principal
  };
  permit write on Account at organization when { resource.tags.containsAny(principal.tags) || context has limit };
  permit delete on Account at organization when {
    if resource has country then resource.country.size == principal.rank else principal has crew && resource.owner in principal.crew
  };
  permit read on Note at organization when { context has limit && resource.size < context.limit && principal.rank > 1 };
}
@id("f") forbid (principal, action == Action::"write", resource is Account) unless {
  resource.city like "L*" && (resource.size * principal.rank > 3 || resource.businessUnit in BusinessUnit::"Low")
};
organization Top { unit Low; }
user ann in Low { roles: R; rank: 2; city: "Lyon"; tags: ["a", "b"]; crew: Team::"crew"; }
user ben in Top { roles: R; rank: 5; city: "Bonn"; tags: []; }
team crew in Low { members: ann; }
record france: Country { size: 5; }
record one: Account { owner: ann; size: 10; city: "Lyon"; tags: ["a"]; country: france; flag: true; }
record two: Account { owner: ben; size: 3; city: "Bonn"; tags: []; keeper: ann; flag: false; }
record note: Note { owner: ann; size: 1; }
`;
const { image, diagnostics } = compile([{ name: "hostile.bwk", text }]);
if (image === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
const original = image;

const sections = [
  abi.SECTION_PRIVILEGES,
  abi.SECTION_GUARD_LISTS,
  abi.SECTION_ATTRIBUTES,
  abi.SECTION_COLUMN_OWNERS,
  abi.SECTION_COLUMNS,
  abi.SECTION_CONSTANTS,
  abi.SECTION_REFERENCES,
  abi.SECTION_PIECES,
  abi.SECTION_PATTERNS,
  abi.SECTION_PROGRAMS,
  abi.SECTION_CONDITIONALS,
  abi.SECTION_CODE,
  abi.SECTION_CODE,
  abi.SECTION_CODE,
];

let state = 20261122;
function below(limit: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
}

/** A copy with a word or two of its conditions changed, and the checksum made right again. */
function tampered(): Uint8Array {
  const copy = original.slice();
  const words = new Uint32Array(copy.buffer);
  for (let changes = 1 + below(2); changes > 0; changes--) {
    const entry =
      (abi.HEADER_SIZE + (sections[below(sections.length)] as number) * abi.SECTION_ENTRY_BYTES) / 4;
    const [first, bytes] = [(words[entry] as number) / 4, words[entry + 1] as number];
    if (bytes < 4) continue;
    const at = first + below(bytes / 4);
    const other = words[first + below(bytes / 4)] as number;
    const word = words[at] as number;
    const changed = [
      word + 1,
      word - 1,
      word ^ (1 << below(32)),
      other,
      (word & ~255) | below(50),
      below(64),
    ];
    words[at] = (changed[below(changed.length)] as number) >>> 0;
  }
  words[abi.HEADER_CHECKSUM / 4] = checksum(words.subarray(abi.HEADER_SECTIONS / 4));
  return copy;
}

/** Asks everything that can be asked about conditions; how many answers were yes. */
function askEverything(engine: Engine): number {
  let allowed = 0;
  for (const user of ["ann", "ben"]) {
    const principal = engine.principal(user);
    for (const [entity, ids] of [
      ["Account", ["one", "two"]],
      ["Note", ["note"]],
    ] as const) {
      for (const action of ["read", "write", "delete"]) {
        const privilege = engine.privilege(action, entity);
        for (const context of [{}, { limit: 5 }]) {
          allowed += engine.filter(principal, privilege, { context }).count;
          for (const id of ids) {
            const resource = { entity, id };
            allowed += Number(engine.check({ principal: user, action, resource, context }).allowed);
            engine.explain({ principal: user, action, resource, context });
            for (let time = 0; time < 3; time++)
              allowed += Number(engine.allows(principal, privilege, engine.record(entity, id)));
          }
        }
      }
    }
  }
  return allowed;
}

test("2,000 images with tampered conditions are refused or answered", { timeout: 300_000 }, () => {
  const expected = askEverything(Engine.load(original));
  const found = { refused: 0, same: 0, different: 0 };
  for (let i = 0; i < 2000; i++) {
    const image = tampered();
    try {
      found[askEverything(Engine.load(image, { core: "plain" })) === expected ? "same" : "different"]++;
    } catch (error) {
      // A trap of the core would be a WebAssembly.RuntimeError.
      if (!(error instanceof BailiwickError)) throw error;
      found.refused++;
    }
  }
  expect(found.refused).toBeGreaterThan(500);
  expect(found.different).toBeGreaterThan(100);
});

test("a condition about another entity's records is refused", () => {
  const words = new Uint32Array(original.slice().buffer);
  const start = (section: number): number =>
    (words[(abi.HEADER_SIZE + section * abi.SECTION_ENTRY_BYTES) / 4] as number) / 4;
  const [first, programs] = [start(abi.SECTION_CONDITIONALS), start(abi.SECTION_PROGRAMS)];
  const rows = [0, 1, 2, 3].map((row) => first + row * abi.CONDITIONAL_WORDS + abi.CONDITIONAL_PROGRAM);
  const entityOf = (program: number): number =>
    words[programs + program * abi.PROGRAM_WORDS + abi.PROGRAM_ENTITY] as number;
  const [row] = rows as [number];
  const other = rows
    .map((at) => words[at] as number)
    .find((program) => entityOf(program) !== entityOf(words[row] as number));
  words[row] = other as number;
  words[abi.HEADER_CHECKSUM / 4] = checksum(words.subarray(abi.HEADER_SECTIONS / 4));
  expect(() => Engine.load(new Uint8Array(words.buffer))).toThrow(BailiwickError);
});
