// From the results of all questions: a chart each, and the figures that the two README files show between their markers.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { chartOf } from "./chart.ts";
import { machineLine } from "./machine.ts";
import { duration, times } from "./numbers.ts";
import type { Result } from "./result.ts";

const FOLDER = "bench/results";

/** Results in the order of the questions; those that have never been asked are missing. */
function read(names: readonly string[]): Result[] {
  return names
    .map((name) => `${FOLDER}/${name}.json`)
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, "utf8")) as Result);
}

/** A table whose columns are as wide as their widest cell, as the formatter of this project wants it. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = (cells[0] as string[]).map((_, column) =>
    Math.max(3, ...cells.map((row) => [...(row[column] as string)].length)),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, i) => cell + " ".repeat((widths[i] as number) - [...cell].length)).join(" | ")} |`;
  const [head, ...body] = cells as [string[], ...string[][]];
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}

function goalTable(results: readonly Result[]): string {
  const rows = results.flatMap(({ name, title, goals }) =>
    goals.map(({ goal, reached, isMet }) => [`\`${name}\``, title, goal, reached, isMet ? "met" : "not met"]),
  );
  return markdownTable([["name", "question", "goal", "reached", ""], ...rows]);
}

function timeTable({ contestants, unit, compared }: Result): string {
  const withTail = contestants.some(({ percentile99 }) => percentile99 !== undefined);
  const head = ["", `a ${unit}`, ...(withTail ? ["p99"] : []), "middle half", "ratio", "compared"];
  return markdownTable([
    head,
    ...contestants.map(({ name, time, percentile99, ratio }) => [
      name,
      duration(time.median),
      ...(withTail ? [percentile99 === undefined ? "" : duration(percentile99)] : []),
      `${duration(time.firstQuartile)} to ${duration(time.thirdQuartile)}`,
      times(ratio.median),
      (compared.find(({ contestant }) => contestant === name)?.compared ?? "").toLocaleString("en-US"),
    ]),
  ]);
}

/** A chapter of one question: world, notes, times, chart. */
function chapter(result: Result): string {
  const { name, title, world, notes, contestants, machine } = result;
  const parts = [`### ${title}`, `\`${name}\`: ${world}.`];
  if (contestants.length > 0) parts.push(timeTable(result));
  if (notes.length > 0) parts.push(notes.map((note) => `- ${note}`).join("\n"));
  if (chartOf(result) !== undefined) parts.push(`![${title}](results/${name}.svg)`);
  parts.push(machineLine(machine));
  return parts.join("\n\n");
}

/** Writes between `<!-- <marker> -->` and `<!-- end of <marker> -->`. */
export function between(text: string, marker: string, words: string): string {
  const [begin, end] = [`<!-- ${marker} -->`, `<!-- end of ${marker} -->`];
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`no ${begin} … ${end}`);
  return `${text.slice(0, from + begin.length)}\n\n${words}\n\n${text.slice(to)}`;
}

/** The charts that README.md shows: the widest comparisons. */
const shown = ["allows", "check-batch-hot", "filter-level", "app-gdrive"];

export function writeReport(names: readonly string[]): void {
  const results = read(names);
  for (const result of results) {
    const chart = chartOf(result);
    if (chart !== undefined) writeFileSync(`${FOLDER}/${result.name}.svg`, chart);
  }
  const goals = goalTable(results);
  const file = "bench/README.md";
  writeFileSync(
    file,
    between(readFileSync(file, "utf8"), "figures", [goals, ...results.map(chapter)].join("\n\n")),
  );
  const charts = results
    .filter((result) => shown.includes(result.name) && chartOf(result) !== undefined)
    .map(({ name, title }) => `![${title}](bench/results/${name}.svg)`);
  if (charts.length === 0) return;
  writeFileSync("README.md", between(readFileSync("README.md", "utf8"), "charts", charts.join("\n\n")));
}
