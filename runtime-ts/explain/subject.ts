// Where a question stands once it has climbed from a record to the one that decides (semantics.md E2).
import {
  ACTIONS,
  KIND_TASK,
  LEVEL_CHILDREN,
  LEVEL_ORGANIZATION,
  LEVEL_UNIT,
  NO_UNIT,
  NONE,
  OWNED_BY_ORGANIZATION,
} from "../../runtime-as/abi.ts";
import type { Ground } from "../operations/ground.ts";
import type { Entity } from "../policy.ts";
import type { Question, RecordReference } from "../questions.ts";

/** A question about the record that decides, in numbers. */
export interface Subject {
  readonly user: number;
  /** The right on the record that decides, and where it stands in a plane row. */
  readonly privilege: number;
  readonly slot: number;
  /** OWNED_BY_* of its entity, or KIND_TASK. */
  readonly kind: number;
  /** The record; NONE where it is not loaded, and of a task privilege. */
  readonly record: number;
  /** Principal number, or NONE. */
  readonly owner: number;
  /** Unit number, or NO_UNIT. */
  readonly unit: number;
  /** The loaded records on the way, the one that decides among them. */
  readonly way: readonly number[];
}

const nobody = { record: NONE, owner: NONE, unit: NO_UNIT };

/** The subject of a question; undefined where a parent is missing, or the entity's ownership does not have the right. */
export function subjectOf(
  { core, policy, editor }: Ground,
  { principal: user, privilege, record: asked, described }: Question,
): Subject | undefined {
  let entity = Math.floor(privilege / ACTIONS);
  const slot = (of: number) => core.slotOf(of) >>> 0;
  if (entity >= policy.entities.length)
    return { user, privilege, slot: slot(privilege), kind: KIND_TASK, ...nobody, way: [] };
  let record = asked >>> 0;
  const way = record === NONE ? [] : [record];
  let { ownership, parent } = policy.entities[entity] as Entity;
  while (parent !== undefined) {
    record = record === NONE ? (described?.parent ?? NONE) : editor.lookup(record, parent.attribute.name);
    if (record === NONE) return undefined;
    way.push(record);
    entity = parent.entity;
    ({ ownership, parent } = policy.entities[entity] as Entity);
  }
  const decisive = entity * ACTIONS + (privilege % ACTIONS);
  if (slot(decisive) === NONE) return undefined;
  const place =
    record === NONE
      ? { record, owner: described?.owner ?? NONE, unit: described?.unit ?? NO_UNIT }
      : { record, owner: editor.ownerOf(record), unit: editor.unitOf(record) };
  return { user, privilege: decisive, slot: slot(decisive), kind: ownership, ...place, way };
}

/** Whether no level but organization means anything: every grant reaches (semantics.md E1). */
export function isFlat({ kind }: Subject): boolean {
  return kind === OWNED_BY_ORGANIZATION || kind === KIND_TASK;
}

/** Rule 5a: whether a level (LEVEL_* bit) held in a context unit reaches the record. */
export function reaches({ loaded }: Ground, subject: Subject, level: number, context: number): boolean {
  if (isFlat(subject) || level === LEVEL_ORGANIZATION) return true;
  const { unit } = subject;
  if (unit === NO_UNIT) return false;
  if (level === LEVEL_CHILDREN)
    return context <= unit && unit <= (loaded.world.units.ends[context] as number);
  return level === LEVEL_UNIT && unit === context;
}

/** A record as an answer names it. */
export function referenceTo({ policy, editor }: Ground, record: number): RecordReference {
  return { entity: policy.entities[editor.entityOf(record)]?.name as string, id: editor.idOf(record) };
}
