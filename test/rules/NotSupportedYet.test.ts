import { test } from "vitest";
import { check, clean } from "./harness.ts";

const conditions = { code: "BWK198", message: "conditions are not supported yet" };

test("conditions of grants and guardrails", () => {
  check(
    `role R { permit read on Account at user <|when { resource.name == "x" }|> <|unless { principal in Role::"Base" }|>; }
     forbid (principal, action, resource) <|when { context.mfa }|>;`,
    [conditions, conditions, conditions],
  );
});

test("hierarchy security, where it is switched on", () => {
  check("settings { <|hierarchy: manager depth 3|>; }", [
    { code: "BWK198", message: "hierarchy security is not supported yet" },
  ]);
  clean("settings { hierarchy: off; }");
});
