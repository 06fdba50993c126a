// What a run of policy tests says: plain data, which the reporters print.
import type { Diagnostic } from "../compiler/index.ts";

/** A place in a policy file; line and column start at 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A statement of a test that did not hold. */
export interface Failure extends Place {
  /** The line of the statement as it was written. */
  readonly text: string;
  /** How many characters of that line the statement takes, from `column`. */
  readonly width: number;
  readonly expected: string;
  readonly decided: string;
  /** Of sets (`rights`, `who can`, `list`): expected and not there. */
  readonly missing: readonly string[];
  /** Of sets: there and not expected. */
  readonly unexpected: readonly string[];
  /** Why it was decided so: every source that allows, or the step that failed; one line for each thing in question. */
  readonly why: readonly string[];
}

/** One test, or one file whose lines say `// expect BWKnnn`. */
export interface TestResult extends Place {
  readonly title: string;
  readonly status: "passed" | "failed";
  /** Of a failed test, in the order of its statements: a test goes on after a failure. */
  readonly failures: readonly Failure[];
}

export interface TestReport {
  /** No error in the project and no failed test. */
  readonly ok: boolean;
  readonly passed: number;
  readonly failed: number;
  /** In the order of the files given and of the places in them. */
  readonly tests: readonly TestResult[];
  /**
   * What the compiler says about the project, without what a line expects. Where there is an error, nothing ran.
   */
  readonly diagnostics: readonly Diagnostic[];
}
