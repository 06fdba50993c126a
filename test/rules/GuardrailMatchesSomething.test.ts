import { test } from "vitest";
import { check, clean, world } from "./harness.ts";

const finding = (effect: string, because: string) => ({
  code: "BWK906",
  message: `this ${effect} can match nothing: ${because}`,
});
const noUnit = "no record in its scope has a business unit";
const noResource = "a task privilege has no resource";
const noPrivilege = "no entity in its scope has such a privilege";

test("a scope of a business unit over records that have none", () => {
  check(
    `<|forbid (principal, action == read, resource is Product in BusinessUnit::"A");|>
     <|permit (principal, action == read, resource is Product in BusinessUnit::"A");|>
     <|forbid (principal, action == read, resource is OrderLine in BusinessUnit::"A");|>`,
    [finding("forbid", noUnit), finding("permit", noUnit), finding("forbid", noUnit)],
  );
  clean(`forbid (principal, action == read, resource is Facility in BusinessUnit::"A");
         forbid (principal, action, resource in BusinessUnit::"A");`);
});

test("a task privilege with a resource", () => {
  check(
    `<|forbid (principal, action == ExportToExcel, resource is Account);|>
     <|forbid (principal, action == ExportToExcel, resource == Account::"x");|>
     <|permit (principal, action == ExportToExcel, resource in BusinessUnit::"A");|>`,
    [finding("forbid", noResource), finding("forbid", noResource), finding("permit", noResource)],
  );
  clean("forbid (principal, action == ExportToExcel, resource);");
  clean("forbid (principal, action in [read, ExportToExcel], resource is Account);");
});

test("an action that nothing in the scope has", () => {
  check("<|forbid (principal, action == share, resource is Product);|>", [finding("forbid", noPrivilege)]);
  check(
    "<|permit (principal, action in [share, assign], resource);|>",
    [finding("permit", noPrivilege)],
    "entity Product owned by organization;",
  );
  check(
    "<|forbid (principal, action == assign, resource is Line);|>",
    [finding("forbid", noPrivilege)],
    "entity Product owned by organization; entity Line owned by parent product { product: Product }",
  );
});

test("a permit at none", () => {
  check("<|permit (principal, action == read, resource is Account) at none;|>", [
    finding("permit", "it permits at `none`"),
  ]);
});

test("what may match is left alone", () => {
  clean(
    `forbid (principal == User::"alice", action, resource);
         forbid (principal, action == share, resource is OrderLine);
         forbid (principal in Role::"Base", action == read, resource is Email);
         permit (principal in Team::"Sales", action, resource) at user;`,
    world,
  );
});
