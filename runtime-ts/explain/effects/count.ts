import { ACTIONS } from "../../../runtime-as/abi.ts";
import type { Ground } from "../../operations/ground.ts";
import type { Entity } from "../../policy.ts";
import { noRecordWord, type Question } from "../../questions.ts";
import type { Miss } from "../misses/miss.ts";
import { asIf } from "../misses/trial.ts";
import type { Subject } from "../subject.ts";
import { apply } from "./apply.ts";
import { everybody, holdersOf, withThoseAbove } from "./people.ts";
import { differences, ofUsers, onRecords, type View } from "./views.ts";

/** Every privilege there is. */
function allPrivileges({ policy }: Ground): number[] {
  const count = policy.entities.length * ACTIONS + policy.tasks.length;
  return Array.from({ length: count }, (_, privilege) => privilege);
}

/** The privileges that come down to one slot: of entities that share a privilege set, or hang from such (semantics.md E2, E4). */
function privilegesAt(ground: Ground, slot: number): number[] {
  const { core, policy } = ground;
  return allPrivileges(ground).filter((privilege) => {
    let at = privilege;
    let parent = (policy.entities[Math.floor(at / ACTIONS)] as Entity | undefined)?.parent;
    while (parent !== undefined) {
      at = parent.entity * ACTIONS + (at % ACTIONS);
      parent = policy.entities[parent.entity]?.parent;
    }
    return core.slotOf(at) === slot;
  });
}

/** Records that move with the user, and those whose decisions they take with them. */
function carriedRecords({ policy, loaded, editor }: Ground, user: number): number[] {
  if (!loaded.peopleEditor.moving.carriesRecords) return [];
  const found = new Set(editor.recordsOwnedBy(user));
  // A set is walked in the order in which it grows.
  for (const record of found) {
    const entity = editor.entityOf(record);
    policy.entities.forEach(({ parent }, child) => {
      if (parent?.entity !== entity) return;
      for (const below of editor.childrenOf(record, child, parent.attribute.name)) found.add(below);
    });
  }
  return [...found];
}

/** The decisions that a change can touch, each once; of others none differs. */
function* viewsOf(
  ground: Ground,
  { user, slot, privilege }: Subject,
  { kind, ...miss }: Miss,
): Generator<View> {
  const { policy } = ground;
  if (kind === "grant") {
    const role = policy.roleNumbers.get((miss as { role: string }).role) as number;
    return yield* ofUsers(ground, holdersOf(ground, role), privilegesAt(ground, slot));
  }
  if (kind === "share") {
    const action = privilege % ACTIONS;
    const same = policy.entities.map((_, entity) => entity * ACTIONS + action);
    return yield* ofUsers(ground, withThoseAbove(ground, user), same);
  }
  // A condition may ask anybody's question about this user: where, in which team, with which role is he?
  const mayConcernAll = policy.conditions.names !== undefined;
  const users = mayConcernAll ? everybody(ground) : withThoseAbove(ground, user);
  yield* ofUsers(ground, users, allPrivileges(ground));
  if (kind !== "move-user" || mayConcernAll) return;
  const seen = new Set(users);
  const others = everybody(ground).filter((each) => !seen.has(each));
  yield* onRecords(ground, others, carriedRecords(ground, user));
}

/** How many other decisions a change would change, all else as in the question: its request context among it. */
export function countEffects(ground: Ground, question: Question, subject: Subject, miss: Miss): number {
  const { loaded } = ground;
  const look = (view: View) => loaded.during(question.context, undefined, view);
  let count = 0;
  for (const view of viewsOf(ground, subject, miss)) {
    const before = look(view);
    asIf(ground, () => {
      apply(ground, subject, miss);
      count += differences(before, look(view));
    });
    loaded.getReady();
  }
  // The question itself is one of them, unless its record is only described.
  const isCounted = question.described === undefined || question.record !== noRecordWord;
  return isCounted ? count - 1 : count;
}
