// Conditions and request contexts on the command line.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { groupContexts } from "../../cli/batch/group-contexts.ts";
import { bailiwick, Folder } from "./fixture.ts";

const policy = `
organization Root;
entity Account owned by user or team { size?: Long, country?: Country }
entity Country owned by organization { open: Bool }
context { mfa: Bool, channel?: Choice("web", "phone"), marks?: Set<Long> }
role Reader { permit read on Account at organization when { context has mfa && context.mfa }; }
role Caller { permit write on Account at organization when { context has channel && context.channel == "phone" }; }
role Adder { permit delete on Account at organization when { resource has size && resource.size + 1 > 0 }; }
role Marker { permit append on Account at organization
  when { context has marks && context.marks.contains(9007199254740993) }; }
@id("closed") forbid (principal, action == delete, resource is Account)
  when { resource has country && resource.country.open == false };
user alice in Root { roles: Reader, Caller, Adder, Marker; }
user bob in Root { roles: Reader; }
`;

const records = `entity,id,owner,size,country,open
Account,a1,alice,5,,
Account,a2,alice,9223372036854775807,,
Account,a3,bob,1,nowhere,
Country,fr,,,,true
`;

const world = ["--policy", "policy.bwk", "--records", "r.csv"];
const files = { "policy.bwk": policy, "r.csv": records };

test("filter and who ask in a context", async () => {
  using folder = new Folder(files);
  const filter = (...more: string[]) =>
    bailiwick(folder, [
      ...["filter", ...world, "--principal", "alice", "--action", "read", "--entity", "Account"],
      ...more,
    ]);
  const who = (...more: string[]) =>
    bailiwick(folder, ["who", ...world, "--action", "read", "--record", "Account/a1", ...more]);
  expect(await filter("--count")).toMatchObject({ code: 0, out: "0\n" });
  expect(await filter("--context", '{"mfa": true}')).toEqual({ code: 0, out: "a1\na2\na3\n", err: "" });
  expect(await who()).toMatchObject({ code: 0, out: "" });
  expect(await who("--context", '{"mfa": true}')).toEqual({ code: 0, out: "alice\nbob\n", err: "" });
  expect((await filter("--context", '{"mfa": "maybe"}')).err).toMatch(
    /^error\[BWK442\]: request context, attribute `mfa`: expected `true` or `false`, not `maybe`\n/,
  );
  expect((await who("--context", "{")).code).toBe(2);
});

test("check asks in a context", async () => {
  using folder = new Folder(files);
  const check = (...context: string[]) =>
    bailiwick(folder, [
      ...["check", ...world, "--principal", "alice", "--action", "write", "--record", "Account/a3"],
      ...context,
    ]);
  expect(await check()).toMatchObject({ code: 1, out: "deny privilege\n" });
  expect(await check("--context", '{"channel":"phone"}')).toMatchObject({
    code: 0,
    out: "allow role Caller\n",
  });
});

test("explain prints conditions that could not be worked out", async () => {
  using folder = new Folder(files);
  const explain = (record: string, ...more: string[]) =>
    bailiwick(folder, [
      ...["explain", ...world, "--principal", "alice", "--action", "delete", "--record", `Account/${record}`],
      ...more,
    ]);
  expect(await explain("a1")).toMatchObject({
    code: 0,
    out: `allow role Adder
  role Adder at organization, held by user "alice" in "Root", policy.bwk:8
  owner
`,
  });
  expect(await explain("a2")).toMatchObject({
    code: 1,
    out: `deny privilege
  error in the condition of role Adder: a number leaves the 64-bit range
  would allow: permit delete on Account at user in role Reader
  would allow: permit delete on Account at user in role Caller
  would allow: permit delete on Account at user in role Adder
  would allow: permit delete on Account at user in role Marker
`,
  });
  expect(await explain("a3")).toMatchObject({
    code: 1,
    out: 'deny forbid "closed"\n  error in the condition of guardrail "closed": a lookup leads to a record that is not loaded\n',
  });
  expect(JSON.parse((await explain("a3", "--json")).out)).toEqual({
    allowed: false,
    reason: 'forbid "closed"',
    sources: [],
    errors: [{ guardrail: "closed", message: "a lookup leads to a record that is not loaded" }],
    misses: [],
    missesCut: false,
  });
});

const requests = `principal,action,entity,id,context.mfa,context.channel,context.marks
alice,read,Account,a1,true,,
alice,read,Account,a1,,phone,
bob,read,Account,a3,true,phone,
alice,write,Account,a3,,phone,
alice,append,Account,a1,,,[9007199254740993]
alice,append,Account,a1,,,[9007199254740992]
alice,read,Account,a2,true,,
bob,write,Account,a3,true,phone,
`;
const answers = [
  "allow,role Reader",
  "deny,privilege",
  "allow,role Reader",
  "allow,role Caller",
  "allow,role Marker",
  "deny,privilege",
  "allow,role Reader",
  "deny,privilege",
];

test("batch decides each request in its own context, in the order of the requests", async () => {
  using folder = new Folder({ ...files, "q.csv": requests });
  const batch = (...more: string[]) =>
    bailiwick(folder, ["batch", ...world, "--requests", "q.csv", "-o", "out.csv", ...more]);
  const decisions = () =>
    readFileSync(join(folder.path, "out.csv"), "utf8")
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split(",").slice(7).join());
  expect((await batch()).err).toMatch(/^8 requests: 5 allow, 3 deny; /);
  expect(decisions()).toEqual(answers.map((answer) => answer.split(",")[0]));
  expect((await batch("--reasons")).err).toMatch(/^8 requests: 5 allow, 3 deny; /);
  expect(decisions()).toEqual(answers);
});

test("rows of equal contexts stand together; an attribute may have any name", () => {
  const columns = new Map([
    ["__proto__", ["a", null, "a", ""]],
    ["x", [null, "a", null, null]],
  ]);
  const groups = groupContexts(columns, 4);
  expect(groups.map(({ rows }) => [...rows])).toEqual([[0, 2], [1], [3]]);
  expect(groups.map(({ context }) => Object.entries(context))).toEqual([
    [["__proto__", "a"]],
    [["x", "a"]],
    [["__proto__", ""]],
  ]);
});
