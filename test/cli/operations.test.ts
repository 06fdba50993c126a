// `check --operation` and `explain --operation`: the words of policy tests against a loaded world.
import { expect, test } from "vitest";
import { bailiwick, Folder } from "./fixture.ts";

const policy = `
entity Account owned by user or team { name?: String, status?: Choice("open", "won"), parent?: Account, size?: Long }
entity Note owned by user or team { about?: Account, other?: Account }
entity Country owned by organization;
privilege Export;
context { mfa?: Bool }
organization Root { unit EU; unit US; }
role Seller {
  permit create, read, write, assign, share, append, appendTo on Account at user;
  permit read, write, append on Note at user;
  permit delete on Account at user when { context has mfa && context.mfa };
  permit Merge;
}
role Reader { permit read on Account at user; }
role Guest { permit Export; }
user alice in EU { roles: Seller; }
user bob in US { roles: Reader; }
user carol in US { roles: Guest; }
user Twin in US { roles: Reader; }
team Twin in US { roles: Reader; members: bob; }
record acc1: Account { owner: alice; }
record acc2: Account { owner: bob; }
record note1: Note { owner: alice; }
`;

async function ask(command: "check" | "explain", operation: string, ...more: string[]) {
  using folder = new Folder({
    "policy.bwk": policy,
    "more.csv": "entity,id,owner\nAccount,same,alice\nNote,same,alice\nAccount,with space,alice\n",
  });
  const question = ["--policy", "policy.bwk", "--records", "more.csv", "--principal", "alice"];
  return await bailiwick(folder, [command, ...question, "--operation", operation, ...more]);
}

test.each([
  ["read acc1", "allow owner\n"],
  ["assign acc1 to bob", "allow owner\n"],
  ['assign acc1 to Team::"Twin"', "allow owner\n"],
  ['create Account { owner: alice; status: "open"; size: -3 }', "allow role Seller\n"],
  ["share acc1 with bob: read, update", "allow owner\n"],
  ["share acc1 with organization: all", undefined],
  ["unshare acc1 with organization", "allow owner\n"],
  ["append note1.about to acc1", "allow owner\n"],
  ["associate note1 with acc1", "allow owner\n"],
  ['merge Account::"with space" into Account::"same"', "allow role Seller\n"],
])("allowed, or refused for what the operation asks: %s", async (operation, out) => {
  const answer = await ask("check", operation);
  expect(answer.err).toBe("");
  if (out === undefined) expect(answer.code).toBe(1);
  else expect(answer).toEqual({ code: 0, out, err: "" });
});

test("a refusal names the check, the rule that asks for it, the record and who lacks it", async () => {
  expect(await ask("check", "assign acc2 to alice")).toEqual({
    code: 1,
    out: 'deny access\n  A4: assign on Account "acc2", asked of user "alice"\n',
    err: "",
  });
  expect(await ask("check", "assign acc1 to carol")).toEqual({
    code: 1,
    out: 'deny owner\n  A3: own on Account "acc1", asked of user "carol"\n',
    err: "",
  });
  expect((await ask("check", "create Note")).out).toBe(
    'deny privilege\n  A1: create on Note, asked of user "alice"\n',
  );
  expect((await ask("explain", "append note1.about to acc2")).out).toBe(
    'deny access\n  A7: appendTo on Account "acc2", asked of user "alice"\n',
  );
});

test("JSON", async () => {
  const refused = await ask("check", "assign acc1 to carol", "--json");
  expect([refused.code, JSON.parse(refused.out)]).toEqual([
    1,
    {
      allowed: false,
      reason: "owner",
      failed: {
        rule: "A3",
        action: "own",
        record: { entity: "Account", id: "acc1" },
        principal: { user: "carol" },
      },
    },
  ]);
  const explained = await ask("explain", "assign acc1 to bob", "--json");
  expect(JSON.parse(explained.out)).toEqual({
    allowed: true,
    reason: "owner",
    sources: [{ kind: "owner" }],
    errors: [],
    misses: [],
    missesCut: false,
  });
});

test("the request context counts", async () => {
  expect((await ask("check", "delete acc1")).out).toMatch(/^deny privilege/);
  expect((await ask("check", "delete acc1", "--context", '{"mfa": true}')).out).toBe("allow owner\n");
});

test.each([
  ["assign acc1 to", "error[BWK110]: expected a name, found the end of the operation", "1:15"],
  ["assign acc9 to bob", "error[BWK201]: unknown record `acc9`", "1:8"],
  ["assign acc1 to nobody", "error[BWK201]: unknown user or team `nobody`", "1:16"],
  ["assign acc1 to Twin", "error[BWK204]: `Twin` is ambiguous: a user and a team have this name", "1:16"],
  [
    "assign same to bob",
    "error[BWK307]: expected one record, found `same`, which is a record of `Account` and `Note`",
    "1:8",
  ],
  ['assign Acount::"acc1" to bob', "error[BWK201]: unknown entity `Acount`", "1:8"],
  ['assign Account::"acc9" to bob', "error[BWK201]: unknown record of `Account` `acc9`", "1:17"],
  ["raed acc1", "error[BWK201]: unknown action `raed`", "1:1"],
  ["Exprot", "error[BWK201]: unknown task privilege `Exprot`", "1:1"],
  ["share acc1 with bob: raed", "error[BWK201]: unknown right `raed`", "1:22"],
  ["create Account { owner: nobody }", "error[BWK201]: unknown user or team `nobody`", "1:25"],
  [
    'assign acc1 to BusinessUnit::"EU"',
    'error[BWK307]: expected a user or team, found `BusinessUnit::"EU"`',
    "1:16",
  ],
])("not understood: %s", async (operation, message, place) => {
  const { code, out, err } = await ask("check", operation);
  expect([code, out]).toEqual([2, ""]);
  expect(err.split("\n")[0]).toBe(message);
  expect(err).toContain(`--operation:${place}`);
});

test("what the engine does not take is one message", async () => {
  expect((await ask("check", "append note1 to acc1")).err).toMatch(
    /^error\[BWK441\]: 2 lookups lead from `Note` to `Account`\n {2}help: .*`about` or `other`\n$/,
  );
  expect((await ask("check", 'create Account { status: "lost" }')).err).toMatch(
    /^error\[BWK442\]: .*`status`/,
  );
  expect((await ask("check", "create Account { size: decimal(3) }")).err).toMatch(/^error\[BWK307\]/);
  expect((await ask("check", "create Account { sise: 3 }")).err).toMatch(/^error\[BWK442\]: .*`sise`/);
});

test("an operation stands instead of action and record, and one of them is needed", async () => {
  expect((await ask("check", "read acc1", "--action", "read")).err).toMatch(
    /^error\[BWK485\]: `--operation`/,
  );
  expect((await ask("check", "read acc1", "--record", "Account/acc1")).err).toMatch(/^error\[BWK485\]/);
  using folder = new Folder({ "policy.bwk": policy });
  const nothing = await bailiwick(folder, ["check", "--policy", "policy.bwk", "--principal", "alice"]);
  expect(nothing).toMatchObject({ code: 2, out: "" });
  expect(nothing.err).toMatch(/^error\[BWK485\]: nothing is asked\n {2}help: /);
});
