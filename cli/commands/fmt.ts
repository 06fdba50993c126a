import type { Command } from "commander";
import { type Diagnostic, format } from "../../compiler/index.ts";
import { Diagnosed } from "../diagnosed.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { policyPaths } from "../files/policy-files.ts";
import { readText, shownName } from "../files/read-file.ts";
import { writeAtomically } from "../files/write-atomically.ts";
import type { Io } from "../io.ts";
import type { Session } from "../session.ts";
import { writeLines } from "../write-text.ts";

interface Options {
  readonly check?: true;
}

export function addFmt(program: Command, session: Session): void {
  program
    .command("fmt")
    .description("format policy files in place")
    .argument("<paths...>", "policy files, folders, or - for standard input to standard output")
    .option("--check", "change nothing, list the files that would change; exit code 1 if there are any")
    .addHelpText(
      "after",
      `
Where a file has syntax errors no file is changed, and the exit code is 2.

Example:
  bailiwick fmt --check policies/`,
    )
    .action(async (paths: string[], options: Options) =>
      session.finish(await fmt(paths, options, session.io)),
    );
}

async function fmt(paths: readonly string[], options: Options, io: Io): Promise<ExitCode> {
  const changed: { path: string; text: string }[] = [];
  const errors: Diagnostic[] = [];
  const found = await policyPaths(paths, io);
  for (const path of found) {
    const before = await readText(path, io);
    const { text, diagnostics } = format({ name: shownName(path), text: before });
    if (text === undefined) errors.push(...diagnostics);
    else if (options.check !== true && path === "-") changed.push({ path, text });
    else if (text !== before) changed.push({ path, text });
  }
  if (errors.length > 0) throw new Diagnosed(errors);
  if (options.check === true) {
    await writeLines(
      io.stdout,
      changed.map(({ path }) => shownName(path)),
    );
    return changed.length > 0 ? exitCodes.no : exitCodes.yes;
  }
  for (const { path, text } of changed) {
    if (path === "-") io.stdout.write(text);
    else await writeAtomically(path, text, io);
  }
  return exitCodes.yes;
}
