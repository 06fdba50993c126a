// BWK307 where a column is shared to more than read and write (semantics.md F3), in declarations, changes and operations.
import { test } from "vitest";
import { check, clean } from "./harness.ts";

const finding = (word: string) => ({
  code: "BWK307",
  message: `expected \`read\` or \`write\`, found \`${word}\``,
  help: "a column is shared to be read or written",
});
const vault = `entity Vault owned by user or team { code?: String secured }
  role Keeper { permit read, share on Vault at user; }
  user kim in A { roles: Keeper; } record v: Vault { owner: kim; }`;

test("a column is shared to be read or written", () => {
  check(
    `${vault} share v.code with bob: read, <|delete|>;
    test "t" {
      set share v.code with bob: <|assign|>;
      deny kim share v.code with bob: <|append|>, write because column;
    }`,
    [finding("delete"), finding("assign"), finding("append")],
  );
});

test("`all` of a column is both", () => {
  clean(`${vault} share v.code with bob: all; share v.code with alice: update;`);
});
