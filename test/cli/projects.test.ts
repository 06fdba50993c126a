import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bailiwick, Folder, policyText } from "./fixture.ts";

const warned = `entity Note owned by user or team { text?: String }
role Writer { permit read, write on Note at user; permit read on Note at organization; }
`;
const wrong = "entity Note owned by organization;\nrole R { permit read on Note at user; }\n";
// The guardrail names a user of the directory, and in a test every name must be declared.
const tested = `${policyText.slice(0, policyText.indexOf("@id"))}
organization Contoso;
user ann in Contoso { roles: Salesperson; }
test "ann exports" { allow ann ExportToExcel; deny ann BulkEdit because privilege; }
`;

test("compile writes an image; warnings alone are no failure", async () => {
  using folder = new Folder({ "a.bwk": warned });
  const ran = await bailiwick(folder, ["compile", "a.bwk", "-o", "a.bwi"]);
  expect(ran).toMatchObject({ code: 0, out: "" });
  expect(ran.err).toContain("BWK905");
  expect(readFileSync(join(folder.path, "a.bwi")).subarray(0, 4).toString()).toBe("BWKI");
});

test("compile with errors writes nothing and keeps what was there", async () => {
  using folder = new Folder({ "a.bwk": wrong, "a.bwi": "before" });
  const ran = await bailiwick(folder, ["compile", "a.bwk", "-o", "a.bwi"]);
  expect(ran).toMatchObject({ code: 2, out: "" });
  expect(ran.err).toMatch(/BWK301/);
  expect(ran.err).toContain("a.bwk:2:");
  expect(readFileSync(join(folder.path, "a.bwi"), "utf8")).toBe("before");
  expect(folder.names()).toEqual(["a.bwi", "a.bwk"]);
});

test("compile --json", async () => {
  using folder = new Folder({ "a.bwk": wrong, "b.bwk": warned });
  const bad = JSON.parse((await bailiwick(folder, ["compile", "a.bwk", "-o", "a.bwi", "--json"])).out) as {
    diagnostics: { code: string }[];
  };
  expect(bad).toMatchObject({ image: null, bytes: 0 });
  expect(bad.diagnostics.map(({ code }) => code)).toContain("BWK301");
  const good = JSON.parse((await bailiwick(folder, ["compile", "b.bwk", "-o", "b.bwi", "--json"])).out) as {
    bytes: number;
  };
  expect(good).toMatchObject({ image: "b.bwi", bytes: readFileSync(join(folder.path, "b.bwi")).length });
});

test("lint: 0 clean, 1 warnings, 2 errors", async () => {
  const clean =
    "entity Note owned by user or team { text?: String }\nrole Reader { permit read on Note at user; }\n";
  using folder = new Folder({ "clean.bwk": clean, "warned.bwk": warned, "wrong.bwk": wrong });
  expect(await bailiwick(folder, ["lint", "clean.bwk"])).toEqual({ code: 0, out: "", err: "" });
  expect(await bailiwick(folder, ["lint", "warned.bwk"])).toMatchObject({
    code: 1,
    err: "",
    out: expect.stringContaining("BWK905"),
  });
  expect(await bailiwick(folder, ["lint", "wrong.bwk"])).toMatchObject({
    code: 2,
    err: "",
    out: expect.stringContaining("BWK301"),
  });
  const found = JSON.parse((await bailiwick(folder, ["lint", "wrong.bwk", "--json"])).out) as {
    code: string;
  }[];
  expect(found.map(({ code }) => code)).toContain("BWK301");
  expect(await bailiwick(folder, ["lint", "-"], { stdin: wrong })).toMatchObject({
    code: 2,
    out: expect.stringContaining("standard input"),
  });
});

test("colours only for a terminal that wants them", async () => {
  using folder = new Folder({ "a.bwk": wrong });
  const lint = (options: object) => bailiwick(folder, ["lint", "a.bwk"], options);
  expect((await lint({ terminal: true })).out).toContain("\u001b[");
  expect((await lint({ terminal: true, env: { NO_COLOR: "1" } })).out).not.toContain("\u001b[");
  expect((await lint({})).out).not.toContain("\u001b[");
  const missing = (options: object) => bailiwick(folder, ["lint", "no.bwk"], options);
  expect((await missing({ terminal: true })).err).toContain("\u001b[");
  expect((await missing({})).err).toBe("error[BWK460]: cannot read `no.bwk`: no such file or folder\n");
});

const messy = "role   R{permit read on Note at user;}\nentity Note owned by user or team;";

test("fmt formats in place; fmt --check lists what would change", async () => {
  using folder = new Folder({ "messy.bwk": messy });
  expect(await bailiwick(folder, ["fmt", "--check", "."])).toEqual({
    code: 1,
    out: "./messy.bwk\n",
    err: "",
  });
  expect(readFileSync(join(folder.path, "messy.bwk"), "utf8")).toBe(messy);
  expect(await bailiwick(folder, ["fmt", "."])).toMatchObject({ code: 0, err: "" });
  const formatted = readFileSync(join(folder.path, "messy.bwk"), "utf8");
  expect(formatted).not.toBe(messy);
  expect(await bailiwick(folder, ["fmt", "--check", "."])).toEqual({ code: 0, out: "", err: "" });
  expect(await bailiwick(folder, ["fmt", "-"], { stdin: messy })).toEqual({
    code: 0,
    out: formatted,
    err: "",
  });
  expect(await bailiwick(folder, ["fmt", "--check", "-"], { stdin: messy })).toMatchObject({ code: 1 });
});

test("fmt changes no file where one has syntax errors", async () => {
  using folder = new Folder({ "a.bwk": messy, "b.bwk": "role R {" });
  for (const more of [[], ["--check"]]) {
    const ran = await bailiwick(folder, ["fmt", "a.bwk", "b.bwk", ...more]);
    expect(ran).toMatchObject({ code: 2, out: "" });
    expect(ran.err).toMatch(/BWK1\d\d/);
    expect(ran.err).toContain("b.bwk:1:");
  }
  expect(readFileSync(join(folder.path, "a.bwk"), "utf8")).toBe(messy);
  expect(readFileSync(join(folder.path, "b.bwk"), "utf8")).toBe("role R {");
});

test("test: 0 passed, 1 failed, 2 does not compile", async () => {
  using folder = new Folder({ "good.bwk": tested, "wrong.bwk": wrong });
  folder.write("bad.bwk", tested.replace("allow ann Export", "deny ann Export"));
  expect(await bailiwick(folder, ["test", "good.bwk"])).toMatchObject({ code: 0, err: "" });
  const failed = await bailiwick(folder, ["test", "bad.bwk"]);
  expect(failed.code).toBe(1);
  expect(failed.out).toContain("ann exports");
  expect((await bailiwick(folder, ["test", "wrong.bwk"])).code).toBe(2);
  expect((await bailiwick(folder, ["test", "bad.bwk", "--reporter", "junit"])).out).toMatch(/^<\?xml/);
  expect(JSON.parse((await bailiwick(folder, ["test", "bad.bwk", "--reporter", "json"])).out)).toMatchObject({
    ok: false,
  });
  const coverage = await bailiwick(folder, ["test", "good.bwk", "--coverage"]);
  expect(coverage).toMatchObject({
    code: 2,
    out: "",
    err: expect.stringContaining("`--coverage` is not in this version"),
  });
});
