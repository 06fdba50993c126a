import { test } from "vitest";
import { check, clean } from "./harness.ts";

const finding = {
  code: "BWK306",
  message: "`Email` has no privileges of its own: it shares those of `Activity`",
  help: "say `Activity`",
};

test("a grant names the set", () => {
  check("role R { permit read on <|Email|> at user; }", [finding]);
  check("team role R { permit all on Account, <|Email|> at user; }", [finding]);
  clean("role R { permit read on Activity at user; }");
});

test("a permit names the set, a forbid may name the entity", () => {
  check("permit (principal, action == read, resource is <|Email|>);", [finding]);
  check('permit (principal, action == read, resource == <|Email|>::"e1");', [finding]);
  clean(
    "forbid (principal, action == read, resource is Email); permit (principal, action, resource is Activity);",
  );
});
