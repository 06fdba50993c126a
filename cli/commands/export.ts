import type { Command } from "commander";
import { analyze } from "../../compiler/index.ts";
import { type CedarExport, entitiesText, exportCedar } from "../../interop/cedar/index.ts";
import { Diagnosed } from "../diagnosed.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { readPolicyFiles } from "../files/policy-files.ts";
import { type FolderFile, writeFolder } from "../files/write-folder.ts";
import type { Io } from "../io.ts";
import { oneLine } from "../one-line.ts";
import type { Session } from "../session.ts";
import { writeLines, writeText } from "../write-text.ts";

interface Options {
  readonly output: string;
  readonly force?: true;
}

export function addExport(program: Command, session: Session): void {
  program
    .command("export")
    .description("write a project in the language of another system")
    .addHelpText("after", "\nExample:\n  bailiwick export cedar policies/ -o cedar/")
    .command("cedar")
    .description("write a project as Cedar policies, schema and entities that decide the same")
    .argument("<paths...>", "policy files, folders, or - for standard input")
    .requiredOption("-o, --output <folder>", "the folder to write; it must be new or empty")
    .option(
      "--force",
      "write into a folder that is not empty; files of the same name are replaced, others stay",
    )
    .addHelpText(
      "after",
      `
Writes policies.cedar, schema.cedarschema and entities.json (what the project declares of people, records and shares).
What Cedar cannot express is an error that names it; nothing is written then.

Example:
  bailiwick export cedar policies/ -o cedar/`,
    )
    .action(async (paths: string[], options: Options) => {
      session.finish(await exportToCedar(paths, options, session.io));
    });
}

async function exportToCedar(paths: readonly string[], options: Options, io: Io): Promise<ExitCode> {
  const { model, diagnostics } = analyze(await readPolicyFiles(paths, io));
  if (model === undefined) throw new Diagnosed(diagnostics);
  const exported = exportCedar(model);
  const files = filesOf(exported);
  await writeFolder(options.output, files, options.force === true, io);
  writeText(
    io.stdout,
    `${files.length} files written to ${options.output}: ${exported.entities.length} entities`,
  );
  await writeLines(
    io.stdout,
    exported.notes.map((note) => oneLine(`note: ${note}`, Number.POSITIVE_INFINITY)),
  );
  return exitCodes.yes;
}

function filesOf({ policies, schema, entities }: CedarExport): readonly FolderFile[] {
  return [
    { name: "policies.cedar", text: policies },
    { name: "schema.cedarschema", text: schema },
    { name: "entities.json", text: entitiesText(entities) },
  ];
}
