// Columns on the command line: `check --column`, `explain --column`, shares of columns in tables.
import { expect, test } from "vitest";
import { bailiwick, Folder } from "./fixture.ts";

const policy = `
organization Root;
entity Account owned by user or team { name?: String, phone?: String secured masked "[0-9]", "re.v"?: Decimal secured }
entity "A.B" owned by user or team { c?: String secured }
role Own { permit read, write on Account, "A.B" at user; }
user alice in Root { roles: Own; }
user bob in Root { roles: Own; }
column profile Readers { permit read on Account.phone; permit create on Account."re.v"; members: alice; }
record acc1: Account { owner: alice; }
record x: "A.B" { owner: alice; }
`;

const ask = async (command: string, ...argv: string[]) => {
  using folder = new Folder({
    "p.bwk": policy,
    "s.csv":
      "entity,id,principal,principal_type,rights,column\nA.B,x,alice,user,read,c\nAccount,acc1,bob,user,read,\n",
  });
  return await bailiwick(folder, [command, "--policy", "p.bwk", "--shares", "s.csv", ...argv]);
};

test.each([
  ["alice", "read", "Account.phone", "Account/acc1", 0, "allow owner\n"],
  ["alice", "write", "Account.phone", "Account/acc1", 1, "deny column\n"],
  ["alice", "readUnmasked", "phone", "Account/acc1", 1, "deny column\n"],
  ["bob", "read", "Account.phone", "Account/acc1", 1, "deny column\n"],
  ["bob", "write", "Account.phone", "Account/acc1", 1, "deny access\n"],
  ["alice", "read", "Account.name", "Account/acc1", 0, "allow owner\n"],
  ["alice", "read", '"A.B".c', "A.B/x", 0, "allow owner\n"],
  ["alice", "read", "A.B.c", "A.B/x", 0, "allow owner\n"],
  ["alice", "create", "Account.re.v", undefined, 0, "allow column\n"],
  ["bob", "create", 'Account."re.v"', undefined, 1, "deny column\n"],
])("check --column: %s %s %s", async (principal, action, column, record, code, out) => {
  const about = ["--principal", principal, "--action", action, "--column", column];
  const result = await ask("check", ...about, ...(record === undefined ? [] : ["--record", record]));
  expect(result).toEqual({ code, out, err: "" });
});

test("check --column: JSON, and an explanation", async () => {
  const about = [
    "--principal",
    "alice",
    "--action",
    "read",
    "--column",
    "Account.phone",
    "--record",
    "Account/acc1",
  ];
  expect(JSON.parse((await ask("check", ...about, "--json")).out)).toEqual({
    allowed: true,
    reason: "owner",
  });
  expect(JSON.parse((await ask("explain", ...about, "--json")).out)).toEqual({
    allowed: true,
    reason: "owner",
    sources: [{ kind: "owner" }],
    errors: [],
    misses: [],
    missesCut: false,
  });
});

test("the words of a policy test ask about columns too", async () => {
  const words = (text: string) => ask("check", "--principal", "alice", "--operation", text);
  expect(await words("read acc1.phone")).toEqual({ code: 0, out: "allow owner\n", err: "" });
  expect(await words('create Account."re.v"')).toEqual({ code: 0, out: "allow column\n", err: "" });
  expect(await words("share acc1.phone with bob: read")).toEqual({
    code: 1,
    out: 'deny privilege\n  A10: share on Account "acc1", asked of user "alice"\n',
    err: "",
  });
  expect((await words("unshare acc1.phone with bob")).out).toMatch(/^deny privilege/);
});

test.each([
  [["--column", "phone"], "BWK485", "`phone` is a column of no entity"],
  [
    ["--column", "Account.phone", "--record", "A.B/x"],
    "BWK485",
    "`Account.phone` is no column of a record of `A.B`",
  ],
  [["--column", "Account."], "BWK485", "`Account.` does not name a column"],
  [["--column", "Account.fone", "--record", "Account/acc1"], "BWK440", "`Account` has no attribute `fone`"],
  [["--column", "Account.phone"], "BWK485", "`read` is asked of a record, and none is named"],
])("%j is one message", async (more, code, message) => {
  const { err, ...result } = await ask("check", "--principal", "alice", "--action", "read", ...more);
  expect(result).toEqual({ code: 2, out: "" });
  expect(err.split("\n")[0]).toBe(`error[${code}]: ${message}`);
});
