import { array, assert as check, constantFrom, json as jsonText, property } from "fast-check";
import { expect, test } from "vitest";
import { isExactNumber } from "../../cli/json/exact-number.ts";
import { parseJson } from "../../cli/json/parse-json.ts";
import { deepestNesting, scanJson } from "../../cli/json/scan-json.ts";
import { Trouble } from "../../cli/trouble.ts";

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

test("calls a text malformed exactly where JSON.parse does", () => {
  check(
    property(jsonText(), (text) => {
      expect(scanJson(text)?.kind).not.toBe("syntax");
    }),
  );
  const pieces = constantFrom(
    ..."{}[],:".split(""),
    '"a"',
    '"b"',
    '"',
    "1",
    "-",
    "0",
    ".5",
    "e3",
    "true",
    " ",
    "\n",
    "\\u00e9",
  );
  check(
    property(array(pieces, { maxLength: 12 }), (parts) => {
      const text = parts.join("");
      const kind = scanJson(text)?.kind;
      // A doubled key or an inexact number is a fault of its own, found before a later fault of syntax.
      if (kind === undefined) expect(parses(text)).toBe(true);
      if (kind === "syntax") expect(parses(text)).toBe(false);
    }),
    { numRuns: 5000 },
  );
});

test.each([
  ['{"users": [}', "line 1, column 12: expected a value, found `}`", "BWK464"],
  ['{"a": 1\n "b": 2}', 'line 2, column 2: expected `,` or `}`, found `"`', "BWK464"],
  ['{"a" 1}', "line 1, column 6: expected `:`, found `1`", "BWK464"],
  ["{a: 1}", "line 1, column 2: expected a name in double quotes, found `a`", "BWK464"],
  ['{"a": 1,}', "line 1, column 9: expected a name in double quotes, found `}`", "BWK464"],
  ["", "line 1, column 1: expected a value, found the end of the text", "BWK464"],
  ['{"a": "b', "line 1, column 7: a string is not closed", "BWK464"],
  ['{"a": "b\n"}', "line 1, column 9: a string is not closed on its line", "BWK464"],
  ['{"a": "\\x"}', "line 1, column 8: unknown escape in a string", "BWK464"],
  ["[] []", "line 1, column 4: expected nothing more, found `[`", "BWK464"],
  ["[\u0001]", "line 1, column 2: expected a value, found the character U+0001", "BWK464"],
  ['{"a": 1,\r\n"a": 2}', 'line 2, column 1: "a" is given twice', "BWK466"],
  ['{"\\u0061": 1, "a": 2}', 'line 1, column 15: "a" is given twice', "BWK466"],
  ["[9007199254740993]", "line 1, column 2: the number 9007199254740993 is not exact", "BWK467"],
])("%j: %s", (text, place, code) => {
  const trouble = (() => {
    try {
      parseJson(text, "d.json");
    } catch (error) {
      return error;
    }
    return undefined;
  })();
  expect(trouble).toBeInstanceOf(Trouble);
  expect((trouble as Trouble).message).toBe(`\`d.json\`, ${place}`);
  expect((trouble as Trouble).code).toBe(code);
});

test("a megabyte of nesting is refused at the level where it becomes too deep", () => {
  expect(scanJson("[".repeat(1_000_000))).toEqual({
    kind: "depth",
    offset: deepestNesting,
    message: "nested more than 64 deep",
  });
  expect(scanJson('{"a":'.repeat(200_000))?.kind).toBe("depth");
});

test("a string of ten megabytes is no trouble", () => {
  expect(scanJson(JSON.stringify(`${"x\\n\u00e9".repeat(2_500_000)}`))).toBeUndefined();
});

test("a byte order mark is accepted", () => {
  expect(parseJson('\ufeff{"a": [1.5, "b"]}', "d.json")).toEqual({ a: [1.5, "b"] });
});

test.each([
  ["1", true],
  ["0.1", true],
  ["-1.5e300", true],
  ["9007199254740992", true],
  ["9007199254740993", false],
  ["9223372036854775807", false],
  ["0.1000000000000000000", true],
  ["1000000000000000000000", true],
  ["922337203685470.0001", false],
  ["0.00000000000000000", true],
  ["1e400000000000000", false],
])("the number %s is exact: %s", (token, exact) => {
  expect(isExactNumber(token)).toBe(exact);
});
