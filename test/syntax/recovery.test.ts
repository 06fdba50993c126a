// Golden tests of error recovery: one mistake, one diagnostic, at its exact place, and the rest of the file understood.
import { expect, test } from "vitest";
import { mark, marked, parsed } from "./harness.ts";

/** Code, text with the marked place, message, and the kinds of the declarations that are understood all the same. */
const broken: readonly (readonly [code: string, source: string, message: string, declarations: string])[] = [
  [
    "BWK111",
    `role A {
  permit read on X at user<||>
}`,
    "expected `;`",
    "Role",
  ],
  [
    "BWK111",
    `role A {
  permit read on X at user<||>
  permit write on X at user;
}`,
    "expected `;`",
    "Role",
  ],
  [
    "BWK110",
    `role A {
  <|permitt|> read on X at user;
  permit write on X at user;
}`,
    "expected a grant (`permit …`), found `permitt`",
    "Role",
  ],
  [
    "BWK110",
    `role A {
  permit read <|onn|> X at user;
  permit write on X at user;
}`,
    "expected `,`, `on`, `at`, `when`, `unless` or `;`, found `onn`",
    "Role",
  ],
  [
    "BWK110",
    `role A {
  permit read on X <|att|> user;
}`,
    "expected `,`, `at`, `when`, `unless` or `;`, found `att`",
    "Role",
  ],
  [
    "BWK110",
    `role A {
  permit read on at <|user|>;
}`,
    "expected `,`, `at`, `when`, `unless` or `;`, found `user`",
    "Role",
  ],
  [
    "BWK110",
    `role A {
  permit on <|X|> at user;
}`,
    "expected `,`, `on`, `at`, `when`, `unless` or `;`, found `X`",
    "Role",
  ],
  [
    "BWK110",
    `role A {
  permit read <|write|> on X at user;
}`,
    "expected `,`, `on`, `at`, `when`, `unless` or `;`, found `write`",
    "Role",
  ],
  [
    "BWK110",
    `<|rol|> A { permit read on X at user; }
role B;`,
    "expected a declaration, found `rol`",
    "Role",
  ],
  [
    "BWK110",
    `role <|{|> permit read on X at user; }
role B;`,
    "expected a name, found `{`",
    "Role",
  ],
  [
    "BWK113",
    `role A<||> permit read on X at user; }
role B;`,
    "expected `{`",
    "Role Role",
  ],
  [
    "BWK112",
    `role A {
  permit read on X at user;<||>

role B { permit read on X at user; }`,
    "expected `}`: a block is never closed",
    "Role Role",
  ],
  [
    "BWK112",
    `role A {
  permit read on X at user;<||>
`,
    "expected `}`: a block is never closed",
    "Role",
  ],
  [
    "BWK115",
    `role A {
  permit read on X at user; }
<|}|>
role B;`,
    "`}` closes nothing",
    "Role Role",
  ],
  [
    "BWK115",
    `<|}|>
role B;`,
    "`}` closes nothing",
    "Role",
  ],
  [
    "BWK110",
    `user alice <|inn|> Analytics { roles: A; }
user bob in Analytics;`,
    "expected `in`, found `inn`",
    "User",
  ],
  [
    "BWK110",
    `user alice in <|{|> roles: A; }
user bob in U;`,
    "expected a name, found `{`",
    "User",
  ],
  [
    "BWK111",
    `user alice in U<||>
user bob in U;`,
    "expected `;`",
    "User User",
  ],
  [
    "BWK110",
    `user alice in U { roles <|A|>; }
user bob in U;`,
    "expected `:`, found `A`",
    "User User",
  ],
  [
    "BWK111",
    `user alice in U { roles: A<||>
  manager: bob; }`,
    "expected `;`",
    "User",
  ],
  [
    "BWK110",
    `user alice in U { roles: A <|B|>; manager: c; }`,
    "expected `in`, `,` or `;`, found `B`",
    "User",
  ],
  ["BWK110", `user alice in U { roles: <|;|> manager: c; }`, "expected a value, found `;`", "User"],
  ["BWK110", `user alice in U { <|:|> A; }`, "expected a field (`name: value`), found `:`", "User"],
  ["BWK114", `record o: E { owner: a<|,|> city: "x" }`, "fields are separated by `;`", "Record"],
  ["BWK110", `record o: E { owner <|=|> a; }`, "expected `:`, found `=`", "Record"],
  [
    "BWK110",
    `record o <|E|> { owner: a; }
record p: E;`,
    "expected `:`, found `E`",
    "Record",
  ],
  [
    "BWK114",
    `entity A owned by user or team { name: String<|;|> status: Long }`,
    "attributes are separated by `,`",
    "Entity",
  ],
  [
    "BWK114",
    `entity A owned by user or team {
  name: String<||>
  status: Long
}`,
    "attributes are separated by `,`",
    "Entity",
  ],
  [
    "BWK110",
    `entity A owned by user <|{|> name: String }
entity B owned by organization;`,
    "expected `or`, found `{`",
    "Entity",
  ],
  [
    "BWK110",
    `entity A owned by <|{|> name: String }`,
    "expected `user`, `organization`, `business` or `parent`, found `{`",
    "",
  ],
  ["BWK110", `entity A owned <|organization|>;`, "expected `by`, found `organization`", ""],
  [
    "BWK110",
    `entity A owned by user or team { name <|String|>, b: Long }`,
    "expected `?` or `:`, found `String`",
    "Entity",
  ],
  [
    "BWK110",
    `entity A owned by user or team { name: <|,|> b: Long }`,
    "expected a name, found `,`",
    "Entity",
  ],
  [
    "BWK110",
    `entity A owned by user or team { name: Choice(<|open|>, "x"), b: Long }`,
    "expected a text in quotes, found `open`",
    "Entity",
  ],
  [
    "BWK118",
    `entity A owned by user or team { x?: B cascade <|asign|>, share, y: Long }`,
    "`asign` is no cascade word",
    "Entity",
  ],
  [
    "BWK110",
    `entity A owned by user or team { x: B cascade<|,|> y: Long }`,
    "expected a cascade word (`assign`, `share`, `unshare`, `reparent`, `delete`, `merge`), found `,`",
    "Entity",
  ],
  [
    "BWK113",
    `entity A owned by user or team<||> name: String }
role B;`,
    "expected `{`",
    "Entity Role",
  ],
  [
    "BWK110",
    `entity A owned by user or team { name: String secured masked<|,|> b: Long }`,
    "expected a text in quotes, found `,`",
    "Entity",
  ],
  ["BWK110", `entity A as owned <|by|> user or team;`, "expected `owned`, `;` or `{`, found `by`", ""],
  ["BWK113", `context<||> mfa: Bool }`, "expected `{`", "Context"],
  [
    "BWK110",
    `privilege A <|B|>;
role R;`,
    "expected `,` or `;`, found `B`",
    "Role",
  ],
  [
    "BWK111",
    `privilege A, B<||>
role R;`,
    "expected `;`",
    "Privilege Role",
  ],
  ["BWK110", `<|permit|> read on X at user;`, "expected a declaration, found `permit`", ""],
  [
    "BWK110",
    `forbid (principal, action <|resource|>);
role R;`,
    "expected `==`, `in` or `,`, found `resource`",
    "Role",
  ],
  ["BWK110", `forbid (principal, action<|)|>;`, "expected `==`, `in` or `,`, found `)`", ""],
  ["BWK110", `forbid (principal == alice<|,|> action, resource);`, "expected `::`, found `,`", ""],
  ["BWK110", `forbid (principal, action == <|,|> resource);`, "expected a name, found `,`", ""],
  [
    "BWK110",
    `forbid (principal, action in [read <|write|>], resource);`,
    "expected `,` or `]`, found `write`",
    "",
  ],
  [
    "BWK110",
    `forbid (principal, action, resource) when <|resource|>.x == 1;
role R;`,
    "expected `{`, found `resource`",
    "Role",
  ],
  [
    "BWK110",
    `forbid (principal, action, resource) when { resource.x <|=|> 1 };
role R;`,
    "expected `(`, an operator or `}`, found `=`",
    "Role",
  ],
  [
    "BWK110",
    `forbid (principal, action, resource) when { resource.x == <|}|>;
role R;`,
    "expected an expression, found `}`",
    "Role",
  ],
  ["BWK110", `forbid (principal, action, resource) when { <|}|>;`, "expected an expression, found `}`", ""],
  [
    "BWK110",
    `forbid (principal, action, resource) when { <|foo|>.x == 1 };`,
    "expected an expression, found `foo`",
    "",
  ],
  [
    "BWK110",
    `forbid (principal, action, resource) when { <|princpal|>.x == 1 };`,
    "expected an expression, found `princpal`",
    "",
  ],
  [
    "BWK110",
    `forbid (principal, action, resource) when { (1 == 2 <|}|>;
role R;`,
    "expected an operator or `)`, found `}`",
    "Role",
  ],
  [
    "BWK110",
    `forbid (principal, action, resource) when { 1 == 2 <|)|> };
role R;`,
    "expected an operator or `}`, found `)`",
    "Role",
  ],
  [
    "BWK117",
    `forbid (principal, action, resource) when { 1 == 2 <|==|> 3 };`,
    "`==` after another comparison: comparisons do not chain",
    "Guardrail",
  ],
  [
    "BWK110",
    `forbid (principal, action, resource) when { <|a|> has };`,
    "expected an expression, found `a`",
    "",
  ],
  [
    "BWK110",
    `forbid (principal, action, resource) when { context.a && <|}|>;`,
    "expected an expression, found `}`",
    "",
  ],
  [
    "BWK110",
    `forbid (principal, action, resource) when { context.a <|&|> context.b };`,
    "expected `(`, an operator or `}`, found `&`",
    "",
  ],
  [
    "BWK110",
    `forbid (principal, action, resource) when { if context.a then 1 <|}|>;`,
    "expected an operator or `else`, found `}`",
    "",
  ],
  [
    "BWK110",
    `forbid (principal, action, resource) when { context.a && <|if|> context.b then true else false };`,
    "expected an expression, found `if`",
    "",
  ],
  [
    "BWK110",
    `forbid (principal, action, resource) when { context[<|a|>] == 1 };`,
    "expected a text in quotes, found `a`",
    "",
  ],
  [
    "BWK107",
    `forbid (principal, action, resource) when { context.n == <|99999999999999999999|> };`,
    "`99999999999999999999` does not fit a Long",
    "Guardrail",
  ],
  [
    "BWK108",
    `forbid (principal, action, resource) when { context.n == <|1.5|> };`,
    "`1.5` is no number of this language: numbers are whole",
    "Guardrail",
  ],
  [
    "BWK110",
    `forbid (principal, action, resource) when { context.n like <|5|> };`,
    "expected a text in quotes, found `5`",
    "",
  ],
  [
    "BWK104",
    `forbid (principal, action, resource) when { context.s == "a<|\\q|>" };`,
    "bad escape `\\q`",
    "Guardrail",
  ],
  [
    "BWK116",
    `forbid (principal == User::<|alice|>, action, resource);`,
    "the id in `User::alice` needs quotes",
    "Guardrail",
  ],
  [
    "BWK199",
    `forbid (principal == <|?principal|>, action, resource);`,
    "policy templates are not in this version",
    "Guardrail",
  ],
  [
    "BWK199",
    `forbid (principal == <|A::User|>::"x", action, resource);`,
    "namespaces are not in this version",
    "Guardrail",
  ],
  [
    "BWK111",
    `organization C {
  unit A<||>
  unit B;
}`,
    "expected `;`",
    "Unit",
  ],
  [
    "BWK112",
    `organization C {
  unit A {
    unit B;
}<||>
user x in A;`,
    "expected `}`: a block is never closed",
    "Unit User",
  ],
  [
    "BWK110",
    `organization C {
  <|units|> A;
}
user x in A;`,
    "expected `unit`, found `units`",
    "Unit User",
  ],
  ["BWK110", `<|unit|> A;`, "expected a declaration, found `unit`", ""],
  ["BWK110", `<|allow|> alice read o;`, "expected a declaration, found `allow`", ""],
  [
    "BWK102",
    `team <|"A in U { members: a|>; }
team B in U;`,
    "this text has no closing quote",
    "Team",
  ],
  ["BWK105", `team <|'A'|> in U;`, 'texts and names are quoted with `"`', "Team"],
  ["BWK105", `team <|“A”|> in U;`, 'texts and names are quoted with `"`', "Team"],
  ["BWK106", `user <|3com|> in U;`, "the name `3com` needs quotes", "User"],
  ["BWK106", `user <|José|> in U;`, "the name `José` needs quotes", "User"],
  ["BWK119", `user <|""|> in U;`, "a name cannot be empty", "User"],
  ["BWK104", `user "a<|\\x|>41" in U;`, "bad escape `\\x`", "User"],
  [
    "BWK103",
    `user a in U; <|/*|> open
user b in U;`,
    "this comment is never closed",
    "User",
  ],
  [
    "BWK109",
    `user a in U; <|# hash|>
user b in U;`,
    "`#` does not begin a comment",
    "User User",
  ],
  [
    "BWK101",
    `user a in U <|$|>;
user b in U;`,
    "stray character `$`",
    "User User",
  ],
  ["BWK101", `user a in <|€|> U;`, "stray character `€`", "User"],
  [
    "BWK110",
    `share o <|bob|>: read;
role R;`,
    "expected `.` or `with`, found `bob`",
    "Role",
  ],
  [
    "BWK110",
    `share o with bob <|read|>;
role R;`,
    "expected `:`, found `read`",
    "Role",
  ],
  [
    "BWK110",
    `column profile P { permit read <|Account|>.x; members: a; }`,
    "expected `,` or `on`, found `Account`",
    "ColumnProfile",
  ],
  [
    "BWK110",
    `column profile P { permit read on Account<|;|> members: a; }`,
    "expected `.`, found `;`",
    "ColumnProfile",
  ],
  [
    "BWK110",
    `owner <|Contact|> is creator;
role R;`,
    "expected `of`, found `Contact`",
    "Role",
  ],
  [
    "BWK110",
    `owner of Contact <|creator|>;
role R;`,
    "expected `is`, found `creator`",
    "Role",
  ],
  [
    "BWK110",
    `settings { hierarchy: manager depth<|;|> x: true }`,
    "expected a number, found `;`",
    "Settings",
  ],
  ["BWK114", `settings { a: true<|,|> b: false }`, "fields are separated by `;`", "Settings"],
  [
    "BWK110",
    `position A <|B|>;
role R;`,
    "expected `under` or `;`, found `B`",
    "Role",
  ],
  [
    "BWK110",
    `default team <|Analytics|> { roles: A; }
role R;`,
    "expected `of`, found `Analytics`",
    "Role",
  ],
  [
    "BWK110",
    `test "x" {
  allow a read o <|becuase|> owner;
  allow b read o;
}`,
    "expected `.`, `with`, `because` or `;`, found `becuase`",
    "Test",
  ],
  [
    "BWK118",
    `test "x" {
  allow a read o because <|ownr|>;
}`,
    "`ownr` is no reason for `allow`",
    "Test",
  ],
  [
    "BWK120",
    `test "x" {
  allow a read o because <|role|>;
}`,
    "reason `role` needs a name",
    "Test",
  ],
  [
    "BWK120",
    `test "x" {
  deny a read o because access <|x|>;
}`,
    "reason `access` takes no name",
    "Test",
  ],
  [
    "BWK110",
    `test "x" {
  <|alow|> a read o;
  allow b read o;
}`,
    "expected a statement of a test, found `alow`",
    "Test",
  ],
  [
    "BWK110",
    `test "x" {
  allow a assign o <|b|>;
  allow b read o;
}`,
    "expected `to`, found `b`",
    "Test",
  ],
  [
    "BWK110",
    `test "x" {
  allow a create E { owner <|a|> };
  allow b read o;
}`,
    "expected `:`, found `a`",
    "Test",
  ],
  [
    "BWK110",
    `test "x" {
  allow a create E { owner: a } <|becase|> owner;
  allow b read o;
}`,
    "expected `with`, `because` or `;`, found `becase`",
    "Test",
  ],
  [
    "BWK110",
    `test "x" {
  rights a on o <|read|>;
  allow b read o;
}`,
    "expected `with` or `:`, found `read`",
    "Test",
  ],
  [
    "BWK110",
    `test "x" {
  who can read o<|;|>
  allow b read o;
}`,
    "expected `with` or `:`, found `;`",
    "Test",
  ],
  [
    "BWK110",
    `test "x" {
  list read E <|o|>: a;
}`,
    "expected `for`, found `o`",
    "Test",
  ],
  [
    "BWK110",
    `test "x" {
  refuse share o with bob: read<|;|>
}`,
    "expected `,` or `by`, found `;`",
    "Test",
  ],
  [
    "BWK110",
    `test "x" {
  <|entity|> B owned by organization;
  allow a read o;
}`,
    "expected a statement of a test, found `entity`",
    "Test",
  ],
  [
    "BWK112",
    `test "x" {
  allow a read o;<||>

test "y" {
  allow a read o;
}`,
    "expected `}`: a block is never closed",
    "Test Test",
  ],
  [
    "BWK110",
    `test <|{|>
  allow a read o;
}
role R;`,
    "expected a name, found `{`",
    "Role",
  ],
  [
    "BWK110",
    `test "x" {
  unit A<|;|>
 allow a read o; }`,
    "expected `under`, found `;`",
    "Test",
  ],
  [
    "BWK199",
    `<|invariant|> "x" { never { a } }
role R;`,
    "invariants are not in this version",
    "Role",
  ],
  [
    "BWK199",
    `<|namespace|> A { entity B; }
role R;`,
    "namespaces are not in this version",
    "Role",
  ],
  [
    "BWK110",
    `@id(<|x|>) role R;
role S;`,
    "expected a text in quotes, found `x`",
    "Role",
  ],
  [
    "BWK110",
    `@id("x") <|rol|> R;
role S;`,
    "expected a declaration, found `rol`",
    "Role",
  ],
  ["BWK110", `<|{|>}`, "expected a declaration, found `{`", ""],
  ["BWK111", `role R<||> }`, "expected `;`", "Role"],
  [
    "BWK115",
    `role A { permit read on X at user; } <|}|>
role B;`,
    "`}` closes nothing",
    "Role Role",
  ],
  ["BWK110", `<|foo|>`, "expected a declaration, found `foo`", ""],
  [
    "BWK110",
    `<|foo|> bar baz
role R;`,
    "expected a declaration, found `foo`",
    "Role",
  ],
  [
    "BWK110",
    `role A { permit read on X, at user; permit read on <|;|> }`,
    "expected `*` or a name, found `;`",
    "Role",
  ],
];

test.each(broken)("%s at the mark of %j", (code, source, message, declarations) => {
  const { text } = marked(source);
  const { diagnostics, tree } = parsed(text);
  expect(mark(text, diagnostics)).toBe(source);
  expect(diagnostics.map((d) => [d.code, d.message])).toEqual([[code, message]]);
  expect(tree.declarations.map(({ kind }) => kind).join(" ")).toBe(declarations);
});

test.each([
  ["context<|;|>\nrole R;", "expected `{`, found `;`"],
  ["settings <|a|> b;\nrole R;", "expected `{`, found `a`"],
  ['test "x"<|;|>\nrole R;', "expected `{`, found `;`"],
])("a block that does not open: %s", (source, message) => {
  const { text } = marked(source);
  const { diagnostics, tree } = parsed(text);
  expect(mark(text, diagnostics)).toBe(source);
  expect(diagnostics.map((d) => d.message)).toEqual([message]);
  expect(tree.declarations.map(({ kind }) => kind)).toEqual(["Role"]);
});

test("after many mistakes the messages are shorter, and still one each", () => {
  const statements = "  set x a;\n".repeat(102);
  const { diagnostics } = parsed(`test "x" {\n${statements}}`);
  expect(diagnostics.length).toBe(102);
  expect(diagnostics.at(-1)?.message).toBe("expected something else, found `x`");
});

test("several mistakes in one file are all found, each once", () => {
  const source = `
entity Account owned by user or team { name: <|,|> phone: String }
role Seller {
  permit read <|onn|> Account at user;
  permit write on Account at user;
  permit delete on Account <|att|> user;
}
user alice in Sales { roles: Seller<||>
  manager: bob; }
user <|{|> roles: Seller; }
team "EU" in Sales { members: alice, bob; }
test "one" {
  allow alice read o <|becuase|> owner;
  deny bob read o because access;
  set unit Sales <|disable|>;
}
role Last;
`;
  const { text } = marked(source);
  const { diagnostics, tree } = parsed(text);
  expect(mark(text, diagnostics)).toBe(source);
  expect(tree.declarations.map(({ kind }) => kind)).toEqual([
    "Entity",
    "Role",
    "User",
    "Team",
    "Test",
    "Role",
  ]);
  const [, role, , , local] = tree.declarations;
  expect(role?.kind === "Role" && role.grants.map(({ actions }) => actions[0]?.value)).toEqual(["write"]);
  expect(local?.kind === "Test" && local.statements.map(({ kind }) => kind)).toEqual(["Expect"]);
});

test("names in what could not be read are remembered", () => {
  const { tree } = parsed('user alice inn "Business Apps" { roles: Seller; }\nuser bob in U;');
  expect([...tree.lost].sort()).toEqual(["Business Apps", "Seller", "alice", "inn", "roles", "user"]);
  expect(parsed("user bob in U;").tree.lost.size).toBe(0);
});

test("a block that is never closed names its opening brace", () => {
  const { diagnostics } = parsed("role A {\n  permit read on X at user;\n");
  const [related] = diagnostics[0]?.related ?? [];
  expect(related?.message).toBe("the block is opened here");
  expect([related?.span.start, related?.span.end]).toEqual([7, 8]);
});

test.each([
  ["role A { permitt read on X at user; }", "did you mean `permit`?"],
  ["forbid (principal, action, resource) when { context.a & context.b };", "did you mean `&&`?"],
  ["record o: E { owner = a; }", "did you mean `:`?"],
  ["forbid (principal == alice, action, resource);", 'an entity is written `Type::"id"`'],
  [
    "forbid (principal, action, resource) when { 1 == if true then 1 else 2 };",
    "put `if … then … else …` in parentheses",
  ],
  [
    "forbid (principal, action, resource) when { foo == 1 };",
    'expressions begin with `principal`, `resource`, `context`, `action`, a literal or an entity id `Type::"id"`',
  ],
  [
    "permit read on X;",
    "a grant stands inside a `role`; a guardrail is written `permit (principal, action, resource);`",
  ],
  ["unit A;", "a unit stands inside an `organization`, another unit or a test"],
  ["deny alice read o;", "expectations and changes stand inside a `test`"],
  ['test "x" {\n  settings { a: true; }\n}', "`settings` is declared outside of blocks"],
  ["user a in U; # x", "comments are `// …` and `/* … */`"],
  ["role R; @", undefined],
  [
    'test "x" { deny a read o because hierarchy; }',
    "known are `privilege`, `access`, `forbid`, `owner`, `column`, `disabled`, `state`",
  ],
])("help of %j", (text, help) => {
  const { diagnostics } = parsed(text);
  expect(diagnostics.map((d) => d.help)).toEqual([help]);
});
