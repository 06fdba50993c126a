import { expect, test } from "vitest";
import { check, clean } from "./harness.ts";

const schema = `
organization Root { unit A; }
entity Country owned by organization { name?: String }
entity City owned by organization { name?: String }
entity Thing owned by organization {
  text?: String, number?: Long, flag?: Bool, price?: Decimal, day?: Datetime,
  state?: Choice("open", "won"), words?: Set<String>, numbers?: Set<Long>,
  country?: Country, user?: User, team?: Team, unit?: BusinessUnit, who?: Principal, must: String
}
entity User { clearance?: Long }
context { mfa?: Bool }
role R { permit read on Thing at organization; }
user ann in A { roles: R; }
team T in A { roles: R; }
position Top;
record fr: Country;
record paris: City;
`;

const good = `text: "a"; number: -9223372036854775808; flag: true; price: decimal("-1.5"); day: "2024-02-29";
  state: "won"; words: ["a", "b"]; numbers: [1, -2]; country: fr; user: ann; team: T; unit: A; who: Team::"T"; must: "m";`;

test("values of their types", () => {
  clean(`record t: Thing { ${good} }`, schema);
  clean(
    `record t: Thing { price: "922337203685477.5807"; day: datetime("2024-01-31T23:59:59.999+0130"); words: []; must: "";
       country: Country::"fr"; user: User::"ann"; unit: BusinessUnit::"A"; text: none; }`,
    schema,
  );
});

const text = "a text in quotes";
const decimal = 'a decimal with one to four fractional digits, such as `decimal("1.5")`';
const datetime = 'a datetime, such as `datetime("2026-01-31")`';
const choice = 'one of `"open"`, `"won"`';

test.each([
  ["text", "<|5|>", text, undefined],
  ["text", "<|word|>", text, 'write `"word"`'],
  ["number", '<|"5"|>', "a whole number", undefined],
  ["flag", '<|"true"|>', "`true` or `false`", undefined],
  ["flag", "<|yes|>", "`true` or `false`", undefined],
  ["price", "<|5|>", decimal, undefined],
  ["price", '<|"5"|>', decimal, undefined],
  ["price", '<|decimal("1.23456")|>', decimal, undefined],
  ["price", '<|datetime("2024-01-01")|>', decimal, undefined],
  ["price", '<|"922337203685477.5808"|>', decimal, undefined],
  ["price", '<|"99999999999999999999.0"|>', decimal, undefined],
  ["day", '<|"2023-02-29"|>', datetime, undefined],
  ["day", '<|"2024-13-01"|>', datetime, undefined],
  ["day", '<|"yesterday"|>', datetime, undefined],
  ["day", '<|"2024-01-01T24:00:00Z"|>', datetime, undefined],
  ["state", '<|"opne"|>', choice, "did you mean `open`?"],
  ["state", "<|won|>", choice, 'write `"won"`'],
  ["words", "[<|1|>]", text, undefined],
  ["numbers", '[1, <|"2"|>]', "a whole number", undefined],
  ["country", "<|5|>", "a record of `Country`", undefined],
  ["user", "<|5|>", "a user", undefined],
  ["user", '<|Team::"T"|>', "a user", undefined],
  ["team", "<|5|>", "a team", undefined],
  ["unit", "<|5|>", "a business unit", undefined],
  ["who", "<|5|>", "a user or team", undefined],
  ["words", "<|none2|>", text, undefined],
  ["text", '"a", <|"b"|>', "one value", undefined],
] as const)("%s: %s", (attribute, value, expected, help) => {
  const found = /<\|(.*)\|>/.exec(value)?.[1];
  check(
    `record t: Thing { must: "m"; ${attribute}: ${value}; }`,
    [
      {
        code: "BWK307",
        message: `expected ${expected}, found \`${found}\``,
        ...(help === undefined ? {} : { help }),
      },
    ],
    schema,
  );
});

test("a record of another entity", () => {
  check(
    'record t: Thing { must: "m"; country: <|paris|>; }',
    [
      {
        code: "BWK307",
        message: "expected a record of `Country`, found `paris`, which is a record of `City`",
      },
    ],
    schema,
  );
  check(
    'record t: Thing { must: "m"; country: <|Country::"paris"|>; }',
    [{ code: "BWK307", message: "expected a record of `Country`, found a record of `City`" }],
    schema,
  );
});

test("what is not optional is not cleared", () => {
  check(
    `record t: Thing { must: "m"; text: "x"; }
     test "t" { set record t { must: <|none|>; text: none; }; }`,
    [{ code: "BWK307", message: `expected ${text}, found \`none\``, help: "`must` is not optional" }],
    schema,
  );
});

test("attributes of people and of the request context", () => {
  check(
    `user bo in A { roles: R; clearance: <|"high"|>; manager: <|5|>; position: <|User::"ann"|>; }
     test "t" { allow ann read fr with { mfa: <|1|> }; }`,
    [
      { code: "BWK307", message: 'expected a whole number, found `"high"`' },
      { code: "BWK307", message: "expected a user, found `5`" },
      { code: "BWK307", message: 'expected a position, found `User::"ann"`' },
      { code: "BWK307", message: "expected `true` or `false`, found `1`" },
    ],
    schema,
  );
});

test("references of the wrong kind", () => {
  check(
    `user bo in <|User::"ann"|> { roles: <|5|>; manager: ann, <|ann|>; }
     team U in A { roles: R; members: ann, <|5|>; }
     permit (principal in <|User::"ann"|>, action == <|Role::"R"|>, resource);
     forbid (principal is <|Team|>, action, resource);
     record t: Thing { must: "m"; unit: <|Country::"fr"|>; }`,
    [
      { code: "BWK307", message: 'expected a business unit, found `User::"ann"`' },
      { code: "BWK307", message: "expected a role, found `5`" },
      { code: "BWK307", message: "expected one value: a user, found `ann`" },
      { code: "BWK307", message: "expected a user, found `5`" },
      {
        code: "BWK307",
        message: 'expected a `Team::"…"`, a `Role::"…"` or a `BusinessUnit::"…"`, found `User::"ann"`',
        help: "say `principal ==`",
      },
      { code: "BWK307", message: 'expected an action, found `Role::"R"`' },
      { code: "BWK307", message: "expected `User`, found `Team`" },
      { code: "BWK307", message: 'expected a business unit, found `Country::"fr"`' },
    ],
    schema,
  );
});

test("types, cascades and settings", () => {
  check(
    `entity E owned by organization { a?: Set<<|Bool|>>, b?: <|String|> parental, c?: <|User|> cascade assign }
     entity F owned by parent <|name|> { name?: String }
     settings { recomputeOwnership: <|maybe|>; inheritAboveUser: <|true|>, false; hierarchyLevel: <|usr|>; }`,
    [
      { code: "BWK307", message: "expected `Set<String>` or `Set<Long>`, found `Set<Bool>`" },
      { code: "BWK307", message: "expected an entity, because cascades follow a lookup, found `String`" },
      { code: "BWK307", message: "expected an entity, because cascades follow a lookup, found `User`" },
      {
        code: "BWK307",
        message: "expected a lookup to the entity that owns it, found `name`, which is String",
      },
      { code: "BWK307", message: "expected `true` or `false`, found `maybe`" },
      { code: "BWK307", message: "expected one value, found `true`" },
      { code: "BWK307", message: "expected an access level, found `usr`", help: "did you mean `user`?" },
    ],
    schema,
  );
  check(
    "settings { hierarchy: off depth <|0|>; }",
    [{ code: "BWK307", message: "expected a depth from 1 to 1000, found `0`" }],
    schema,
  );
  check(
    "settings { grantAddsToShare: true depth <|3|>; }",
    [
      {
        code: "BWK307",
        message: "expected the end of the setting, because only `hierarchy` has a depth, found `3`",
      },
    ],
    schema,
  );
  check(
    "settings { hierarchy: <|managr|>; }",
    [
      {
        code: "BWK307",
        message: "expected `off`, `manager` or `position`, found `managr`",
        help: "did you mean `manager`?",
      },
    ],
    schema,
  );
});

test("a long value is shortened", () => {
  const long = "x".repeat(100);
  const [diagnostic] = check(
    `record t: Thing { must: "m"; number: <|"${long}"|>; }`,
    [{ code: "BWK307", message: `expected a whole number, found \`"${"x".repeat(56)}…\`` }],
    schema,
  );
  expect(diagnostic?.message).not.toContain(long);
});

test("owner rules lead from a record to a user or team", () => {
  const rules = `entity Lead owned by user or team { country?: Country, who?: Principal, lead?: Lead, note?: String }`;
  check(
    `${rules}
     owner of <|Country|> is creator;
     owner of Lead is <|resource.lead.note|>;`,
    [
      { code: "BWK307", message: "expected an entity owned by user or team, found `Country`" },
      { code: "BWK307", message: "expected a path that ends in a user or team, found `resource.lead.note`" },
    ],
    schema,
  );
  check(
    `${rules} owner of Lead is resource.who.<|name|>;`,
    [{ code: "BWK307", message: "expected the end of the path, found `name`" }],
    schema,
  );
  check(
    `${rules} owner of Lead is <|resource.owner|>;`,
    [
      {
        code: "BWK307",
        message: "expected a path to another record's owner, or to a user or team, found `resource.owner`",
        help: "say `creator`, or follow a lookup: `resource.….owner`",
      },
    ],
    schema,
  );
  clean(`${rules} owner of Lead is resource.lead.lead.who;`, schema);
  clean(`${rules} owner of Lead is resource.lead.owner;`, schema);
});

test("a name in quotes is a name, and a record of the request may be named by its entity", () => {
  clean(
    `entity Case2 owned by user or team { next?: Case2 } role Cases { permit read on Case2 at user; }
     user "o 1" in "A" { roles: "Cases"; manager: "ann"; }
     record c: Case2 { owner: "o 1"; next: "d"; } record d: Case2 { owner: User::"o 1"; next: Case2::"c"; }`,
    schema,
  );
});
