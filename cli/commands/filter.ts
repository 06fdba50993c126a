import { type Command, Option } from "commander";
import { worldOptions } from "../args/world-options.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import type { Session } from "../session.ts";
import { tableFormat } from "../tables/table.ts";
import { writeColumn } from "../tables/write-column.ts";
import { type WorldOptions, withWorld } from "../world/with-world.ts";
import { writeJsonList, writeLines, writeText } from "../write-text.ts";
import { contextOf, contextOption } from "./question.ts";

interface Options extends WorldOptions {
  readonly principal: string;
  readonly action: string;
  readonly entity: string;
  readonly context?: string;
  readonly output?: string;
  readonly count?: true;
  readonly json?: true;
}

export function addFilter(program: Command, session: Session): void {
  contextOption(
    worldOptions(
      program.command("filter").description("list the records of an entity that a user may act on"),
    )
      .requiredOption("--principal <user>", "the user who asks")
      .requiredOption("--action <action>", "read, write, …")
      .requiredOption("--entity <entity>", "the entity whose records are listed"),
  )
    .option(
      "-o, --output <table>",
      "write the ids into a table with the column id (.csv, .ndjson, .jsonl or .parquet)",
    )
    .addOption(new Option("--count", "print only how many there are").conflicts("output"))
    .addOption(new Option("--json", "print JSON on standard output").conflicts("output"))
    .addHelpText(
      "after",
      `
Prints the ids, one a line. With --json: { "count": number, "ids": [text, …] }, and with --count no ids.

Example:
  bailiwick filter --policy policies/ --records r.parquet --principal alice --action read --entity Account`,
    )
    .action(async (options: Options) => session.finish(await filter(options, session.io)));
}

function filter(options: Options, io: Io): Promise<ExitCode> {
  // A name that tells no format is said before the work, not after it.
  if (options.output !== undefined) tableFormat(options.output);
  return withWorld(options, io, async ({ engine, database }) => {
    const principal = engine.principal(options.principal);
    const privilege = engine.privilege(options.action, options.entity);
    const records = engine.filter(principal, privilege, contextOf(options));
    const { count } = records;
    if (options.output !== undefined) {
      await writeColumn(await database(), options.output, "id", records.eachId(), io);
    } else if (options.count === true) {
      writeText(io.stdout, options.json === true ? JSON.stringify({ count }) : String(count));
    } else if (options.json === true) {
      await writeJsonList(io.stdout, count, "ids", records.eachId());
    } else {
      await writeLines(io.stdout, records.eachId());
    }
    return exitCodes.yes;
  });
}
