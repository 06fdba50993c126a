import { test } from "vitest";
import { check, clean } from "./harness.ts";

const places = `organization Root { unit A; }
entity Account owned by user or team { name?: String }
entity Note owned by user or team { account?: Account }
`;
const finding = (action: string, needs: string, role = "R") => ({
  code: "BWK903",
  message: `\`${action}\` on \`Account\` needs \`${needs}\`, which is never granted together with role \`${role}\``,
  help: `add \`permit ${needs} on Account at …;\``,
});

test("write, share, append and appendTo need read; assign needs write", () => {
  check("role R { permit <|write|> on Account at user; }", [finding("write", "read")], places);
  check("role R { permit read, <|assign|> on Account at user; }", [finding("assign", "write")], places);
  check(
    "role R { permit <|share|>, delete, create on Account at user; }",
    [finding("share", "read")],
    places,
  );
  clean("role R { permit all on Account at user; permit delete, create on Note at user; }", places);
});

test("another role of somebody who holds both gives it, directly or through a team", () => {
  const roles = "role R { permit write on Account at user; } role Reader { permit read on Account at user; }";
  clean(`${roles} user u in A { roles: R, Reader; }`, places);
  clean(`${roles} user u in A { roles: R; } team T in A { roles: Reader; members: u; }`, places);
  clean(`${roles} administrator role Admin; user u in A { roles: R, Admin; }`, places);
});

test("nobody who holds the role gets it from elsewhere", () => {
  check(
    `role R { permit <|write|> on Account at user; }
     role Reader { permit read on Account at user; }
     user u in A { roles: R; }
     user v in A { roles: Reader; }`,
    [finding("write", "read")],
    places,
  );
});

test("who holds a role that nobody in source holds is not known", () => {
  clean(
    "role R { permit write on Account at user; } role Reader { permit read on Account at user; }",
    places,
  );
});

test("a guardrail may permit it", () => {
  clean(
    "role R { permit write on Account at user; } permit (principal, action == read, resource is Account);",
    places,
  );
});

test("what grants nothing needs nothing, and roles of tests are left alone", () => {
  clean(
    `role R { permit write on Account at none; permit write on * at user; permit read on Note at user; }
     test "t" { role Local { permit write on Account at user; } }`,
    places,
  );
});
