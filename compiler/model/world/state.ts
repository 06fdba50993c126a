// A declared world with its policy, and how things are found in it.
import type { Entity, Policy, PrincipalName, Team, User, World } from "../model.ts";

export interface State {
  readonly policy: Policy;
  readonly world: World;
}

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
