import { relative, resolve } from "node:path";
import type { Command } from "commander";
import { type ImportReport, importSolution } from "../../interop/dataverse/index.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { writeFolder } from "../files/write-folder.ts";
import type { Io } from "../io.ts";
import { oneLine } from "../one-line.ts";
import type { Session } from "../session.ts";
import { writeLines, writeText } from "../write-text.ts";

interface Options {
  readonly output: string;
  readonly force?: true;
  readonly json?: true;
}

export function addImport(program: Command, session: Session): void {
  program
    .command("import")
    .description("make policy files from another system")
    .addHelpText("after", "\nExample:\n  bailiwick import dataverse ./MySolution -o policies/")
    .command("dataverse")
    .description("make policy files from Dataverse solutions: roles, tables, relationships, column profiles")
    .argument(
      "<path>",
      "an unpacked solution or a folder of solutions, a solution zip, or customizations.xml",
    )
    .requiredOption("-o, --output <folder>", "the folder to write; it must be new or empty")
    .option(
      "--force",
      "write into a folder that is not empty; files of the same name are replaced, others stay",
    )
    .option("--json", "print the report as JSON")
    .addHelpText(
      "after",
      `
What could not be carried over as it stood is listed at the end.
With --json: { "files": [name, …], "carriedOver": { … }, "notes": [{ "kind", "what", "where", "why" }, …] }.

Example:
  bailiwick import dataverse ./MySolution.zip -o policies/`,
    )
    .action(async (path: string, options: Options) => {
      session.finish(await importDataverse(path, options, session.io));
    });
}

async function importDataverse(path: string, options: Options, io: Io): Promise<ExitCode> {
  const { files, report } = await importSolution(relative(process.cwd(), resolve(io.cwd, path)) || ".");
  await writeFolder(options.output, files, options.force === true, io);
  if (options.json === true) {
    const { carriedOver, notes } = report;
    writeText(
      io.stdout,
      JSON.stringify({ files: files.map(({ name }) => name), carriedOver, notes }, null, 2),
    );
  } else {
    writeText(io.stdout, `${files.length} files written to ${options.output}`);
    await writeLines(io.stdout, reportLines(report));
  }
  return exitCodes.yes;
}

function reportLines({ carriedOver, notes }: ImportReport): string[] {
  const counts = Object.entries(carriedOver)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${words(what, count)}`);
  const lines = [`carried over: ${counts.join(", ")}`];
  for (const kind of ["left out", "changed", "assumed"] as const) {
    const ofKind = notes.filter((note) => note.kind === kind);
    if (ofKind.length === 0) continue;
    lines.push(`${kind} (${ofKind.length}):`);
    for (const { what, where, why } of ofKind)
      lines.push(`  ${oneLine(`${what} (${where}): ${why}`, Number.POSITIVE_INFINITY)}`);
  }
  return lines;
}

/** `columnProfiles` -> `column profiles`, or of one `column profile`. */
function words(name: string, count: number): string {
  const plural = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return count === 1 ? plural.replace(/ies$/, "y").replace(/s$/, "") : plural;
}
