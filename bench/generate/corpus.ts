// Roles in the shape of those that ship with Dynamics: 107 roles over 640 entities, most of them small, a few nearly everything,
// nearly all grants at organization level.
import { Random } from "./random.ts";
import { ACTIONS, NO_LEVEL, type TenantSizes } from "./tenant.ts";

const ENTITIES = 640;
/** Grants of the largest roles; of the others half have fewer than 43. */
const largest = [3960, 3813, 3055, 1265, 582];
/** Of a thousand grants, how many stand at user, business unit, parent and child, organization level. */
const levels = [111, 4, 1, 884];

/** As many levels as `weights` has, drawn by weight, from 1. */
function drawLevel(weights: readonly number[], random: Random): number {
  let left = random.below(weights.reduce((sum, weight) => sum + weight, 0));
  let level = 0;
  while (left >= (weights[level] as number)) left -= weights[level++] as number;
  return level + 1;
}

function grantsOf(count: number, random: Random): Uint8Array {
  const granted = new Uint8Array(ENTITIES * ACTIONS);
  for (let found = 0; found < count; ) {
    const entity = random.below(ENTITIES);
    // People give several privileges of an entity together, at one level.
    const level = drawLevel(levels, random);
    for (let action = 0; action < ACTIONS && found < count; action++) {
      const privilege = entity * ACTIONS + action;
      if (granted[privilege] !== NO_LEVEL || !random.chance(0.6)) continue;
      granted[privilege] = level;
      found++;
    }
  }
  return granted;
}

export interface Corpus {
  readonly roles: readonly Uint8Array[];
  readonly sizes: Pick<TenantSizes, "entities">;
  readonly grants: number;
}

function corpusOf(roles: readonly Uint8Array[]): Corpus {
  const grants = roles.reduce(
    (sum, granted) => sum + granted.reduce((count, level) => count + (level === NO_LEVEL ? 0 : 1), 0),
    0,
  );
  return { roles, sizes: { entities: ENTITIES }, grants };
}

/** `times` 107 roles. */
export function makeCorpus(times: number, seed: number): Corpus {
  const random = new Random(seed);
  const roles: Uint8Array[] = [];
  for (let i = 0; i < 107 * times; i++) {
    const place = i % 107;
    const usual = place % 2 === 0 ? 15 + random.below(28) : 43 + random.below(290);
    roles.push(grantsOf(largest[place] ?? usual, random));
  }
  return corpusOf(roles);
}

/** 107 roles of which each has every privilege of every entity, at any level. */
export function makeFullCorpus(seed: number): Corpus {
  const random = new Random(seed);
  return corpusOf(
    Array.from({ length: 107 }, () =>
      Uint8Array.from({ length: ENTITIES * ACTIONS }, () => 1 + random.below(4)),
    ),
  );
}
