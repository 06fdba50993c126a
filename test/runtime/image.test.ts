// Images that are none: each gets one message with a code, or loads and answers; nothing traps or hangs.
import { expect, test } from "vitest";
import { checksum } from "../../compiler/image/index.ts";
import {
  HEADER_CHECKSUM,
  HEADER_LANGUAGE,
  HEADER_SECTIONS,
  HEADER_SIZE,
  HEADER_VERSION,
  SECTION_ATTRIBUTES,
  SECTION_COLUMNS,
  SECTION_COUNT,
  SECTION_ENTRY_BYTES,
  SECTION_TEXT,
} from "../../runtime-as/abi.ts";
import { BailiwickError, Engine } from "../../runtime-ts/index.ts";
import * as contoso from "./contoso.ts";
import { imageOf } from "./load.ts";
import { thrown } from "./thrown.ts";

const declared = `
  organization Root { unit A { unit A1; } unit B; }
  user alice in A { roles: Seller; clearance: 1; manager: bob; position: "Top"; }
  user bob in B disabled { roles: Manager; clearance: 1; }
  user carol in A1 { roles: Admin; clearance: 1; }
  position "Top"; position "Low" under "Top";
  team EU in A { roles: "EU reader"; members: bob; administrator: alice; }
  group team Partners in B { members: carol; }
  access team Deal in Root { members: alice; }
  default team of A { roles: Seller; }
  record acc1: Account { owner: alice; }
  record acc2: Account { owner: Team::"EU"; }
  record line: Line { account: acc1; }
  record hall: Facility { businessUnit: A; }
  share acc1 with bob: read, write;
  share acc2 with organization: read;
  context { tags?: Set<String> }
  entity User { clearance: Long }
  entity Deal owned by user or team {
    status: Choice("open", "won"), size?: Long, tags?: Set<String>, boss?: User, main?: Account, sold?: Datetime
  }
  role Dealer {
    permit read on Deal at user when { resource.status == "open" && principal.clearance >= 2 };
    permit read on Deal at organization when { resource has tags && ["a", "b"].containsAny(resource.tags) };
    permit write on Deal at businessUnit when { resource has main && resource.main == Account::"acc1" }
      unless { context has channel && context.channel like "w*b" };
    permit assign on Deal at organization when { if principal.clearance > 1 then resource.owner == principal
      else resource has boss && resource.boss in Team::"EU" };
    permit Export when { context has tags && context.tags.contains("a") };
  }
  @id("huge") forbid (principal, action, resource is Deal) when { resource has size && resource.size * resource.size > 99 };
  user dan in A1 { roles: Dealer; clearance: 3; }
  record d1: Deal { owner: dan; status: "open"; size: 5; tags: ["a", "c"]; main: acc1; boss: bob; }
  record d2: Deal { owner: dan; status: "won"; size: 9223372036854775807; sold: datetime("2026-01-31"); }
`;
const image = imageOf(
  `${contoso.policy.replaceAll('"France"', '"A"').replaceAll('"acc3"', '"acc1"')} ${declared}`,
);

/** A changed copy, with its checksum repaired where the change is meant to get past it. */
function changed(
  change: (view: DataView, bytes: Uint8Array) => void,
  repair = true,
): Uint8Array<ArrayBuffer> {
  const bytes = image.slice();
  const view = new DataView(bytes.buffer);
  change(view, bytes);
  if (repair) {
    view.setUint32(HEADER_CHECKSUM, checksum(new Uint32Array(bytes.buffer, HEADER_SECTIONS)), true);
  }
  return bytes;
}

test.each<[string, Uint8Array, code: string, message: string]>([
  ["no bytes", new Uint8Array(0), "BWK412", "the image is truncated, or something follows it"],
  [
    "a text",
    new TextEncoder().encode("permit everything on everything"),
    "BWK410",
    "this is not a Bailiwick image",
  ],
  ["half an image", image.subarray(0, 1000), "BWK412", "the image is truncated, or something follows it"],
  ["a header", image.subarray(0, 16), "BWK412", "the image is truncated, or something follows it"],
  [
    "an image and more",
    Uint8Array.from([...image, ...new Uint8Array(16)]),
    "BWK412",
    "the image is truncated, or something follows it",
  ],
  [
    "another format",
    changed((view) => view.setUint32(HEADER_VERSION, 99, true)),
    "BWK411",
    "the image has another format version than 3, which this engine reads",
  ],
  [
    "another language",
    changed((view) => view.setUint32(HEADER_LANGUAGE, 99, true)),
    "BWK411",
    "the image has another language version than 1, which this engine reads",
  ],
  [
    "one bit",
    changed((view) => view.setUint8(2000, view.getUint8(2000) ^ 1), false),
    "BWK413",
    "the image is damaged: its checksum does not hold",
  ],
  [
    "another number of sections",
    changed((view) => view.setUint32(HEADER_SECTIONS, SECTION_COUNT + 1, true)),
    "BWK413",
    "the image is damaged: section table does not fit",
  ],
  [
    "a section outside",
    changed((view) => view.setUint32(HEADER_SIZE + 3 * SECTION_ENTRY_BYTES, 0xffff_fff0, true)),
    "BWK413",
    "the image is damaged: section entities does not fit",
  ],
  [
    "a name that is not UTF-8",
    changed((view) => {
      view.setUint8(view.getUint32(HEADER_SIZE + SECTION_TEXT * SECTION_ENTRY_BYTES, true), 0xff);
    }),
    "BWK413",
    "the image is damaged: a name is not UTF-8",
  ],
])("%s", (_, bytes, code, message) => {
  expect(thrown(() => Engine.load(bytes))).toMatchObject({ code, message });
});

test("what is no Uint8Array is no image", () => {
  expect(thrown(() => Engine.load("image" as never))).toMatchObject({
    code: "BWK410",
    message: "an image is a Uint8Array, not `image`",
  });
  expect(thrown(() => Engine.load(image.buffer as never)).code).toBe("BWK410");
});

test("a column is of its owner's attributes, or the image is damaged", () => {
  const entry = (section: number, word: number) =>
    new DataView(image.buffer).getUint32(HEADER_SIZE + section * SECTION_ENTRY_BYTES + word * 4, true);
  const at = entry(SECTION_COLUMNS, 0);
  const messages = Array.from({ length: entry(SECTION_ATTRIBUTES, 2) }, (_, row) => {
    try {
      Engine.load(changed((view) => view.setUint32(at, row, true)));
      return "loads";
    } catch (error) {
      return (error as BailiwickError).message;
    }
  });
  // The core sees a wrong type, the host a wrong owner; another attribute of the same owner and type is none's business.
  expect([...new Set(messages)].sort()).toEqual([
    "loads",
    "the image is damaged: a column of an attribute that its owner does not have",
    "the image is damaged: section code holds a row that points at nothing",
  ]);
});

test("the bytes are copied: what happens to them afterwards does not matter", () => {
  const bytes = image.slice();
  const engine = Engine.load(bytes);
  bytes.fill(0);
  expect(engine.check({ principal: "alice", action: "Export" }).allowed).toBe(false);
  expect(engine.rights("alice", "Account", "acc1")).toEqual(["read", "write", "share"]);
});

/** Changes an image in place of a name that it holds. */
function renamed(from: string, to: string): Uint8Array {
  return changed((view, bytes) => {
    const at = view.getUint32(HEADER_SIZE + SECTION_TEXT * SECTION_ENTRY_BYTES, true);
    const length = view.getUint32(HEADER_SIZE + SECTION_TEXT * SECTION_ENTRY_BYTES + 4, true);
    const text = new TextDecoder("latin1").decode(bytes.subarray(at, at + length));
    const place = text.indexOf(from);
    if (place < 0 || from.length !== to.length) throw new Error(from);
    bytes.set(new TextEncoder().encode(to), at + place);
  });
}

test.each([
  ["Contact", "Account", "BWK413"],
  ["Manager", "Sellers", undefined],
  ["revenue", "keepers", undefined],
])("names that an image changes: %s to %s", (from, to, code) => {
  const load = () => Engine.load(renamed(from, to));
  if (code === undefined) expect(load().entities()).toHaveLength(9);
  else expect(thrown(load).code).toBe(code);
});

/** A seeded generator (mulberry32), so that a failure can be found again. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) % below;
  };
}

const headerBytes = HEADER_SIZE + SECTION_COUNT * SECTION_ENTRY_BYTES;

/** Every fourth leaves the checksum broken, every fourth hits the header and section table, half change rows and text. */
function mutate(seed: number): Uint8Array {
  const next = random(seed);
  const words = (from: number, to: number) => from + next((to - from) / 4) * 4;
  const mutated = changed(
    (view, bytes) => {
      for (let changes = 1 + next(seed % 4 === 0 ? 4 : 1); changes > 0; changes--) {
        const interesting = [0, 1, 2, 3, 7, 255, 0x7fff_ffff, 0xffff_ffff, next(300), next(0xffff_ffff)];
        const value = interesting[next(interesting.length)] as number;
        if (seed % 4 === 1) view.setUint32(words(0, headerBytes), value, true);
        else if (next(2) === 0) bytes[headerBytes + next(bytes.length - headerBytes)] = value;
        else view.setUint32(words(headerBytes & ~3, bytes.length), value, true);
      }
    },
    seed % 4 !== 0,
  );
  return next(20) === 0 ? mutated.subarray(0, next(mutated.length)) : mutated;
}

/** Whether the context still is what it was. */
function isKnown(engine: Engine): boolean {
  try {
    engine.context.validate({ channel: ["web"], tags: [["a"]] });
    return true;
  } catch (error) {
    if (error instanceof BailiwickError) return false;
    throw error;
  }
}

/** Asks everything of everybody. */
function askAll(engine: Engine): void {
  const { length: users } = engine.userNames();
  for (const { name } of engine.entities()) {
    for (const action of ["read", "write", "assign"]) {
      // A mutation may rename the attributes of the context.
      const context = isKnown(engine) ? { channel: "web", tags: ["a"] } : {};
      const privilege = engine.privilege(action, name);
      for (let user = 0; user < users; user++) {
        engine.filter(user, privilege);
        engine.filter(user, privilege, { context });
        for (const record of engine.recordNumbers(name)) engine.reason(user, privilege, record);
      }
    }
  }
  for (const task of engine.taskNames()) engine.whoCan(engine.privilege(task));
}

test("2,000 mutated images: each is refused with a code, or loads and answers", () => {
  let refused = 0;
  let answered = 0;
  for (let seed = 1; seed <= 2_000; seed++) {
    try {
      askAll(Engine.load(mutate(seed)));
      answered++;
    } catch (error) {
      if (!(error instanceof BailiwickError)) throw new Error(`seed ${seed}`, { cause: error });
      expect(error.code).toMatch(/^BWK(4\d\d|201)$/);
      expect(error.message).not.toMatch(/\n|undefined/);
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(1_000);
  expect(answered).toBeGreaterThan(200);
});
