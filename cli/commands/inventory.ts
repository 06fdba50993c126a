import { extname } from "node:path";
import { type Command, Option } from "commander";
import { analyze } from "../../compiler/index.ts";
import { isMeantToCompile } from "../../testing/index.ts";
import { Diagnosed } from "../diagnosed.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { readPolicyFiles } from "../files/policy-files.ts";
import { writeAtomically } from "../files/write-atomically.ts";
import { type Format, formats, inventoryText } from "../inventory/formats.ts";
import { inventoryOf } from "../inventory/inventory.ts";
import type { Io } from "../io.ts";
import type { Session } from "../session.ts";
import { writeText } from "../write-text.ts";

interface Options {
  readonly format?: Format;
  readonly output?: string;
}

const formatOfExtension: ReadonlyMap<string, Format> = new Map([
  [".md", "markdown"],
  [".csv", "csv"],
  [".json", "json"],
]);

export function addInventory(program: Command, session: Session): void {
  program
    .command("inventory")
    .description("list for every entity who owns its records, by which rule, and who reads it")
    .argument("<paths...>", "policy files, folders, or - for standard input")
    .addOption(
      new Option(
        "--format <format>",
        "text, markdown, csv or json (default: by the name of the file, else text)",
      ).choices(formats),
    )
    .option("-o, --output <file>", "write it into a file")
    .addHelpText(
      "after",
      `
The data security inventory: entity, ownership, what owns its records and by which rule (owner of … is …), the privilege set
that grants name, and how many roles read at which level. CSV has the numbers of roles in columns of their own; JSON names
the roles: { "entities": [{ "entity", "ownership", "owner", "rule", "privilegeSet", "parent", "readers": [{ "level", "roles",
"conditional" }], "administrators", "permits" }] }. A file of policy tests that is not meant to compile is left out.

Example:
  bailiwick inventory policies/ --format markdown`,
    )
    .action(async (paths: string[], options: Options) => {
      session.finish(await inventory(paths, options, session.io));
    });
}

async function inventory(paths: readonly string[], options: Options, io: Io): Promise<ExitCode> {
  const files = await readPolicyFiles(paths, io);
  const { model, diagnostics } = analyze(files.filter(isMeantToCompile));
  if (model === undefined) throw new Diagnosed(diagnostics);
  const { output } = options;
  const byName = output === undefined ? undefined : formatOfExtension.get(extname(output).toLowerCase());
  const written = inventoryText(inventoryOf(model.policy), options.format ?? byName ?? "text");
  if (output === undefined) writeText(io.stdout, written);
  else await writeAtomically(output, `${written}\n`, io);
  return exitCodes.yes;
}
