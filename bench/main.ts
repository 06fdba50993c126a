// `npm run bench [-- --quick] [-- <name> …]`: asks every question, or those that are named, each in a process of its own, so that
// none finds what another left in caches and in compiled code.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { resultText } from "./harness/print.ts";
import type { Question } from "./harness/question.ts";
import { writeReport } from "./harness/report.ts";
import type { Result } from "./harness/result.ts";
import { runQuestion } from "./harness/run-question.ts";
import { questions } from "./questions/index.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
    /** Draws and writes what is in bench/results, asks nothing. */
    report: { type: "boolean", default: false },
    /** The folder for results; given to the process of one question. */
    results: { type: "string" },
  },
});

function stop(words: string): never {
  console.error(words);
  process.exit(2);
}

/** By name, or all but the programs. */
const asked = questions.filter((question) =>
  positionals.length === 0 ? !("program" in question) : positionals.includes(question.name),
);
const unknown = positionals.find((name) => !questions.some((question) => question.name === name));
if (unknown !== undefined)
  stop(`no question \`${unknown}\`; there are: ${questions.map(({ name }) => name).join(", ")}`);

async function askHere(folder: string): Promise<void> {
  for (const question of asked) {
    if ("program" in question) continue;
    const result = await runQuestion(question, values.quick);
    console.log(resultText(result));
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/${result.name}.json`, `${JSON.stringify(result, null, 2)}\n`);
  }
}

/** In a process of its own; whether that went well. */
function askElsewhere(question: Question, folder: string): boolean {
  const beside = (name: string): string => fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  const task =
    "program" in question
      ? [beside(question.program)]
      : [beside("main"), ...(values.quick ? ["--quick"] : []), "--results", folder, question.name];
  const memory = ["--expose-gc", "--max-old-space-size=8192"];
  return spawnSync(process.execPath, [...memory, ...task], { stdio: "inherit" }).status === 0;
}

const allNames = questions.map(({ name }) => name);

if (values.report) writeReport(allNames);
else if (values.list) for (const { name, title } of questions) console.log(`${name.padEnd(24)} ${title}`);
else if (values.results !== undefined) await askHere(values.results);
else {
  // Quick figures are no results to be shown.
  const folder = values.quick ? "build/bench" : "bench/results";
  const start = performance.now();
  const failed = asked.filter((question) => !askElsewhere(question, folder));
  console.log(
    `${asked.length} questions in ${Math.round((performance.now() - start) / 1000)} s; results in ${folder}`,
  );
  const results = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((file) => asked.some(({ name }) => file === `${name}.json`))
    .map((file) => JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as Result);
  const missed = results.flatMap(({ goals }) => goals).filter(({ isMet }) => !isMet).length;
  if (missed > 0) console.log(`${missed} goals were not met`);
  if (!values.quick && asked.some((question) => !("program" in question))) writeReport(allNames);
  if (failed.length > 0) stop(`failed: ${failed.map(({ name }) => name).join(", ")}`);
}
