import { MAX_UNITS } from "../../runtime-as/abi.ts";
import { BailiwickError } from "../errors.ts";
import { quote } from "../quote.ts";
import type { UnitDeclaration } from "./declarations.ts";
import { checkTree, mergeTrees } from "./tree.ts";

/** Business units in preorder: the subtree of unit u is the interval u … ends[u] (architecture.md section 6). */
export interface Units {
  readonly names: readonly string[];
  readonly numbers: ReadonlyMap<string, number>;
  /** The last unit of each subtree. */
  readonly ends: Uint16Array;
  /** Whether the unit and all units above it are enabled (semantics.md B2). */
  readonly enabled: readonly boolean[];
  /** The unit's own mark. */
  readonly disabled: readonly boolean[];
}

function onlyRoot(units: ReadonlyMap<string, UnitDeclaration>): UnitDeclaration | undefined {
  let root: UnitDeclaration | undefined;
  for (const unit of units.values()) {
    if (unit.parent !== undefined) continue;
    if (root !== undefined) {
      throw new BailiwickError(
        "BWK423",
        `${unit.path}: business unit ${quote(unit.name)} has no parent, but ${quote(root.name)} is the root already`,
        "give it a `parent`",
      );
    }
    root = unit;
  }
  if (root?.disabled) {
    throw new BailiwickError(
      "BWK427",
      `${root.path}: the root business unit ${quote(root.name)} cannot be disabled`,
      "disable the units below it",
    );
  }
  return root;
}

/**
 * Puts the directory's business units on top of the policy's and numbers them in preorder, siblings as declared.
 * Throws BWK421 to BWK423, BWK426, BWK427.
 */
export function numberUnits(declared: readonly UnitDeclaration[], added: readonly UnitDeclaration[]): Units {
  const units = mergeTrees(declared, added, "business unit", (first, second) => ({
    ...first,
    // A unit that either side disables is disabled: when unsure, deny.
    disabled: first.disabled || second.disabled,
    path: second.path,
  }));
  if (units.size > MAX_UNITS) {
    throw new BailiwickError("BWK426", `${units.size} business units: the engine holds ${MAX_UNITS}`);
  }
  checkTree(units, "business unit", "business units");
  const root = onlyRoot(units);

  const children = new Map<string, UnitDeclaration[]>();
  for (const unit of units.values()) {
    if (unit.parent === undefined) continue;
    const siblings = children.get(unit.parent.name);
    if (siblings === undefined) children.set(unit.parent.name, [unit]);
    else siblings.push(unit);
  }
  const names: string[] = [];
  const numbers = new Map<string, number>();
  const enabled: boolean[] = [];
  const disabled: boolean[] = [];
  const ends = new Uint16Array(units.size);
  // A stack of our own: a tree may be as deep as it has units. A number on it closes that unit's subtree.
  const open: (UnitDeclaration | number)[] = root === undefined ? [] : [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === "number") {
      ends[next] = names.length - 1;
      continue;
    }
    const number = names.push(next.name) - 1;
    numbers.set(next.name, number);
    const above = next.parent === undefined || enabled[numbers.get(next.parent.name) as number] === true;
    enabled.push(above && !next.disabled);
    disabled.push(next.disabled);
    open.push(number, ...(children.get(next.name) ?? []).toReversed());
  }
  return { names, numbers, ends, enabled, disabled };
}
