// One question of a test, put to the engine.
import { actions, type Operation, type RequestContext } from "../compiler/index.ts";
import type { CheckRequest, Decision, FailedCheck, Source } from "../runtime-ts/index.ts";
import { type Composite, engineOperation, recordName, recordsOf } from "./engine-operation.ts";
import { plainValues } from "./plain-values.ts";
import type { Stage } from "./stage.ts";

export interface Asked {
  readonly user: string;
  readonly operation: Operation;
  readonly context: RequestContext;
}

/** Decision, reason and sources; where an operation with several checks is refused, the check that failed. */
export interface Answer extends Decision {
  readonly sources: readonly Source[];
  readonly failed?: FailedCheck | undefined;
  /** A record that is not there (any more). */
  readonly missing?: string;
}

/** A task privilege that every project has (semantics.md A9). */
const anyTask = "Merge";

/** Whether it is allowed; asked often for the sets of `rights`, `who can` and `list`. */
export function isAllowed(stage: Stage, asked: Asked): boolean {
  const { operation } = asked;
  if (operation.kind !== "right" || missingOf(stage, operation) !== undefined)
    return answer(stage, asked).allowed;
  return stage.engine.check(requestOf(stage, asked, operation)).allowed;
}

/** Everything about it. */
export function answer(stage: Stage, asked: Asked): Answer {
  const { operation } = asked;
  const missing = missingOf(stage, operation);
  // What is deleted is in the wrong state for everything (language.md section 8); the gate comes before that.
  if (missing !== undefined) {
    const { reason } = stage.engine.check({ principal: asked.user, action: anyTask });
    if (reason === "disabled") return { allowed: false, reason, sources: [] };
    return { allowed: false, reason: "state", sources: [], missing };
  }
  switch (operation.kind) {
    case "right":
    case "task":
      return stage.engine.explain(requestOf(stage, asked, operation), { misses: 0 });
    case "column":
    case "create column":
      return askColumn(stage, asked, operation);
    default:
      return askComposite(stage, asked, operation);
  }
}

function askComposite(stage: Stage, asked: Asked, operation: Composite): Answer {
  return stage.engine.can(asked.user, engineOperation(stage.policy, operation), contextOf(stage, asked));
}

function askColumn(
  stage: Stage,
  asked: Asked,
  operation: Extract<Operation, { kind: "column" | "create column" }>,
): Answer {
  const { user: principal } = asked;
  const column = operation.attribute;
  const about =
    operation.kind === "column"
      ? { action: operation.action, ...recordName(stage.policy, operation.record) }
      : { action: "create", entity: stage.policy.entities[operation.entity]?.name ?? "" };
  return stage.engine.checkColumn({ principal, column, ...about, ...contextOf(stage, asked) });
}

function missingOf(stage: Stage, operation: Operation): string | undefined {
  return recordsOf(operation).find((record) => !stage.has(record))?.id;
}

function requestOf(
  stage: Stage,
  asked: Asked,
  operation: Extract<Operation, { kind: "right" | "task" }>,
): CheckRequest {
  const { policy } = stage;
  const request = { principal: asked.user, ...contextOf(stage, asked) };
  if (operation.kind === "task") return { ...request, action: policy.tasks[operation.task]?.name ?? "" };
  const resource = recordName(policy, operation.record);
  return { ...request, action: actions[operation.action] ?? "", resource };
}

export function contextOf(
  { policy }: Stage,
  { context }: Pick<Asked, "context">,
): { readonly context?: Record<string, unknown> } {
  return context.size === 0 ? {} : { context: plainValues(policy.context, context) };
}
