import { GRANT_SHAPE_TASKS } from "../../runtime-as/abi.ts";
import type { Policy, Role } from "../model/model.ts";
import { positionOf, type Span } from "../source.ts";

/** What the statements on one line of a role grant at one level: numbers of privilege sets (or of tasks), by mask of actions. */
interface Statement {
  readonly line: number;
  /** Level, and whether it is of tasks: these have no mask. */
  readonly shape: number;
  readonly granted: Map<number, number>;
}

/** What a role grants without a condition, by line. */
function statementsOf({ grants, taskSpans = new Map() }: Role): Statement[] {
  const statements = new Map<string, Statement>();
  const add = (span: Span, shape: number, number: number, mask: number) => {
    const { line } = positionOf(span.file, span.start);
    const key = `${line} ${shape}`;
    const statement = statements.get(key) ?? { line, shape, granted: new Map<number, number>() };
    statements.set(key, statement);
    statement.granted.set(number, (statement.granted.get(number) ?? 0) | mask);
  };
  for (const { span, level, privilegeSet, action } of grants) add(span, level, privilegeSet, 1 << action);
  for (const [task, span] of taskSpans) add(span, 4 | GRANT_SHAPE_TASKS, task, 0);
  return [...statements.values()].sort((a, b) => a.line - b.line).flatMap(byMask);
}

/** One statement for each mask of actions. */
function byMask({ line, shape, granted }: Statement): Statement[] {
  const masks = [...new Set(granted.values())];
  return masks.map((mask) => {
    const same = [...granted].filter((entry) => entry[1] === mask).sort((a, b) => a[0] - b[0]);
    return { line, shape, granted: new Map(same) };
  });
}

/** Runs of numbers that follow each other: how many are left out before each, and how many follow its first. */
function runsOf(ascending: Iterable<number>): number[] {
  const runs: number[] = [];
  let next = 0;
  for (const number of ascending) {
    if (number === next && runs.length > 0) runs[runs.length - 1] = (runs[runs.length - 1] as number) + 1;
    else runs.push(number - next, 0);
    next = number + 1;
  }
  return runs;
}

/** GRANT_LINES: where the grants of all roles stand (runtime-as/abi/image.ts), as words. */
export function grantLines({ roles }: Policy): Uint32Array {
  const bytes: number[] = [];
  const put = (value: number) => {
    for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
    bytes.push(value);
  };
  for (const role of roles) {
    const statements = statementsOf(role);
    put(statements.length);
    let before = 0;
    for (const { line, shape, granted } of statements) {
      put(line - before);
      put(shape);
      const [mask] = granted.values();
      if ((shape & GRANT_SHAPE_TASKS) === 0) put(mask as number);
      const runs = runsOf(granted.keys());
      put(runs.length / 2);
      for (const number of runs) put(number);
      before = line;
    }
  }
  while (bytes.length % 4 !== 0) bytes.push(0);
  return new Uint32Array(Uint8Array.from(bytes).buffer);
}
