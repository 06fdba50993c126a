import { test } from "vitest";
import { check, clean } from "./harness.ts";

const help = "make it a `team`, or share records with it";

test("an access team holds no roles", () => {
  check(
    `access team X in A { <|roles|>: Base; members: alice; } test "t" { set team Deal <|roles|>: Base; }`,
    [
      { code: "BWK305", message: "access team `X` cannot hold roles", help },
      { code: "BWK305", message: "access team `Deal` cannot hold roles", help },
    ],
  );
});

test("an access team owns nothing", () => {
  check(
    `record o: Account { owner: <|Deal|>; } test "t" { record p: Account { owner: <|Team::"Deal"|>; } }`,
    [
      { code: "BWK305", message: "access team `Deal` cannot own records", help },
      { code: "BWK305", message: "access team `Deal` cannot own records", help },
    ],
  );
});

test("an access team is given no permit; it may be forbidden and shared with", () => {
  check(`permit (principal in <|Team::"Deal"|>, action == read, resource is Account);`, [
    { code: "BWK305", message: "access team `Deal` cannot be given a permit", help },
  ]);
  clean(`forbid (principal in Team::"Deal", action == read, resource is Account);
         permit (principal in Team::"Sales", action == read, resource is Account);
         record o: Account { owner: alice; }
         share o with Deal: read;`);
});
