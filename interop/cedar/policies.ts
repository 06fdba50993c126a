// The Cedar policies of a project, in the order of a check (semantics.md section 1).
import { accessPolicies } from "./access.ts";
import { administratorPolicies } from "./administrators.ts";
import type { Export } from "./context.ts";
import { forbidPolicies, gatePolicy } from "./forbids.ts";
import { type CedarPolicy, writePolicy } from "./policy.ts";
import { guarded } from "./risky-forbids.ts";
import { sharePolicies } from "./shares.ts";
import { taskPolicies } from "./tasks.ts";

/** All of them, but for those whose condition never holds. */
export function writePolicies(context: Export): string {
  const permits = [
    ...administratorPolicies(context),
    ...context.grants.flatMap((grant) => accessPolicies(grant, context)),
    ...sharePolicies(context),
    ...taskPolicies(context),
  ];
  const policies: readonly CedarPolicy[] = [
    gatePolicy(context),
    ...forbidPolicies(context),
    ...permits.map((permit) => guarded(permit, context)),
  ];
  return policies
    .filter(({ when }) => !when.includes("false"))
    .map((policy) => `${writePolicy(policy, context.names)}\n`)
    .join("\n");
}
