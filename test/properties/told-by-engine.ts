// A story as the engine tells it.
import type { Engine, Operation } from "../../runtime-ts/index.ts";
import type { Project } from "./project.ts";
import type { OperationPlan, Written } from "./script-plan.ts";
import { valuesAsJson } from "./to-tables.ts";
import type { Said } from "./told-by-twin.ts";

/** Values as the programming interface takes them; null empties. */
export function attributesWritten(
  entity: string,
  { attributes, clear, parent }: Written,
  project: Project,
): Record<string, unknown> {
  const plan = project.entities.find(({ name }) => name === entity);
  const values = valuesAsJson(plan?.attributes ?? [], attributes);
  for (const name of clear) values[name] = null;
  if (plan?.lookup !== undefined && parent !== undefined) values[plan.lookup.name] = parent;
  return values;
}

export function operationForEngine(plan: OperationPlan, project: Project): Operation {
  if (plan.kind !== "create" && plan.kind !== "update") return plan;
  const { attributes: _, clear, parent, ...operation } = plan;
  const entity = plan.kind === "create" ? plan.entity : plan.record.entity;
  return { ...operation, attributes: attributesWritten(entity, plan, project) } as Operation;
}

/** What the engine says of an operation; nothing changes. */
export function askEngine(engine: Engine, user: string, plan: OperationPlan, project: Project): Said {
  const { allowed, reason, failed } = engine.can(user, operationForEngine(plan, project));
  return { done: allowed, reason, ...(failed === undefined ? {} : { check: wordsOf(failed) }) };
}

type Failed = NonNullable<ReturnType<Engine["can"]>["failed"]>;

function wordsOf({ action, record, principal }: Failed): string {
  const whose = "user" in principal ? `user ${principal.user}` : `team ${principal.team}`;
  return `${action} of ${record?.entity ?? "-"}/${record?.id ?? "-"} by ${whose}`;
}
