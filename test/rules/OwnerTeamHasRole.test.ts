import { test } from "vitest";
import { check, clean } from "./harness.ts";

const finding = (name: string) => ({
  code: "BWK902",
  message: `team \`${name}\` has no role, so it cannot own records and gives its members nothing`,
  help: "add `roles: …;`",
});

test("an owner team without a role is a warning", () => {
  check('team <|T|> in A { members: alice; } test "t" { team <|"Two words"|> in B; }', [
    finding("T"),
    finding("Two words"),
  ]);
});

test("access, group and default teams need none", () => {
  clean("access team X in A; group team G in A { members: alice; } default team of A1;");
});
