import type { Command } from "commander";
import { parseRecord } from "../args/parse-record.ts";
import { worldOptions } from "../args/world-options.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import type { Session } from "../session.ts";
import { type WorldOptions, withWorld } from "../world/with-world.ts";
import { writeJsonList, writeLines } from "../write-text.ts";
import { contextOf, contextOption } from "./question.ts";

interface Options extends WorldOptions {
  readonly action: string;
  readonly record: string;
  readonly context?: string;
  readonly json?: true;
}

export function addWho(program: Command, session: Session): void {
  contextOption(
    worldOptions(program.command("who").description("list the users who may act on a record"))
      .requiredOption("--action <action>", "read, write, …")
      .requiredOption("--record <entity/id>", 'the record: Account/acc1, or "Pièce jointe"/p1'),
  )
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Prints the users, one a line. With --json: { "count": number, "users": [text, …] }.

Example:
  bailiwick who --policy policies/ --directory d.json --records r.csv --action write --record Account/acc1`,
    )
    .action(async (options: Options) => session.finish(await who(options, session.io)));
}

function who(options: Options, io: Io): Promise<ExitCode> {
  return withWorld(options, io, async ({ engine }) => {
    const { entity, id } = parseRecord(
      options.record,
      engine.entities().map(({ name }) => name),
    );
    const privilege = engine.privilege(options.action, entity);
    const users = engine.whoCan(privilege, engine.record(entity, id), contextOf(options));
    if (options.json === true) {
      await writeJsonList(io.stdout, users.count, "users", users.eachName());
    } else {
      await writeLines(io.stdout, users.eachName());
    }
    return exitCodes.yes;
  });
}
