import { BailiwickError } from "../errors.ts";
import { quote } from "../quote.ts";
import { didYouMean } from "../suggest.ts";
import type { Reference } from "./declarations.ts";

/** Something that lies under something of its kind: a business unit or a position. */
export interface TreeNode {
  readonly path: string;
  readonly name: string;
  readonly parent: Reference | undefined;
}

function indexed<T extends TreeNode>(nodes: readonly T[], kind: string): Map<string, T> {
  const byName = new Map<string, T>();
  for (const node of nodes) {
    const first = byName.get(node.name);
    if (first !== undefined) {
      throw new BailiwickError(
        "BWK422",
        `${node.path}: ${kind} ${quote(node.name)} is declared twice`,
        `the first one is ${first.path}`,
      );
    }
    byName.set(node.name, node);
  }
  return byName;
}

/**
 * The directory's nodes on top of the policy's, in that order. A directory may repeat what the policy declares, under the
 * same parent; `merge` says what the two make together.
 */
export function mergeTrees<T extends TreeNode>(
  declared: readonly T[],
  added: readonly T[],
  kind: string,
  merge: (first: T, second: T) => T,
): Map<string, T> {
  const merged = indexed(declared, kind);
  for (const node of indexed(added, kind).values()) {
    const first = merged.get(node.name);
    if (first !== undefined && first.parent?.name !== node.parent?.name) {
      const under = ({ parent }: T) => (parent === undefined ? "at the top" : `under ${quote(parent.name)}`);
      throw new BailiwickError(
        "BWK422",
        `${node.path}: ${kind} ${quote(node.name)} is ${under(node)} here and ${under(first)} in the policy`,
      );
    }
    merged.set(node.name, first === undefined ? node : merge(first, node));
  }
  return merged;
}

/** Throws BWK421 for an unknown parent, BWK423 where parents run in a circle. */
export function checkTree<T extends TreeNode>(
  nodes: ReadonlyMap<string, T>,
  kind: string,
  kinds: string,
): void {
  const rooted = new Set<string>();
  for (const start of nodes.values()) {
    const chain: string[] = [];
    const onChain = new Set<string>();
    let node: T = start;
    while (!rooted.has(node.name)) {
      chain.push(node.name);
      onChain.add(node.name);
      if (node.parent === undefined) break;
      const above = nodes.get(node.parent.name);
      if (above === undefined) {
        throw new BailiwickError(
          "BWK421",
          `${node.parent.path}: unknown ${kind} ${quote(node.parent.name)}`,
          didYouMean(node.parent.name, nodes.keys()),
        );
      }
      if (onChain.has(above.name)) {
        const circle = [...chain.slice(chain.indexOf(above.name)), above.name];
        const shown = circle.length > 6 ? [...circle.slice(0, 5), "…"] : circle;
        throw new BailiwickError(
          "BWK423",
          `${node.path}: ${kinds} form a cycle: ${shown.map((name) => (name === "…" ? name : quote(name))).join(" under ")}`,
        );
      }
      node = above;
    }
    for (const name of chain) rooted.add(name);
  }
}
