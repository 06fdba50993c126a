import { test } from "vitest";
import { check, clean } from "./harness.ts";

const finding = (level: string) => ({
  code: "BWK312",
  message: `a forbid has no access level: \`at ${level}\` would change nothing`,
  help: "leave it out; which records it concerns is said by its resource scope and by `when`",
});

test("a forbid has no access level, whichever is said", () => {
  check("forbid (principal, action == write, resource is Account) at <|user|>;", [finding("user")]);
  check("forbid (principal, action, resource) at <|organization|>;", [finding("organization")]);
});

test("at none a forbid is no permit that grants nothing: it would be a forbid that is silently left out", () => {
  check("forbid (principal, action == write, resource is Account) at <|none|>;", [finding("none")]);
});

test("a level that its entity does not have is one mistake", () => {
  check("forbid (principal, action == read, resource is Product) at <|user|>;", [finding("user")]);
});

test("permits have levels", () => {
  clean("permit (principal, action == read, resource is Account) at user;");
  clean("forbid (principal, action == read, resource is Account);");
});
