// The canonical style, by example: what the formatter writes for what an author wrote.
import { expect, test } from "vitest";
import { format } from "../../compiler/syntax/index.ts";

function formatted(text: string): string {
  const { text: result, diagnostics } = format({ name: "a.bwk", text });
  expect(diagnostics).toEqual([]);
  return result as string;
}

test.each([
  ["", ""],
  ["\n\n", ""],
  ["// only a comment", "// only a comment\n"],
  ["/* one */\n\n\n\n// two\n// three\n", "/* one */\n\n// two\n// three\n"],
  ["role  A{permit update on B at basic;}", "role A { permit write on B at user; }\n"],
  ["settings{hierarchyLevel:local}", "settings { hierarchyLevel: businessUnit; }\n"],
  [
    "role A { permit a on B at local; permit b on C at deep; permit c on * at global; }",
    "role A { permit a on B at businessUnit; permit b on C at parentChild; permit c on * at organization; }\n",
  ],
  [
    'user "alice" in "Business Apps" { roles: "R", "Base user",; manager: bob }',
    'user alice in "Business Apps" { roles: R, "Base user"; manager: bob; }\n',
  ],
  ["user a in U {}", "user a in U;\n"],
  ["entity A owned by user or team {}", "entity A owned by user or team;\n"],
  ["context { mfa: Bool };", "context { mfa: Bool }\n"],
  ["settings { hierarchy: off; };", "settings { hierarchy: off; }\n"],
  ["test x { allow a P; };", 'test "x" {\n  allow a P;\n}\n'],
  ["role A {}; role B;", "role A {}\nrole B;\n"],
  [
    'position "Sales manager" under CEO;  position CEO;',
    'position "Sales manager" under CEO;\nposition CEO;\n',
  ],
  ["user a in U;\nteam T in U;", "user a in U;\n\nteam T in U;\n"],
  ["user a in U;\n\n\n\nuser b in U;\nuser c in U;", "user a in U;\n\nuser b in U;\nuser c in U;\n"],
  ['record o: A { owner: a; city: "x"; }', 'record o: A { owner: a; city: "x"; }\n'],
  ["organization A { unit B; unit C { unit D; } }", "organization A {\n  unit B;\n  unit C { unit D; }\n}\n"],
  [
    "test x { allow a create E { owner: a; }; allow a read o with { mfa: true; }; }",
    'test "x" {\n  allow a create E { owner: a };\n  allow a read o with { mfa: true };\n}\n',
  ],
  [
    "forbid(principal,action,resource)when{true}unless{false};",
    "forbid (principal, action, resource)\nwhen { true }\nunless { false };\n",
  ],
  ["forbid(principal, action in read, resource,);", "forbid (principal, action in [read], resource);\n"],
  [
    "entity A owned by user or team { x?: B cascade assign share, delete restrict secured }",
    "entity A owned by user or team { x?: B secured cascade assign, share, delete restrict }\n",
  ],
  ["settings { hierarchy: manager depth 3 }", "settings { hierarchy: manager depth 3; }\n"],
  ['@id("x") @flag role A;', '@id("x")\n@flag\nrole A;\n'],
  ['@id("x") settings { hierarchy: off; }', '@id("x")\nsettings { hierarchy: off; }\n'],
  ['@id("x") context { mfa: Bool }', '@id("x")\ncontext { mfa: Bool }\n'],
  [
    'column profile P { @id("x") permit read on A.b; members: a; }',
    'column profile P {\n  @id("x")\n  permit read on A.b;\n  members: a;\n}\n',
  ],
  ...[
    "allow a read o;",
    "deny a read o;",
    "rights a on o: none;",
    "who can read o: none;",
    "list read A for a: none;",
    "do a delete o;",
    "set user a disabled;",
    "refuse set user a disabled;",
    "refuse Export by a;",
  ].map((line) => [`test x { @id("x") ${line} }`, `test "x" {\n  @id("x")\n  ${line}\n}\n`]),
])("%j", (text, result) => {
  expect(formatted(text)).toBe(result);
});

test("a comment behind a comment stays on the line of its item", () => {
  const text = `entity A owned by user or team {
  name: String /* n */, // about the name
  x?: String /* c */ /* d */, // about x
}

role R {
  permit read on A at user /* 1 */; // 2
}
`;
  expect(formatted(text)).toBe(text);
});

test("blocks keep the form in which their author began them, and at most one empty line", () => {
  const text = "role A {\n  permit read on B;\n\n\n\n  permit write on B;\n  permit delete on B;\n}\n";
  expect(formatted(text)).toBe(text.replace("\n\n\n\n", "\n\n"));
  const short = "role A { permit read on B; }\n";
  expect(formatted(short)).toBe(short);
});

test("long lists and conditions are wrapped one step deeper", () => {
  const names = Array.from({ length: 14 }, (_, i) => `EntityNumber${i}`).join(", ");
  expect(formatted(`role A { permit create, read on ${names} at organization; }`)).toBe(
    `role A {
  permit create, read on EntityNumber0, EntityNumber1, EntityNumber2, EntityNumber3, EntityNumber4,
    EntityNumber5, EntityNumber6, EntityNumber7, EntityNumber8, EntityNumber9, EntityNumber10, EntityNumber11,
    EntityNumber12, EntityNumber13 at organization;
}
`,
  );
  const test = (n: number) => `resource.attribute${n} == "a rather long value ${n}"`;
  expect(
    formatted(`forbid (principal, action, resource) when { ${test(1)} && ${test(2)} && ${test(3)} };`),
  ).toBe(
    `forbid (principal, action, resource)
when {
  resource.attribute1 == "a rather long value 1" &&
  resource.attribute2 == "a rather long value 2" &&
  resource.attribute3 == "a rather long value 3"
};
`,
  );
  const scope = `principal in Role::"${"x".repeat(30)}", action in [read, write], resource is Account in BusinessUnit::"${"y".repeat(30)}"`;
  expect(formatted(`permit (${scope}) at user;`)).toBe(
    `permit (
  principal in Role::"${"x".repeat(30)}",
  action in [read, write],
  resource is Account in BusinessUnit::"${"y".repeat(30)}"
) at user;
`,
  );
});

test("parentheses stay only where the tree needs them", () => {
  const when = (expression: string) => `forbid (principal, action, resource)\nwhen { ${expression} };\n`;
  for (const [written, result] of [
    ["((1 + 2)) * 3 == (9)", "(1 + 2) * 3 == 9"],
    ["1 - (2 - 3) == (1 - 2) - 3", "1 - (2 - 3) == 1 - 2 - 3"],
    ["(true && false) || !(true || false)", "true && false || !(true || false)"],
    ["(if true then 1 else 2) == 1", "(if true then 1 else 2) == 1"],
    ["(1 == 2) == (3 < 4)", "(1 == 2) == (3 < 4)"],
    ["(-1).a == -(1.a)".replace("1.a", "context.a"), "(-1).a == -context.a"],
    ['(principal is User) in context["a b"]["c"]', '(principal is User) in context["a b"].c'],
    ['context has "a b" && context has a.b.c', 'context has "a b" && context has a.b.c'],
    ['"a\\u{41}" like "\\*x*"', '"aA" like "\\*x*"'],
  ] as const) {
    expect(formatted(when(written))).toBe(when(result));
  }
});

test("comments stay where they belong", () => {
  const text = `// the file

// before a declaration
@id("x") // behind an annotation
role A { // behind a brace
  // before an item
  permit read on B; // behind an item

  /* a block */
  permit write /* inside */ on B;
  // before the closing brace
} // behind a block

entity E owned by organization {
  name: String, // first
  // second
  city?: String, // last
}

user a in U {
  roles: A, // one
    B; // two
}

role Empty {
  // nothing yet
}

role None /* yet */;

user b in U {
  // nothing here either
}

// the end
`;
  expect(formatted(text)).toBe(text);
});

test("a comment in the middle of a statement goes to the end of its line", () => {
  expect(formatted("role A {\n  permit read // why\n    on B // where\n    ;\n}")).toBe(
    "role A {\n  permit read on B; // why\n  // where\n}\n",
  );
});

test("a file with syntax errors is not formatted", () => {
  const { text, diagnostics } = format({ name: "a.bwk", text: "role A { permitt read; }" });
  expect(text).toBeUndefined();
  expect(diagnostics.map(({ code }) => code)).toEqual(["BWK110"]);
});
