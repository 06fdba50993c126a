// The command line on a table of ten million requests, Parquet to Parquet and CSV to CSV: seconds, and resident memory of the
// process. What comes out is compared with the requests row by row, and with the engine on a part of them.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import { compile } from "../../compiler/index.ts";
import { Engine } from "../../runtime-ts/index.ts";
import type { Agreement } from "../harness/agree.ts";
import { machine } from "../harness/machine.ts";
import { whole } from "../harness/numbers.ts";
import type { OwnQuestion } from "../harness/question.ts";
import type { ContestantResult, GoalResult } from "../harness/result.ts";
import { spread } from "../harness/statistics.ts";

const USERS = 2_000;
const RECORDS = 100_000;
/** Every so many requests, the answer is compared with the engine's. */
const COMPARED_EVERY = 9_973;

const policy = `
entity Account owned by user or team { name?: String }
role Base { permit read, write, assign, share on Account at user; }
role Local { permit read on Account at businessUnit; }
role Deep { permit read, write on Account at parentChild; }
`;

const unitOf = (user: number): number => (user * 7) % 50;
const ownerOf = (record: number): number => (record * 31) % USERS;

function directory(): unknown {
  return {
    businessUnits: Array.from({ length: 50 }, (_, i) =>
      i === 0 ? { id: "u0" } : { id: `u${i}`, parent: `u${(i - 1) >> 2}` },
    ),
    users: Array.from({ length: USERS }, (_, i) => ({
      id: `user-${i}`,
      businessUnit: `u${unitOf(i)}`,
      roles: ["Base", i % 3 === 0 ? "Deep" : "Local"],
    })),
  };
}

type Rows = (sql: string) => Promise<readonly (readonly unknown[])[]>;

async function makeFiles(folder: string, requests: number, rows: Rows): Promise<void> {
  writeFileSync(join(folder, "policy.bwk"), policy);
  writeFileSync(join(folder, "d.json"), JSON.stringify(directory()));
  await rows(`COPY (SELECT 'Account' AS entity, 'record-' || i AS id, 'user-' || ((i * 31) % ${USERS}) AS owner
    FROM range(${RECORDS}) t(i)) TO '${folder}/r.parquet'`);
  // A hash of the row's number draws the request: the same rows on every machine.
  await rows(`COPY (SELECT 'user-' || (hash(i) % ${USERS}) AS principal,
      ['read', 'write', 'delete', 'assign'][(1 + hash(i * 3) % 4)::BIGINT] AS action,
      'Account' AS entity, 'record-' || (hash(i * 7 + 1) % ${RECORDS}) AS id
    FROM range(${requests}) t(i)) TO '${folder}/q.parquet'`);
  await rows(`COPY (FROM '${folder}/q.parquet') TO '${folder}/q.csv' (FORMAT csv, HEADER true)`);
}

interface Run {
  readonly seconds: number;
  readonly bytes: number;
  /** Of all its threads together. */
  readonly processorSeconds: number;
}

/** Runs the command; its seconds and its largest resident memory. */
function batch(folder: string, format: string): Run {
  const main = fileURLToPath(new URL("../../cli/main.js", import.meta.url));
  const report =
    "process.on('exit', () => { const r = process.resourceUsage(); process.stderr.write('used ' + r.maxRSS + ' ' + (r.userCPUTime + r.systemCPUTime)); })";
  const files = ["--policy", "policy.bwk", "--directory", "d.json", "--records", "r.parquet"];
  const argv = ["batch", ...files, "--requests", `q.${format}`, "-o", `out.${format}`];
  const start = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(report)}`, main, ...argv],
    { cwd: folder, encoding: "utf8" },
  );
  const used = /used (\d+) (\d+)/.exec(stderr);
  if (status !== 0 || used === null) throw new Error(`batch failed: ${stderr}`);
  return {
    seconds: (performance.now() - start) / 1000,
    bytes: Number(used[1]) * 1024,
    processorSeconds: Number(used[2]) / 1e6,
  };
}

function engineOf(): Engine {
  const { image } = compile([{ name: "policy.bwk", text: policy }]);
  if (image === undefined) throw new Error("the policy does not compile");
  const engine = Engine.load(image);
  engine.directory.load(directory());
  const id = Array.from({ length: RECORDS }, (_, i) => `record-${i}`);
  engine.records.load("Account", { id, owner: id.map((_, i) => `user-${ownerOf(i)}`) });
  return engine;
}

/** Each row must be its request, and every so many rows the engine must answer the same. */
async function compare(
  folder: string,
  format: string,
  engine: Engine,
  rows: Rows,
): Promise<Omit<Agreement, "contestant">> {
  const csv = "columns = {principal: 'VARCHAR', action: 'VARCHAR', entity: 'VARCHAR', id: 'VARCHAR'";
  const scan = (name: string, more: string) =>
    format === "parquet"
      ? `read_parquet('${folder}/${name}.parquet')`
      : `read_csv('${folder}/${name}.csv', header = true, ${csv}${more}})`;
  const both = `${scan("q", "")} q POSITIONAL JOIN ${scan("out", ", decision: 'VARCHAR'")} a`;
  const [[moved] = []] = await rows(
    `SELECT count(*) FILTER ((q.principal, q.action, q.entity, q.id) IS DISTINCT FROM (a.principal, a.action, a.entity, a.id))::INTEGER FROM ${both}`,
  );
  if (moved !== 0) throw new Error(`${moved} rows are not where their requests are`);
  const sample =
    await rows(`SELECT principal, action, id, decision FROM (SELECT row_number() OVER () AS row, * FROM
    ${scan("out", ", decision: 'VARCHAR'")}) WHERE row % ${COMPARED_EVERY} = 0`);
  for (const [principal, action, id, decision] of sample as [string, string, string, string][]) {
    const { allowed } = engine.check({ principal, action, resource: { entity: "Account", id } });
    if ((decision === "allow") !== allowed) throw new Error(`${principal} ${action} ${id}: ${decision}`);
  }
  const allowed = sample.filter(([, , , decision]) => decision === "allow").length;
  return { compared: sample.length, allowed };
}

const goal = (words: string, reached: number, most: number, unit: string): GoalResult => ({
  goal: `${words} ≤ ${most} ${unit}`,
  reached: `${Number(reached.toPrecision(3))} ${unit}`,
  isMet: reached <= most,
});

export const cliBatch: OwnQuestion = {
  name: "cli-batch",
  title: "bailiwick batch: ten million requests from file to file",
  measure: async (isQuick) => {
    const requests = isQuick ? 1_000_000 : 10_000_000;
    const folder = mkdtempSync(join(tmpdir(), "bailiwick-bench-"));
    const instance = await DuckDBInstance.create(":memory:", { memory_limit: "1GB" });
    const connection = await instance.connect();
    const rows: Rows = async (sql) => (await connection.runAndReadAll(sql)).getRowsJS();
    try {
      await makeFiles(folder, requests, rows);
      const engine = engineOf();
      const contestants: ContestantResult[] = [];
      const compared: Agreement[] = [];
      const goals: GoalResult[] = [];
      const notes: string[] = [];
      for (const [format, seconds] of [
        ["parquet", 15],
        ["csv", 30],
      ] as const) {
        const ran = [batch(folder, format), ...(isQuick ? [] : [batch(folder, format)])];
        const best = Math.min(...ran.map((each) => each.seconds));
        const name = `${format} to ${format}`;
        const time = spread(ran.map((each) => (each.seconds * 1e9) / requests));
        contestants.push({
          name,
          time,
          ratio: spread([time.median / (contestants[0]?.time.median ?? time.median)]),
          answersPerSecond: 1e9 / time.median,
        });
        compared.push({ contestant: name, ...(await compare(folder, format, engine, rows)) });
        // Starting and loading are most of a few requests.
        if (!isQuick) goals.push(goal(`${name}, ${whole(requests)} requests:`, best, seconds, "s"));
        const bytes = Math.max(...ran.map((each) => each.bytes));
        goals.push(goal(`${name}: resident memory`, bytes / 1e6, 1000, "MB"));
        const processor = Math.min(...ran.map((each) => each.processorSeconds)).toFixed(1);
        notes.push(`${name}: ${processor} s of processor time in all threads together`);
      }
      return {
        name: "cli-batch",
        title: "bailiwick batch: ten million requests from file to file",
        world: `${whole(USERS)} users, ${whole(RECORDS)} records of one entity; start, loading and writing included`,
        unit: "request",
        isQuick,
        machine: machine(),
        compared,
        contestants,
        goals,
        notes,
      };
    } finally {
      connection.closeSync();
      instance.closeSync();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
