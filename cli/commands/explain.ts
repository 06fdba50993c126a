import type { Command } from "commander";
import {
  type ConditionError,
  type Engine,
  type Explanation,
  type OperationDecision,
  reasonOf,
  type Source,
} from "../../runtime-ts/index.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import type { Session } from "../session.ts";
import { withWorld } from "../world/with-world.ts";
import { writeLines, writeText } from "../write-text.ts";
import { failedLine } from "./failed-check.ts";
import {
  type AskedQuestion,
  contextOf,
  type QuestionOptions,
  questionOf,
  questionOptions,
} from "./question.ts";

export function addExplain(program: Command, session: Session): void {
  questionOptions(
    program.command("explain").description("decide one question and say everything that decides it"),
  )
    .option("--json", "print the explanation as JSON")
    .addHelpText(
      "after",
      `
Prints the decision as check does, then every source that allows it, one a line. Exit code 0 is allow, 1 is deny.
A denial names the first step that failed: disabled, forbid, privilege or access. Conditions that could not be worked
out follow: a permit with such an error does not apply, a forbid does.
With --json: { "allowed": boolean, "reason": text, "sources": [{ "kind", "name"?, "to"? }, …],
"errors": [{ "role"?, "guardrail"?, "message" }, …] }.
Of --operation the sources are those of its own right; a refusal names the check that failed, with --json as
"failed": { "rule", "action", "record"?, "principal" }.

Example:
  bailiwick explain --policy policies/ --principal alice --action read --record Account/acc1`,
    )
    .action(async (options: QuestionOptions) => session.finish(await explain(options, session.io)));
}

function decide(
  asked: AskedQuestion,
  options: QuestionOptions,
  engine: Engine,
): Explanation & Pick<OperationDecision, "failed"> {
  if (asked.kind === "check") return engine.explain(asked.request);
  if (asked.kind === "column") return { errors: [], ...engine.checkColumn(asked.request) };
  return { errors: [], ...engine.can(options.principal, asked.operation, contextOf(options)) };
}

function explain(options: QuestionOptions, io: Io): Promise<ExitCode> {
  return withWorld(options, io, async ({ engine }) => {
    const asked = questionOf(options, engine);
    const { allowed, reason, sources, errors, failed } = decide(asked, options, engine);
    if (options.json === true) {
      const answer = { allowed, reason, sources, errors, ...(failed && { failed }) };
      writeText(io.stdout, JSON.stringify(answer, null, 2));
    } else {
      writeText(io.stdout, `${allowed ? "allow" : "deny"} ${reason}`);
      const failures = failed === undefined ? [] : [failedLine(failed)];
      const lines = [...failures, ...sources.map(sourceLine), ...errors.map(errorLine)];
      await writeLines(
        io.stdout,
        lines.map((line) => `  ${line}`),
      );
    }
    return allowed ? exitCodes.yes : exitCodes.no;
  });
}

function sourceLine(source: Source): string {
  if (source.kind !== "share" && source.kind !== "parent") return reasonOf(source);
  const holder = source.name === undefined ? "" : ` ${JSON.stringify(source.name)}`;
  return `${source.kind}: ${source.kind === "share" ? "shared with" : "inherited share of"} ${source.to}${holder}`;
}

function errorLine({ role, guardrail, message }: ConditionError): string {
  const of =
    role === undefined ? `guardrail ${JSON.stringify(guardrail)}` : reasonOf({ kind: "role", name: role });
  return `error in the condition of ${of}: ${message}`;
}
