import type { Command } from "commander";
import { compile, diagnosticsToJson, render } from "../../compiler/index.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { readPolicyFiles } from "../files/policy-files.ts";
import { writeAtomically } from "../files/write-atomically.ts";
import { colored, type Io } from "../io.ts";
import type { Session } from "../session.ts";
import { writeText } from "../write-text.ts";

interface Options {
  readonly output: string;
  readonly json?: true;
}

export function addCompile(program: Command, session: Session): void {
  program
    .command("compile")
    .description("compile policy files and folders into one image")
    .argument("<paths...>", "policy files, folders, or - for standard input")
    .requiredOption("-o, --output <image>", "the image to write")
    .option("--json", "print the diagnostics as JSON on standard output")
    .addHelpText(
      "after",
      `
Diagnostics go to standard error. Warnings alone are no failure; with an error nothing is written and the exit code is 2.
With --json: { "image": path or null, "bytes": number, "diagnostics": […] }, diagnostics as in lint --json.

Example:
  bailiwick compile policies/ -o contoso.bwi`,
    )
    .action(async (paths: string[], options: Options) => {
      session.finish(await compileFiles(paths, options, session.io));
    });
}

async function compileFiles(paths: readonly string[], options: Options, io: Io): Promise<ExitCode> {
  const { image, diagnostics } = compile(await readPolicyFiles(paths, io));
  if (image !== undefined) await writeAtomically(options.output, image, io);
  if (options.json === true) {
    const result = {
      image: image === undefined ? null : options.output,
      bytes: image?.length ?? 0,
      diagnostics: diagnosticsToJson(diagnostics),
    };
    writeText(io.stdout, JSON.stringify(result, null, 2));
  } else {
    writeText(io.stderr, render(diagnostics, { color: colored(io, io.stderr) }));
  }
  return image === undefined ? exitCodes.trouble : exitCodes.yes;
}
