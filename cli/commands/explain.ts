import { type Command, InvalidArgumentError } from "commander";
import type { Engine, Explanation, OperationDecision, Source } from "../../runtime-ts/index.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import type { Session } from "../session.ts";
import { withWorld } from "../world/with-world.ts";
import { writeLines, writeText } from "../write-text.ts";
import { decidedByLine, errorLine, missLine, sourceLine } from "./explanation-lines.ts";
import { failedLine } from "./failed-check.ts";
import {
  type AskedQuestion,
  contextOf,
  type QuestionOptions,
  questionOf,
  questionOptions,
} from "./question.ts";

interface ExplainingOptions extends QuestionOptions {
  readonly misses: number;
  readonly effects?: true;
}

export function addExplain(program: Command, session: Session): void {
  questionOptions(
    program.command("explain").description("decide one question and say everything that decides it"),
  )
    .option("--misses <n>", "how many changes of each kind that would allow a denial", wholeNumber, 10)
    .option("--effects", "count how many other decisions each of these changes would change")
    .option("--json", "print the explanation as JSON")
    .addHelpText("after", help)
    .action(async (options: ExplainingOptions) => session.finish(await explain(options, session.io)));
}

function wholeNumber(text: string): number {
  if (/^[0-9]{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("expected a whole number.");
}

const help = `
Prints the decision as check does, then every source that allows it, one a line: of a role or permit its level, who holds it,
the business unit from which it reaches, and the line that grants it; of an inherited share the records above it. Exit code
0 is allow, 1 is deny. A denial names the first step that failed: disabled, forbid, privilege or access. Conditions that
could not be worked out follow: a permit with such an error does not apply, a forbid does.

Of a denial for lack of privilege or access the nearest misses follow: single changes that would each allow it, of each kind
at most --misses (0: none). "share": the right on this record, for the user himself; "assign-role": one more role, of which
business unit; "join-team"; "grant": the lowest level that suffices in a role which he holds, for all who hold it;
"move-user": to another business unit, with what becomes of roles and records then. Each has been tried and taken back.
With --effects each says how many other decisions it would change, of all users about all loaded records and task
privileges; the fewest come first. In a large world that may take long.

With --json: { "allowed": boolean, "reason": text, "sources": [{ "kind", "name"?, "holder"?: { "user" } or { "team" },
"level"?, "businessUnit"?, "line"?, "role"?, "to"?, "from"?: [{ "entity", "id" }, …] }, …], "errors": [{ "role"?,
"guardrail"?, "message" }, …], "misses": [{ "kind", "record"?: { "entity", "id" }, "right"?, "role"?, "businessUnit"?,
"team"?, "action"?, "entity"?, "level"?, "insteadOf"?, "effects"?: number }, …], "missesCut": boolean, whether there may be more,
"decidedBy"?: { "entity", "id" } }.
Of --operation the sources are those of its own right, by kind and name; a refusal names the check that failed, with --json
as "failed": { "rule", "action", "record"?, "principal" }, and has no misses. Of --column they are those of the record.

Example:
  bailiwick explain --policy policies/ --principal alice --action read --record Account/acc1`;

/** What is known of any kind of question. */
interface Explained extends Omit<Explanation, "sources">, Pick<OperationDecision, "failed"> {
  readonly sources: readonly (Source | Explanation["sources"][number])[];
}

function decide(asked: AskedQuestion, options: ExplainingOptions, engine: Engine): Explained {
  const { misses, effects = false } = options;
  if (asked.kind === "check") return engine.explain(asked.request, { misses, effects });
  const nothing = { errors: [], misses: [], missesCut: false };
  if (asked.kind === "can")
    return { ...nothing, ...engine.can(options.principal, asked.operation, contextOf(options)) };
  const { request } = asked;
  const decision = engine.checkColumn(request);
  const { principal, entity, id } = request;
  if (id === undefined || decision.reason === "column") return { ...nothing, ...decision };
  // Access to the record decides: first and on its own (semantics.md F1).
  const action = request.action === "write" ? "write" : "read";
  const of = { principal, action, resource: { entity, id }, ...contextOf(options) };
  return engine.explain(of, { misses, effects });
}

/** Everything behind the decision, one thing a line. */
function linesOf(explained: Explained, user: string): string[] {
  const { sources, errors, failed, decidedBy, misses, missesCut } = explained;
  return [
    ...(failed === undefined ? [] : [failedLine(failed)]),
    ...(decidedBy === undefined ? [] : [decidedByLine(decidedBy)]),
    ...sources.map(sourceLine),
    ...errors.map(errorLine),
    ...misses.map((miss) => missLine(miss, user)),
    ...(missesCut
      ? ["there may be more changes that would allow it: --misses says how many are listed"]
      : []),
  ];
}

function explain(options: ExplainingOptions, io: Io): Promise<ExitCode> {
  return withWorld(options, io, async ({ engine }) => {
    const explained = decide(questionOf(options, engine), options, engine);
    const { allowed, reason, sources, errors, misses, missesCut, ...more } = explained;
    if (options.json === true) {
      const answer = { allowed, reason, sources, errors, misses, missesCut, ...more };
      writeText(io.stdout, JSON.stringify(answer, null, 2));
    } else {
      writeText(io.stdout, `${allowed ? "allow" : "deny"} ${reason}`);
      await writeLines(
        io.stdout,
        linesOf(explained, options.principal).map((line) => `  ${line}`),
      );
    }
    return allowed ? exitCodes.yes : exitCodes.no;
  });
}
