// Attributes by name. Entities may have many and be referred to often, so each list is indexed once.
import type { Attribute } from "./model.ts";
import { NameSpace } from "./name-space.ts";

const positions = new WeakMap<readonly Attribute[], ReadonlyMap<string, number>>();
const spaces = new WeakMap<readonly Attribute[], Map<string, NameSpace<true>>>();

/** Where an attribute stands in its list; -1 where there is none of this name. */
export function attributePosition(attributes: readonly Attribute[], name: string): number {
  let index = positions.get(attributes);
  if (index === undefined) {
    index = new Map(attributes.map((attribute, position) => [attribute.name, position]));
    positions.set(attributes, index);
  }
  return index.get(name) ?? -1;
}

export function findAttribute(attributes: readonly Attribute[], name: string): Attribute | undefined {
  return attributes[attributePosition(attributes, name)];
}

/** The names that may stand in a place: attributes, and words that the language gives there. For what is unknown. */
export function attributeNames(
  kind: "attribute" | "field",
  attributes: readonly Attribute[],
  of: string,
  words: readonly string[] = [],
): NameSpace<true> {
  const known = spaces.get(attributes) ?? new Map<string, NameSpace<true>>();
  spaces.set(attributes, known);
  const key = `${kind} ${of}`;
  let names = known.get(key);
  if (names === undefined) {
    names = new NameSpace<true>(kind, undefined, of);
    for (const name of [...words, ...attributes.map((attribute) => attribute.name)])
      names.builtIn(name, true);
    known.set(key, names);
  }
  return names;
}
