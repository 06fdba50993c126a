// Questions about columns by name, as engine.ts passes them on.
import {
  COLUMN_CREATE,
  COLUMN_READ,
  COLUMN_READ_UNMASKED,
  COLUMN_WRITE,
  NONE,
  OWNED_BY_ORGANIZATION,
} from "../../runtime-as/abi.ts";
import type { Answer, Decision } from "../answer.ts";
import type { Source } from "../decode.ts";
import { BailiwickError } from "../errors.ts";
import { entityNumber, principalNumber } from "../names.ts";
import type { Ground } from "../operations/ground.ts";
import type { Policy } from "../policy.ts";
import {
  type CheckRequest,
  type InContext,
  type RecordDescription,
  type RecordReference,
  readContext,
  resolveQuestion,
} from "../questions.ts";
import { describeValue, quote } from "../quote.ts";
import { didYouMean } from "../suggest.ts";
import { applyMask } from "./apply-mask.ts";
import {
  type ColumnTarget,
  columnRights,
  columnsOfRecord,
  columnsOfRecords,
  rightsOf,
} from "./ask-columns.ts";
import type { ColumnAccess, ColumnTable } from "./column-access.ts";
import { columnNumber } from "./names.ts";

/** A loaded record, a described one, or the entity alone: then what may be set when a record of it is created. */
export type ColumnResource = RecordReference | RecordDescription | { readonly entity: string };

/** One question about one column, by name. */
export interface ColumnRequest {
  /** A user's name. */
  readonly principal: string;
  /** `create` is asked of an entity, `read`, `write` and `readUnmasked` of a record. */
  readonly action: string;
  readonly entity: string;
  /** The loaded record; none for `create`. */
  readonly id?: string | undefined;
  readonly column: string;
  readonly context?: Readonly<Record<string, unknown>> | undefined;
}

/** The decision about a column; `reason` is `column` where the record is in reach and the column is not. */
export interface ColumnDecision extends Decision {
  /** Of an allowed question about a record what gives access to the record; of one about creation the column. */
  readonly sources: readonly Source[];
}

const actionBits: ReadonlyMap<string, number> = new Map([
  ["create", COLUMN_CREATE],
  ["read", COLUMN_READ],
  ["write", COLUMN_WRITE],
  ["readUnmasked", COLUMN_READ_UNMASKED],
]);

function targetOf(ground: Ground, resource: ColumnResource, request: CheckRequest): ColumnTarget {
  const { entity: name } = resource;
  const alone = typeof name === "string" && Object.keys(resource).length === 1;
  const entity = alone ? entityNumber(ground.policy, name) : undefined;
  // Nothing else can be said of a record that the organization owns.
  if (entity !== undefined && ground.policy.entities[entity]?.ownership !== OWNED_BY_ORGANIZATION) {
    return { kind: "none", entity };
  }
  const { record, described } = resolveQuestion(request, ground.policy, ground.loaded);
  const number = entityNumber(ground.policy, name);
  return described === undefined
    ? { kind: "loaded", entity: number, record }
    : { kind: "described", entity: number, description: described };
}

/** The entity of records by number: one for all. Throws BWK441. */
function entityOfAll({ editor }: Ground, records: Uint32Array): number | undefined {
  let entity: number | undefined;
  for (const record of records) {
    if (!editor.exists(record)) continue;
    entity ??= editor.entityOf(record);
    if (editor.entityOf(record) === entity) continue;
    throw new BailiwickError("BWK441", "columns are asked of the records of one entity at once");
  }
  return entity;
}

type BatchAsker = (privilege: number, records: Uint32Array) => { get(index: number): boolean };

/** What a user may do with the secured columns of a record, or of many. Throws BWK440 to BWK442. */
export function askColumns(
  ground: Ground,
  principal: string | number,
  about: ColumnResource | number | Uint32Array,
  { context }: InContext,
  batch: BatchAsker,
): ColumnAccess[] | ColumnTable {
  const { policy, loaded, editor } = ground;
  if (about instanceof Uint32Array) {
    const entity = entityOfAll(ground, about) ?? NONE;
    return columnsOfRecords(ground, principal as number, entity, about, (privilege) =>
      batch(privilege, about),
    );
  }
  const given = readContext(context, policy, loaded.names);
  if (typeof about === "number") {
    const record = about >>> 0 === about && editor.exists(about) ? about : NONE;
    const entity = record === NONE ? NONE : editor.entityOf(record);
    return columnsOfRecord(ground, principal as number, { kind: "loaded", entity, record }, given);
  }
  if (typeof about !== "object" || about === null) {
    throw new BailiwickError("BWK441", `expected a resource, not ${describeValue(about)}`);
  }
  const request = { principal: principal as string, action: "read", resource: about as RecordReference };
  const target = targetOf(ground, about, request);
  const user = principalNumber(loaded.world.users.numbers, "user", principal as string);
  return columnsOfRecord(ground, user, target, given);
}

/** May the user give the column a value when a record is created: there is no record to have access to yet. */
function checkCreation(
  ground: Ground,
  user: number,
  entity: number,
  column: number | undefined,
): ColumnDecision {
  const { enabled, administrator, rights } = rightsOf(ground).ofUser(user, entity);
  if (!enabled) return { allowed: false, reason: "disabled", sources: [] };
  if (administrator) return { allowed: true, reason: "administrator", sources: [{ kind: "administrator" }] };
  const allowed = column === undefined || ((rights[column] as number) & COLUMN_CREATE) !== 0;
  return { allowed, reason: "column", sources: allowed ? [{ kind: "column" }] : [] };
}

/**
 * One question about one column: access to the record first and on its own, then the column (semantics.md F1). `ask`
 * asks about the record. Throws BWK440 to BWK442.
 */
export function checkColumn(
  ground: Ground,
  { principal, action, entity: entityName, id, column: columnName, context }: ColumnRequest,
  ask: (request: CheckRequest) => Answer,
): ColumnDecision {
  const { policy, loaded } = ground;
  const entity = entityNumber(policy, entityName);
  const bit = actionBits.get(action);
  if (bit === undefined) {
    const words = `unknown action on a column ${quote(action)}`;
    throw new BailiwickError("BWK440", words, didYouMean(action, actionBits.keys()));
  }
  const column = columnNumber(policy, entity, columnName);
  if (action === "create") {
    if (id !== undefined) {
      throw new BailiwickError(
        "BWK441",
        "`create` is asked of an entity, before there is a record",
        "leave the id out",
      );
    }
    const user = principalNumber(loaded.world.users.numbers, "user", principal);
    return checkCreation(ground, user, entity, column);
  }
  if (id === undefined) {
    throw new BailiwickError("BWK441", `${quote(action)} is asked of a record`, "say its id");
  }
  const resource = { entity: entityName, id };
  const ofRecord = action === "write" ? "write" : "read";
  const { allowed, reason, sources } = ask({
    principal,
    action: ofRecord,
    resource,
    ...(context === undefined ? {} : { context }),
  });
  if (!allowed || column === undefined) return { allowed, reason, sources };
  const user = principalNumber(loaded.world.users.numbers, "user", principal);
  const target: ColumnTarget = { kind: "loaded", entity, record: loaded.record(policy, entity, id) };
  const rights = columnRights(ground, user, target)[column] as number;
  // Unmasked is what may be read, and needs more only where there is a mask (semantics.md F4).
  const hasMask = policy.secured.columns[entity]?.[column]?.mask !== undefined;
  const needed = action === "readUnmasked" ? COLUMN_READ | (hasMask ? COLUMN_READ_UNMASKED : 0) : bit;
  return (rights & needed) === needed
    ? { allowed, reason, sources }
    : { allowed: false, reason: "column", sources: [] };
}

/** A value's text as somebody sees it who may not read it unmasked; unchanged where the column has no mask. Throws BWK440, BWK441. */
export function maskText(policy: Policy, entityName: string, columnName: string, text: string): string {
  if (typeof text !== "string") {
    throw new BailiwickError("BWK441", `expected a text to mask, not ${describeValue(text)}`);
  }
  const entity = entityNumber(policy, entityName);
  const column = columnNumber(policy, entity, columnName);
  const mask = column === undefined ? undefined : policy.secured.columns[entity]?.[column]?.mask;
  return mask === undefined ? text : applyMask(mask, text);
}
