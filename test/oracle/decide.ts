// semantics.md section 1: one right of one user on one record, or one task privilege.
import type { Action, User } from "../../compiler/model/model.ts";
import { reach } from "./access.ts";
import type { Conditions } from "./conditions.ts";
import type { Facts, RecordFacts } from "./facts.ts";
import { forbidOnRecord, forbidOnTask } from "./forbids.ts";
import { grantsOfTask, grantsOnRecord, isAdministrator } from "./grants.ts";
import { rightExists } from "./rights.ts";
import { allow, type Decision, deny, denyBy, type Source } from "./sources.ts";

/** Steps 1 to 5; step 0 is asked before. */
export function decideRecord(
  facts: Facts,
  user: User,
  action: Action,
  record: RecordFacts,
  conditions: Conditions,
): Decision {
  const forbid = forbidOnRecord(facts, user, action, record, conditions); // 1 FORBID
  if (record.entity.ownership === "parent") {
    if (forbid !== undefined) return denyBy(forbid.id);
    // E2: the same question about the parent record. Without one, nothing puts the record in reach.
    const parent = facts.parentOf(record);
    return parent === undefined ? deny("access") : decideRecord(facts, user, action, parent, conditions);
  }
  // E6: a right that the entity's ownership does not have.
  const exists = rightExists(action, record.entity.ownership);
  // Asked whatever decides: errors of conditions are reported behind a forbid as well.
  const grants = exists ? grantsOnRecord(facts, user, action, record, conditions) : []; // 3 GRANTS
  if (forbid !== undefined) return denyBy(forbid.id);
  if (!exists) return deny("privilege");
  const administrator = isAdministrator(facts, user, record); // 2 ADMIN
  if (!administrator && grants.length === 0) return deny("privilege"); // 4 PRIVILEGE
  // Every source that would allow is reported, of administrators too.
  const sources: Source[] = administrator ? [{ kind: "administrator" }] : [];
  sources.push(...reach(facts, user, action, record, grants)); // 5 ACCESS
  return sources.length === 0 ? deny("access") : allow(facts.policy, sources);
}

/** Steps 1 to 4 for a task privilege, which has no record to reach. */
export function decideTask(facts: Facts, user: User, task: number, conditions: Conditions): Decision {
  const forbid = forbidOnTask(facts, user, task, conditions);
  const grants = grantsOfTask(facts, user, task, conditions);
  if (forbid !== undefined) return denyBy(forbid.id);
  const sources: Source[] = isAdministrator(facts, user, undefined) ? [{ kind: "administrator" }] : [];
  sources.push(...grants);
  return sources.length === 0 ? deny("privilege") : allow(facts.policy, sources);
}
