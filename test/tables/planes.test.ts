import { expect, test } from "vitest";
import { planeWords, rolePlanes } from "../../compiler/tables/planes.ts";
import { policyOf } from "../oracle/build.ts";

const policy = policyOf({
  entities: { Account: "userOrTeam", Product: "organization" },
  tasks: ["Merge", "Export"],
  roles: {
    Reader: ["read Account parentChild", "read Product organization"],
    Owner: ["create Account user", "appendTo Account businessUnit", "Export"],
  },
});

test("a row has four bits for each action of each privilege set and each task", () => {
  // 2 sets * 8 actions + 2 tasks = 18 slots, eight a word.
  expect(planeWords(policy)).toBe(3);
});

test("a grant sets the one bit of its level", () => {
  const hex = [...rolePlanes(policy)].map((word) => word.toString(16).padStart(8, "0"));
  // Slots from the right: create read write delete assign share append appendTo.
  expect(hex.slice(0, 3)).toEqual(["00000040", "00000080", "00000000"]);
  expect(hex.slice(3)).toEqual(["20000001", "00000000", "00000080"]);
});

test("a policy without roles has no rows", () => {
  expect(rolePlanes(policyOf({ entities: { Account: "userOrTeam" } })).length).toBe(0);
});
