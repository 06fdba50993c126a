import type { Command } from "commander";
import type { Engine, Explanation, OperationDecision, Source } from "../../runtime-ts/index.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import type { Session } from "../session.ts";
import { withWorld } from "../world/with-world.ts";
import { writeLines, writeText } from "../write-text.ts";
import { decidedByLine, errorLine, sourceLine } from "./explanation-lines.ts";
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
    .addHelpText("after", help)
    .action(async (options: QuestionOptions) => session.finish(await explain(options, session.io)));
}

const help = `
Prints the decision as check does, then every source that allows it, one a line: of a role or permit its level, who holds it,
the business unit from which it reaches, and the line that grants it; of an inherited share the records above it. Exit code
0 is allow, 1 is deny. A denial names the first step that failed: disabled, forbid, privilege or access. Conditions that
could not be worked out follow: a permit with such an error does not apply, a forbid does.
With --json: { "allowed": boolean, "reason": text, "sources": [{ "kind", "name"?, "holder"?: { "user" } or { "team" },
"level"?, "businessUnit"?, "line"?, "role"?, "to"?, "from"?: [{ "entity", "id" }, …] }, …], "errors": [{ "role"?,
"guardrail"?, "message" }, …], "decidedBy"?: { "entity", "id" } }.
Of --operation the sources are those of its own right, by kind and name; a refusal names the check that failed, with --json
as "failed": { "rule", "action", "record"?, "principal" }.

Example:
  bailiwick explain --policy policies/ --principal alice --action read --record Account/acc1`;

/** What is known of any kind of question. */
interface Explained extends Omit<Explanation, "sources">, Pick<OperationDecision, "failed"> {
  readonly sources: readonly (Source | Explanation["sources"][number])[];
}

function decide(asked: AskedQuestion, options: QuestionOptions, engine: Engine): Explained {
  if (asked.kind === "check") return engine.explain(asked.request);
  if (asked.kind === "column") return { errors: [], ...engine.checkColumn(asked.request) };
  return { errors: [], ...engine.can(options.principal, asked.operation, contextOf(options)) };
}

/** Everything behind the decision, one thing a line. */
function linesOf({ sources, errors, failed, decidedBy }: Explained): string[] {
  return [
    ...(failed === undefined ? [] : [failedLine(failed)]),
    ...(decidedBy === undefined ? [] : [decidedByLine(decidedBy)]),
    ...sources.map(sourceLine),
    ...errors.map(errorLine),
  ];
}

function explain(options: QuestionOptions, io: Io): Promise<ExitCode> {
  return withWorld(options, io, async ({ engine }) => {
    const explained = decide(questionOf(options, engine), options, engine);
    const { allowed, reason, sources, errors, ...more } = explained;
    if (options.json === true) {
      writeText(io.stdout, JSON.stringify({ allowed, reason, sources, errors, ...more }, null, 2));
    } else {
      writeText(io.stdout, `${allowed ? "allow" : "deny"} ${reason}`);
      await writeLines(
        io.stdout,
        linesOf(explained).map((line) => `  ${line}`),
      );
    }
    return allowed ? exitCodes.yes : exitCodes.no;
  });
}
