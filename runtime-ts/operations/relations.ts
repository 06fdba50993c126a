// Which records are children of which (language.md section 3): a lookup leads from child to parent, and cascades stand on it.
import { NONE, OWNED_BY_PRINCIPAL, TYPE_LOOKUP } from "../../runtime-as/abi.ts";
import type { Attribute, Policy } from "../policy.ts";
import type { Changing } from "./ground.ts";

/** A lookup of the entity `child`. */
export interface LookupOf {
  readonly child: number;
  readonly attribute: Attribute;
}

interface Lookups {
  readonly from: readonly (readonly Attribute[])[];
  readonly to: readonly (readonly LookupOf[])[];
}

const known = new WeakMap<Policy, Lookups>();

function lookupsIn(policy: Policy): Lookups {
  let lookups = known.get(policy);
  if (lookups === undefined) {
    const from = policy.entities.map(({ attributes }) =>
      [...attributes.values()].filter(({ type }) => type === TYPE_LOOKUP),
    );
    const to: LookupOf[][] = policy.entities.map(() => []);
    from.forEach((attributes, child) => {
      for (const attribute of attributes) to[attribute.argument]?.push({ child, attribute });
    });
    lookups = { from, to };
    known.set(policy, lookups);
  }
  return lookups;
}

/** The lookups of an entity, as declared. */
export function lookupsFrom(policy: Policy, entity: number): readonly Attribute[] {
  return lookupsIn(policy).from[entity] as readonly Attribute[];
}

/** The lookups that lead to an entity: children as declared, then their attributes as declared. */
export function lookupsTo(policy: Policy, entity: number): readonly LookupOf[] {
  return lookupsIn(policy).to[entity] as readonly LookupOf[];
}

/** Whether records of the entity have an owner, and with him shares. */
export function hasOwners({ policy, editor }: Changing, record: number): boolean {
  return policy.entities[editor.entityOf(record)]?.ownership === OWNED_BY_PRINCIPAL;
}

const none: ReadonlySet<number> = new Set();

/** The records whose lookup with one of these cascades (CASCADE_* bits) leads here, each once. */
export function childrenOf(
  { policy, editor }: Changing,
  parent: number,
  cascades: number,
): ReadonlySet<number> {
  let children: Set<number> | undefined;
  for (const { child, attribute } of lookupsTo(policy, editor.entityOf(parent))) {
    if ((attribute.cascades & cascades) === 0) continue;
    children ??= new Set();
    for (const record of editor.childrenOf(parent, child, attribute.name)) children.add(record);
  }
  return children ?? none;
}

/** The records that a lookup with one of these cascades leads to. */
export function parentsOf({ policy, editor }: Changing, child: number, cascades: number): Set<number> {
  const parents = new Set<number>();
  for (const { cascades: own, name } of lookupsFrom(policy, editor.entityOf(child))) {
    if ((own & cascades) === 0) continue;
    const parent = editor.lookup(child, name);
    if (parent !== NONE) parents.add(parent);
  }
  return parents;
}

/**
 * A record with an owner and all such records below it, along lookups with these cascades, each once and before what lies
 * below it: records without an owner hand nothing on.
 */
export function withAllBelow(changing: Changing, record: number, cascades: number): Set<number> {
  const found = new Set([record]);
  // A set is walked in the order in which it grows.
  for (const parent of found)
    for (const child of childrenOf(changing, parent, cascades))
      if (hasOwners(changing, child)) found.add(child);
  return found;
}
