import { expect, test } from "vitest";
import { Bitset, PrincipalSet, RecordSet } from "../../runtime-ts/bitset.ts";

test("bits are counted, looked up and walked", () => {
  const bits = new Bitset(Uint32Array.of(0x8000_0001, 0, 0b100), 70);
  expect(bits.count).toBe(3);
  expect(bits.count).toBe(3);
  expect([...bits]).toEqual([0, 31, 66]);
  expect([0, 1, 31, 66].map((index) => bits.get(index))).toEqual([true, false, true, true]);
});

test("outside there is nothing", () => {
  const bits = new Bitset(Uint32Array.of(0xffff_ffff), 32);
  for (const index of [-1, 32, 1e9, Number.NaN]) expect(bits.get(index)).toBe(false);
  expect(new Bitset(new Uint32Array(0), 0).count).toBe(0);
  expect(bits.count).toBe(32);
});

test("a set of records knows ids, a set of users names", () => {
  expect(new RecordSet(Uint32Array.of(0b101), ["a", "b", "c"]).ids()).toEqual(["a", "c"]);
  const users = new PrincipalSet(Uint32Array.of(0b10), ["alice", "bob"]);
  expect(users.names()).toEqual(["bob"]);
  expect(users.length).toBe(2);
});
