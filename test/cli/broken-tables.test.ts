import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { Database } from "../../cli/tables/database.ts";
import { bailiwick, Folder, recordsCsv, requestsCsv, sharesCsv, world } from "./fixture.ts";

let parquet: Uint8Array;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "bailiwick-test-"));
  const db = await Database.open();
  const rows = "SELECT 'Country' AS entity, 'c' || i AS id FROM range(5000) t(i)";
  await db.run(`COPY (${rows}) TO '${folder}/x.parquet'`);
  parquet = readFileSync(join(folder, "x.parquet"));
  await db.close();
  rmSync(folder, { recursive: true });
});

const oneMessage = /^error\[(BWK\d{3})\]: [^\n]+\n( {2}help: [^\n]+\n)?$/;

/** Answers the requests with one table replaced; the file that would be written must not be there. */
async function refused(
  name: string,
  content: string | Uint8Array,
  replaces: string,
): Promise<[string, string]> {
  using folder = Folder.organization();
  folder.write(name, content);
  const argv = ["batch", ...world, "--requests", "q.csv", "-o", "out.csv"].map((argument) =>
    argument === replaces ? name : argument,
  );
  const before = folder.names();
  const ran = await bailiwick(folder, argv);
  expect(ran.err).toMatch(oneMessage);
  expect(ran.out).toBe("");
  expect(ran.code).toBe(2);
  expect(folder.names()).toEqual(before);
  return [oneMessage.exec(ran.err)?.[1] ?? "", ran.err];
}

const header = "entity,id,owner,owner_type,business_unit,name,status,amount,account\n";

// Row numbers count the rows after the header from 1.
test.each<[string, string, string, RegExp]>([
  [
    "an unknown entity",
    `${header}Acount,a,alice,,,n,,,\n`,
    "BWK431",
    /`x\.csv`, row 1, column `entity`: unknown entity `Acount`\n {2}help: did you mean `Account`\?/,
  ],
  [
    "an unknown owner",
    `${header}Account,a,alice,,,n,,,\nAccount,b,alcie,,,n,,,\n`,
    "BWK431",
    /`x.csv`, row 2, column `owner`: .*`alcie`/,
  ],
  ["an unknown team", `${header}Account,a,alice,team,,n,,,\n`, "BWK431", /row 1, column `owner`/],
  [
    "an unknown kind of owner",
    `${header}Account,a,alice,person,,n,,,\n`,
    "BWK434",
    /row 1, column `owner_type`/,
  ],
  ["an owner missing", `${header}Account,a,,,,n,,,\n`, "BWK433", /row 1, column `owner`/],
  ["an owner where none can be", `${header}Country,a,alice,,,n,,,\n`, "BWK435", /row 1, column `owner`/],
  [
    "an unknown business unit",
    `${header}Facility,a,,,Mars,,,,\n`,
    "BWK431",
    /row 1, column `business_unit`.*`Mars`/,
  ],
  ["a business unit missing", `${header}Facility,a,,,,,,,\n`, "BWK433", /row 1, column `business_unit`/],
  [
    "an id twice",
    `${header}Country,a,,,,,,,\nFacility,h,,,EU,,,,\nCountry,a,,,,,,,\n`,
    "BWK432",
    /row 3, column `id`.*`a`/,
  ],
  [
    "an id missing",
    `${header}Country,a,,,,,,,\nCountry,,,,,,,,\n`,
    "BWK478",
    /`x.csv`, row 2, column `id`: the cell is empty/,
  ],
  ["an entity missing", `${header},a,,,,,,,\n`, "BWK478", /`x.csv`, row 1, column `entity`/],
  ["a required attribute missing", `${header}Account,a,alice,,,,,,\n`, "BWK433", /row 1, column `name`/],
  [
    "a choice that is none",
    `${header}Account,a,alice,,,n,lost,,\n`,
    "BWK434",
    /row 1, column `status`.*`lost`/,
  ],
  [
    "a decimal with five digits",
    `${header}Account,a,alice,,,n,,1.23456,\n`,
    "BWK434",
    /row 1, column `amount`/,
  ],
  [
    "a parent that is not there",
    `${header}${["acc1", "acc2", "007"].map((id) => `Account,${id},bob,,,n,,,\n`).join("")}Line,l1,,,,,,,nowhere\na/b,c/d,,,,,,,\n`,
    "BWK436",
    /row 4, column `account`.*`nowhere`/,
  ],
  [
    "a column that nothing declares",
    "entity,id,nmae\nCountry,a,x\n",
    "BWK473",
    /`x.csv` has an unknown column `nmae`/,
  ],
  ["such a column, empty", "entity,id,nmae\nCountry,a,\n", "BWK473", /unknown column `nmae`/],
  [
    "an attribute of another entity",
    `${header}Country,a,,,,,open,,\n`,
    "BWK473",
    /`x.csv`, row 1, column `status`: `Country` has no attribute `status`/,
  ],
  ["no column id", "entity,owner\nCountry,\n", "BWK472", /`x.csv` has no column `id`/],
  ["no column entity", "id,owner\nc,\n", "BWK472", /`x.csv` has no column `entity`/],
  ["no header", "", "BWK471", /`x.csv` is empty/],
  ["a short row", "entity,id\nCountry,a\nCountry\n", "BWK474", /`x.csv`, row 2 has 1 cell where/],
  [
    "a header with a column twice",
    "entity,id,id\nCountry,a,b\n",
    "BWK471",
    /columns 2 and 3 are both called `id`/,
  ],
])("records with %s", async (_, content, code, words) => {
  const [found, text] = await refused("x.csv", content, "r.csv");
  expect(text).toMatch(words);
  expect(found).toBe(code);
});

test.each<[string, string, string, RegExp]>([
  ["an unknown record", "Account,nope,bob,user,read,\n", "BWK431", /`x.csv`, row 1, column `id`.*`nope`/],
  ["an unknown entity", "Konto,acc1,bob,user,read,\n", "BWK431", /row 1, column `entity`.*`Konto`/],
  [
    "an unknown principal",
    "Account,acc1,bob,user,read,\nAccount,acc1,bobby,user,read,\n",
    "BWK431",
    /row 2, column `principal`.*`bobby`/,
  ],
  [
    "an unknown kind of principal",
    "Account,acc1,bob,person,read,\n",
    "BWK434",
    /row 1, column `principal_type`/,
  ],
  ["a misspelt right", "Account,acc1,bob,user,read|wirte,\n", "BWK434", /row 1, column `rights`.*`?wirte`?/],
  ["a mask that is no number", "Account,acc1,bob,user,0x3,\n", "BWK434", /row 1, column `rights`/],
  ["a negative mask", "Account,acc1,bob,user,-1,\n", "BWK434", /row 1, column `rights`/],
  ["an organization-owned record", "Country,fr,bob,user,read,\n", "BWK435", /row 1/],
  [
    "a principal for everybody",
    "Account,acc1,bob,organization,read,\n",
    "BWK43[45]",
    /row 1, column `principal`/,
  ],
])("shares with %s", async (_, rows, code, words) => {
  const [found, text] = await refused(
    "x.csv",
    `entity,id,principal,principal_type,rights,inherited_rights\n${rows}`,
    "s.csv",
  );
  expect(text).toMatch(words);
  expect(found).toMatch(new RegExp(`^${code}$`));
});

test.each<[string, string, string, RegExp]>([
  [
    "an unknown user",
    "alice,read,Account,acc1\nalcie,read,Account,acc1\n",
    "BWK440",
    /`x.csv`, row 2: unknown user `alcie`\n {2}help: did you mean `alice`/,
  ],
  ["an unknown action", "alice,raed,Account,acc1\n", "BWK440", /`x.csv`, row 1: unknown action `raed`/],
  ["an unknown entity", "alice,read,Acount,acc1\n", "BWK440", /`x.csv`, row 1: unknown entity `Acount`/],
  ["an unknown record", "alice,read,Account,acc9\n", "BWK440", /`x.csv`, row 1: .*`acc9`/],
  ["an unknown task privilege", "alice,Export,,\n", "BWK440", /`x.csv`, row 1: unknown privilege `Export`/],
  ["a record action without a record", "alice,read,,\n", "BWK441", /`x.csv`, row 1: /],
  [
    "a task privilege with a record",
    "alice,BulkEdit,Account,acc1\n",
    "BWK441",
    /`x.csv`, row 1: `BulkEdit` is a task privilege/,
  ],
  ["no principal", ",read,Account,acc1\n", "BWK478", /`x.csv`, row 1, column `principal`: the cell is empty/],
  ["no action", "alice,,Account,acc1\n", "BWK478", /`x.csv`, row 1, column `action`/],
  ["an entity without an id", "alice,read,Account,\n", "BWK478", /`x.csv`, row 1, column `id`/],
  ["an id without an entity", "alice,BulkEdit,,acc1\n", "BWK478", /`x.csv`, row 1, column `entity`/],
])("requests with %s", async (_, rows, code, words) => {
  const [found, text] = await refused("x.csv", `principal,action,entity,id\n${rows}`, "q.csv");
  expect(text).toMatch(words);
  expect(found).toBe(code);
});

test("a wrong request after many right ones is named by its row, and nothing is written", async () => {
  const rows = `${"alice,read,Account,acc1\n".repeat(40_000)}alice,read,Account,acc3\n`;
  const [code, text] = await refused("x.csv", `principal,action,entity,id\n${rows}`, "q.csv");
  expect(text).toContain("`x.csv`, row 40001: ");
  expect(code).toBe("BWK440");
});

test.each<[string, string, string, string, RegExp]>([
  ["an unknown attribute", "context.mfaa", "true", "BWK430", /`x.csv`: unknown column `context.mfaa`/],
  ["a flag that is a word", "context.mfa", "maybe", "BWK434", /`x.csv`, row 1, column `context.mfa`/],
  ["a choice that is none", "context.channel", "fax", "BWK434", /`x.csv`, row 1, column `context.channel`/],
  ["a number that is none", "context.level", "high", "BWK434", /`x.csv`, row 1, column `context.level`/],
])("requests whose context has %s", async (_, column, value, code, words) => {
  const [found, text] = await refused(
    "x.csv",
    `principal,action,entity,id,${column}\nalice,read,Account,acc1,${value}\n`,
    "q.csv",
  );
  expect(text).toMatch(words);
  expect(found).toMatch(new RegExp(`^(${code})$`));
});

test.each<[string, string, string, RegExp]>([
  ["requests without a column", "principal,action,id\nalice,read,acc1\n", "BWK472", /no column `entity`/],
  [
    "requests with a strange column",
    "principal,action,entity,id,why\nalice,read,Account,acc1,x\n",
    "BWK473",
    /unknown column `why`/,
  ],
  [
    "decisions given as requests",
    "principal,action,entity,id,decision\nalice,read,Account,acc1,allow\n",
    "BWK473",
    /`decision`/,
  ],
])("%s", async (_, content, code, words) => {
  const [found, text] = await refused("x.csv", content, "q.csv");
  expect(text).toMatch(words);
  expect(found).toBe(code);
});

test("shares without a column", async () => {
  const [code, text] = await refused("x.csv", "entity,id,principal,rights\nAccount,acc1,bob,read\n", "s.csv");
  expect(text).toContain("`x.csv` has no column `principal_type`");
  expect(code).toBe("BWK472");
});

test.each([
  ["cut at its end", () => parquet.subarray(0, -50)],
  ["cut at its beginning", () => parquet.subarray(100)],
  ["of four bytes", () => new TextEncoder().encode("PAR1")],
  ["that is empty", () => new Uint8Array()],
])("records as a Parquet file %s", async (_, content) => {
  const [code, text] = await refused("x.parquet", content(), "r.csv");
  expect(text).toContain("`x.parquet` is not a whole Parquet file");
  expect(text).not.toContain("file the file");
  expect(text).not.toContain("'");
  expect(code).toBe("BWK476");
});

test("records as NDJSON: a broken line, and a megabyte of nesting in a cell", async () => {
  const line = '{"entity":"Country","id":"a"}\n';
  expect(await refused("x.ndjson", `${line}{"entity"\n`, "r.csv")).toEqual([
    "BWK475",
    expect.stringContaining("`x.ndjson`, row 2 is not a JSON object"),
  ]);
  const nested = `${line}{"entity":"Country","id":"b","name":${"[".repeat(500_000)}${"]".repeat(500_000)}}\n`;
  const [, text] = await refused("x.ndjson", nested, "r.csv");
  expect(text.length).toBeLessThan(1000);
});

test("the untouched tables are answered", async () => {
  using folder = Folder.organization();
  expect([recordsCsv, sharesCsv, requestsCsv].every((text) => text.endsWith("\n"))).toBe(true);
  const ran = await bailiwick(folder, ["batch", ...world, "--requests", "q.csv", "-o", "out.csv"]);
  expect(ran).toMatchObject({ code: 0, out: "" });
});
