import { expect, test } from "vitest";
import { parseContext } from "../../cli/args/parse-context.ts";
import { parseRecord } from "../../cli/args/parse-record.ts";

const entities = ["Account", "a/b", "a", "Pièce jointe", 'quo"ted'];

test.each([
  ["Account/acc1", "Account", "acc1"],
  ["Account/a/b/c", "Account", "a/b/c"],
  ["Pièce jointe/p1", "Pièce jointe", "p1"],
  ['"Pièce jointe"/p1', "Pièce jointe", "p1"],
  ['"Pièce jointe"/"p/1"', "Pièce jointe", "p/1"],
  ['Account/"with \\"quotes\\""', "Account", 'with "quotes"'],
  ['"quo\\"ted"/x', 'quo"ted', "x"],
  // The first slash before which an entity stands.
  ["a/b/c", "a", "b/c"],
  ['"a/b"/c', "a/b", "c"],
  // Unknown: split at the first slash, for whoever looks it up.
  ["Acount/acc1", "Acount", "acc1"],
])("%s names a record", (text, entity, id) => {
  expect(parseRecord(text, entities)).toEqual({ entity, id });
});

test.each(["Account", "Account/", "/acc1", "", '"Account', '"Account"/"', 'Account/"open'])(
  "%j names no record",
  (text) => {
    expect(() => parseRecord(text, entities)).toThrow(/does not name a record$/);
  },
);

test("a slash that belongs to the entity's name", () => {
  expect(parseRecord("a/b/c", ["a/b"])).toEqual({ entity: "a/b", id: "c" });
});

test("the context is a JSON object", () => {
  expect(parseContext('{"mfa": true}')).toEqual({ mfa: true });
  expect(() => parseContext("[1]")).toThrow("`--context` is not a JSON object");
  expect(() => parseContext("{mfa: true}")).toThrow(
    "`--context`, line 1, column 2: expected a name in double quotes, found `m`",
  );
});
