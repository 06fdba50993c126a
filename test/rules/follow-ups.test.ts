// What a syntax error may have caused is not reported beside it; what it cannot have caused is.
import { expect, test } from "vitest";
import { analyze } from "../../compiler/index.ts";

const world = `
organization Root { unit A; unit B; }
entity Case owned by user or team { subject: String, rank?: Long }
role Reader { permit read on Case at user; }
user a in A { roles: Reader; }
user elsewhere in A { roles: Reader in B; }
record bare: Case { owner: a; }
role Ranked { permit read on Case at organization when { resource.rank > 1 }; }
`;
const meant = ["BWK304", "BWK311", "BWK308"];

function codes(broken: string): readonly string[] {
  return analyze([{ name: "p.bwk", text: `${world}${broken}\n` }])
    .diagnostics.filter(({ severity }) => severity === "error")
    .map(({ code }) => code);
}

test.each([
  ["an invariant", 'invariant "x" { never read }', "BWK199"],
  ["a slot of a template", "forbid (principal == ?principal, action, resource);", "BWK199"],
  ["a bad escape", 'user "\\q" in A { roles: Reader; }', "BWK104"],
  [
    "a missing semicolon between items that were read",
    "role Other { permit read on Case at user }",
    "BWK111",
  ],
  ["a number that does not fit", "record big: Case { owner: a; subject: 9223372036854775808; }", "BWK107"],
])("%s loses nothing: the others are reported beside it", (_, broken, code) => {
  expect(codes(broken)).toEqual([...meant, code]);
});

test.each([
  ["a namespace", "namespace App { role Reader2; }", "BWK199"],
  ["a declaration that cannot be read", "user ;", "BWK110"],
  ["a block that is never closed", "user x in A {", "BWK112"],
])("%s may have held what is lacking, but no guard of a condition that was read", (_, broken, code) => {
  expect(codes(broken)).toEqual(["BWK308", code]);
});
