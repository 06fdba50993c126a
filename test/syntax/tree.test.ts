// What the tree says: values, spans, precedence; and walking it.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { children, type ExpressionNode, type Node, printName, walk } from "../../compiler/syntax/index.ts";
import { mark, parsed } from "./harness.ts";

function expression(text: string): ExpressionNode {
  const { tree, diagnostics } = parsed(`forbid (principal, action, resource) when { ${text} };`);
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  const [guardrail] = tree.declarations;
  if (guardrail?.kind !== "Guardrail" || guardrail.conditions[0] === undefined)
    throw new Error("no condition");
  return guardrail.conditions[0].expression;
}

/** A tree in prefix form. */
function shape(node: ExpressionNode): string {
  switch (node.kind) {
    case "Binary":
      return `(${node.operator} ${shape(node.left)} ${shape(node.right)})`;
    case "Unary":
      return `(${node.operator} ${shape(node.operand)})`;
    case "Long":
      return String(node.value);
    case "Member":
      return `${shape(node.object)}.${node.attribute.value}`;
    case "Variable":
      return node.name;
    case "Is":
      return `(is ${shape(node.object)} ${node.type.value}${node.in === undefined ? "" : ` ${shape(node.in)}`})`;
    case "Has":
      return `(has ${shape(node.object)} ${node.path.map(({ value }) => value).join(".")})`;
    default:
      return node.kind;
  }
}

test.each([
  ["1 + 2 * 3 - 4", "(- (+ 1 (* 2 3)) 4)"],
  ["1 < 2 && 3 == 4 || 5 != 6", "(|| (&& (< 1 2) (== 3 4)) (!= 5 6))"],
  ["1 || 2 || 3 && 4", "(|| (|| 1 2) (&& 3 4))"],
  ["!-1 == - -2", "(== (! (- 1)) (- (- 2)))"],
  ["-resource.a.b", "(- resource.a.b)"],
  ["principal is User in 1 + 2 && 3", "(&& (is principal User (+ 1 2)) 3)"],
  ["principal is User in 1 * 2 + 3", "(is principal User (+ (* 1 2) 3))"],
  ["principal is User && 1", "(&& (is principal User) 1)"],
  ["1 + 2 has a.b && 3 in 4", "(&& (has (+ 1 2) a.b) (in 3 4))"],
  ["(1 == 2) == 3", "(== (== 1 2) 3)"],
])("%s is %s", (text, result) => {
  expect(shape(expression(text))).toBe(result);
});

test.each([
  "1 == 2 <|==|> 3",
  "1 < 2 + 3 <|in|> 4",
  "context has a <|==|> 1",
  'context like "a" <|has|> b',
  "principal is User in context <|==|> 1",
  "1 == 2 <|is|> User",
])("comparisons do not chain: %s", (source) => {
  const text = `forbid (principal, action, resource) when { ${source.replace(/<\||\|>/g, "")} };`;
  const { diagnostics } = parsed(text);
  expect(diagnostics.map(({ code }) => code)).toEqual(["BWK117"]);
  expect(mark(text, diagnostics)).toContain(source);
});

test("texts have Cedar's escapes, names JSON's, patterns `\\*`", () => {
  expect(expression('"\\n\\r\\t\\\\\\0\\\'\\"\\x41\\u{1F600}"')).toMatchObject({ value: "\n\r\t\\\0'\"A😀" });
  expect(expression('context like "a*b\\*c**"')).toMatchObject({ pattern: ["a", "b*c", "", ""] });
  const { tree, diagnostics } = parsed('user "\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\ud83d\\ude00" in U;');
  expect(diagnostics).toEqual([]);
  expect(tree.declarations[0]).toMatchObject({ name: { value: '"\\/\b\f\n\r\tA😀' } });
});

test("values, options and titles have the escapes of both: a value may be a name or a text", () => {
  const { tree, diagnostics } = parsed(`
    team T in U { members: "Ren\\u00e9", "\\x41\\u{e9}\\/"; }
    entity E { kind: Choice("\\u00e9") }
    test "\\u00e9\\'" {}`);
  expect(diagnostics).toEqual([]);
  expect(tree.declarations).toMatchObject([
    { fields: [{ values: [{ value: "René" }, { value: "Aé/" }] }] },
    { attributes: [{ type: { options: [{ value: "é" }] } }] },
    { title: "é'" },
  ]);
});

test.each([
  ['user "<|\\ud800|>" in U;', 1],
  ['user a in U { manager: "<|\\q|><|\\ud800|>\\u{41}"; }', 2],
  ['user "<|\\ud800|>\\u0041" in U;', 1],
  ['user "<|\\u12|>" in U;'.replace("\\u12|>", "\\u|>12"), 1],
  ['user "a" in BusinessUnit::"<|\\b|>";', 1],
  ['@id("<|\\u{110000}|><|\\xff|>") role A;'.replace("\\xff|>", "\\x|>ff"), 2],
  ['@id("<|\\*|>") role A;', 1],
])("bad escapes: %s", (source, count) => {
  const text = source.replace(/<\||\|>/g, "");
  const { diagnostics } = parsed(text);
  expect(diagnostics.map(({ code }) => code)).toEqual(Array(count).fill("BWK104"));
  expect(mark(text, diagnostics)).toBe(source);
});

test("integers reach to both ends of 64 bits", () => {
  expect(expression("9223372036854775807")).toMatchObject({ value: 2n ** 63n - 1n });
  expect(expression("-9223372036854775808")).toMatchObject({ operand: { value: 2n ** 63n } });
  const over = (text: string) => parsed(`forbid (principal, action, resource) when { ${text} };`).diagnostics;
  expect(over("9223372036854775808").map(({ code }) => code)).toEqual(["BWK107"]);
  expect(over("-9223372036854775809").map(({ code }) => code)).toEqual(["BWK107"]);
  expect(over("1 - 9223372036854775808").map(({ code }) => code)).toEqual(["BWK107"]);
});

test("half a character, a non-breaking blank, a lone quote", () => {
  expect(parsed('user "\ud800" in U;').diagnostics.map(({ code, span }) => [code, span.start])).toEqual([
    ["BWK101", 6],
  ]);
  expect(parsed("user\u00a0a in U;").diagnostics.map(({ message }) => message)).toEqual([
    "stray character `U+00A0`",
  ]);
  expect(parsed("user a in U; // x\r\nuser b in U;\r").tree.declarations.length).toBe(2);
});

test("values: `in` names a unit of roles alone", () => {
  const { diagnostics } = parsed("user a in U { roles: R in V; manager: b in V; }");
  expect(diagnostics.map(({ code, span, help }) => [code, span.start, help])).toEqual([
    ["BWK110", 40, "only `roles` name a unit"],
  ]);
});

test("reserved constructs and templates are named, and nothing else", () => {
  const text =
    "forbid (principal, action, resource) when { principal == ?principal };\nnamespace A::B { entity C; }\nnamespace D;\nrole R;";
  const { diagnostics, tree } = parsed(text);
  expect(diagnostics.map(({ message }) => message)).toEqual([
    "policy templates are not in this version",
    "namespaces are not in this version",
    "namespaces are not in this version",
  ]);
  expect(tree.declarations.map(({ kind }) => kind)).toEqual(["Guardrail", "Role"]);
  expect(parsed('invariant "x" { never { a').diagnostics.map(({ code }) => code)).toEqual(["BWK199"]);
});

test("every node of the kitchen sink lies inside its parent and names its text", () => {
  const text = readFileSync(new URL("kitchen-sink.bwk", import.meta.url), "utf8");
  const { tree } = parsed(text);
  const kinds = new Set<Node["kind"]>();
  walk(tree, (node) => {
    kinds.add(node.kind);
    for (const child of children(node)) {
      expect(child.span.start).toBeGreaterThanOrEqual(node.span.start);
      expect(child.span.end).toBeLessThanOrEqual(node.span.end);
    }
    if (node.kind === "Name" && /^[a-z]\w*$/i.test(node.value)) {
      const written = text.slice(node.span.start, node.span.end).replaceAll('"', "");
      const synonyms = ["update", "basic", "local", "deep", "global"];
      if (!synonyms.includes(written)) expect(written).toBe(node.value);
    }
  });
  expect(kinds.size).toBe(75);
});

test("names are printed bare where they can be", () => {
  expect(["a", "_1", "a b", "1a", "é", 'a"b', ""].map(printName)).toEqual([
    "a",
    "_1",
    '"a b"',
    '"1a"',
    '"é"',
    '"a\\"b"',
    '""',
  ]);
});
