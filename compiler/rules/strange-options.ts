// Texts that a Choice is compared with and that are none of its options: such a comparison is false for every record.
import { partsOf, type Typed } from "../expressions/index.ts";
import type { Attribute, Policy } from "../model/model.ts";
import type { Span } from "../source.ts";

export interface StrangeOption {
  readonly span: Span;
  readonly text: string;
  readonly attribute: string;
  readonly options: readonly string[];
}

export function strangeOptions(typed: Typed, policy: Policy): readonly StrangeOption[] {
  const found: StrangeOption[] = [];
  const compare = (value: Typed, texts: readonly Typed[]): void => {
    const attribute = attributeOf(value, policy);
    if (attribute?.type.kind !== "Choice") return;
    const { options } = attribute.type;
    for (const text of texts)
      if (text.op === "constant" && typeof text.value === "string" && !options.includes(text.value))
        found.push({ span: text.span, text: text.value, attribute: attribute.name, options });
  };
  const visit = (node: Typed): void => {
    if (node.op === "equal") {
      compare(node.left, [node.right]);
      compare(node.right, [node.left]);
    } else if (node.op === "contains" && node.left.op === "set") compare(node.right, node.left.elements);
    for (const part of partsOf(node)) visit(part);
  };
  visit(typed);
  return found;
}

function attributeOf(value: Typed, { context, entities, principals }: Policy): Attribute | undefined {
  if (value.op !== "attribute") return undefined;
  const { owner, attribute } = value;
  const declared =
    owner === "context"
      ? context
      : typeof owner === "number"
        ? entities[owner]?.attributes
        : principals[owner];
  return declared?.[attribute];
}
