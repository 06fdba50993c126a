// Whatever the text, the compiler answers with diagnostics: it never throws and never hangs.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "../../compiler/compile.ts";

const examples = join(import.meta.dirname, "../../docs/diagnostics");
const everything = `
organization Root { unit A { unit A1; } unit B disabled; }
entity Account owned by user or team { name?: String, parent?: Account parental, phone?: String secured, tags?: Set<Long>, c?: Choice("a", "b") }
entity Email, Task as Activity owned by user or team { about?: Account cascade share, reparent }
entity Product owned by organization { price?: Decimal, day?: Datetime }
entity Line owned by parent account { account: Account }
entity Facility owned by business unit;
entity User { department?: String }
context { mfa?: Bool }
privilege ExportToExcel;
role R in A { permit read, write on Account, Activity at businessUnit; permit all on * at user; permit ExportToExcel; }
team role "T R" { permit read on Product at organization; }
administrator role Admin;
@id("f") forbid (principal in Team::"T", action in [read, delete], resource is Account in BusinessUnit::"A");
permit (principal == User::"ann", action, resource == Account::"o") at user;
user ann in A { roles: R, "T R" in A; manager: bo; position: P; department: "d"; }
user bo in A1 disabled { roles: R; }
team T in A { roles: R; members: ann; administrator: bo; }
access team X in B { members: ann; }
default team of A { roles: R; }
position P under Q; position Q;
record o: Account { owner: ann; name: "n"; tags: [1, 2]; }
record p: Task { owner: Team::"T"; about: o; }
share o with bo: read, write;
column profile C { permit read on Account.phone; members: ann, T; }
owner of Account is creator;
settings { ownershipAcrossBusinessUnits: false; hierarchy: off; }
test "t" {
  record l: Line { account: o; }
  allow ann read o with { mfa: true } because owner;
  rights ann on o: read, write;
  who can read o: ann;
  list read Account for ann: o;
  set user ann in B; set unit A1 under B; set record o { name: none; };
  set role R { permit read on Account at none; }
  set unshare o with bo; set share o with T: read;
  do ann assign o to T; refuse set unit Root disabled;
}
`;

function survives(text: string): void {
  const { image, diagnostics } = compile([{ name: "p.bwk", text }]);
  const failed = diagnostics.some(({ severity }) => severity === "error");
  expect(image === undefined).toBe(failed);
  for (const { message, span } of diagnostics) {
    expect(message).not.toMatch(/undefined|\[object|NaN/);
    expect(span.start).toBeLessThanOrEqual(span.end);
    expect(span.end).toBeLessThanOrEqual(text.length);
  }
}

const words = everything.match(/"[^"]*"|\w+|[^\s\w]/g) ?? [];

test("the whole language compiles", () => {
  const { diagnostics } = compile([{ name: "p.bwk", text: everything }]);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
});

test("with any word left out", () => {
  for (const leave of words.keys()) survives(words.filter((_, index) => index !== leave).join(" "));
});

test("with words exchanged", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(words.length - 1), fc.nat(words.length - 1)), { minLength: 1, maxLength: 4 }),
      (pairs) => {
        const mixed = [...words];
        for (const [a, b] of pairs) [mixed[a], mixed[b]] = [mixed[b] as string, mixed[a] as string];
        survives(mixed.join(" "));
      },
    ),
    { numRuns: 400 },
  );
});

test("cut off anywhere", () => {
  for (let end = 0; end < everything.length; end += 7) survives(everything.slice(0, end));
});

test("the examples of the diagnostics, all at once", () => {
  const files = readdirSync(examples).map((name) => ({
    name,
    text: readFileSync(join(examples, name), "utf8"),
  }));
  const { image, diagnostics } = compile(files);
  expect(image).toBeUndefined();
  expect(diagnostics.length).toBeGreaterThan(files.length / 2);
});

test("names that objects have of themselves are names like any other", () => {
  const names = ["constructor", "__proto__", "toString", "hasOwnProperty"];
  const text = names
    .map(
      (name) => `entity ${name} owned by user or team { ${name}?: String }
        role ${name} { permit read on ${name} at user; }
        user ${name} in Root { roles: ${name}; }
        record ${name}: ${name} { owner: ${name}; ${name}: "x"; }`,
    )
    .join("\n");
  const { diagnostics, image } = compile([{ name: "p.bwk", text: `organization Root;\n${text}` }]);
  expect(diagnostics).toEqual([]);
  expect(image).toBeDefined();
  survives('organization Root; user u in Root; test "t" { allow u Merge because constructor u; }');
  survives("entity constructor { a?: String } entity toString { b?: Long }");
  survives(`organization Root; user u in Root { constructor: 1; toString: x; }
    record r: Nothing { __proto__: 1; } test "t" { allow u read r because constructor; }`);
});

const seconds = (text: string): number => {
  const started = performance.now();
  survives(text);
  return (performance.now() - started) / 1000;
};
const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("\n");

test("too many grants are one mistake", () => {
  const text = `${many(2000, (e) => `entity E${e} owned by user or team;`)}
    ${many(2000, (r) => `role R${r} { permit all on * at user; }`)}`;
  const { diagnostics } = compile([{ name: "p.bwk", text }]);
  expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
    ["BWK404", "too many grants: the roles of a project grant at most 10000000 privileges"],
  ]);
});

// Generous bounds for busy machines: what is quadratic in these takes minutes.
test.each<[string, string]>([
  [
    "unknown names",
    `organization R; role B; ${many(20_000, (i) => `user u${i} in Nowhere${i} { roles: Bx${i}; }`)}`,
  ],
  ["cycles", many(40_000, (i) => `position p${i} under p${i};`)],
  ["one long cycle", many(40_000, (i) => `position p${i} under p${(i + 1) % 40_000};`)],
  ["members of one set", many(30_000, (i) => `entity E${i} as All owned by user or team;`)],
  [
    "attributes and fields",
    `entity E owned by organization { ${many(10_000, (i) => `a${i}?: Long,`)} }
     record r: E { ${many(10_000, (i) => `a${i}: 1;`)} } record s: E { ${many(10_000, (i) => `b${i}: 1;`)} }`,
  ],
  [
    "teams and members",
    `organization R; role B; ${many(4000, (i) => `user u${i} in R { roles: B; }`)}
     ${many(400, (t) => `team t${t} in R { roles: B; members: ${Array.from({ length: 50 }, (_, m) => `u${(t * 10 + m) % 4000}`).join(", ")}; }`)}`,
  ],
  [
    "records in one test",
    `organization R; entity E owned by user or team; role B { permit read on E at user; } user u in R { roles: B; }
     test "t" { ${many(4000, (i) => `record r${i}: E { owner: u; }`)} }`,
  ],
  [
    "grants of one privilege",
    `entity E owned by user or team; ${many(3000, (r) => `role R${r} { permit write on E at user; permit read on E at user; }`)}`,
  ],
])("many %s take no long time", (_, text) => {
  expect(seconds(text)).toBeLessThan(30);
});
