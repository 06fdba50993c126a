// What is wrong with expressions: for each the place, the message and the help, as a user reads them.
import { expect, test } from "vitest";
import { expectProblems, onAccount, problems } from "./harness.ts";

/** An expression about accounts with its mark, the message, and the help where there is one. */
const illTyped: readonly (readonly [marked: string, message: string, help?: string])[] = [
  ["<|resource.size|>", "expected `Bool`, found `Long`"],
  ["!<|resource.size|>", "expected `Bool`, found `Long`"],
  ["<|resource.size|> && true", "expected `Bool`, found `Long`"],
  ["true && <|resource.title|>", "expected `Bool`, found `String`"],
  ["<|resource.title|> || resource.open", "expected `Bool`, found `String`"],
  ["false || <|resource.size|>", "expected `Bool`, found `Long`"],
  ["if <|resource.size|> then true else false", "expected `Bool`, found `Long`"],
  [
    'if resource.open then 1 else <|"a"|>',
    "both branches of an `if` have one type, found `String` beside `Long`",
  ],
  ["<|if resource.open then 1 else 2|>", "expected `Bool`, found `Long`"],
  ['<|1 == "1"|>', "cannot compare `Long` with `String`"],
  ['<|resource.size == "a"|>', "cannot compare `Long` with `String`"],
  ["<|resource.title != 3|>", "cannot compare `String` with `Long`"],
  ["<|resource.revenue == 1|>", "cannot compare `Decimal` with `Long`"],
  ['<|resource.since == "2026-01-31"|>', "cannot compare `Datetime` with `String`"],
  ["<|resource.open == 1|>", "cannot compare `Bool` with `Long`"],
  ["<|resource.tags == [1]|>", "cannot compare `Set<String>` with `Set<Long>`"],
  ['<|resource.tags == "a"|>', "cannot compare `Set<String>` with `String`"],
  ["<|resource.status == 1|>", "cannot compare `String` with `Long`"],
  ['<|principal == Team::"T"|>', "cannot compare `User` with `Team`", "say `in` instead of `==`"],
  ['<|principal == Role::"R"|>', "cannot compare `User` with `Role`", "say `in` instead of `==`"],
  [
    '<|principal == BusinessUnit::"A"|>',
    "cannot compare `User` with `BusinessUnit`",
    "say `in` instead of `==`",
  ],
  [
    '<|resource == BusinessUnit::"A"|>',
    "cannot compare `Account` with `BusinessUnit`",
    "say `in` instead of `==`",
  ],
  ['<|resource.home == Contact::"c"|>', "cannot compare `Country` with `Contact`"],
  ["<|resource.manager == resource.team|>", "cannot compare `User` with `Team`", "say `in` instead of `==`"],
  [
    "<|resource.owner == resource.branch|>",
    "cannot compare `Principal` with `BusinessUnit`",
    "say `in` instead of `==`",
  ],
  ["<|resource.owner == resource.home|>", "cannot compare `Principal` with `Country`"],
  ["<|resource == principal|>", "cannot compare `Account` with `User`"],
  ['<|action == "read"|>', "cannot compare `Action` with `String`"],
  ['<|resource.home == "Norway"|>', "cannot compare `Country` with `String`"],
  [
    '<|[action] == [Action::"read"]|>',
    "cannot compare `Set<Action>` with `Set<Action>`",
    "ask `action in […]`, or `[…].contains(action)`",
  ],
  ['<|resource.title|> < "b"', "expected `Long` or `Datetime`, found `String`"],
  ['resource.size < <|"b"|>', "expected `Long`, found `String`"],
  ["resource.since < <|3|>", "expected `Datetime`, found `Long`"],
  ["3 >= <|resource.since|>", "expected `Long`, found `Datetime`"],
  [
    '<|resource.revenue|> > decimal("1.0")',
    "expected `Long` or `Datetime`, found `Decimal`",
    "decimals are compared by methods: `a.greaterThan(b)`",
  ],
  [
    'resource.size <= <|decimal("1.0")|>',
    "expected `Long`, found `Decimal`",
    "decimals are compared by methods: `a.lessThanOrEqual(b)`",
  ],
  ["<|resource.open|> < true", "expected `Long` or `Datetime`, found `Bool`"],
  ["<|resource.tags|> > resource.tags", "expected `Long` or `Datetime`, found `Set<String>`"],
  ['resource.size + <|"a"|> == 1', "expected `Long`, found `String`"],
  ["<|resource.title|> + 1 == 1", "expected `Long`, found `String`"],
  ["resource.size * <|resource.revenue|> == 1", "expected `Long`, found `Decimal`"],
  ["-<|resource.title|> == 1", "expected `Long`, found `String`"],
  ["- <|true|>", "expected `Long`, found `Bool`"],
  ["<|resource.since|> - 1 < resource.since", "expected `Long`, found `Datetime`"],
  ["<|9223372036854775807 + 1|> == 0", "`9223372036854775807 + 1` overflows: it does not fit 64 bits"],
  ["<|-9223372036854775808 - 1|> == 0", "`-9223372036854775808 - 1` overflows: it does not fit 64 bits"],
  ["<|4611686018427387904 * 2|> == 0", "`4611686018427387904 * 2` overflows: it does not fit 64 bits"],
  ["<|-(-9223372036854775808)|> == 0", "`-(-9223372036854775808)` overflows: it does not fit 64 bits"],
  ["<|- -9223372036854775808|> == 0", "`- -9223372036854775808` overflows: it does not fit 64 bits"],
  ['resource.<|nmae|> == "x"', "`Account` has no attribute `nmae`", "did you mean `name`?"],
  ["resource.<|zzz|> == 1", "`Account` has no attribute `zzz`"],
  ['resource.<|tilte|> like "a"', "`Account` has no attribute `tilte`", "did you mean `title`?"],
  ['resource[<|"titel"|>] == "x"', "`Account` has no attribute `titel`", "did you mean `title`?"],
  ["principal.<|clearence|> > 1", "`User` has no attribute `clearence`", "did you mean `clearance`?"],
  [
    "principal.<|businessUnit|> == resource.branch",
    "`User` has no attribute `businessUnit`",
    'say `principal in BusinessUnit::"…"`',
  ],
  ["principal.<|owner|> == principal", "`User` has no attribute `owner`"],
  ["context.<|nfa|>", "`context` has no attribute `nfa`", "did you mean `mfa`?"],
  ["context.<|zzz|>", "`context` has no attribute `zzz`", "declare it: `context { zzz?: … }`"],
  ["context has mfa && <|context.mfa == 1|>", "cannot compare `Bool` with `Long`"],
  ['resource.home.<|nam|> == "x"', "`Country` has no attribute `nam`", "did you mean `name`?"],
  [
    "resource.home.<|owner|> == principal",
    "`Country` has no attribute `owner`",
    "`Country` is owned by the organization",
  ],
  [
    "resource.home.<|businessUnit|> == resource.branch",
    "`Country` has no attribute `businessUnit`",
    "`Country` is owned by the organization",
  ],
  [
    "resource has parent && <|resource.parent.owner|>.name == 1",
    "`Principal` has no attributes",
    "it may be a user or a team: compare it, or ask `is User` and `in`",
  ],
  [
    "resource has parent && <|resource.parent.businessUnit.region|> == 1",
    "`resource.parent.businessUnit.region` follows more than one lookup",
    "a lookup is followed one step: declare what is asked for on the entity where that ends",
  ],
  ["resource.manager.<|zzz|> == 1", "`User` has no attribute `zzz`"],
  ["resource.branch.<|zzz|> == 1", "`BusinessUnit` has no attribute `zzz`"],
  ["resource.team.<|owner|> == principal", "`Team` has no attribute `owner`"],
  ["<|resource.size|>.x == 1", "`Long` has no attributes"],
  ["<|resource.tags|>.size == 1", "`Set<String>` has no attributes"],
  ['<|"a"|>.length == 1', "`String` has no attributes"],
  [
    '<|resource.owner|>.department == "x"',
    "`Principal` has no attributes",
    "it may be a user or a team: compare it, or ask `is User` and `in`",
  ],
  [
    '<|resource.contact|>.department == "x"',
    "`Principal` has no attributes",
    "it may be a user or a team: compare it, or ask `is User` and `in`",
  ],
  ['<|action|>.name == "read"', "`Action` has no attributes", 'compare it: `action == Action::"read"`'],
  ['<|Role::"R"|>.name == "x"', "`Role` has no attributes"],
  ["<|resource.size|> has x", "`Long` has no attributes"],
  [
    "<|resource.owner|> has x",
    "`Principal` has no attributes",
    "it may be a user or a team: compare it, or ask `is User` and `in`",
  ],
  ["resource has <|title|>.x", "`String` has no attributes"],
  [
    "<|resource has home.region.title|>",
    "`resource has home.region.title` follows more than one lookup",
    "a lookup is followed one step: declare what is asked for on the entity where that ends",
  ],
  [
    '(<|if resource.open then principal else User::"ann"|>).clearance > 1',
    "the attributes of what an expression chooses cannot be read",
    "read the attribute in both branches of the `if`",
  ],
  ["<|context|>", "`context` is no value by itself", "read one of its attributes: `context.…`"],
  ["<|[]|> == resource.tags", "an empty set has no type", "write at least one element, or ask `.isEmpty()`"],
  [
    "resource.tags.containsAll(<|[]|>)",
    "an empty set has no type",
    "write at least one element, or ask `.isEmpty()`",
  ],
  ["principal in <|[]|>", "an empty set has no type", "write at least one element, or ask `.isEmpty()`"],
  [
    '[1, <|"a"|>].contains(1)',
    "a set holds values of one type, found `String` beside `Long`",
    "write one set for each type, and join the tests with `||`",
  ],
  [
    "[principal, <|resource.owner|>].contains(principal)",
    "a set holds values of one type, found `Principal` beside `User`",
    "write one set for each type, and join the tests with `||`",
  ],
  ["<|[[1], [2]]|>.contains([1])", "a set cannot hold sets", "write the elements into one set"],
  ["resource.tags.contains(<|1|>)", "expected `String`, found `Long`"],
  ['resource.codes.contains(<|"a"|>)', "expected `Long`, found `String`"],
  ["resource.tags.containsAny(<|[1]|>)", "expected `Set<String>`, found `Set<Long>`"],
  ['resource.tags.containsAll(<|"a"|>)', "expected `Set<String>`, found `String`"],
  ["[1].containsAll(<|resource.tags|>)", "expected `Set<Long>`, found `Set<String>`"],
  ['<|resource.title|>.contains("a")', "expected `Set`, found `String`", "`contains` is a method of sets"],
  ["<|resource.size|>.isEmpty()", "expected `Set`, found `Long`", "`isEmpty` is a method of sets"],
  ["resource.tags.<|isEmpty|>(1)", "`isEmpty` takes no arguments, found 1 argument"],
  ["resource.tags.<|contains|>()", "`contains` takes 1 argument, found no arguments"],
  ['resource.tags.<|contains|>("a", "b")', "`contains` takes 1 argument, found 2 arguments"],
  [
    'resource.tags.<|includes|>("a")',
    "unknown method `includes`",
    "there are `contains`, `containsAll`, `containsAny`, `isEmpty`, `lessThan`, `lessThanOrEqual`, `greaterThan`, `greaterThanOrEqual`",
  ],
  ['resource.tags.<|containAll|>(["a"])', "unknown method `containAll`", "did you mean `containsAll`?"],
  [
    '<|[action].containsAny([Action::"read"])|>',
    "cannot compare `Set<Action>` with `Set<Action>`",
    "ask `action in […]`, or `[…].contains(action)`",
  ],
  ["<|resource.size|>.lessThan(1)", "expected `Decimal`, found `Long`", "say `<`"],
  ["resource.revenue.lessThan(<|1|>)", "expected `Decimal`, found `Long`"],
  ["resource.revenue.greaterThan(<|resource.since|>)", "expected `Decimal`, found `Datetime`"],
  ["<|resource.since|>.lessThanOrEqual(resource.since)", "expected `Decimal`, found `Datetime`", "say `<=`"],
  ["resource.revenue.<|lessThan|>()", "`lessThan` takes 1 argument, found no arguments"],
  [
    'decimal(<|"1"|>) == resource.revenue',
    '`"1"` is no decimal',
    "write one to four digits behind a point: `-12.5`, within 64 bits of ten-thousandths",
  ],
  [
    'decimal(<|"1.23456"|>) == resource.revenue',
    '`"1.23456"` is no decimal',
    "write one to four digits behind a point: `-12.5`, within 64 bits of ten-thousandths",
  ],
  [
    'decimal(<|"922337203685477.5808"|>) == resource.revenue',
    '`"922337203685477.5808"` is no decimal',
    "write one to four digits behind a point: `-12.5`, within 64 bits of ten-thousandths",
  ],
  [
    'decimal(<|""|>) == resource.revenue',
    '`""` is no decimal',
    "write one to four digits behind a point: `-12.5`, within 64 bits of ten-thousandths",
  ],
  [
    "decimal(<|1|>) == resource.revenue",
    "`decimal` needs a text in quotes",
    'write it out: `decimal("1.5")`',
  ],
  [
    "decimal(<|resource.title|>) == resource.revenue",
    "`decimal` needs a text in quotes",
    'write it out: `decimal("1.5")`',
  ],
  ["<|decimal|>() == resource.revenue", "`decimal` takes 1 argument, found no arguments"],
  [
    'datetime(<|"2026-02-30"|>) < resource.since',
    '`"2026-02-30"` is no datetime',
    "write `2026-01-31`, `2026-01-31T09:30:00Z`, `2026-01-31T09:30:00.500Z` or `2026-01-31T09:30:00+0200`",
  ],
  [
    'datetime(<|"2026-01-31 10:00"|>) < resource.since',
    '`"2026-01-31 10:00"` is no datetime',
    "write `2026-01-31`, `2026-01-31T09:30:00Z`, `2026-01-31T09:30:00.500Z` or `2026-01-31T09:30:00+0200`",
  ],
  [
    'datetime(<|"2026-01-31T24:00:00Z"|>) < resource.since',
    '`"2026-01-31T24:00:00Z"` is no datetime',
    "write `2026-01-31`, `2026-01-31T09:30:00Z`, `2026-01-31T09:30:00.500Z` or `2026-01-31T09:30:00+0200`",
  ],
  [
    'datetime(<|"2026-01-31T10:00:00+02:00"|>) < resource.since',
    '`"2026-01-31T10:00:00+02:00"` is no datetime',
    "write `2026-01-31`, `2026-01-31T09:30:00Z`, `2026-01-31T09:30:00.500Z` or `2026-01-31T09:30:00+0200`",
  ],
  [
    "datetime(<|resource.title|>) < resource.since",
    "`datetime` needs a text in quotes",
    'write it out: `datetime("2026-01-31")`',
  ],
  ['<|datetime|>("2026-01-31", "Z") < resource.since', "`datetime` takes 1 argument, found 2 arguments"],
  ['<|decimel|>("1.0") == resource.revenue', "unknown function `decimel`", "did you mean `decimal`?"],
  ['<|resource.size|> like "a*"', "expected `String`, found `Long`"],
  ['<|resource.tags|> like "a*"', "expected `String`, found `Set<String>`"],
  ['<|principal|> like "a"', "expected `String`, found `User`"],
  [
    "<|resource.size|> is User",
    "expected an entity, found `Long`",
    "`is` asks whether something is a user, a team, a business unit or a record of an entity",
  ],
  [
    '<|"a"|> is User',
    "expected an entity, found `String`",
    "`is` asks whether something is a user, a team, a business unit or a record of an entity",
  ],
  [
    'principal in <|"T"|>',
    "expected an entity, found `String`",
    "`in` asks about people, places, records and actions",
  ],
  [
    "principal in <|resource.tags|>",
    "expected an entity, found `Set<String>`",
    "`in` asks about people, places, records and actions",
  ],
  [
    '<|"a"|> in resource.tags',
    "expected an entity, found `String`",
    "turn it round: a set of texts or numbers is asked with `.contains(…)`",
  ],
  [
    "<|resource.size|> in [1, 2]",
    "expected an entity, found `Long`",
    "turn it round: a set of texts or numbers is asked with `.contains(…)`",
  ],
  ['<|principal in Account::"a"|>', "`User` is never in `Account`"],
  ["<|principal in resource|>", "`User` is never in `Account`"],
  ['<|resource in Team::"T"|>', "`Account` is never in `Team`"],
  ["<|resource in principal|>", "`Account` is never in `User`"],
  ['<|resource.home in Contact::"c"|>', "`Country` is never in `Contact`"],
  ['<|resource.team in User::"ann"|>', "`Team` is never in `User`"],
  ['<|resource.branch in Team::"T"|>', "`BusinessUnit` is never in `Team`"],
  ['<|BusinessUnit::"A" in principal|>', "`BusinessUnit` is never in `User`"],
  ['<|Role::"R" in Role::"R"|>', "`Role` is never in `Role`"],
  ['<|action in Team::"T"|>', "`Action` is never in `Team`"],
  ['<|resource.contact in Contact::"c"|>', "`Principal` is never in `Contact`"],
  ['<|resource is Account in Team::"T"|>', "`Account` is never in `Team`"],
  [
    'principal in [Team::"T", <|Role::"R"|>]',
    "a set holds values of one type, found `Role` beside `Team`",
    "write one set for each type, and join the tests with `||`",
  ],
  [
    'if resource.open then action == Action::"read" else <|1|>',
    "both branches of an `if` have one type, found `Long` beside `Bool`",
  ],
  [
    '(<|if resource.open then action else Action::"read"|>) == action',
    "an `if` cannot choose between values of type `Action`",
    "write the test into both branches",
  ],
  [
    'principal in (<|if resource.open then Role::"R" else Role::"R"|>)',
    "an `if` cannot choose between values of type `Role`",
    "write the test into both branches",
  ],
];

const rows = illTyped.map(([marked, message, help]) => ({ marked, message, help }));

test.each(rows)("$marked", ({ marked, message, help }) => {
  expectProblems(marked, [{ code: "BWK307", message, help }]);
});

test("there are at least eighty of them, each with one mark", () => {
  expect(illTyped.length).toBeGreaterThanOrEqual(80);
  expect(new Set(illTyped.map(([marked]) => marked)).size).toBe(illTyped.length);
  for (const [marked] of illTyped) expect(marked.match(/<\|[\s\S]*?\|>/g)).toHaveLength(1);
});

test("several mistakes are reported at once, each at its place", () => {
  expectProblems('<|context|> == <|{ a: 1 }|> || resource.<|zzz|> == 1 || <|resource.size|> like "a"', [
    {
      code: "BWK307",
      message: "`context` is no value by itself",
      help: "read one of its attributes: `context.…`",
    },
    {
      code: "BWK307",
      message: "a record in braces is no value here",
      help: "compare the attributes one by one",
    },
    { code: "BWK307", message: "`Account` has no attribute `zzz`" },
    { code: "BWK307", message: "expected `String`, found `Long`" },
  ]);
});

test("a mistake in a test hides what would follow from it, and nothing else", () => {
  const type = { code: "BWK307", message: "`Long` has no attributes" };
  expectProblems('<|resource.size|> has x && resource.name == "x"', [type]);
  expectProblems('<|resource.size|> has x || resource.name == "x"', [type]);
  expectProblems('if <|resource.size|> has x then resource.name == "x" else resource.<|zzz|>', [
    type,
    { code: "BWK307", message: "`Account` has no attribute `zzz`" },
  ]);
});

test("clauses are checked one by one, and behind a wrong one nothing is known to be there", () => {
  const source = onAccount("resource.size has x").replace(
    " };",
    ' } when { resource.name == "x" } unless { resource.size };',
  );
  expect(problems(source).map(({ message }) => message)).toEqual([
    "`Long` has no attributes",
    "expected `Bool`, found `Long`",
  ]);
});

test("a long text is shortened in a message", () => {
  const sum = Array.from({ length: 30 }, () => "9223372036854775807").join(" + ");
  const [problem] = problems(onAccount(`${sum} == 0`));
  expect(problem?.message).toBe(
    "`9223372036854775807 + 9223372036854775807` overflows: it does not fit 64 bits",
  );
  const [deep] = problems(onAccount(`resource.home.region.title${" ".repeat(3)}== "${"x".repeat(50)}"`));
  expect(deep?.code).toBe("BWK308");
  const long = `resource has home.region.${"title_".repeat(12)}`;
  expect(problems(onAccount(long)).map(({ message }) => message)).toEqual([
    `\`${long.slice(0, 57)}…\` follows more than one lookup`,
  ]);
});

test("what a syntax error tore apart is not judged", () => {
  expect(problems(onAccount("1 < 2 < 3")).map(({ code }) => code)).toEqual(["BWK117"]);
  expect(problems(onAccount("resource.size == 1 &&")).map(({ code }) => code)).toEqual(["BWK110"]);
  expect(problems(onAccount('resource == Nope::"x"')).map(({ code }) => code)).toEqual(["BWK201"]);
  expect(problems(onAccount("9223372036854775808 == 1")).map(({ code }) => code)).toEqual(["BWK107"]);
  expect(problems(onAccount("resource is Nope")).map(({ code }) => code)).toEqual(["BWK201"]);
  expect(problems(onAccount("principal == ?principal")).map(({ code }) => code)).toEqual(["BWK199"]);
});
