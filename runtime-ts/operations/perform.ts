import {
  ACTION_SHARE,
  CASCADE_SHARE,
  NONE,
  OWNED_BY_PRINCIPAL,
  TEAM_ACCESS,
  TEAM_BIT,
} from "../../runtime-as/abi.ts";
import { BailiwickError } from "../errors.ts";
import { entityNumber } from "../names.ts";
import { quote } from "../quote.ts";
import { putColumnShare } from "../secured/column-editor.ts";
import { Asking } from "./asking.ts";
import { decidePlan } from "./decide.ts";
import { assign } from "./effects/assign.ts";
import { create } from "./effects/create.ts";
import { deleteRecord, deletionOf } from "./effects/delete.ts";
import { fitTogether, merge } from "./effects/merge.ts";
import { setLookups } from "./effects/set-lookups.ts";
import { addShare, replaceShare } from "./effects/share.ts";
import { update } from "./effects/update.ts";
import type { Caller, Ground } from "./ground.ts";
import { isActive } from "./inactive.ts";
import type { Operation, OperationDecision } from "./operation.ts";
import type { Plan, PlanOf } from "./plan.ts";
import { planOf } from "./plan-of.ts";
import { malformed, readPrincipal } from "./read-operation.ts";
import { withAllBelow } from "./relations.ts";

/** What an operation does once it is allowed, with its cascades. */
function takeEffect(ground: Ground, caller: Caller, plan: Plan): void {
  switch (plan.kind) {
    case "create":
      create(ground, plan.record, plan.record.id as string);
      return;
    case "update":
      update(ground, plan);
      return;
    case "assign":
      assign(ground, plan.record, plan.to);
      return;
    case "share": {
      // Children on which the sharer has no share right are left out (semantics.md S5): as things stand, for what he shares
      // with himself may take the right away.
      const asking = new Asking(ground, caller);
      const below = [...withAllBelow(ground, plan.record, CASCADE_SHARE)];
      const admitted = new Set(
        below.filter((child) => asking.right("S5", ACTION_SHARE, child).denial() === undefined),
      );
      const reaches = (child: number) => admitted.has(child);
      addShare(ground, plan.record, plan.with, plan.mask, reaches);
      return;
    }
    case "unshare":
      replaceShare(ground, plan.record, plan.with, 0);
      return;
    case "shareColumn":
      putColumnShare(ground, plan.record, plan.share, "share");
      return;
    case "unshareColumn":
      putColumnShare(ground, plan.record, plan.share, "replace");
      return;
    case "append":
      setLookups(ground, plan.record, [plan.setting]);
      return;
    case "associate":
      return;
    case "delete":
      deleteRecord(ground, plan.record);
      return;
    case "merge":
      merge(ground, plan.record, plan.into);
  }
}

/**
 * Does something on behalf of a user, if it is allowed (semantics.md section 6). Returns the decision; a refusal has changed
 * nothing. Throws BWK440 to BWK442 as `decideOperation`, and what the editor throws: BWK414, BWK432 to BWK434.
 */
export function performOperation(ground: Ground, caller: Caller, operation: Operation): OperationDecision {
  const plan = planOf(ground, caller.user, operation);
  if (plan.kind === "create" && plan.record.id === undefined) {
    throw new BailiwickError("BWK441", "a record that is created needs an `id`");
  }
  const decision = decidePlan(ground, caller, plan);
  if (decision.allowed) takeEffect(ground, caller, plan);
  return decision;
}

/** Access teams own nothing (semantics.md T5). */
function mayHold({ loaded }: Ground, principal: number | undefined): void {
  const { teams } = loaded.world;
  if (principal === undefined || principal === NONE || (principal & TEAM_BIT) === 0) return;
  const team = principal & ~TEAM_BIT;
  if (teams.kinds[team] !== TEAM_ACCESS) return;
  throw new BailiwickError("BWK305", `access team ${quote(teams.names[team] as string)} cannot own records`);
}

/** Only records of users and teams are assigned and shared. Throws BWK442. */
export function mustHaveOwner({ policy, editor }: Ground, record: number): void {
  const entity = policy.entities[editor.entityOf(record)];
  if (entity?.ownership === OWNED_BY_PRINCIPAL) return;
  throw new BailiwickError(
    "BWK442",
    `record ${quote(editor.idOf(record))} has no owner, so it can be neither assigned nor shared`,
  );
}

/** Different active records of one entity (semantics.md A9, A11): others would leave lookups that lead astray. */
function mustMerge(ground: Ground, { record, into }: PlanOf<"merge">): void {
  if (fitTogether(ground, record, into) && isActive(ground, record) && isActive(ground, into)) return;
  const [given, kept] = [record, into].map((each) => quote(ground.editor.idOf(each)));
  throw new BailiwickError(
    "BWK447",
    `record ${given} cannot be merged into ${kept}`,
    "only different active records of one entity are merged",
  );
}

/**
 * What an operation does when an administrator makes it happen: nobody is asked; a creation is its owner's. Throws BWK305,
 * BWK447 where a child forbids a deletion and for records that cannot be merged, and as `performOperation`.
 */
export function administer(ground: Ground, operation: Operation): void {
  let creator = NONE;
  if (operation.kind === "create") {
    if (operation.id === undefined) throw malformed("a record that is created needs an `id`");
    const number = entityNumber(ground.policy, operation.entity);
    if (operation.owner !== undefined) {
      creator = readPrincipal(ground.loaded.world, operation.owner, "`owner`");
    } else if (ground.policy.entities[number]?.ownership === OWNED_BY_PRINCIPAL) {
      throw malformed("a record that is created needs an `owner`");
    }
  }
  const plan = planOf(ground, creator, operation);
  if (plan.kind === "create") mayHold(ground, plan.record.owner);
  if (plan.kind === "assign" || plan.kind === "share" || plan.kind === "unshare")
    mustHaveOwner(ground, plan.record);
  if (plan.kind === "assign") mayHold(ground, plan.to);
  if (plan.kind === "update") mayHold(ground, plan.owner);
  if (plan.kind === "merge") mustMerge(ground, plan);
  if (plan.kind === "delete") {
    const { restrictedBy } = deletionOf(ground, plan.record);
    if (restrictedBy !== NONE) {
      const child = quote(ground.editor.idOf(restrictedBy));
      throw new BailiwickError("BWK447", `record ${child} leads to it and forbids its deletion`);
    }
  }
  if (plan.kind === "share") addShare(ground, plan.record, plan.with, plan.mask);
  else takeEffect(ground, { user: NONE, context: undefined }, plan);
}
