import { expect, test } from "vitest";
import { hashOf, isAt } from "../../runtime-ts/looked-text.ts";
import { hashOfBytes } from "../../runtime-ts/text-rows.ts";
import { TextTable } from "../../runtime-ts/text-table.ts";

/** Whether a text is found at the third unit of a table of bytes, and of one of halves. */
function stands(looked: string, stored: string): boolean[] {
  const units = Array.from(`??${stored}??`, (_, i) => `??${stored}??`.charCodeAt(i));
  hashOf(7, looked);
  const bytes = Uint8Array.from(units);
  const inBytes = isAt(bytes, new DataView(bytes.buffer), 2, looked);
  return [inBytes, isAt(Uint16Array.from(units), undefined, 2, looked)];
}

const lengths = [...Array(14).keys(), 252, 253, 255, 256, 257, 260, 300];
const textOf = (length: number): string =>
  Array.from({ length }, (_, i) => String.fromCharCode(33 + ((i * 7) % 90))).join("");

test("a text stands where all its units do, of any length", () => {
  for (const length of lengths) {
    const text = textOf(length);
    expect(stands(text, text)).toEqual([true, true]);
    for (const at of [0, 1, 2, 3, length >> 1, length - 2, length - 1]) {
      if (at < 0 || at >= length) continue;
      for (const other of ["~", "ÿ"]) {
        const changed = text.slice(0, at) + other + text.slice(at + 1);
        expect(stands(changed, text)).toEqual([false, false]);
        expect(stands(text, changed)).toEqual([false, false]);
        expect(stands(changed, changed)).toEqual([true, true]);
      }
    }
  }
});

test("its hash is that of its bytes", () => {
  for (const length of lengths) {
    const bytes = new TextEncoder().encode(textOf(length));
    expect(hashOf(99, textOf(length))).toBe(hashOfBytes(99, bytes, 0, length));
  }
});

test("units that take two bytes are not taken for others, though the packed words are alike", () => {
  const [narrow, wide] = ["acid", "šbid"];
  for (const more of ["", "-17", "-170", "x".repeat(300)]) {
    expect(hashOf(5, wide + more)).toBe(hashOf(5, narrow + more));
    const table = TextTable.ofNames([narrow + more]);
    expect([table.get(narrow + more), table.get(wide + more)]).toEqual([0, undefined]);
    table.add(wide + more);
    expect([table.get(narrow + more), table.get(wide + more)]).toEqual([0, 1]);
  }
  // In the last units, which no whole word holds.
  expect(stands("acidš", `acid${String.fromCharCode(0x61)}`)).toEqual([false, false]);
});
