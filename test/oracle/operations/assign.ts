// semantics.md A4: assigning a record.
import { assignRecord, withAssignedChildren } from "../effects/records.ts";
import type { Checked, Inquiry } from "./inquiry.ts";
import type { Operation } from "./operation.ts";
import { mayOwn } from "./own.ts";

type Assign = Extract<Operation, { kind: "assign" }>;

/** Assign, write and read on the record as it is; A3 for the new owner on it and on every child that follows. */
export function* checksOfAssign(inquiry: Inquiry, { record, to }: Assign): Generator<Checked> {
  const facts = inquiry.factsOf(record);
  yield inquiry.right("A4", "assign", facts);
  yield inquiry.right("A4", "write", facts);
  yield inquiry.right("A4", "read", facts);
  for (const each of withAssignedChildren(inquiry.world, record))
    yield mayOwn(inquiry, to, inquiry.factsOf(each));
}

export function effectOfAssign({ world }: Inquiry, { record, to }: Assign): void {
  assignRecord(world, record, to);
}
