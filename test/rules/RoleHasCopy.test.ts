import { test } from "vitest";
import { check, clean, world } from "./harness.ts";

const modern = `${world}settings { ownershipAcrossBusinessUnits: true; }`;
const noCopy = {
  code: "BWK304",
  message: "role `Local` belongs to `A` and has no copy in `B`",
  help: "a role is available in its own business unit and below: declare it in `B` or above",
};

test("in the classic mode a role comes from the holder's own unit", () => {
  check("user u in A { roles: <|Base in B|>; }", [
    {
      code: "BWK304",
      message: "role `Base` in `B` cannot be held by `u`, who is in `A`",
      help: "say `Base` alone, or set `ownershipAcrossBusinessUnits: true`",
    },
  ]);
  clean(
    "user u in A { roles: Base in A; } team T in B { roles: Base in B; } default team of A1 { roles: Base; }",
  );
});

test("in the modern mode a role comes from any unit", () => {
  clean("user u in A { roles: Base in B; } team T in A { roles: Base in Root; }", modern);
});

test("in both modes a role is held only where it has a copy", () => {
  const role = "role Local in A { permit read on Account at user; }";
  check(`${role} user u in B { roles: <|Local|>; } user v in A1 { roles: Local; }`, [noCopy]);
  check(`${role} team T in A { roles: <|Local in B|>, Local in A1; }`, [noCopy], modern);
  check(`${role} default team of B { roles: <|Local|>; }`, [noCopy]);
});

test("in a test the unit is the one at that line", () => {
  check(
    `role Local in A { permit read on Account at user; }
     test "t" {
       set user alice roles: Local;
       set user alice in B;
       set user alice roles: <|Local|>;
     }`,
    [noCopy],
  );
});

test("what principals do moves nobody", () => {
  check(
    `role Local in A { permit read on Account at user; }
     record o: Account { owner: alice; }
     test "t" {
       do alice assign o to bob;
       set user bob roles: <|Local|>;
     }`,
    [noCopy],
  );
});

test("a refused change leaves all as it is, a role of an open unit is never certain", () => {
  check(
    `role Local in A { permit read on Account at user; }
     test "t" {
       set unit B under B;
       set user bob roles: <|Local|>;
     }`,
    [noCopy],
  );
  clean("role Far in Elsewhere { permit read on Account at user; } user u in B { roles: Far; }");
});
