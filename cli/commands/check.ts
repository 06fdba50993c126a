import type { Command } from "commander";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import type { Session } from "../session.ts";
import { withWorld } from "../world/with-world.ts";
import { writeText } from "../write-text.ts";
import { type QuestionOptions, questionOf, questionOptions } from "./question.ts";

export function addCheck(program: Command, session: Session): void {
  questionOptions(
    program.command("check").description("decide one question: may this user do this to that record?"),
  )
    .option("--json", "print the decision as JSON")
    .addHelpText(
      "after",
      `
Prints the decision and its reason: "allow role Salesperson", "deny access". Exit code 0 is allow, 1 is deny.
A task privilege is asked without --record. With --json: { "allowed": boolean, "reason": text }.

Example:
  bailiwick check --policy policies/ --directory d.json --records r.csv \\
    --principal alice --action read --record Account/acc1`,
    )
    .action(async (options: QuestionOptions) => session.finish(await check(options, session.io)));
}

function check(options: QuestionOptions, io: Io): Promise<ExitCode> {
  return withWorld(options, io, ({ engine }) => {
    const { allowed, reason } = engine.check(questionOf(options, engine));
    writeText(
      io.stdout,
      options.json === true ? JSON.stringify({ allowed, reason }) : `${allowed ? "allow" : "deny"} ${reason}`,
    );
    return allowed ? exitCodes.yes : exitCodes.no;
  });
}
