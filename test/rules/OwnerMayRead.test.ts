import { test } from "vitest";
import { check, clean, world } from "./harness.ts";

const people = `${world}
role Products { permit read on Product at organization; }
user noone in A { roles: Products; }
`;

const finding = (kind: string, owner: string, entity = "Account", set = entity) => ({
  code: "BWK310",
  message: `${kind} \`${owner}\` cannot own \`${entity}\` records: no read privilege on \`${entity}\``,
  help: `give \`${owner}\` a role with \`permit read on ${set} at …\``,
});

test("a user needs read on the entity, in a direct role at any level", () => {
  check(
    "record o: Account { owner: <|noone|>; } record p: Account { owner: alice; }",
    [finding("user", "noone")],
    people,
  );
  check(
    "record e: Email { owner: <|noone|>; } record f: Email { owner: alice; }",
    [finding("user", "noone", "Email", "Activity")],
    people,
  );
});

test("an administrator role gives every privilege", () => {
  clean(
    `administrator role Admin;
     user boss in A { roles: Admin; }
     record o: Account { owner: boss; }`,
  );
});

test("an inheriting role of a team counts at any level, a team-only role only at organization", () => {
  const roles = `
    role Inherits { permit read on Account at businessUnit; }
    team role TeamOnly { permit read on Account at parentChild; }
    team role Everywhere { permit read on Account at organization; }
    user u in B { roles: Products; }
    user v in B { roles: Products; }
    user w in B { roles: Products; }
    team T1 in A { roles: Inherits; members: u; }
    group team T2 in A { roles: TeamOnly; members: v; }
    team T3 in A { roles: Everywhere; members: w; }`;
  const records = `
    record o1: Account { owner: u; }
    record o2: Account { owner: <|v|>; }
    record o3: Account { owner: w; }`;
  check(roles + records, [finding("user", "v")], people);
  check(
    `settings { inheritAboveUser: false; } ${roles} record o1: Account { owner: <|u|>; }`,
    [finding("user", "u")],
    people,
  );
});

test("a default team's role counts for the users of its unit", () => {
  clean("default team of A { roles: Base; } record o: Account { owner: noone; }", people);
  check(
    "default team of B { roles: Base; } record o: Account { owner: <|noone|>; }",
    [finding("user", "noone")],
    people,
  );
});

test("a team needs a role of its own that reads", () => {
  check(
    `group team Empty in A { members: alice; }
     record o: Account { owner: <|Empty|>; }
     record p: Account { owner: Sales; }
     record q: Account { owner: <|A|>; }`,
    [finding("team", "Empty"), finding("team", "A")],
  );
});

test("a guardrail that may permit to read makes it uncertain", () => {
  clean(
    `permit (principal, action == read, resource is Account);
     record o: Account { owner: noone; }`,
    people,
  );
});

test("a permit makes only those uncertain whom it may serve", () => {
  const permit = (scope: string, level = "organization"): string =>
    `permit (principal ${scope}, action == read, resource is Account) at ${level};`;
  const user = "record o: Account { owner: <|noone|>; }";
  const team = "record o: Account { owner: <|B|>; }";
  const unmarked = (text: string): string => text.replaceAll(/<\||\|>/g, "");
  const served: [string, string][] = [
    [permit('== User::"noone"'), user],
    [permit('in BusinessUnit::"A"', "user"), user],
    [permit('in Role::"Products"', "user"), user],
    [permit('in Team::"A"'), user],
    [permit('in Team::"B"', "user"), team],
  ];
  for (const [guardrail, record] of served) clean(guardrail + unmarked(record), people);
  const others: [string, string][] = [
    [permit('== User::"alice"'), user],
    [permit('in BusinessUnit::"B"'), user],
    [permit('in Role::"Base"'), user],
    [permit('in Team::"B"'), user],
    // As a team-only role would: that does not make the member an owner below organization.
    [permit('in Team::"A"', "user"), user],
  ];
  for (const [guardrail, record] of others) check(guardrail + record, [finding("user", "noone")], people);
  // A team owns through what is its own.
  check(permit("") + team, [finding("team", "B")], people);
  check(permit('in Team::"A"') + team, [finding("team", "B")], people);
});

test("in a test what holds at that line counts", () => {
  check(
    `test "t" {
       record o: Account { owner: <|noone|>; }
       set user noone roles: Base;
       record p: Account { owner: noone; }
       set role Base { permit read on Account at none; }
       record q: Account { owner: <|noone|>; }
       do alice share p with bob: read;
       record r: Account { owner: <|noone|>; }
     }`,
    [finding("user", "noone"), finding("user", "noone"), finding("user", "noone")],
    people,
  );
});

test("an owner whom only a directory knows is not judged", () => {
  clean(
    'entity Account owned by user or team; record o: Account { owner: stranger; } record p: Account { owner: Team::"x"; }',
    "",
  );
});
