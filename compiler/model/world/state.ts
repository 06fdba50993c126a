// Changes of the declared world. Each is a pure function: a state and a change in, the next state or a refusal out.
import type { Entity, Policy, PrincipalName, Team, User, World, WorldRecord } from "../model.ts";

export interface State {
  readonly policy: Policy;
  readonly world: World;
}

/** Why the model's own rules do not allow a change (semantics.md section 2). */
export interface Refusal {
  readonly refused: string;
}

export type Outcome = State | Refusal;

export interface RecordRef {
  readonly entity: number;
  readonly id: string;
}

export const keyOf = ({ entity, id }: RecordRef): string => `${entity} ${id}`;

export function entityOf(policy: Policy, record: RecordRef): Entity {
  return policy.entities[record.entity] as Entity;
}

export function findUser(world: World, name: string): User | undefined {
  return indexOf(world.users).get(name);
}

export function findTeam(world: World, name: string): Team | undefined {
  return indexOf(world.teams).get(name);
}

/** The unit of a user or team; undefined where only a directory knows it. */
export function unitOf(world: World, { kind, name }: PrincipalName): string | undefined {
  return (kind === "user" ? findUser(world, name) : findTeam(world, name))?.unit;
}

export function findRecord(world: World, { entity, id }: RecordRef): WorldRecord | undefined {
  return world.records.find((record) => record.entity === entity && record.id === id);
}

export const samePrincipal = (a: PrincipalName | undefined, b: PrincipalName | undefined): boolean =>
  a?.kind === b?.kind && a?.name === b?.name;

const indexes = new WeakMap<readonly { readonly name: string }[], ReadonlyMap<string, unknown>>();

/** Things by name; made once a list, since a change makes a new list. */
export function indexOf<T extends { readonly name: string }>(list: readonly T[]): ReadonlyMap<string, T> {
  let index = indexes.get(list) as ReadonlyMap<string, T> | undefined;
  if (index === undefined) {
    index = new Map(list.map((item) => [item.name, item]));
    indexes.set(list, index);
  }
  return index;
}

/** The list with the item of a name replaced. */
export function replaced<T extends { readonly name: string }>(
  list: readonly T[],
  name: string,
  change: (item: T) => T,
): readonly T[] {
  return list.map((item) => (item.name === name ? change(item) : item));
}
