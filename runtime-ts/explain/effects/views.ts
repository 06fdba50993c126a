// What is looked at before and after a change: decisions as bits, always in the same order.
import { ACTIONS, DECISION_ALLOW } from "../../../runtime-as/abi.ts";
import { checkBatch } from "../../bulk.ts";
import type { Ground } from "../../operations/ground.ts";
import { noRecordWord } from "../../questions.ts";
import { filterRecords, recordsToFilter } from "../../sets.ts";

/** Part of all decisions. */
export type View = () => Uint32Array[];

/** So many bytes of answers are kept of one part. */
const partBytes = 2 ** 25;

/** All decisions of one user about these privileges: on every loaded record of their entities, or of a task privilege alone. */
function decisionsOf(ground: Ground, user: number, privileges: readonly number[]): Uint32Array[] {
  const { core, policy, loaded } = ground;
  const firstTask = policy.entities.length * ACTIONS;
  return privileges.map((privilege) => {
    if (privilege >= firstTask)
      return Uint32Array.of(core.decide(user, privilege, noRecordWord) === DECISION_ALLOW ? 1 : 0);
    return filterRecords(ground, loaded, user, privilege).words;
  });
}

/** Views of all decisions of these users about these privileges. */
export function* ofUsers(
  ground: Ground,
  users: readonly number[],
  privileges: readonly number[],
): Generator<View> {
  const { policy, loaded } = ground;
  const isOfEntity = (privilege: number) => privilege < policy.entities.length * ACTIONS;
  const bytes = privileges
    .map((privilege) =>
      isOfEntity(privilege) ? recordsToFilter(policy, loaded, privilege).ids.length / 8 : 4,
    )
    .reduce((sum, each) => sum + each, 1);
  const step = Math.max(1, Math.floor(partBytes / bytes));
  for (let from = 0; from < users.length; from += step) {
    const part = users.slice(from, from + step);
    yield () => part.flatMap((user) => decisionsOf(ground, user, privileges));
  }
}

/** Views of the decisions of these users about every right on these records. */
export function* onRecords(
  ground: Ground,
  users: readonly number[],
  records: readonly number[],
): Generator<View> {
  const { core, memory, editor } = ground;
  const rights = records.length * ACTIONS;
  const step = Math.max(1, Math.floor(partBytes / 16 / Math.max(rights, 1)));
  for (let from = 0; from < users.length && rights > 0; from += step) {
    const part = users.slice(from, from + step);
    const record = (i: number) => records[Math.floor(i / ACTIONS) % records.length] as number;
    const of = (value: (i: number) => number) =>
      Uint32Array.from({ length: part.length * rights }, (_, i) => value(i));
    const requests = {
      principals: of((i) => part[Math.floor(i / rights)] as number),
      privileges: of((i) => editor.entityOf(record(i)) * ACTIONS + (i % ACTIONS)),
      records: of(record),
    };
    yield () => [checkBatch(core, memory, requests).words];
  }
}

/** In how many bits two looks differ. */
export function differences(before: readonly Uint32Array[], after: readonly Uint32Array[]): number {
  let count = 0;
  before.forEach((words, i) => {
    words.forEach((word, at) => {
      for (let bits = word ^ ((after[i] as Uint32Array)[at] as number); bits !== 0; bits &= bits - 1) count++;
    });
  });
  return count;
}
