import {
  ACTIONS,
  CONDITIONAL_LEVEL,
  CONDITIONAL_LINE,
  CONDITIONAL_PRIVILEGE,
  CONDITIONAL_PROGRAM,
  CONDITIONAL_ROLE,
  CONDITIONAL_WORDS,
  GRANT_SHAPE_LEVEL,
  GRANT_SHAPE_TASKS,
  SECTION_CONDITIONALS,
  SECTION_GRANT_LINES,
  SECTION_PRIVILEGE_SETS,
  SECTION_ROLES,
  SECTION_TASKS,
} from "../../runtime-as/abi.ts";
import type { ConditionalGrant } from "../conditions.ts";
import { damaged, type ImageReader } from "../image-reader.ts";

/** What one line of a role grants at one level and without a condition. */
interface Statement {
  readonly line: number;
  /** LEVEL_* bit */
  readonly level: number;
  readonly isOfTasks: boolean;
  /** Bits of the actions; none of tasks. */
  readonly mask: number;
  /** First and last privilege set (or task) of each run. */
  readonly runs: readonly number[];
}

const misfit = "lines of grants that do not fit";

/** Reads the numbers of GRANT_LINES one by one. */
class Numbers {
  readonly #reader: ImageReader;
  readonly #end: number;
  #at = 0;

  constructor(reader: ImageReader) {
    this.#reader = reader;
    this.#end = reader.rows(SECTION_GRANT_LINES) * 4;
  }

  #byte(): number {
    if (this.#at >= this.#end) throw damaged(misfit);
    const word = this.#reader.word(SECTION_GRANT_LINES, 1, this.#at >>> 2, 0);
    return (word >>> ((this.#at++ & 3) * 8)) & 255;
  }

  /** The next number; `limit` is above all that it may be. */
  next(limit: number): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) {
        if (value >= limit) break;
        return value;
      }
    }
    throw damaged(misfit);
  }

  /** Nothing may follow but what fills the last word. */
  finish(): void {
    if (this.#end - this.#at > 3) throw damaged(misfit);
    while (this.#at < this.#end) if (this.#byte() !== 0) throw damaged(misfit);
  }
}

const mostLines = 2 ** 32;

function readStatement(numbers: Numbers, before: number, sets: number, tasks: number): Statement {
  const line = before + numbers.next(mostLines);
  const shape = numbers.next(GRANT_SHAPE_TASKS * 2);
  const level = shape & GRANT_SHAPE_LEVEL;
  if (level === 0 || level > 4) throw damaged(misfit);
  const isOfTasks = (shape & GRANT_SHAPE_TASKS) !== 0;
  const mask = isOfTasks ? 0 : numbers.next(1 << ACTIONS);
  const limit = isOfTasks ? tasks : sets;
  const runs: number[] = [];
  let from = 0;
  for (let left = numbers.next(limit + 1); left > 0; left--) {
    const first = from + numbers.next(limit - from);
    const last = first + numbers.next(limit - first);
    runs.push(first, last);
    from = last + 1;
  }
  return { line, level: 1 << (level - 1), isOfTasks, mask, runs };
}

const keyOf = ({ role, privilege, level, program }: ConditionalGrant): string =>
  `${role} ${privilege} ${level} ${program}`;

/** Where grants stand in the source: what an explanation shows of them. Grants that an edit has changed have no place. */
export class GrantLines {
  readonly #sets: number;
  readonly #files: readonly string[];
  readonly #statements: readonly (readonly Statement[])[];
  readonly #conditional: ReadonlyMap<string, number>;

  constructor(
    sets: number,
    files: readonly string[],
    statements: readonly (readonly Statement[])[],
    conditional: ReadonlyMap<string, number>,
  ) {
    this.#sets = sets;
    this.#files = files;
    this.#statements = statements;
    this.#conditional = conditional;
  }

  #place(role: number, line: number | undefined): string | undefined {
    return line === undefined ? undefined : `${this.#files[role]}:${line}`;
  }

  /** File and line of what a role grants at a level (LEVEL_* bit) without a condition; undefined where no line says it. */
  of(role: number, slot: number, level: number): string | undefined {
    const isOfTasks = slot >= this.#sets * ACTIONS;
    const number = isOfTasks ? slot - this.#sets * ACTIONS : Math.floor(slot / ACTIONS);
    const bit = 1 << (slot % ACTIONS);
    const statement = this.#statements[role]?.find(
      (one) =>
        one.level === level &&
        one.isOfTasks === isOfTasks &&
        (isOfTasks || (one.mask & bit) !== 0) &&
        one.runs.some((first, i) => i % 2 === 0 && first <= number && number <= (one.runs[i + 1] as number)),
    );
    return this.#place(role, statement?.line);
  }

  /** The same of a grant under a condition. */
  ofConditional(grant: ConditionalGrant): string | undefined {
    return this.#place(grant.role, this.#conditional.get(keyOf(grant)));
  }
}

/** `files` are those of the roles. Throws BWK413 where the lines contradict the rest of the image. */
export function readGrantLines(reader: ImageReader, files: readonly string[]): GrantLines {
  const sets = reader.rows(SECTION_PRIVILEGE_SETS);
  const tasks = reader.rows(SECTION_TASKS);
  const numbers = new Numbers(reader);
  const statements = Array.from({ length: reader.rows(SECTION_ROLES) }, () => {
    const ofRole: Statement[] = [];
    for (let left = numbers.next(mostLines); left > 0; left--)
      ofRole.push(readStatement(numbers, ofRole.at(-1)?.line ?? 0, sets, tasks));
    return ofRole;
  });
  numbers.finish();
  const conditional = new Map<string, number>();
  for (let row = 0; row < reader.rows(SECTION_CONDITIONALS); row++) {
    const word = (column: number) => reader.word(SECTION_CONDITIONALS, CONDITIONAL_WORDS, row, column);
    const key = keyOf({
      role: word(CONDITIONAL_ROLE),
      privilege: word(CONDITIONAL_PRIVILEGE),
      level: word(CONDITIONAL_LEVEL),
      program: word(CONDITIONAL_PROGRAM),
    });
    if (!conditional.has(key)) conditional.set(key, word(CONDITIONAL_LINE));
  }
  return new GrantLines(sets, files, statements, conditional);
}
