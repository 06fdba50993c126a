import { expect, test } from "vitest";
import { analyze } from "../../compiler/index.ts";
import { check, clean } from "./harness.ts";

const message = "this grant has no access level, so it grants nothing";
const owned = "say `at user` or `at businessUnit` or `at parentChild` or `at organization`";

test("a grant on entities without a level is one at none, and a warning", () => {
  check(
    `entity Case owned by user or team; entity Rate owned by organization;
    role Quiet { <|permit read on Case;|> <|permit read on Rate;|> <|permit read on *;|> permit read on Case at none; }`,
    [
      { code: "BWK911", message, help: owned },
      { code: "BWK911", message, help: "say `at organization`" },
      { code: "BWK911", message, help: owned },
    ],
    "",
  );
});

test("it grants nothing, in a role as in a change of one", () => {
  const text = `entity Case owned by user or team; role Quiet { permit read on Case; permit delete on Case at user; }
    organization Root; user a in Root { roles: Quiet; }
    test "changed" { set role Quiet { permit delete on Case; } deny a Merge; }`;
  const { model, tests } = analyze([{ name: "p.bwk", text }]);
  expect(model?.policy.roles[0]?.grants.map(({ level }) => level)).toEqual([1]);
  expect(tests[0]?.steps[0]).toMatchObject({ change: { kind: "edit role", grants: [] } });
});

test("task privileges and permits above roles may leave it out", () => {
  clean(
    `entity Case owned by user or team; privilege Export; role Exporter { permit Export; }
    permit (principal, action == read, resource is Case);`,
    "",
  );
});
