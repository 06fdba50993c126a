// One question of a test, put to the engine.
import { actions, type Operation, type RequestContext, type Value } from "../compiler/index.ts";
import type { CheckRequest, Explanation } from "../runtime-ts/index.ts";
import type { Stage } from "./stage.ts";

export interface Asked {
  readonly user: string;
  readonly operation: Operation;
  readonly context: RequestContext;
}

/** Whether it is allowed, and the engine's reason. */
export function decide(stage: Stage, asked: Asked): { readonly allowed: boolean; readonly reason: string } {
  return stage.engine.check(requestOf(stage, asked));
}

/** The same with every source. */
export function explain(stage: Stage, asked: Asked): Explanation {
  return stage.engine.explain(requestOf(stage, asked));
}

function requestOf({ policy }: Stage, { user, operation, context }: Asked): CheckRequest {
  const request = context.size === 0 ? {} : { context: contextOf(context) };
  if (operation.kind === "task")
    return { principal: user, action: policy.tasks[operation.task]?.name ?? "", ...request };
  if (operation.kind !== "right" && operation.kind !== "delete")
    throw new TypeError(`\`${operation.kind}\` is no single right`);
  const { entity, id } = operation.record;
  return {
    principal: user,
    action: operation.kind === "delete" ? "delete" : (actions[operation.action] ?? ""),
    resource: { entity: policy.entities[entity]?.name ?? "", id },
    ...request,
  };
}

function contextOf(context: RequestContext): Record<string, unknown> {
  return Object.fromEntries([...context].map(([name, value]) => [name, plain(value)]));
}

/** A value as a caller of the engine would give it. */
function plain(value: Value): unknown {
  switch (value.kind) {
    case "Record":
      return value.id;
    case "Unit":
      return value.name;
    case "Principal":
      return `${value.principal.kind === "team" ? "Team" : "User"}::${JSON.stringify(value.principal.name)}`;
    default:
      return value.value;
  }
}
