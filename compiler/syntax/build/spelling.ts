// The synonyms of language.md section 2: the tree holds the first spelling, the span still shows what was written.
import type { NameNode, ReferenceNode } from "../ast.ts";

const levels: ReadonlyMap<string, string> = new Map([
  ["basic", "user"],
  ["local", "businessUnit"],
  ["deep", "parentChild"],
  ["global", "organization"],
]);

export function canonicalLevel<T extends NameNode | undefined>(node: T): T {
  const level = node === undefined ? undefined : levels.get(node.value);
  return level === undefined ? node : { ...node, value: level };
}

/** `update` is accepted for `write`. */
export function canonicalAction<T extends ReferenceNode>(node: T): T {
  if (node.kind === "EntityId") return { ...node, id: canonicalAction(node.id) };
  return node.value === "update" ? { ...node, value: "write" } : node;
}
