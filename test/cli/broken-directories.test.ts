import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { bailiwick, directory, Folder } from "./fixture.ts";

const schema: unknown = JSON.parse(
  readFileSync(new URL("../../schema/directory.json", import.meta.url), "utf8"),
);
const fits = new Ajv2020({ allowUnionTypes: true }).compile(schema as object);

const question = ["--principal", "alice", "--action", "ExportToExcel"];

async function loadedWith(text: string): Promise<{ code: number; out: string; err: string; left: string[] }> {
  using folder = Folder.organization();
  folder.write("d.json", text);
  const ran = await bailiwick(folder, [
    "check",
    "--policy",
    "policy.bwk",
    "--directory",
    "d.json",
    ...question,
  ]);
  return { ...ran, left: folder.names() };
}

/** One message: `error[CODE]: words`, perhaps with help under it, nothing else. */
const oneMessage = /^error\[(BWK\d{3})\]: [^\n]+\n( {2}help: [^\n]+\n)?$/;

function expectOneMessage(
  ran: { code: number; out: string; err: string },
  code: string,
  words: RegExp,
): void {
  expect(ran.err).toMatch(oneMessage);
  expect(ran.err).toMatch(words);
  // Whatever is wrong, the message names the file.
  if (code !== "BWK460") expect(ran.err).toMatch(/^error\[BWK\d{3}\]: `d\.json`/);
  expect(ran.err).not.toMatch(/\bat .*\.(ts|js):\d/);
  expect(oneMessage.exec(ran.err)?.[1]).toBe(code);
  expect(ran.out).toBe("");
  expect(ran.code).toBe(2);
}

test("the example loads and fits the schema", async () => {
  expect(fits(directory)).toBe(true);
  expect(await loadedWith(JSON.stringify(directory))).toMatchObject({
    code: 0,
    out: "allow role Salesperson\n",
    err: "",
  });
});

test("everything that a directory may say fits the schema and loads", async () => {
  const full = {
    $schema: "https://example.org/directory.json",
    ...directory,
    users: [
      ...directory.users,
      {
        id: "vp",
        businessUnit: "EU",
        roles: [{ role: "Salesperson", businessUnit: "EU" }, { role: "Salesperson" }],
        position: "CEO",
        manager: null,
        disabled: false,
      },
    ],
    teams: [
      ...directory.teams,
      { id: "Deal", kind: "access", businessUnit: "US", members: ["alice"] },
      { id: "Group", kind: "group", businessUnit: "US", administrator: "vp", roles: [] },
    ],
    positions: [{ id: "CEO" }, { id: "Sales manager", parent: "CEO" }],
    columnProfiles: [],
    defaultTeamRoles: { EU: ["Salesperson"] },
  };
  expect(fits(full)).toBe(true);
  expect(await loadedWith(JSON.stringify(full))).toMatchObject({ code: 0, err: "" });
});

type Change = (d: Record<string, Record<string, unknown>[]>) => unknown;
const set =
  (list: string, index: number, values: Record<string, unknown>): Change =>
  (d) => {
    const items = d[list] ?? [];
    items[index] = { ...items[index], ...values };
    return { ...d, [list]: items };
  };

// What does not have the shape of a directory: the schema refuses it, and so does the engine.
test.each<[string, Change, RegExp]>([
  ["an array", () => [], /expected an object/],
  ["a text", () => "Contoso", /expected an object/],
  ["null", () => null, /expected an object/],
  ["an unknown property", (d) => ({ ...d, groups: [] }), /`groups`/],
  ["a list that is an object", (d) => ({ ...d, users: {} }), /users/],
  ["a user that is a text", set("users", 4, undefined as never), /./],
  ["a user without an id", set("users", 0, { id: undefined }), /users\[0\]/],
  ["a user without a unit", set("users", 0, { businessUnit: undefined }), /users\[0\]/],
  ["an id that is a number", set("users", 1, { id: 7 }), /users\[1\]\.id/],
  ["an empty id", set("users", 1, { id: "" }), /users\[1\]\.id/],
  ["a misspelt property", set("users", 0, { busnessUnit: "EU" }), /`busnessUnit`/],
  ["a flag that is a text", set("users", 0, { disabled: "yes" }), /users\[0\]\.disabled/],
  ["roles that are a text", set("users", 0, { roles: "Salesperson" }), /users\[0\]\.roles/],
  ["a role that is a number", set("users", 0, { roles: [1] }), /users\[0\]\.roles\[0\]/],
  [
    "a role object without a role",
    set("users", 0, { roles: [{ businessUnit: "EU" }] }),
    /users\[0\]\.roles\[0\]/,
  ],
  ["an unknown kind of team", set("teams", 0, { kind: "security" }), /teams\[0\]\.kind/],
  ["a member that is null", set("teams", 0, { members: [null] }), /teams\[0\]\.members\[0\]/],
  ["attributes that are a list", set("users", 0, { attributes: [] }), /users\[0\]\.attributes/],
  ["a unit without an id", set("businessUnits", 1, { id: undefined }), /businessUnits\[1\]/],
  ["a position that is a text", (d) => ({ ...d, positions: ["CEO"] }), /positions\[0\]/],
  ["default team roles as a list", (d) => ({ ...d, defaultTeamRoles: [] }), /defaultTeamRoles/],
])("%s is refused by the schema and by the engine", async (what, change, words) => {
  const changed = JSON.stringify(
    what === "a user that is a text"
      ? { ...directory, users: ["alice"] }
      : change(structuredClone(directory)),
  );
  expect(fits(JSON.parse(changed))).toBe(false);
  const ran = await loadedWith(changed);
  expectOneMessage(ran, "BWK420", words);
  expect(ran.left).toEqual(["d.json", "policy.bwk", "q.csv", "r.csv", "s.csv"]);
});

// What has the shape and cannot be: names, trees, roles, values.
test.each<[string, string, Change, RegExp]>([
  ["an unknown unit", "BWK421", set("users", 0, { businessUnit: "Europa" }), /users\[0\].*`Europa`/],
  ["an unknown role", "BWK421", set("users", 0, { roles: ["Salesman"] }), /users\[0\].*`Salesman`/],
  ["an unknown member", "BWK421", set("teams", 0, { members: ["bobby"] }), /teams\[0\].*`bobby`/],
  ["an unknown manager", "BWK421", set("users", 0, { manager: "nobody" }), /users\[0\].*`nobody`/],
  ["an unknown position", "BWK421", set("users", 0, { position: "CTO" }), /users\[0\].*`CTO`/],
  ["an unknown administrator", "BWK421", set("teams", 0, { administrator: "x" }), /teams\[0\].*`x`/],
  [
    "an unknown parent unit",
    "BWK421",
    set("businessUnits", 1, { parent: "World" }),
    /businessUnits\[1\].*`World`/,
  ],
  [
    "default team roles of an unknown unit",
    "BWK421",
    (d) => ({ ...d, defaultTeamRoles: { Mars: ["Salesperson"] } }),
    /`Mars`/,
  ],
  ["a user twice", "BWK422", set("users", 1, { id: "alice" }), /users\[1\].*`alice`/],
  [
    "a team twice",
    "BWK422",
    (d) => ({ ...d, teams: [...(d.teams ?? []), d.teams?.[0]] }),
    /teams\[1\].*`Europe`/,
  ],
  [
    "a unit twice under two parents",
    "BWK422",
    (d) => ({ ...d, businessUnits: [...(d.businessUnits ?? []), { id: "EU", parent: "US" }] }),
    /`EU`/,
  ],
  ["a team with the name of a unit", "BWK422", set("teams", 0, { id: "EU" }), /`EU`/],
  [
    "units in a circle",
    "BWK423",
    (d) => ({
      ...d,
      businessUnits: [{ id: "Contoso" }, { id: "EU", parent: "US" }, { id: "US", parent: "EU" }],
    }),
    /`(EU|US)`/,
  ],
  ["two roots", "BWK423", set("businessUnits", 1, { parent: undefined }), /root/],
  ["no root", "BWK423", set("businessUnits", 0, { parent: "EU" }), /./],
  [
    "positions in a circle",
    "BWK423",
    (d) => ({
      ...d,
      positions: [
        { id: "a", parent: "b" },
        { id: "b", parent: "a" },
      ],
    }),
    /`[ab]`/,
  ],
  ["an access team with roles", "BWK424", set("teams", 0, { kind: "access" }), /teams\[0\]/],
  [
    "a role from another unit in the classic mode",
    "BWK424",
    set("users", 0, { roles: [{ role: "Salesperson", businessUnit: "US" }] }),
    /users\[0\]/,
  ],
  ["an attribute nobody declares", "BWK425", set("users", 0, { attributes: { shoe: 43 } }), /`shoe`/],
  [
    "an attribute of the wrong type",
    "BWK425",
    set("users", 0, { attributes: { clearance: "high" } }),
    /clearance/,
  ],
  [
    "an attribute with a fraction",
    "BWK425",
    set("users", 0, { attributes: { clearance: 1.5 } }),
    /clearance/,
  ],
  [
    "an attribute beyond 64 bits",
    "BWK425",
    set("users", 0, { attributes: { clearance: "9223372036854775808" } }),
    /clearance/,
  ],
  ["the root disabled", "BWK427", set("businessUnits", 0, { disabled: true }), /`Contoso`/],
])("%s is one clear message", async (_, code, change, words) => {
  const ran = await loadedWith(JSON.stringify(change(structuredClone(directory))));
  expectOneMessage(ran, code, words);
});

// What is no JSON that can be trusted.
test.each<[string, string, string, RegExp]>([
  ["an empty file", "", "BWK464", /`d.json`, line 1, column 1: expected a value/],
  ["a cut file", JSON.stringify(directory).slice(0, -40), "BWK464", /`d.json`, line 1, column \d+/],
  [
    "a trailing comma",
    '{\n  "users": [],\n}',
    "BWK464",
    /line 3, column 1: expected a name in double quotes/,
  ],
  ["a doubled list", '{"users": [], "users": []}', "BWK466", /"users" is given twice/],
  ["a megabyte of nesting", "[".repeat(1_000_000), "BWK465", /column 65: nested more than 64 deep/],
  ["a megabyte of nested objects", '{"users":'.repeat(120_000), "BWK465", /nested more than 64 deep/],
  [
    "an inexact number",
    '{"users": [{"id": "a", "attributes": {"clearance": 9007199254740993}}]}',
    "BWK467",
    /9007199254740993/,
  ],
])("%s is one clear message", async (_, text, code, words) => {
  expectOneMessage(await loadedWith(text), code, words);
});

test("bytes that are not UTF-8 are named by their line", async () => {
  using folder = Folder.organization();
  folder.write("d.json", Buffer.from('{"users": [],\n "teams": ["\xe9"]}', "latin1"));
  const ran = await bailiwick(folder, [
    "check",
    "--policy",
    "policy.bwk",
    "--directory",
    "d.json",
    ...question,
  ]);
  expectOneMessage(ran, "BWK462", /`d.json` is not UTF-8 text: line 2/);
});

test("a directory that is not there, and a folder in its place", async () => {
  using folder = Folder.organization();
  const asked = (path: string) =>
    bailiwick(folder, ["check", "--policy", "policy.bwk", "--directory", path, ...question]);
  expectOneMessage(await asked("none.json"), "BWK460", /cannot read `none.json`: no such file or folder/);
  expectOneMessage(await asked("."), "BWK460", /cannot read `.`: it is a folder/);
});
