// Names and structure: BWK201 to BWK206, each at its word, with what was probably meant.
import { describe, expect, test } from "vitest";
import { analyze } from "../../compiler/compile.ts";
import { check, clean, type Finding } from "../rules/harness.ts";
import { analyzed, errors } from "./project.ts";

/** `attribute of X` is `unknown attribute … of X`. */
const unknown = (kind: string, name: string, help?: string): Finding => ({
  code: "BWK201",
  message: `unknown ${kind.replace(/ of .*/, "")} \`${name}\`${/ of .*/.exec(kind)?.[0] ?? ""}`,
  ...(help === undefined ? {} : { help }),
});
const mean = (name: string) => `did you mean \`${name}\`?`;

describe("BWK201: unknown names", () => {
  test.each<[string, Finding]>([
    ["role R { permit read on <|Acount|> at user; }", unknown("entity", "Acount", mean("Account"))],
    ["role R { permit <|raed|> on Account at user; }", unknown("action", "raed", mean("read"))],
    [
      "role R { permit <|ExportToExcel|> on Account at user; }",
      unknown("action", "ExportToExcel", "`ExportToExcel` is a task privilege: grant it without `on`"),
    ],
    [
      "role R { permit read on Account at <|bussinessUnit|>; }",
      unknown("access level", "bussinessUnit", mean("businessUnit")),
    ],
    ["role R { permit <|ExportToExel|>; }", unknown("privilege", "ExportToExel", mean("ExportToExcel"))],
    [
      "role R { permit <|read|>; }",
      unknown("privilege", "read", "say on which entities: `permit read on … at …`"),
    ],
    ["entity E owned by organization { a: <|Strng|> }", unknown("type", "Strng", mean("String"))],
    [
      "entity E owned by organization { a?: <|Activity|> }",
      unknown("type", "Activity", "`Activity` is a privilege set: a lookup leads to one entity"),
    ],
    ...[
      "settings { hierarchyExcludes: <|Activity|>; }",
      "record r: <|Activity|> { owner: alice; }",
      'test "t" { list read <|Activity|> for alice: none; }',
    ].map((source): [string, Finding] => [
      source,
      unknown(
        "entity",
        "Activity",
        "`Activity` is a privilege set: say `Email`, or another of the entities that share it",
      ),
    ]),
    [
      "entity E owned by parent <|ordr|> { order: Order }",
      unknown("attribute of `E`", "ordr", mean("order")),
    ],
    [
      "entity <|Acount|> { a?: String }",
      unknown(
        "built-in type",
        "Acount",
        "say who owns it: `owned by user or team`, `organization`, `business unit` or `parent <lookup>`",
      ),
    ],
    ["settings { <|hierarchi|>: off; }", unknown("setting", "hierarchi", mean("hierarchy"))],
    ["settings { hierarchyExcludes: <|Acount|>; }", unknown("entity", "Acount", mean("Account"))],
    ["user u in <|Nowhere|> { roles: Base; }", unknown("business unit", "Nowhere")],
    ["user u in <|alice|> { roles: Base; }", unknown("business unit", "alice", "`alice` is a user")],
    ["user u in A { roles: Base; <|role|>: Base; }", unknown("field of a user", "role", mean("roles"))],
    ["user u in A { roles: Base; manager: <|alcie|>; }", unknown("user", "alcie", mean("alice"))],
    ["user u in A { roles: Base; manager: <|A|>; }", unknown("user", "A", "`A` is a business unit")],
    ["user u in A { roles: Base; manager: <|Sales|>; }", unknown("user", "Sales", "`Sales` is a team")],
    ['user u in A { roles: <|"Base user"|>; }', unknown("role", "Base user")],
    ["user u in A { roles: Base in <|Nowhere|>; }", unknown("business unit", "Nowhere")],
    ["user u in A { roles: Base; position: <|Chief|>; }", unknown("position", "Chief")],
    ["position P under <|Chief|>;", unknown("position", "Chief")],
    ["team T in A { roles: Base; members: alice, <|bbo|>; }", unknown("user", "bbo", mean("bob"))],
    [
      "default team of A { <|members|>: alice; }",
      unknown(
        "field of a default team",
        "members",
        "the members of a default team are the users of its unit",
      ),
    ],
    ["default team of <|Nowhere|> { roles: Base; }", unknown("business unit", "Nowhere")],
    ["record r: <|Acount|> { owner: alice; }", unknown("entity", "Acount", mean("Account"))],
    ["record r: Account { owner: <|allice|>; }", unknown("user or team", "allice", mean("alice"))],
    ['record r: Account { owner: <|Usr|>::"alice"; }', unknown("entity", "Usr")],
    ['record r: Account { owner: alice; <|nam|>: "x"; }', unknown("field of `Account`", "nam", mean("name"))],
    [
      "record r: Product { <|owner|>: alice; }",
      unknown("field of `Product`", "owner", "a record of `Product` has none: the organization owns it"),
    ],
    [
      "record r: Facility { businessUnit: A; <|owner|>: alice; }",
      unknown(
        "field of `Facility`",
        "owner",
        "a record of `Facility` has none: a business unit owns it: say `businessUnit`",
      ),
    ],
    ["record r: Contact { owner: alice; account: <|acc|>; }", unknown("record", "acc")],
    ["share <|opp|> with bob: read;", unknown("record", "opp")],
    [
      "record r: Account { owner: alice; } share r with <|bobb|>: read;",
      unknown("user or team", "bobb", mean("bob")),
    ],
    [
      "record r: Account { owner: alice; } share r with bob: <|reed|>;",
      unknown("right", "reed", mean("read")),
    ],
    ["column profile P { permit read on <|Acount|>.name; }", unknown("entity", "Acount", mean("Account"))],
    [
      "column profile P { permit read on Account.<|nam|>; }",
      unknown("attribute of `Account`", "nam", mean("name")),
    ],
    ["owner of <|Acount|> is creator;", unknown("entity", "Acount", mean("Account"))],
    [
      "owner of Contact is resource.<|acount|>.owner;",
      unknown("attribute of `Contact`", "acount", mean("account")),
    ],
    ["forbid (principal, action == <|raed|>, resource);", unknown("action", "raed", mean("read"))],
    [
      "forbid (principal, action == <|all|>, resource);",
      unknown("action", "all", "say `action` alone: it means every action"),
    ],
    ['forbid (principal, action == Action::<|"raed"|>, resource);', unknown("action", "raed", mean("read"))],
    ["forbid (principal, action, resource is <|Acount|>);", unknown("entity", "Acount", mean("Account"))],
    [
      'forbid (principal, action, resource == <|Acount|>::"x");',
      unknown("entity", "Acount", mean("Account")),
    ],
    ['forbid (principal in Role::<|"Bse"|>, action, resource);', unknown("role", "Bse", mean("Base"))],
    ['test "t" { allow <|alcie|> ExportToExcel; }', unknown("user", "alcie", mean("alice"))],
    ['test "t" { allow alice read <|o|>; }', unknown("record", "o")],
    [
      'test "t" { allow alice read <|o|>; record o: Account { owner: alice; } }',
      unknown("record", "o", "`o` is declared further down: a test's records exist from there on"),
    ],
    [
      'test "t" { allow alice <|ExportToExel|>; }',
      unknown("privilege", "ExportToExel", mean("ExportToExcel")),
    ],
    [
      'record r: Account { owner: alice; } test "t" { allow alice read r because role <|Bse|>; }',
      unknown("role", "Bse", mean("Base")),
    ],
    [
      'record r: Account { owner: alice; } test "t" { deny alice read r because forbid <|"f"|>; }',
      unknown("guardrail", "f"),
    ],
    [
      'record r: Account { owner: alice; } test "t" { who can read r: alice, <|bobb|>; }',
      unknown("user", "bobb", mean("bob")),
    ],
    [
      'record r: Account { owner: alice; } test "t" { who can <|raed|> r: alice; }',
      unknown("action", "raed", mean("read")),
    ],
    ['test "t" { list read <|Acount|> for alice: none; }', unknown("entity", "Acount", mean("Account"))],
    [
      'test "t" { allow alice create Account { owner: <|bobb|> }; }',
      unknown("user or team", "bobb", mean("bob")),
    ],
    [
      'record r: Account { owner: alice; } test "t" { allow alice assign r to <|bobb|>; }',
      unknown("user or team", "bobb", mean("bob")),
    ],
    [
      'record r: Contact { owner: alice; } test "t" { allow alice append r.<|acount|> to r; }',
      unknown("attribute of `Contact`", "acount", mean("account")),
    ],
    ['test "t" { set unit <|Nowhere|> disabled; }', unknown("business unit", "Nowhere")],
    [
      'test "t" { set role <|Bas|> { permit read on Account at user; } }',
      unknown("role", "Bas", mean("Base")),
    ],
    ['test "t" { refuse set unit <|Nowhere|> disabled; }', unknown("business unit", "Nowhere")],
  ])("%s", (source, finding) => {
    check(source, [finding]);
  });
});

describe("BWK202: declared twice", () => {
  const twice = (kind: string, name: string): Finding => ({
    code: "BWK202",
    message: `${kind} \`${name}\` is declared twice`,
    help: "rename one, or remove the repetition",
  });
  const again = (kind: string, name: string): Finding => ({
    ...twice(kind, name),
    help: "remove the repetition",
  });
  const builtIn = (kind: string, name: string): Finding => ({
    code: "BWK202",
    message: `${kind} \`${name}\` is built in and cannot be declared`,
    help: "choose another name",
  });
  test.each<[string, Finding]>([
    ["entity <|Account|> owned by organization;", twice("entity", "Account")],
    ["entity <|String|> owned by organization;", builtIn("entity", "String")],
    ["entity <|User|> owned by user or team;", builtIn("entity", "User")],
    [
      "entity <|Team|> as People { a?: String }",
      {
        ...builtIn("entity", "Team"),
        help: "leave `as People` out to add attributes to it: it has no privileges to share",
      },
    ],
    ["entity E owned by organization { a?: String secured <|secured|> }", again("flag", "secured")],
    [
      'entity E owned by organization { a?: String secured masked "[0-9]" <|masked|> "x" }',
      again("flag", "masked"),
    ],
    [
      "entity E owned by user or team { a?: Account parental secured <|parental|> }",
      again("flag", "parental"),
    ],
    [
      "entity E owned by user or team { a?: Account cascade assign, share, <|assign|> }",
      again("cascade word", "assign"),
    ],
    [
      "entity E owned by user or team { a?: Account parental cascade delete restrict cascade <|delete|> unlink }",
      again("cascade word", "delete"),
    ],
    ["entity E owned by organization { a?: String, <|a|>?: Long }", twice("attribute", "a")],
    ["entity E owned by user or team { <|owner|>?: String }", builtIn("attribute", "owner")],
    ["entity E owned by business unit { <|businessUnit|>?: String }", builtIn("attribute", "businessUnit")],
    ["entity User { <|roles|>?: String }", builtIn("attribute", "roles")],
    ["privilege <|ExportToExcel|>;", twice("privilege", "ExportToExcel")],
    ["role <|Base|>;", twice("role", "Base")],
    ["user <|alice|> in A { roles: Base; }", twice("user", "alice")],
    ["team <|Sales|> in A { roles: Base; }", twice("team", "Sales")],
    ["team <|A1|> in A { roles: Base; }", twice("team", "A1")],
    ['test "t" { unit <|B|> under A; }', twice("business unit", "B")],
    ["position P; position <|P|>;", twice("position", "P")],
    ["default team of A { roles: Base; } default team of <|A|> { roles: Base; }", twice("default team", "A")],
    ["record r: Account { owner: alice; } record <|r|>: Product;", twice("record", "r")],
    ["record r: Account { owner: alice; <|owner|>: bob; }", twice("field", "owner")],
    [
      "column profile P { members: alice; } column profile <|P|> { members: bob; }",
      twice("column profile", "P"),
    ],
    ["owner of Account is creator; owner of <|Account|> is alice;", twice("the owner rule of", "Account")],
    [
      "settings { recomputeOwnership: true; } settings { <|recomputeOwnership|>: false; }",
      twice("setting", "recomputeOwnership"),
    ],
    [
      '@id("f") forbid (principal, action, resource); <|@id("f")|> forbid (principal, action, resource);',
      twice("guardrail", "f"),
    ],
    ['test "t" { user <|alice|> in A { roles: Base; } }', twice("user", "alice")],
    ['test "t" { role <|Base|>; }', twice("role", "Base")],
    [
      'record r: Account { owner: alice; } test "t" { record <|r|>: Account { owner: alice; } }',
      twice("record", "r"),
    ],
    ['test "t" { unit <|A|> under B; }', twice("business unit", "A")],
  ])("%s", (source, finding) => {
    check(source, [finding]);
  });

  test("the first declaration is named", () => {
    const [diagnostic] = check("role <|Base|>;", [twice("role", "Base")]);
    const [related] = diagnostic?.related ?? [];
    expect(related?.message).toBe("it is declared here first");
    expect(related?.span.file.name).toBe("world.bwk");
    expect(related?.span.file.text.slice(related.span.start, related.span.end)).toBe("Base");
  });

  test("every repetition is reported once", () => {
    check("role <|Base|>; role <|Base|>;", [twice("role", "Base"), twice("role", "Base")]);
  });

  test("an option twice, a set with an entity's name", () => {
    check('entity E owned by organization { a?: Choice("x", <|"x"|>) }', [
      { code: "BWK202", message: "option `x` is declared twice", help: "remove the repetition" },
    ]);
    check("entity E as <|Account|> owned by user or team;", [
      {
        code: "BWK202",
        message: "privilege set `Account` is declared twice",
        help: "an entity has this name: choose another one",
      },
    ]);
  });

  test("two tests may declare the same name, a keyword and Merge are names", () => {
    clean(`privilege Merge;
      test "one" { user x in A { roles: Base; } } test "two" { user x in B { roles: Base; } }
      entity E owned by organization { owner?: String, read?: String, role?: String }
      entity Fish as Fish owned by organization; entity Whale as Fish owned by organization;`);
  });
});

describe("BWK203: one tree", () => {
  const roots = (root: string): Finding => ({
    code: "BWK203",
    message: `there is more than one root unit: \`${root}\` is declared already`,
    help: `declare it as a \`unit\` inside \`${root}\``,
  });
  const help = "put one of them under something outside the cycle";
  test("a second organization", () => {
    check("organization <|Other|> { unit C; }", [roots("Root")]);
    check('test "t" { unit X under A; } organization <|Other|>;', [roots("Root")]);
  });
  test("units in a circle, reported once", () => {
    check('test "t" { unit <|X|> under Y; unit Y under Z; unit Z under X; unit W under X; }', [
      { code: "BWK203", message: "business units form a cycle: `X` under `Y` under `Z` under `X`", help },
    ]);
    check('test "t" { unit <|X|> under X; }', [
      { code: "BWK203", message: "business units form a cycle: `X` under `X`", help },
    ]);
  });
  test("positions in a circle", () => {
    check(
      "position Low under P; position <|P|> under Q; position Q under P; position Top; position Mid under Top;".replace(
        "position Low under P; position <|P|>",
        "position <|P|>",
      ),
      [{ code: "BWK203", message: "positions form a cycle: `P` under `Q` under `P`", help }],
    );
    check("position Low under P; position <|P|> under P;", [
      { code: "BWK203", message: "positions form a cycle: `P` under `P`", help },
    ]);
  });
});

test("BWK204: a bare name that a user and a team carry", () => {
  const finding = {
    code: "BWK204",
    message: "`Both` is ambiguous: a user and a team have this name",
    help: 'say `User::"Both"` or `Team::"Both"`',
  };
  check(
    `user Both in A { roles: Base; } team Both in A { roles: Base; }
     record r: Account { owner: <|Both|>; }
     record s: Account { owner: User::"Both"; }
     share s with <|Both|>: read;
     user u in A { roles: Base; manager: Both; }
     test "t" { allow Both read s; }`,
    [finding, finding],
  );
});

test("BWK205: owned by each other", () => {
  const finding = (path: string) => ({
    code: "BWK205",
    message: `entities are owned by each other in a cycle: ${path}`,
    help: "give one of them an owner of its own",
  });
  check("entity <|X|> owned by parent y { y: Y } entity Y owned by parent x { x: X }", [
    finding("`X` owned by parent `Y` owned by parent `X`"),
  ]);
  check("entity Z owned by parent x { x: X } entity <|X|> owned by parent x { x: X }", [
    finding("`X` owned by parent `X`"),
  ]);
});

test("BWK206: one ownership a privilege set", () => {
  check(
    "entity Visit as Activity owned by user or team; entity <|Post|> as Activity owned by organization;",
    [
      {
        code: "BWK206",
        message:
          "`Post` is owned by organization, but `Email`, which shares the privilege set `Activity`, is owned by user or team",
        help: "say `owned by user or team`, or leave out `as Activity`",
      },
    ],
  );
});

describe("names that a directory declares", () => {
  const scopes = `entity Account owned by user or team;
    role R in Far { permit read on Account at user; }
    column profile P { members: x, Team::"y"; }
    forbid (principal == User::"u", action, resource);
    forbid (principal in Team::"t", action, resource in BusinessUnit::"b");`;
  const people = `entity Account owned by user or team; role R { permit read on Account at user; }
    user u in Far { roles: R in Far; manager: mona; position: Chief; }
    team t in Far { roles: R; members: xavier; }
    default team of Far { roles: R; }
    record r: Account { owner: olga; } share r with Team::"Group": read;`;

  test("stay open in scopes, whether there is an organization or not", () => {
    const open = (text: string) => analyzed(text).model?.openNames.map(({ kind, name }) => `${kind} ${name}`);
    const names = ["unit Far", "principal x", "team y", "user u", "team t", "unit b"];
    expect(open(scopes)).toEqual(names);
    expect(open(`${scopes} organization Root;`)).toEqual(names);
  });

  test("stay open among people only where no organization is declared", () => {
    expect(analyzed(people).model?.openNames.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "unit Far",
      "unit Far",
      "unit Far",
      "user xavier",
      "unit Far",
      "user mona",
      "position Chief",
      "principal olga",
      "team Group",
    ]);
    expect(errors(`${people} organization Root;`).map((line) => line.replace(/ \d+:\d+/, ""))).toEqual([
      "201 unknown business unit `Far`",
      "201 unknown business unit `Far`",
      "201 unknown user `mona`",
      "201 unknown position `Chief`",
      "201 unknown business unit `Far`",
      "201 unknown user `xavier`",
      "201 unknown business unit `Far`",
      "201 unknown user or team `olga`",
      "201 unknown team `Group`",
    ]);
  });

  test("are errors in a closed world, and in tests", () => {
    expect(errors(scopes, { world: "closed" })).toHaveLength(6);
    expect(analyzed(scopes, { world: "closed" }).model).toBeUndefined();
    expect(errors('test "t" { allow u read r; }')).toEqual([
      "201 1:18 unknown user `u`",
      "201 1:25 unknown record `r`",
    ]);
  });
});

describe("after a syntax error", () => {
  test("what it cannot have caused is reported", () => {
    expect(
      errors(`entity Product owned by organization;
role R { permit read on Product at user; permit; }
role S { permit read on Nothing at user; }`).map((line) => line.slice(0, 3)),
    ).toContain("301");
  });

  test("one word is one mistake", () => {
    const text = "entity E owned by organization { price?: Decimal }\nrecord e: E { price: 1.5; }";
    expect(errors(text).map((line) => line.slice(0, 3))).toEqual(["108"]);
  });

  test("a file that could not be read at all is the only mistake", () => {
    const files = [
      { name: "a.bwk", text: "x".repeat(17_000_000) },
      { name: "b.bwk", text: 'role R { permit read on Account at user; } record r: "Ac\\u0063ount";' },
    ];
    expect(analyze(files).diagnostics.map(({ code }) => code)).toEqual(["BWK402"]);
  });

  test("a quoted name that was lost is found too", () => {
    const text = 'role 5 "Base \\u0075ser" { }\norganization R;\nuser u in R { roles: "Base \\u0075ser"; }';
    expect(errors(text).filter((line) => line.startsWith("201"))).toEqual([]);
  });

  test("a name that was lost in it is no second mistake", () => {
    const found = errors(
      "role 5 Salesperson { }\nuser u in A { roles: Salesperson; }\norganization R { unit A; }",
    );
    expect(found.filter((line) => line.startsWith("201"))).toEqual([]);
    expect(found.length).toBeGreaterThan(0);
  });
});
