// semantics.md A10, S4 to S6: sharing a record, and revoking a share.
import { grantShare, replaceShare } from "../effects/share.ts";
import { grantsOnRecord, isAdministrator } from "../grants.ts";
import { keyOf } from "../plain-world.ts";
import { actionNames, hasRight } from "../rights.ts";
import type { Checked, Inquiry } from "./inquiry.ts";
import type { Operation } from "./operation.ts";

type Share = Extract<Operation, { kind: "share" }>;
type Unshare = Extract<Operation, { kind: "unshare" }>;

/** A10: share and read of the sharer; X7: each granted right; read of the sharee. */
export function* checksOfShare(inquiry: Inquiry, { record, principal, rights }: Share): Generator<Checked> {
  const facts = inquiry.factsOf(record);
  yield inquiry.right("A10", "share", facts);
  yield inquiry.right("A10", "read", facts);
  if (inquiry.facts.policy.settings.sharerNeedsGrantedRights)
    // S8: create in a share is ignored.
    for (const action of actionNames)
      if (action !== "create" && hasRight(rights, action)) yield inquiry.right("S6", action, facts);
  // S6 is about users: a team without roles may receive shares (T7), an access team has nothing else (T5).
  if (principal?.kind === "user") {
    const sharee = inquiry.facts.user(principal.name);
    const reads =
      isAdministrator(inquiry.facts, sharee, facts) ||
      grantsOnRecord(inquiry.facts, sharee, "read", facts, inquiry.conditions("read", sharee)).length > 0;
    yield reads ? { sources: [] } : inquiry.refuse("privilege", "A10", "read", facts, principal);
  }
}

/** S5: children on which the sharer has no share right are left out; that is decided before anything changes. */
export function effectOfShare(inquiry: Inquiry, { record, principal, rights }: Share): void {
  const { world } = inquiry;
  const shareable = new Set(
    [...world.records.values()]
      .filter((child) => "sources" in inquiry.right("S5", "share", inquiry.factsOf(child)))
      .map(keyOf),
  );
  grantShare(world, record, principal, rights, (child) => shareable.has(keyOf(child)));
}

/** Revoking needs share and read (language.md section 8). */
export function* checksOfUnshare(inquiry: Inquiry, { record }: Pick<Unshare, "record">): Generator<Checked> {
  const facts = inquiry.factsOf(record);
  yield inquiry.right("A10", "share", facts);
  yield inquiry.right("A10", "read", facts);
}

export function effectOfUnshare({ world }: Inquiry, { record, principal }: Unshare): void {
  replaceShare(world, record, principal, 0);
}
