import { test } from "vitest";
import { check, clean } from "./harness.ts";

const finding = {
  code: "BWK303",
  message: "task privilege `ExportToExcel` has no access level `businessUnit`",
  help: "leave the level out, or say `at organization`",
};

test("a task privilege has no level but organization", () => {
  check("role R { permit ExportToExcel at <|businessUnit|>; }", [finding]);
  clean(
    "role R { permit ExportToExcel at organization; } role S { permit ExportToExcel; permit Merge at none; }",
  );
});

test("a permit of a task privilege is judged like a grant", () => {
  check("permit (principal, action in [read, ExportToExcel], resource) at <|businessUnit|>;", [finding]);
  clean("forbid (principal, action == ExportToExcel, resource);");
  // A bare action covers what there is at the level: no task privilege.
  clean("permit (principal, action, resource) at user;");
});
