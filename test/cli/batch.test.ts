import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Database } from "../../cli/tables/database.ts";
import { readCells } from "../../cli/tables/read-cells.ts";
import { readTable } from "../../cli/tables/read-table.ts";
import { bailiwick, Folder, requestsCsv, world } from "./fixture.ts";
import { memoryIo } from "./memory-io.ts";

const decisions = ["allow", "allow", "allow", "deny", "allow", "allow", "deny", "allow", "deny"];
const reasons = [
  ...["role Salesperson", "share", "team Europe", 'forbid "no-bob"', "role Salesperson"],
  ...["administrator", "disabled", "role Salesperson", "privilege"],
];

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function expectedCsv(withReasons: boolean): string {
  const [header = "", ...rows] = requestsCsv.trimEnd().split("\n");
  const lines = rows.map((row, index) => {
    const answer = withReasons ? [decisions[index], quoted(reasons[index] ?? "")] : [decisions[index]];
    return [row, ...answer].join(",");
  });
  return `${header},decision${withReasons ? ",reason" : ""}\n${lines.join("\n")}\n`;
}

test("CSV to CSV: the requests as they were, and their decisions in order", async () => {
  using folder = Folder.organization();
  const ran = await bailiwick(folder, ["batch", ...world, "--requests", "q.csv", "-o", "out.csv"]);
  expect(ran).toMatchObject({ code: 0, out: "" });
  expect(ran.err).toMatch(
    /^9 requests: 6 allow, 3 deny; [\d,]+ checks\/s, \d+\.\d s with reading and writing\n$/,
  );
  expect(readFileSync(join(folder.path, "out.csv"), "utf8")).toBe(expectedCsv(false));
});

test("with reasons", async () => {
  using folder = Folder.organization();
  const argv = ["batch", ...world, "--requests", "q.csv", "-o", "out.csv", "--reasons", "--json"];
  const { out } = await bailiwick(folder, argv);
  expect(JSON.parse(out)).toEqual({
    requests: 9,
    allowed: 6,
    denied: 3,
    checksPerSecond: expect.any(Number),
  });
  expect(readFileSync(join(folder.path, "out.csv"), "utf8")).toBe(expectedCsv(true));
});

test.each([["1"], ["2"], ["3"]])("with %s threads the table is the same", async (threads) => {
  using folder = Folder.organization();
  const argv = ["batch", ...world, "--requests", "q.csv", "-o", "out.csv", "--threads", threads];
  expect(await bailiwick(folder, argv)).toMatchObject({ code: 0, out: "" });
  expect(readFileSync(join(folder.path, "out.csv"), "utf8")).toBe(expectedCsv(false));
  expect(await bailiwick(folder, [...argv, "--reasons"])).toMatchObject({ code: 0, out: "" });
  expect(readFileSync(join(folder.path, "out.csv"), "utf8")).toBe(expectedCsv(true));
});

test("requests on standard input", async () => {
  using folder = Folder.organization();
  const argv = ["batch", ...world, "--requests", "-", "-o", "out.csv"];
  expect(await bailiwick(folder, argv, { stdin: requestsCsv })).toMatchObject({ code: 0 });
  expect(readFileSync(join(folder.path, "out.csv"), "utf8")).toBe(expectedCsv(false));
});

test("every format in gives every format out, and the answers are the same", async () => {
  using folder = Folder.organization();
  const db = await Database.open();
  const io = memoryIo({ cwd: folder.path });
  for (const table of ["q", "r", "s"]) {
    const from = `read_csv('${folder.path}/${table}.csv', all_varchar = true)`;
    await db.run(`COPY (FROM ${from}) TO '${folder.path}/${table}.parquet'`);
    await db.run(`COPY (FROM ${from}) TO '${folder.path}/${table}.ndjson' (FORMAT json)`);
  }
  for (const from of ["csv", "ndjson", "parquet"]) {
    for (const to of ["csv", "ndjson", "parquet"]) {
      const argv = [
        ...["batch", "--policy", "policy.bwk", "--directory", "d.json", "--records", `r.${from}`],
        ...["--shares", `s.${from}`, "--requests", `q.${from}`, "-o", `out.${to}`, "--reasons"],
      ];
      expect((await bailiwick(folder, argv)).code).toBe(0);
      const table = await readTable(db, `out.${to}`, io);
      expect(table.columns.map(({ name }) => name)).toEqual([
        "principal",
        "action",
        "entity",
        "id",
        "decision",
        "reason",
      ]);
      for await (const { cells } of readCells(
        db,
        table,
        table.columns.map(({ text }) => text),
      )) {
        expect(cells[3]).toEqual(["acc1", "007", "acc2", "007", null, null, "acc1", "l1", "c/d"]);
        expect(cells[4]).toEqual(decisions);
        expect(cells[5]).toEqual(reasons);
      }
    }
  }
  await db.close();
});

test("typed columns keep their types from Parquet to Parquet and from NDJSON to NDJSON", async () => {
  using folder = Folder.organization();
  const db = await Database.open();
  const row =
    "'alice' AS principal, 'read' AS action, 'Account' AS entity, '007' AS id, true AS \"context.mfa\", 5::BIGINT AS \"context.level\"";
  await db.run(`COPY (SELECT ${row}) TO '${folder.path}/t.parquet'`);
  await db.run(`COPY (SELECT ${row}) TO '${folder.path}/t.ndjson' (FORMAT json)`);
  for (const format of ["parquet", "ndjson"]) {
    const argv = ["batch", ...world, "--requests", `t.${format}`, "-o", `out.${format}`];
    expect((await bailiwick(folder, argv)).code).toBe(0);
  }
  expect(await db.rows(`SELECT column_type FROM (DESCRIBE FROM '${folder.path}/out.parquet')`)).toEqual(
    ["VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "BOOLEAN", "BIGINT", "VARCHAR"].map((type) => [type]),
  );
  expect(readFileSync(join(folder.path, "out.ndjson"), "utf8")).toBe(
    '{"principal":"alice","action":"read","entity":"Account","id":"007","context.mfa":true,"context.level":5,"decision":"allow"}\n',
  );
  await db.close();
});

test("no requests give a table without rows", async () => {
  using folder = Folder.organization();
  writeFileSync(join(folder.path, "q.csv"), "principal,action,entity,id\n");
  const ran = await bailiwick(folder, ["batch", ...world, "--requests", "q.csv", "-o", "out.csv"]);
  expect(ran.code).toBe(0);
  expect(readFileSync(join(folder.path, "out.csv"), "utf8")).toBe("principal,action,entity,id,decision\n");
});

test("many windows of requests stay in order, with and without reasons", async () => {
  using folder = Folder.organization();
  const [header = "", ...rows] = requestsCsv.trimEnd().split("\n");
  const picks = Array.from({ length: 100_000 }, (_, i) => (i * 7919) % rows.length);
  folder.write("q.csv", `${header}\n${picks.map((pick) => rows[pick]).join("\n")}\n`);
  for (const more of [[], ["--reasons"]]) {
    const ran = await bailiwick(folder, ["batch", ...world, "--requests", "q.csv", "-o", "out.csv", ...more]);
    expect(ran.code).toBe(0);
    const lines = readFileSync(join(folder.path, "out.csv"), "utf8").trimEnd().split("\n").slice(1);
    const expected = expectedCsv(more.length > 0)
      .trimEnd()
      .split("\n")
      .slice(1);
    expect(lines).toEqual(picks.map((pick) => expected[pick]));
  }
});

test("a person at a terminal sees progress, others do not", async () => {
  using folder = Folder.organization();
  const [header = "", row = ""] = requestsCsv.split("\n");
  folder.write("q.csv", `${header}\n${`${row}\n`.repeat(250_000)}`);
  const argv = ["batch", ...world, "--requests", "q.csv", "-o", "out.csv"];
  expect((await bailiwick(folder, argv, { terminal: true })).err).toContain("250000");
  expect((await bailiwick(folder, argv)).err).toMatch(/^250,000 requests: 250,000 allow, 0 deny; [^\n]+\n$/);
});

test("requests from Parquet that is damaged inside are refused, and nothing is written", async () => {
  using folder = Folder.organization();
  const db = await Database.open();
  const rows =
    "SELECT 'alice' AS principal, 'read' AS action, 'Account' AS entity, md5(i::VARCHAR) AS id FROM range(20000) t(i)";
  await db.run(`COPY (${rows}) TO '${folder.path}/q.parquet'`);
  await db.close();
  const bytes = readFileSync(join(folder.path, "q.parquet"));
  bytes.fill(255, 1_000, 200_000);
  writeFileSync(join(folder.path, "q.parquet"), bytes);
  const ran = await bailiwick(folder, ["batch", ...world, "--requests", "q.parquet", "-o", "out.parquet"]);
  expect(ran).toMatchObject({ code: 2, out: "" });
  expect(ran.err).toMatch(/^error\[BWK4(76|81)\]: .*`q\.parquet`/);
  expect(folder.names()).not.toContain("out.parquet");
});

test("requests of several row groups are answered each in its place", async () => {
  using folder = Folder.organization();
  const db = await Database.open();
  const asked = `CASE WHEN i % 7 = 0 THEN 'bob' ELSE 'alice' END AS principal, CASE WHEN i % 11 = 0 THEN 'ExportToExcel' ELSE 'read' END AS action,
    CASE WHEN i % 11 = 0 THEN NULL ELSE 'Account' END AS entity, CASE WHEN i % 11 = 0 THEN NULL WHEN i % 3 = 0 THEN 'acc1' ELSE '007' END AS id`;
  await db.run(
    `COPY (SELECT ${asked} FROM range(300000) t(i)) TO '${folder.path}/q.parquet' (FORMAT parquet, ROW_GROUP_SIZE 2048)`,
  );
  await bailiwick(folder, ["batch", ...world, "--requests", "q.parquet", "-o", "out.parquet"]);
  const [[moved, kinds] = []] = await db.rows(`
    SELECT count(*) FILTER (q.principal <> a.principal OR q.action <> a.action OR q.id IS DISTINCT FROM a.id)::INTEGER,
      (SELECT count(*)::INTEGER FROM (SELECT DISTINCT principal, action, id, decision FROM '${folder.path}/out.parquet'))
    FROM '${folder.path}/q.parquet' q POSITIONAL JOIN '${folder.path}/out.parquet' a`);
  // Each of the six kinds of request has one answer wherever it stands.
  expect([moved, kinds]).toEqual([0, 6]);
  await db.close();
});
