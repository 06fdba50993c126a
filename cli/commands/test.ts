import { type Command, Option } from "commander";
import { formatJson, formatJunit, formatPretty, runTests, type TestReport } from "../../testing/index.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { readPolicyFiles } from "../files/policy-files.ts";
import { colored, type Io } from "../io.ts";
import type { Session } from "../session.ts";
import { Trouble } from "../trouble.ts";
import { writeText } from "../write-text.ts";

interface Options {
  readonly reporter: "pretty" | "json" | "junit";
  readonly coverage?: true;
}

export function addTest(program: Command, session: Session): void {
  program
    .command("test")
    .description("run the tests in policy files; the paths are one project")
    .argument("<paths...>", "policy files, folders, or - for standard input")
    .addOption(
      new Option("--reporter <format>", "how results are printed")
        .choices(["pretty", "json", "junit"])
        .default("pretty"),
    )
    .addOption(new Option("--coverage", "which grants no test needs").hideHelp())
    .addHelpText(
      "after",
      `
Exit code 0: every test passed; 1: one failed; 2: the project does not compile. A failure prints its line, what was
expected, what was decided and why: every source that allows, or the check that failed and on which record.

Example:
  bailiwick test policies/ --reporter junit > results.xml`,
    )
    .action(async (paths: string[], options: Options) =>
      session.finish(await test(paths, options, session.io)),
    );
}

async function test(paths: readonly string[], options: Options, io: Io): Promise<ExitCode> {
  if (options.coverage === true) {
    throw new Trouble("BWK490", "`--coverage` is not in this version", "leave it out");
  }
  const report = runTests(await readPolicyFiles(paths, io));
  writeText(io.stdout, printed(report, options.reporter, colored(io, io.stdout)));
  if (report.ok) return exitCodes.yes;
  return report.diagnostics.some(({ severity }) => severity === "error") ? exitCodes.trouble : exitCodes.no;
}

function printed(report: TestReport, reporter: Options["reporter"], color: boolean): string {
  switch (reporter) {
    case "json":
      return formatJson(report);
    case "junit":
      return formatJunit(report);
    default:
      return formatPretty(report, { color });
  }
}
