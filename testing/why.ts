// Why a question was decided as it was, in words.
import { actions, type Operation, type Policy, printName } from "../compiler/index.ts";
import { type FailedCheck, reasonOf, type Source } from "../runtime-ts/index.ts";
import { type Answer, type Asked, answer } from "./ask.ts";
import type { Stage } from "./stage.ts";

/** Every source that allows, or the check that failed. */
export function whyOf(stage: Stage, asked: Asked): string {
  return answerText(stage.policy, asked, answer(stage, asked));
}

/** The same of an answer that is there already. */
export function answerText(policy: Policy, { user, operation }: Asked, given: Answer): string {
  const { allowed, reason, sources, failed, missing } = given;
  if (allowed) return sources.length === 0 ? "allowed" : sourcesText(sources);
  if (missing !== undefined) return `state: there is no record ${printName(missing)} (any more)`;
  if (failed !== undefined) return failedText(failed, reason);
  return stepText(printName(user), wordsOf(policy, operation), reason);
}

/** `role Salesperson, owner`: each once, in the engine's order. */
export function sourcesText(sources: readonly Source[]): string {
  return [...new Set(sources.map(sourceText))].join(", ");
}

function sourceText(source: Source): string {
  const reason = reasonOf(source);
  if (source.kind !== "share" && source.kind !== "parent") return reason;
  const how = source.kind === "share" ? "with" : "inherited by";
  return `${reason} ${how} ${source.name === undefined ? source.to : `${source.to} ${printName(source.name)}`}`;
}

/** What a right or a task is called. */
function wordsOf({ entities, tasks }: Policy, operation: Operation): string {
  switch (operation.kind) {
    case "task":
      return printName(tasks[operation.task]?.name ?? "");
    case "right":
      return `${actions[operation.action]} on ${printName(entities[operation.record.entity]?.name ?? "")}`;
    case "column":
      return `${operation.action} of ${columnWords(entities[operation.record.entity], operation.attribute)}`;
    case "create column":
      return `create of ${columnWords(entities[operation.entity], operation.attribute)}`;
    default:
      return operation.kind;
  }
}

const columnWords = (entity: Policy["entities"][number] | undefined, attribute: string): string =>
  `the column ${printName(attribute)} of ${printName(entity?.name ?? "")}`;

/** The check of several that failed: whose it is, on what, and the rule of semantics.md that asks for it. */
function failedText({ rule, action, record, principal }: FailedCheck, reason: string): string {
  const who = printName("user" in principal ? principal.user : principal.team);
  const entity = record === undefined ? undefined : printName(record.entity);
  const which = record?.id === undefined ? "" : ` (${printName(record.id)})`;
  const of = `${rule}: `;
  if (reason === "owner") return `owner: ${of}${who} may not own a record of ${entity}${which}`;
  if (reason === "state") return `state: ${of}${entity}${which} is not in the state for \`${action}\``;
  const what = entity === undefined ? printName(action) : `${action} on ${entity}`;
  return `${stepText(who, what, reason, of)}${reason === "access" ? which : ""}`;
}

function stepText(who: string, what: string, reason: string, of = ""): string {
  switch (reason) {
    case "privilege":
      return `privilege: ${of}no role of ${who} or of a team of ${who} grants ${what}`;
    case "access":
      return `access: ${of}${who} is granted ${what}, and no level, owner or share reaches this record`;
    case "disabled":
      return `disabled: ${of}${who}, or a business unit that ${who} is in, is disabled`;
    case "column":
      return `column: ${of}no column profile of ${who} and no share of the column gives ${what}`;
    default:
      return reason;
  }
}
