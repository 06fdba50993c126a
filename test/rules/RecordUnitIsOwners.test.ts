import { test } from "vitest";
import { check, clean, world } from "./harness.ts";

const finding = (record: string, unit: string, own: string) => ({
  code: "BWK907",
  message: `record \`${record}\` is in \`${own}\`, the unit of its owner: \`${unit}\` is ignored`,
  help: "leave `businessUnit` out, or set `ownershipAcrossBusinessUnits: true`",
});

test("in the classic mode a record is where its owner is", () => {
  check(
    `record o: Account { owner: alice; businessUnit: <|B|>; }
     record p: Account { owner: Sales; businessUnit: A; }
     record f: Facility { businessUnit: B; }
     test "t" {
       set user bob in A;
       set user bob roles: Base;
       record q: Account { owner: bob; businessUnit: <|B|>; }
     }`,
    [finding("o", "B", "A"), finding("q", "B", "A")],
  );
});

test("in the modern mode it is where it is put", () => {
  clean(
    "record o: Account { owner: alice; businessUnit: B; }",
    `${world} settings { ownershipAcrossBusinessUnits: true; }`,
  );
});
