// semantics.md section 8 as questions and changes: columns of records, and shares of columns.
import { columnAllows } from "../columns.ts";
import { passesGate } from "../gate.ts";
import { isAdministrator } from "../grants.ts";
import type { PlainWorld } from "../plain-world.ts";
import { hasRight } from "../rights.ts";
import type { Checked, Inquiry } from "./inquiry.ts";
import type { Operation } from "./operation.ts";

type Of<Kind extends Operation["kind"]> = Extract<Operation, { kind: Kind }>;

/** F1: record access first and on its own, to read or to write; then the column. */
export function* checksOfColumn(
  inquiry: Inquiry,
  { action, record, attribute }: Of<"column">,
): Generator<Checked> {
  const facts = inquiry.factsOf(record);
  yield inquiry.right("F1", action === "write" ? "write" : "read", facts);
  const allowed = columnAllows(inquiry.world, inquiry.user, action, record.entity, attribute, facts);
  yield allowed ? { sources: [] } : inquiry.refuse("column", "F1", action, facts);
}

/** Whether a column may be set where a record is created: there is no record to have access to yet, so after the gate it is the column alone. */
export function* checksOfCreatedColumn(
  inquiry: Inquiry,
  { entity, attribute }: Of<"create column">,
): Generator<Checked> {
  const { world, facts, user } = inquiry;
  if (!passesGate(facts, user)) yield inquiry.refuse("disabled", "F1", "create");
  const allowed = columnAllows(world, user, "create", entity, attribute, undefined);
  const kind = isAdministrator(facts, user, undefined) ? "administrator" : "column";
  yield allowed ? { sources: [{ kind }] } : inquiry.refuse("column", "F1", "create");
}

/** F3, as A10: share and read on the record, and each granted right on the column. */
export function* checksOfColumnShare(
  inquiry: Inquiry,
  { record, attribute, rights }: Of<"share column">,
): Generator<Checked> {
  const facts = inquiry.factsOf(record);
  yield inquiry.right("A10", "share", facts);
  yield inquiry.right("A10", "read", facts);
  for (const action of ["read", "write"] as const)
    if (hasRight(rights, action) && inquiry.facts.policy.settings.sharerNeedsGrantedRights)
      yield* checksOfColumn(inquiry, { kind: "column", action, record, attribute });
}

export function effectOfColumnShare(world: PlainWorld, share: Of<"share column">): void {
  const { record, attribute, principal } = share;
  const adds = world.policy.settings.grantAddsToShare;
  const before = adds ? world.columnMask(record, attribute, principal) : 0;
  world.setColumnShare({ record, attribute, principal, rights: before | share.rights });
}
