import { test } from "vitest";
import { check, clean } from "./harness.ts";

test("an expression has the type that its place asks for, in grants, guardrails and tests", () => {
  const finding = { code: "BWK307", message: "expected `Bool`, found `String`" };
  const source = `
    entity Deal owned by user or team { stage: String }
    role R { permit read on Deal at user when { <|resource.stage|> }; }
    forbid (principal, action == delete, resource is Deal) unless { <|resource.stage|> };
    test "t" { set role R { permit write on Deal at user when { <|resource.stage|> }; } }`;
  check(source, [finding, finding, finding], undefined);
});

test("what is right says nothing", () => {
  clean(
    `entity Deal owned by user or team { stage: String }
     role R { permit read on Deal at user when { resource.stage == "won" }; }`,
    undefined,
  );
});
