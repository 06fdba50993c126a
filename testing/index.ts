// The door: runs the policy tests of .bwk files on the engine and says what came of it.
export { isMeantToCompile } from "./expected-codes.ts";
export type { Failure, Place, TestReport, TestResult } from "./report.ts";
export { formatJson } from "./reporters/format-json.ts";
export { formatJunit } from "./reporters/format-junit.ts";
export { formatPretty, type PrettyOptions } from "./reporters/format-pretty.ts";
export { runTests } from "./run-tests.ts";
