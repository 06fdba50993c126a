import type { Policy } from "../policy.ts";
import { type ValueNames, valueProblem } from "../values.ts";
import { Columns, isEmpty, type TablePlace } from "./columns.ts";

/** Checks request contexts, column by column; an empty cell is absent. Throws BWK430, BWK434. */
export function validateContexts(
  policy: Policy,
  names: ValueNames,
  columns: Readonly<Record<string, ArrayLike<unknown>>>,
  place: TablePlace | undefined,
): void {
  const table = new Columns(columns, [...policy.context.keys()], "context", place);
  for (const attribute of policy.context.values()) {
    const column = table.get(attribute.name);
    for (let row = 0; column !== undefined && row < column.length; row++) {
      if (isEmpty(column.at(row))) continue;
      const problem = valueProblem(attribute, column.at(row), names);
      if (problem !== undefined) throw table.error("BWK434", row, attribute.name, problem);
    }
  }
}
