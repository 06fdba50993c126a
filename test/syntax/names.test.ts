// No word is reserved: every keyword serves as a name wherever it is not ambiguous.
import { expect, test } from "vitest";
import { format } from "../../compiler/syntax/index.ts";
import { keywordByText } from "../../compiler/syntax/tokens.ts";
import { parsed } from "./harness.ts";

const words = [...keywordByText.keys()];

/** Texts in which `%` is any name at all. */
const places = [
  "entity % owned by organization;",
  "entity % as % owned by user or team { %: String, b?: % parental, c: Long }",
  "entity E, % owned by parent %;",
  'entity A { x: String secured, %: Long masked "x" }',
  "entity A { x?: B cascade assign, share, %: Long, %?: Bool }",
  "privilege %, %;",
  "role % in % { permit % on %, % at %; permit %; permit %, %; }",
  "team role %;",
  "administrator role % { permit % at %; }",
  "user % in % disabled { %: %, %; roles: %, % in %; }",
  "team % in % { members: %, %; }",
  "access team % in %;",
  "default team of %;",
  "organization % { unit % disabled; unit % { unit %; } }",
  "position % under %;",
  "position %;",
  "record %: % { %: %; % : 1; }",
  "share % with %: read;",
  "share %.% with %: read, write;",
  "column profile % { permit % on %.%, %.%; members: %; }",
  "owner of % is %;",
  "owner of % is resource.%.%;",
  "settings { %: %; }",
  "@% role A;",
  'forbid (principal is %, action == %, resource is % in %::"x");',
  'forbid (principal, action in [%, %], resource == %::"x");',
  "role A { permit read on B at user when { resource.%.% == context.% && principal has %.% && principal is % }; }",
  'role A { permit read on B at user when { { %: 1 } == %::"x" || resource.%(1) }; }',
  "test % { user % in %; allow % read % because role %; deny % read %.% because access; allow % assign % to %; }",
  "test x { allow % read % with { %: % }; rights % on %: read; who can read %: %, %; list % % for %: %, %; }",
  "test x { do % create %: % { %: % }; do % append %.% to %; do % merge % into %; do % associate % with %; }",
  "test x { set user % in %; set user % %: %; set unit % under %; set team % %: %; set record % { %: % }; }",
  "test x { set role % { permit read on % at user; } set share % with %: read; set unshare % with %; }",
  "test x { refuse set unit % disabled; refuse share % with %: read by %; refuse read % by %; unit % under %; }",
  'test x { allow %::"x" read %::"y"; allow sys share %.% with %: read; allow % read % because team %; refuse merge % into % by %; }',
];

test.each(places)("%s", (place) => {
  for (const word of words) {
    const text = place.replaceAll("%", word);
    const { diagnostics } = parsed(text);
    expect(
      diagnostics.map(({ message, span }) => `${message} at ${span.start}`),
      text,
    ).toEqual([]);
    expect(format({ name: "a.bwk", text }).diagnostics, text).toEqual([]);
  }
});

test("keywords that could end a list are names all the same, and are quoted where they must be", () => {
  expect(format({ name: "a.bwk", text: 'privilege "at", at, "on";' }).text).toBe(
    'privilege "at", "at", "on";\n',
  );
  const grant = 'role A { permit a, "on"; permit read, on Account at user; permit read on A, at at user; }';
  const { tree, diagnostics } = parsed(grant);
  expect(diagnostics).toEqual([]);
  const [role] = tree.declarations;
  const actions =
    role?.kind === "Role" ? role.grants.map((node) => node.actions.map(({ value }) => value)) : [];
  expect(actions).toEqual([["a", "on"], ["read"], ["read"]]);
});

test("`none`, `organization` and `true` are names where they are quoted", () => {
  const text = `share o with "organization": read;
share o with organization: read;

test "x" {
  who can read o: none;
  who can read o: "none";
  user a in U { roles: "true"; }
}
`;
  const { tree } = parsed(text);
  const [named, whole, local] = tree.declarations;
  expect(named?.kind === "Share" && named.with.principal).toMatchObject({
    kind: "Name",
    value: "organization",
  });
  expect(whole?.kind === "Share" && whole.with.principal).toBeUndefined();
  const who =
    local?.kind === "Test" ? local.statements.flatMap((node) => (node.kind === "Who" ? [node] : [])) : [];
  expect(who.map(({ principals }) => principals.length)).toEqual([0, 1]);
  expect(format({ name: "a.bwk", text }).text).toBe(text.replace('roles: "true"', "roles: true"));
});

test("a team called `role`, and a team role called `in`", () => {
  const kinds = (text: string) => {
    const { tree, diagnostics } = parsed(text);
    expect(diagnostics).toEqual([]);
    return tree.declarations.map((node) => [
      node.kind,
      "name" in node && node.name.value,
      "unit" in node && node.unit,
    ]);
  };
  expect(kinds("team role in Sales;")).toMatchObject([["Team", "role", { value: "Sales" }]]);
  expect(kinds("team role in in Sales;")).toMatchObject([["Role", "in", { value: "Sales" }]]);
  expect(kinds("team role in;")).toMatchObject([["Role", "in", undefined]]);
  expect(kinds("team role Sales in in;")).toMatchObject([["Role", "Sales", { value: "in" }]]);
});
