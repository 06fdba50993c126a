import type { Command } from "commander";
import type { Engine, OperationDecision } from "../../runtime-ts/index.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import type { Session } from "../session.ts";
import { withWorld } from "../world/with-world.ts";
import { writeText } from "../write-text.ts";
import { failedLine } from "./failed-check.ts";
import {
  type AskedQuestion,
  contextOf,
  type QuestionOptions,
  questionOf,
  questionOptions,
} from "./question.ts";

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
--operation asks about what takes several checks: create, assign, share and unshare (of a record or of a secured column,
"share acc1.phone with bob: read"), append, associate, disassociate, delete
and merge, in the words of policy tests. A refusal names the check that failed: the rule of semantics.md that asks for it,
the right, on which record, and who lacks it; with --json as "failed".
--column asks about a secured column: read, write and readUnmasked of the record, create without one. The reason is column
where the record is in reach and the column is not.

Example:
  bailiwick check --policy policies/ --directory d.json --records r.csv \\
    --principal alice --action read --record Account/acc1
  bailiwick check --policy policies/ --principal alice --operation 'assign acc1 to dora'
  bailiwick check --policy policies/ --principal alice --action read --record Account/acc1 --column Account.revenue`,
    )
    .action(async (options: QuestionOptions) => session.finish(await check(options, session.io)));
}

function decide(
  asked: AskedQuestion,
  options: QuestionOptions,
  engine: Engine,
): Pick<OperationDecision, "allowed" | "reason" | "failed"> {
  if (asked.kind === "check") return engine.check(asked.request);
  if (asked.kind === "column") return engine.checkColumn(asked.request);
  return engine.can(options.principal, asked.operation, contextOf(options));
}

function check(options: QuestionOptions, io: Io): Promise<ExitCode> {
  return withWorld(options, io, ({ engine }) => {
    const asked = questionOf(options, engine);
    const { allowed, reason, failed } = decide(asked, options, engine);
    if (options.json === true) {
      writeText(io.stdout, JSON.stringify({ allowed, reason, ...(failed && { failed }) }));
    } else {
      writeText(io.stdout, `${allowed ? "allow" : "deny"} ${reason}`);
      if (failed !== undefined) writeText(io.stdout, `  ${failedLine(failed)}`);
    }
    return allowed ? exitCodes.yes : exitCodes.no;
  });
}
