// Why a question was decided as it was, in words.
import { actions, printName } from "../compiler/index.ts";
import { type Explanation, reasonOf, type Source } from "../runtime-ts/index.ts";
import { type Asked, explain } from "./ask.ts";
import type { Stage } from "./stage.ts";

/** Every source that allows, or the step that failed. */
export function whyOf(stage: Stage, asked: Asked): string {
  const { allowed, reason, sources } = explain(stage, asked);
  return allowed ? sourcesText(sources) : stepText(stage, asked, reason);
}

/** `role Salesperson, owner`: each once, in the engine's order. */
export function sourcesText(sources: Explanation["sources"]): string {
  return [...new Set(sources.map(sourceText))].join(", ");
}

function sourceText(source: Source): string {
  const reason = reasonOf(source);
  if (source.kind !== "share" && source.kind !== "parent") return reason;
  const how = source.kind === "share" ? "with" : "inherited by";
  return `${reason} ${how} ${source.name === undefined ? source.to : `${source.to} ${printName(source.name)}`}`;
}

function stepText({ policy }: Stage, { user, operation }: Asked, reason: string): string {
  const what =
    operation.kind === "right" || operation.kind === "delete"
      ? `${operation.kind === "right" ? actions[operation.action] : "delete"} on ${printName(policy.entities[operation.record.entity]?.name ?? "")}`
      : printName(operation.kind === "task" ? (policy.tasks[operation.task]?.name ?? "") : operation.kind);
  const who = printName(user);
  switch (reason) {
    case "privilege":
      return `privilege: no role of ${who} or of a team of ${who} grants ${what}`;
    case "access":
      return `access: ${who} is granted ${what}, and no level, owner or share reaches this record`;
    case "disabled":
      return `disabled: ${who}, or a business unit that ${who} is in, is disabled`;
    default:
      return reason;
  }
}
