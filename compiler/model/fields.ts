// Blocks of fields: `name: value, value;` (language.md section 1).
import type { FieldNode, ReferenceNode } from "../syntax/ast.ts";
import { attributeNames, findAttribute } from "./attributes.ts";
import { type Context, mistyped } from "./context.ts";
import type { Attribute, Value } from "./model.ts";
import { NameSpace } from "./name-space.ts";
import { asReference, written } from "./references.ts";
import { resolveValue } from "./resolve-values.ts";

/** What a block may hold: the fields that the language gives, and declared attributes. */
export interface Block {
  /** What follows "unknown field … of": `a user`, `` `Account` ``. */
  readonly of: string;
  readonly handlers: Readonly<Record<string, (field: FieldNode) => void>>;
  readonly attributes: readonly Attribute[];
  /** The help for a field that this block, of all blocks, cannot have. */
  readonly misplaced?: Readonly<Record<string, string>>;
}

/** Attribute values read: "none" where one is cleared. */
export type Values = ReadonlyMap<string, Value | "none">;

/** Reads a block: repeated names are BWK202, unknown ones BWK201. */
export function resolveFields(fields: readonly FieldNode[], block: Block, context: Context): Values {
  const values = new Map<string, Value | "none">();
  const given = new NameSpace<true>("field");
  for (const field of fields) {
    const name = field.name.value;
    if (name === "" || !given.declare(field.name, true, context.report)) continue;
    const handler = Object.hasOwn(block.handlers, name) ? block.handlers[name] : undefined;
    const attribute = findAttribute(block.attributes, name);
    if (handler !== undefined) handler(field);
    else if (attribute !== undefined) {
      const value = resolveValue(attribute, field.values, context);
      if (value !== undefined) values.set(name, value);
    } else {
      const known = attributeNames("field", block.attributes, block.of, Object.keys(block.handlers));
      const misplaced = block.misplaced ?? {};
      known.resolve(field.name, context.report, Object.hasOwn(misplaced, name) ? misplaced[name] : undefined);
    }
  }
  return values;
}

/** The values without those that are cleared. */
export function present(values: Values): ReadonlyMap<string, Value> {
  return new Map([...values].filter((entry): entry is [string, Value] => entry[1] !== "none"));
}

/** The one reference that a field asks for; BWK307 otherwise. */
export function oneReference(
  field: FieldNode,
  expected: string,
  context: Context,
): ReferenceNode | undefined {
  const [value, second] = field.values;
  if (second !== undefined)
    return mistyped(context, {
      span: second.span,
      expected: `one value: ${expected}`,
      found: written(second.span),
    });
  // A field without a value is a syntax error.
  if (value === undefined) return undefined;
  return asReference(value) ?? mistyped(context, { span: value.span, expected, found: written(value.span) });
}

/** The references of a list; each value that is none is BWK307. */
export function references(field: FieldNode, expected: string, context: Context): readonly ReferenceNode[] {
  return field.values.flatMap((value) => {
    const reference = asReference(value);
    return reference ?? mistyped(context, { span: value.span, expected, found: written(value.span) }) ?? [];
  });
}
