import { test } from "vitest";
import { check, clean } from "./harness.ts";

const never = (what: string) => ({
  code: "BWK908",
  message: "this condition is always false",
  help: `this ${what} never applies: leave it out, or mend the condition`,
});
const always = (form: string) => ({
  code: "BWK909",
  message: "this condition is always true",
  help: `leave the \`${form}\` out: it changes nothing`,
});

test("a condition that is always false", () => {
  check(
    `role R { permit read on Account at user when { <|false|> }; }
     forbid (principal, action == read, resource is Account) when { <|resource is Contact|> };
     permit (principal, action == write, resource is Account) unless { <|1 < 2|> };`,
    [
      never("grant"),
      never("forbid"),
      { ...never("permit"), code: "BWK909", message: "this condition is always true" },
    ],
    undefined,
  );
});

test("a condition that changes nothing", () => {
  check(
    `role R { permit read on Account at user when { <|1 == 1|> } when { resource has name }; }
     forbid (principal, action == read, resource is Account) unless { <|principal is Team|> };`,
    [always("when"), { ...always("unless"), code: "BWK908", message: "this condition is always false" }],
    undefined,
  );
});

test("clauses that are false here and there, and so nowhere true", () => {
  check(
    "role R { permit read on Account, Contact at user <|when { resource is Account } when { resource is Contact }|>; }",
    [never("grant")],
    undefined,
  );
});

test("what is certain for some entities only says something", () => {
  clean(
    `role R { permit read on Account, Contact at user when { resource is Account }; }
     forbid (principal, action, resource) when { resource is Account && resource has name };`,
    undefined,
  );
});

test("what is wrong is not judged as well", () => {
  check(
    "role R { permit read on Account at user when { 1 == 1 } when { <|1|> }; }",
    [{ code: "BWK307", message: "expected `Bool`, found `Long`" }],
    undefined,
  );
});

test("each place of a condition that stands twice", () => {
  check(
    `role R { permit read on Account at user when { <|1 == 1|> }; }
     role S { permit read on Account at user when { <|1 == 1|> }; }`,
    [always("when"), always("when")],
    undefined,
  );
});
