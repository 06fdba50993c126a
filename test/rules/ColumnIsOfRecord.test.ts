import { test } from "vitest";
import { check, clean } from "./harness.ts";

const finding = (flag: string, attribute: string, bearer: string) => ({
  code: "BWK313",
  message: `\`${flag}\` has no meaning for \`${attribute}\`, an attribute of \`${bearer}\``,
  help: `leave \`${flag}\` out: only records have columns that are secured, and lookups that are followed`,
});

test.each(["User", "Team", "BusinessUnit"])("nobody is kept from an attribute of %s", (bearer) => {
  check(`entity ${bearer} { <|ssn|>?: String secured }`, [finding("secured", "ssn", bearer)]);
  clean(`entity ${bearer} { ssn?: String }`);
});

test("what a request carries is no column", () => {
  check("context { <|pin|>?: String secured }", [finding("secured", "pin", "context")]);
});

test("a mask without `secured` is one mistake, and so is one with it", () => {
  check('entity User { ssn?: String masked <|"[0-9]"|> }', [finding("masked", "ssn", "User")]);
  check('entity User { <|ssn|>?: String secured masked "(" }', [finding("secured", "ssn", "User")]);
});

test("nothing follows the lookups of people and requests", () => {
  check("entity User { <|main|>?: Account parental }", [finding("parental", "main", "User")]);
  check("context { main?: Account cascade <|share|>, assign }", [finding("cascade", "main", "context")]);
  check("entity User { name?: String cascade <|share|> }", [finding("cascade", "name", "User")]);
});
