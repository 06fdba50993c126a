import { machineLine } from "./machine.ts";
import { duration, many, times, whole } from "./numbers.ts";
import type { Result } from "./result.ts";

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] as readonly string[]).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] as string).length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number)))
        .join("   "),
    )
    .map((line) => `  ${line}`.trimEnd())
    .join("\n");
}

/** A result for people who watch. */
export function resultText({
  title,
  world,
  unit,
  machine,
  compared,
  contestants,
  goals,
  notes,
}: Result): string {
  const withTail = contestants.some(({ percentile99 }) => percentile99 !== undefined);
  const rows = contestants.map(({ name, time, ratio, answersPerSecond, percentile99 }) => [
    name,
    duration(time.median),
    ...(withTail ? [percentile99 === undefined ? "" : duration(percentile99)] : []),
    `${duration(time.firstQuartile)} to ${duration(time.thirdQuartile)}`,
    `± ${duration(time.deviation)}`,
    many(answersPerSecond),
    times(ratio.median),
    whole(time.rounds),
    whole(compared.find(({ contestant }) => contestant === name)?.compared ?? 0),
  ]);
  const head = [
    "",
    `a ${unit}`,
    ...(withTail ? ["p99"] : []),
    "half of them",
    "MAD",
    `${unit}s/s`,
    "ratio",
    "samples",
    "compared",
  ];
  const reached = goals.map(
    ({ goal, reached, isMet }) => `  ${isMet ? "met    " : "NOT MET"} ${goal}: ${reached}`,
  );
  return [
    title,
    `  ${world}`,
    `  ${machineLine(machine)}`,
    ...(rows.length === 0 ? [] : [columns([head, ...rows])]),
    ...notes.map((note) => `  ${note}`),
    ...reached,
    "",
  ].join("\n");
}
