import type { Asking } from "../asking.ts";
import type { Plan } from "../plan.ts";
import { checksOfAssign } from "./assign.ts";
import { checksOfAssociate } from "./associate.ts";
import type { Checks } from "./check.ts";
import { checksOfCreate } from "./create.ts";
import { checksOfDelete } from "./delete.ts";
import { checksOfMerge } from "./merge.ts";
import { checksOfLookup } from "./set-lookup.ts";
import { checksOfShare, checksOfUnshare } from "./share.ts";
import { checksOfColumnShare } from "./share-column.ts";
import { checksOfUpdate } from "./update.ts";

/** The checks of an operation in their order (semantics.md section 6). */
export function checksOf(asking: Asking, plan: Plan, user: number): Checks {
  switch (plan.kind) {
    case "create":
      return checksOfCreate(asking, plan, user);
    case "update":
      return checksOfUpdate(asking, plan);
    case "assign":
      return checksOfAssign(asking, plan.record, plan.to);
    case "share":
      return checksOfShare(asking, plan);
    case "unshare":
      return checksOfUnshare(asking, plan);
    case "shareColumn":
    case "unshareColumn":
      return checksOfColumnShare(asking, plan);
    case "append":
      return checksOfLookup(asking, plan.record, plan.setting.target);
    case "associate":
      return checksOfAssociate(asking, plan);
    case "delete":
      return checksOfDelete(asking, plan);
    case "merge":
      return checksOfMerge(asking, plan);
  }
}
