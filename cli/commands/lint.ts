import type { Command } from "commander";
import { analyze, render, renderJson } from "../../compiler/index.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { readPolicyFiles } from "../files/policy-files.ts";
import { colored, type Io } from "../io.ts";
import type { Session } from "../session.ts";
import { writeText } from "../write-text.ts";

interface Options {
  readonly json?: true;
}

export function addLint(program: Command, session: Session): void {
  program
    .command("lint")
    .description("report errors and warnings in policy files")
    .argument("<paths...>", "policy files, folders, or - for standard input")
    .option("--json", "print the diagnostics as JSON")
    .addHelpText(
      "after",
      `
Exit code 0: nothing to report; 1: warnings; 2: errors.
With --json: [{ "code", "severity", "message", "help"?, "file", "line", "column", "endLine", "endColumn", "related" }, …].

Example:
  bailiwick lint policies/`,
    )
    .action(async (paths: string[], options: Options) =>
      session.finish(await lint(paths, options, session.io)),
    );
}

async function lint(paths: readonly string[], options: Options, io: Io): Promise<ExitCode> {
  const { diagnostics } = analyze(await readPolicyFiles(paths, io));
  if (options.json === true) writeText(io.stdout, renderJson(diagnostics));
  else writeText(io.stdout, render(diagnostics, { color: colored(io, io.stdout) }));
  if (diagnostics.some(({ severity }) => severity === "error")) return exitCodes.trouble;
  return diagnostics.length > 0 ? exitCodes.no : exitCodes.yes;
}
