import { expect, test } from "vitest";
import { bailiwick, Folder, policyText, world } from "./fixture.ts";

const ask = async (...argv: string[]) => {
  using folder = Folder.organization();
  return await bailiwick(folder, argv);
};
const check = (principal: string, action: string, record?: string, ...more: string[]) =>
  ask(
    ...["check", ...world, "--principal", principal, "--action", action],
    ...(record === undefined ? [] : ["--record", record]),
    ...more,
  );

test.each([
  ["alice", "read", "Account/acc1", 0, "allow role Salesperson\n"],
  ["alice", "read", "Account/007", 0, "allow share\n"],
  ["alice", "update", "Account/acc1", 0, "allow owner\n"],
  ["bob", "read", "Account/acc2", 0, "allow team Europe\n"],
  ["bob", "write", "Account/007", 1, 'deny forbid "no-bob"\n'],
  ["alice", "delete", "Account/acc1", 1, "deny privilege\n"],
  ["alice", "write", "Account/acc2", 1, "deny access\n"],
  ["gone", "read", "Account/acc1", 1, "deny disabled\n"],
  ["root", "delete", "Account/acc1", 0, "allow administrator\n"],
  ["alice", "read", '"Pièce jointe"/p1', 0, "allow role Salesperson\n"],
  ["alice", "read", "Pièce jointe/p1", 0, "allow role Salesperson\n"],
  ["bob", "read", "a/b/c/d", 0, 'allow role "EU reader"\n'],
  ["alice", "read", "Line/l1", 0, "allow role Salesperson\n"],
])("check: %s %s %s", async (principal, action, record, code, out) => {
  expect(await check(principal, action, record)).toEqual({ code, out, err: "" });
});

test("check: a task privilege has no record", async () => {
  expect(await check("alice", "ExportToExcel")).toEqual({
    code: 0,
    out: "allow role Salesperson\n",
    err: "",
  });
  expect(await check("alice", "BulkEdit")).toEqual({ code: 1, out: "deny privilege\n", err: "" });
});

test("check: JSON", async () => {
  const { code, out } = await check("alice", "write", "Account/acc2", "--json");
  expect([code, JSON.parse(out)]).toEqual([1, { allowed: false, reason: "access" }]);
});

test("check: a context that fits is taken, another is one message", async () => {
  const given = (context: string) => check("alice", "read", "Account/acc1", "--context", context);
  expect(await given('{"mfa": true, "channel": "web"}')).toMatchObject({ code: 0, err: "" });
  expect((await given('{"mfa": "perhaps"}')).err).toMatch(
    /^error\[BWK442\]: request context, attribute `mfa`: .*\n$/,
  );
  expect((await given('{"mfaa": true}')).err).toMatch(
    /^error\[BWK442\]: .*`mfaa`\n {2}help: did you mean `mfa`\?\n$/,
  );
  expect((await given("yes")).err).toMatch(
    /^error\[BWK464\]: `--context`, line 1, column 1: expected a value/,
  );
});

test.each([
  [
    "alcie",
    "read",
    "Account/acc1",
    /^error\[BWK440\]: unknown user `alcie`\n {2}help: did you mean `alice`\?\n$/,
  ],
  [
    "alice",
    "raed",
    "Account/acc1",
    /^error\[BWK440\]: unknown action `raed`\n {2}help: did you mean `read`\?\n$/,
  ],
  [
    "alice",
    "read",
    "Acount/acc1",
    /^error\[BWK440\]: unknown entity `Acount`\n {2}help: did you mean `Account`\?\n$/,
  ],
  ["alice", "read", "Account/acc9", /^error\[BWK440\]: .*`acc9`/],
  ["alice", "read", "Account", /^error\[BWK485\]: `Account` does not name a record\n {2}help: /],
  [
    "alice",
    "read",
    undefined,
    /^error\[BWK485\]: `read` is asked of a record, and none is named\n {2}help: say which: --record Account\/acc1\n$/,
  ],
  ["alice", "raed", undefined, /^error\[BWK440\]: unknown privilege `raed`/],
  ["alice", "ExportToExcel", "Account/acc1", /^error\[BWK441\]: `ExportToExcel` is a task privilege/],
])("check: %s %s %s is one message", async (principal, action, record, message) => {
  const ran = await check(principal, action, record);
  expect(ran.err).toMatch(message);
  expect(ran).toMatchObject({ code: 2, out: "" });
});

test("explain lists every source, or the step that failed", async () => {
  const explain = (principal: string, action: string, record: string, ...more: string[]) =>
    ask("explain", ...world, "--principal", principal, "--action", action, "--record", record, ...more);
  expect(await explain("alice", "read", "Account/acc1")).toEqual({
    code: 0,
    out: `allow role Salesperson
  role Salesperson at businessUnit, held by user "alice" in "EU", policy.bwk:17
  owner
`,
    err: "",
  });
  expect(await explain("alice", "read", "Account/007")).toMatchObject({
    out: 'allow share\n  share: shared with user "alice"\n',
  });
  expect(await explain("alice", "write", "Account/acc2")).toEqual({
    code: 1,
    out: `deny access
  would allow: share Account "acc2" with user "alice": write
  would allow: assign role "System Administrator" in "EU" to user "alice"
  would allow: add user "alice" to team "Europe"
  would allow: permit write on Account at businessUnit instead of user in role Salesperson
`,
    err: "",
  });
  expect(await explain("alice", "write", "Account/acc2", "--misses", "0")).toMatchObject({
    out: "deny access\n",
  });
  expect((await explain("alice", "write", "Account/acc2", "--misses", "x")).err).toMatch(
    /^error\[BWK484\]: .*--misses/,
  );
  expect(await explain("gone", "read", "Account/acc1")).toMatchObject({ out: "deny disabled\n" });
  expect(await explain("bob", "write", "Account/007")).toMatchObject({ out: 'deny forbid "no-bob"\n' });
  expect(await explain("bob", "read", "Line/l1")).toMatchObject({
    out: `allow share
  decided by Account "acc1"
  share: shared with user "bob"
`,
  });
  const { out } = await explain("bob", "read", "Account/acc2", "--json");
  expect(JSON.parse(out)).toEqual({
    allowed: true,
    reason: "team Europe",
    sources: [{ kind: "team", name: "Europe" }],
    errors: [],
    misses: [],
    missesCut: false,
  });
});

test("filter prints ids, a count, JSON, or a table", async () => {
  using folder = Folder.organization();
  const filter = (...more: string[]) =>
    bailiwick(folder, [
      ...["filter", ...world, "--principal", "alice", "--action", "read", "--entity", "Account"],
      ...more,
    ]);
  expect(await filter()).toEqual({ code: 0, out: "acc1\nacc2\n007\n", err: "" });
  expect(await filter("--count")).toEqual({ code: 0, out: "3\n", err: "" });
  expect(JSON.parse((await filter("--json")).out)).toEqual({ count: 3, ids: ["acc1", "acc2", "007"] });
  expect(JSON.parse((await filter("--json", "--count")).out)).toEqual({ count: 3 });
  for (const name of ["ids.csv", "ids.ndjson", "ids.parquet"]) {
    expect(await filter("-o", name)).toEqual({ code: 0, out: "", err: "" });
  }
  const { readFileSync } = await import("node:fs");
  expect(readFileSync(`${folder.path}/ids.csv`, "utf8")).toBe("id\nacc1\nacc2\n007\n");
  expect(readFileSync(`${folder.path}/ids.ndjson`, "utf8")).toBe(
    '{"id":"acc1"}\n{"id":"acc2"}\n{"id":"007"}\n',
  );
  expect((await filter("-o", "ids.txt")).err).toMatch(/^error\[BWK470\]: `ids.txt` does not tell the format/);
  expect((await filter("-o", "none/ids.csv")).err).toMatch(/^error\[BWK4[68]1\]: cannot write/);
  expect(folder.names()).toEqual([
    "d.json",
    "ids.csv",
    "ids.ndjson",
    "ids.parquet",
    "policy.bwk",
    "q.csv",
    "r.csv",
    "s.csv",
  ]);
  const task = await bailiwick(folder, [
    ...["filter", ...world, "--principal", "alice"],
    "--action",
    "Merge",
    "--entity",
    "Account",
  ]);
  expect(task).toMatchObject({ code: 2, err: expect.stringMatching(/^error\[BWK441\]: /) });
});

test("who lists users", async () => {
  const who = (record: string, ...more: string[]) =>
    ask("who", ...world, "--action", "read", "--record", record, ...more);
  expect(await who("Account/acc2")).toEqual({ code: 0, out: "alice\nbob\nroot\n", err: "" });
  expect(JSON.parse((await who("Country/fr", "--json")).out)).toEqual({ count: 2, users: ["bob", "root"] });
  expect(await who("Country/xx")).toMatchObject({
    code: 2,
    out: "",
    err: expect.stringMatching(/^error\[BWK440\]: .*`xx`/),
  });
});

test("a policy may be an image, a folder, or standard input", async () => {
  using folder = Folder.organization();
  const question = ["--directory", "d.json", "--principal", "alice", "--action", "ExportToExcel"];
  const allowed = { code: 0, out: "allow role Salesperson\n", err: "" };
  expect(await bailiwick(folder, ["compile", "policy.bwk", "-o", "p.bwi"])).toMatchObject({ code: 0 });
  const { readFileSync } = await import("node:fs");
  const image = readFileSync(`${folder.path}/p.bwi`);
  expect(await bailiwick(folder, ["check", "--policy", "p.bwi", ...question])).toEqual(allowed);
  expect(await bailiwick(folder, ["check", "--policy", ".", ...question])).toEqual(allowed);
  expect(await bailiwick(folder, ["check", "--policy", "-", ...question], { stdin: policyText })).toEqual(
    allowed,
  );
  expect(await bailiwick(folder, ["check", "--policy", "-", ...question], { stdin: image })).toEqual(allowed);
  const mixed = await bailiwick(folder, ["check", "--policy", "policy.bwk", "p.bwi", ...question]);
  expect(mixed.err).toMatch(
    /^error\[BWK463\]: `p.bwi` is a compiled image and stands among other policy paths\n/,
  );
});

test("damaged images are one message each", async () => {
  using folder = Folder.organization();
  await bailiwick(folder, ["compile", "policy.bwk", "-o", "p.bwi"]);
  const { readFileSync } = await import("node:fs");
  const image = readFileSync(`${folder.path}/p.bwi`);
  const damaged: [Uint8Array, RegExp][] = [
    [new Uint8Array(), /^error\[BWK41[0-3]\]: /],
    [image.subarray(0, -1), /^error\[BWK41[0-3]\]: /],
    [image.map((byte, index) => (index === 200 ? byte ^ 1 : byte)), /^error\[BWK413\]: /],
    [new TextEncoder().encode("not an image, but long enough to be one ".repeat(20)), /^error\[BWK410\]: /],
  ];
  for (const [bytes, message] of damaged) {
    folder.write("x.bwi", bytes);
    const ran = await bailiwick(folder, ["check", "--policy", "x.bwi", "--principal", "a", "--action", "b"]);
    expect(ran).toMatchObject({ code: 2, out: "" });
    expect(ran.err).toMatch(message);
    expect(ran.err.trim().split("\n").length).toBeLessThanOrEqual(2);
  }
});

test("a policy that does not compile ends every command with its diagnostics", async () => {
  using folder = Folder.organization();
  folder.write("policy.bwk", "role R { permit read on Nothing at user; }\n");
  const ran = await bailiwick(folder, [
    "check",
    "--policy",
    "policy.bwk",
    "--principal",
    "a",
    "--action",
    "b",
  ]);
  expect(ran).toMatchObject({ code: 2, out: "" });
  expect(ran.err).toContain("BWK201");
  expect(ran.err).toContain("policy.bwk:1:25");
});

test("a name that only a directory could declare is said when there is none", async () => {
  using folder = Folder.organization();
  const ran = await bailiwick(folder, [
    "check",
    "--policy",
    "policy.bwk",
    "--principal",
    "alice",
    "--action",
    "BulkEdit",
  ]);
  expect(ran).toMatchObject({ code: 2, out: "", err: expect.stringMatching(/^error\[BWK(201|440)\]: .*\n/) });
});
