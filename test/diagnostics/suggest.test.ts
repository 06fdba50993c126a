import fc from "fast-check";
import { expect, test } from "vitest";
import { suggest } from "../../compiler/diagnostics/suggest.ts";

test.each([
  ["permitt", ["permit", "forbid"], "permit"],
  ["tset", ["text", "test"], "test"],
  ["acount", ["Account", "Contact"], "Account"],
  ["READ", ["read", "write"], "read"],
  ["raed", ["read", "write"], "read"],
  ["xyz", ["read", "write"], undefined],
  ["a", ["b", "cd"], "b"],
  ["read", ["read"], undefined],
  ["opportunity", ["opp"], undefined],
])("%s among %j is %s", (word, candidates, result) => {
  expect(suggest(word, candidates)).toBe(result);
});

test("one edit of a long word is always found", () => {
  const word = fc.stringMatching(/^[a-z]{6,12}$/);
  fc.assert(
    fc.property(word, fc.nat(), fc.constantFrom("drop", "double", "swap"), (name, at, edit) => {
      const i = at % (name.length - 1);
      const parts = { drop: "", double: `${name[i]}${name[i]}`, swap: "" };
      const typo =
        edit === "swap"
          ? name.slice(0, i) + name[i + 1] + name[i] + name.slice(i + 2)
          : name.slice(0, i) + parts[edit] + name.slice(i + 1);
      expect(suggest(typo, ["1234567890", name])).toBe(typo === name ? undefined : name);
    }),
  );
});
