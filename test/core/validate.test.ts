import { expect, test } from "vitest";
import { checksum, writeImage } from "../../compiler/image/index.ts";
import type { Attribute } from "../../compiler/model/model.ts";
import * as abi from "../../runtime-as/abi.ts";
import { type Plan, policyOf, worldOf } from "../oracle/build.ts";
import { type Core, instantiateCore, place } from "./core.ts";

const plan: Plan = {
  entities: {
    Account: "userOrTeam",
    Product: "organization",
    Line: "parent Account",
    Mail: "userOrTeam as Activity",
  },
  tasks: ["Merge"],
  roles: { Reader: ["read Account parentChild", "Merge"] },
  teamRoles: { Team: ["read Activity user"] },
  administratorRoles: ["System Administrator"],
  guardrails: [
    { effect: "forbid", id: "f", principal: "role Reader", unit: "Sub" },
    {
      effect: "permit",
      id: "p",
      principal: "team t",
      actions: ["read"],
      entities: ["Account"],
      level: "user",
    },
  ],
  units: { Root: undefined, Sub: "Root" },
  users: { u: { in: "Sub", roles: ["Reader"] }, v: { in: "Root" } },
  teams: { t: { in: "Root", roles: ["Team"], members: ["u"], administrator: "v" } },
  records: { a1: { entity: "Account", owner: "u", unit: "Sub" }, l1: { entity: "Line", parent: "a1" } },
  shares: [
    { record: "a1", with: "v", direct: ["read"] },
    { record: "a1", with: "organization", direct: ["write"], inherited: ["read"] },
  ],
};
const policy = policyOf(plan);
const lookup: Attribute = {
  name: "account",
  optional: false,
  type: { kind: "Lookup", entity: 0 },
  secured: false,
  masked: undefined,
  cascades: new Set(["share"]),
  onDelete: "cascade",
  span: { file: { name: "p.bwk", text: "" }, start: 0, end: 0 },
};
const entities = policy.entities.map((entity) =>
  entity.parent === undefined ? entity : { ...entity, attributes: [lookup] },
);
const image = writeImage({ ...policy, entities }, worldOf(plan), [
  { kind: "user", name: "somebody", span: { file: { name: "p.bwk", text: "x" }, start: 0, end: 1 } },
]);

/** A copy with the checksum made right again, as somebody with bad intentions would. */
function repaired(change: (words: Uint32Array) => void): Uint8Array {
  const copy = image.slice();
  const words = new Uint32Array(copy.buffer);
  change(words);
  words[abi.HEADER_CHECKSUM / 4] = checksum(words.subarray(abi.HEADER_SECTIONS / 4));
  return copy;
}

function load(core: Core, bytes: Uint8Array): number {
  const before = core.mark();
  const code = core.loadImage(place(core, bytes), bytes.length);
  core.reset(before);
  return code;
}

test.each(["debug", "plain", "simd"] as const)("the %s core accepts what the compiler writes", (kind) => {
  expect(load(instantiateCore(kind), image)).toBe(abi.IMAGE_OK);
});

test("header mistakes have codes of their own", () => {
  const core = instantiateCore("debug");
  const header = (offset: number, value: number) => repaired((words) => (words[offset / 4] = value));
  expect(load(core, new Uint8Array())).toBe(abi.IMAGE_TOO_SHORT);
  expect(load(core, image.slice(0, 40))).toBe(abi.IMAGE_TOO_SHORT);
  expect(load(core, new TextEncoder().encode("organization X;"))).toBe(abi.IMAGE_NOT_AN_IMAGE);
  expect(load(core, header(abi.HEADER_VERSION, 99))).toBe(abi.IMAGE_OTHER_VERSION);
  expect(load(core, header(abi.HEADER_LANGUAGE, 99))).toBe(abi.IMAGE_OTHER_LANGUAGE);
  expect(load(core, image.slice(0, image.length - 16))).toBe(abi.IMAGE_WRONG_LENGTH);
  expect(load(core, header(abi.HEADER_SECTIONS, 22))).toBe(abi.IMAGE_SECTION_BOUNDS);
});

test("a single flipped bit anywhere is found", () => {
  const core = instantiateCore("plain");
  for (let byte = 0; byte < image.length; byte++) {
    const copy = image.slice();
    copy[byte] = (copy[byte] as number) ^ (1 << (byte % 8));
    expect(load(core, copy), `byte ${byte}`).not.toBe(abi.IMAGE_OK);
  }
});

test("no hostile word with a right checksum makes the core trap", () => {
  const core = instantiateCore("debug");
  const found = new Map<number, number>();
  for (let word = abi.HEADER_SECTIONS / 4; word < image.length / 4; word++) {
    for (const value of [0xffffffff, 0x7fffffff, 0x80000000, 1, 255]) {
      const code = load(
        core,
        repaired((words) => (words[word] = value)),
      );
      found.set(code, (found.get(code) ?? 0) + 1);
    }
  }
  expect(found.get(abi.IMAGE_SECTION_BOUNDS)).toBeGreaterThan(100);
  expect(found.get(abi.IMAGE_BAD_ROW)).toBeGreaterThan(300);
});

test.each([
  ["a role that does not exist", abi.SECTION_ASSIGNMENTS, 0, 3],
  ["a parent that does not exist", abi.SECTION_ENTITIES, 2 * abi.ENTITY_WORDS + abi.ENTITY_PARENT, 9],
  ["an entity that is its own parent", abi.SECTION_ENTITIES, 2 * abi.ENTITY_WORDS + abi.ENTITY_PARENT, 2],
  [
    "a guard list that starts inside another",
    abi.SECTION_PRIVILEGES,
    abi.PRIVILEGE_WORDS + abi.PRIVILEGE_GUARDS,
    1,
  ],
  ["a permit with two levels", abi.SECTION_GUARDRAILS, abi.GUARDRAIL_WORDS + abi.GUARDRAIL_LEVEL, 3],
  ["a share mask of nine bits", abi.SECTION_SHARES, 4, 256],
  ["a hierarchy model that does not exist", abi.SECTION_SETTINGS, abi.SETTING_HIERARCHY, 3],
  ["a hierarchy of no depth", abi.SECTION_SETTINGS, abi.SETTING_HIERARCHY_DEPTH, 0],
  ["a hierarchy without end", abi.SECTION_SETTINGS, abi.SETTING_HIERARCHY_DEPTH, 1001],
  ["a hierarchy at no level", abi.SECTION_SETTINGS, abi.SETTING_HIERARCHY_LEVEL, 0],
  ["an entity flag that does not exist", abi.SECTION_ENTITIES, abi.ENTITY_FLAGS, 2],
])("%s is a bad row of its section", (_, section, word, value) => {
  const core = instantiateCore("debug");
  const bytes = repaired((words) => {
    const entry = (abi.HEADER_SIZE + section * abi.SECTION_ENTRY_BYTES) / 4;
    words[(words[entry] as number) / 4 + word] = value;
  });
  const before = core.mark();
  const code = core.loadImage(place(core, bytes), bytes.length);
  core.reset(before);
  expect(code).toBe(abi.IMAGE_BAD_ROW);
  expect(core.imageErrorSection()).toBe(section);
});

test("role sets are the OR of their roles' rows", () => {
  const core = instantiateCore("plain");
  expect(core.loadImage(place(core, image), image.length)).toBe(abi.IMAGE_OK);
  const words = core.planeWords();
  const roles = place(core, new Uint8Array(Uint32Array.of(0, 1).buffer));
  const out = core.allocate(words * 4);
  core.unionPlanes(out, roles, 2);
  const union = [...new Uint32Array(core.memory.buffer, out, words)];
  // Slots: Account, Product, Activity (the line has none that counts), then Merge.
  expect(union.some((word) => word !== 0)).toBe(true);
  expect(union[0]).toBe(0x40);
});

test("memory that cannot be had is address 0, and reset gives phases back", () => {
  const core = instantiateCore("plain");
  const before = core.mark();
  expect(core.allocate(0xfffffff0)).toBe(0);
  const first = core.allocate(100);
  expect(first % 16).toBe(0);
  new Uint8Array(core.memory.buffer).fill(255, first, first + 100);
  core.reset(before);
  const again = core.allocate(100);
  expect(again).toBe(first);
  expect(new Uint8Array(core.memory.buffer, again, 100).every((byte) => byte === 0)).toBe(true);
});
