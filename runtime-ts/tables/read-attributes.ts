import { TYPE_STRING } from "../../runtime-as/abi.ts";
import { ColumnBuffer } from "../columns/column-buffer.ts";
import type { ValueEncoder } from "../columns/value-encoder.ts";
import type { Attribute } from "../policy.ts";
import { type ValueNames, valueProblem } from "../values.ts";
import { type Columns, isEmpty } from "./columns.ts";

/** Whether a value fits; a column that is kept writes it, too. */
type Take = (row: number, cell: unknown) => boolean;

/** Checks every cell of an attribute's column. Throws BWK433, BWK434. */
function readColumn(columns: Columns, attribute: Attribute, names: ValueNames, take: Take): void {
  const column = columns.get(attribute.name);
  if (column === undefined) return;
  for (let row = 0; row < column.length; row++) {
    const cell = column.at(row);
    if (isEmpty(cell)) {
      if (attribute.optional) continue;
      const words = "the cell is empty, and the attribute is not optional";
      throw columns.error("BWK433", row, attribute.name, words);
    }
    if (take(row, cell)) continue;
    const problem = valueProblem(attribute, cell, names) ?? "no value of this attribute";
    throw columns.error("BWK434", row, attribute.name, problem);
  }
}

/** Checks an attribute that no condition reads. Throws BWK433, BWK434. */
export function checkAttribute(columns: Columns, attribute: Attribute, names: ValueNames): void {
  const isString = attribute.type === TYPE_STRING;
  readColumn(
    columns,
    attribute,
    names,
    (_, cell) => (isString && typeof cell === "string") || valueProblem(attribute, cell, names) === undefined,
  );
}

/** Reads an attribute into a column; undefined where the table does not have it. Throws BWK426, BWK433, BWK434. */
export function readAttribute(
  columns: Columns,
  attribute: Attribute,
  names: ValueNames,
  encoder: ValueEncoder,
): ColumnBuffer | undefined {
  if (columns.get(attribute.name) === undefined) return undefined;
  const buffer = new ColumnBuffer(columns.length);
  const write = encoder.writer(attribute);
  readColumn(columns, attribute, names, (row, cell) => write(buffer, row, cell));
  return buffer;
}
