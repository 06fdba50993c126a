import { type Analysis, analyze, type Diagnostic, type SourceFile } from "../compiler/index.ts";
import { checkCodes } from "./check-codes.ts";
import { type ExpectedCode, expectedCodes, isExpected, isWarning } from "./expected-codes.ts";
import { inOrder } from "./places.ts";
import type { TestReport, TestResult } from "./report.ts";
import { runTest } from "./run-test.ts";

/** A file with what its lines expect of the compiler; mostly nothing. */
interface JudgedFile {
  readonly file: SourceFile;
  readonly expected: readonly ExpectedCode[];
  /** Whether it expects an error: then it is not meant to compile. */
  readonly refused: boolean;
}

/**
 * Runs the policy tests of a project: all files together, every declaration global (language.md section 8).
 *
 * A file in which a line expects an error (`// expect BWK301`) is not part of the project, since it is not meant to compile:
 * it is compiled with the project's files and judged by what is reported; nothing that it declares is seen by another file.
 * A file that expects warnings alone stays in the project.
 *
 * Never throws for what the files say: errors of the project are in `diagnostics`, and nothing has run then.
 */
export function runTests(files: readonly SourceFile[]): TestReport {
  const judged = files.map(judgedFile);
  const project = judged.filter(({ refused }) => !refused).map(({ file }) => file);
  const analysis = analyze(project, { world: "closed" });
  const runs = analysis.diagnostics.every(({ severity }) => severity !== "error");

  const tests = !runs
    ? []
    : inOrder(files, [
        ...judged.filter(({ expected }) => expected.length > 0).map((file) => judge(file, project, analysis)),
        ...analysis.tests.map(runTest),
      ]);
  const count = (status: TestResult["status"]) => tests.filter((test) => test.status === status).length;
  const failed = count("failed");
  return {
    ok: runs && failed === 0,
    passed: count("passed"),
    failed,
    tests,
    diagnostics: analysis.diagnostics.filter(
      (diagnostic) => !judged.some(({ file, expected }) => isExpected(file, expected, diagnostic)),
    ),
  };
}

function judgedFile(file: SourceFile): JudgedFile {
  const expected = expectedCodes(file);
  return { file, expected, refused: expected.some(({ code }) => !isWarning(code)) };
}

/** Compares what a file expects with what is reported; of what the project reports by itself only warnings concern it. */
function judge(
  { file, expected, refused }: JudgedFile,
  project: readonly SourceFile[],
  analysis: Analysis,
): TestResult {
  const reported = refused
    ? analyze([...project, file], { world: "closed" }).diagnostics
    : analysis.diagnostics;
  const known = analysis.diagnostics.filter(({ severity }) => severity === "error");
  const isKnown = ({ code, span }: Diagnostic) =>
    known.some(
      (each) => each.code === code && each.span.file === span.file && each.span.start === span.start,
    );
  return checkCodes(
    file,
    expected,
    reported.filter((diagnostic) => !isKnown(diagnostic)),
  );
}
