import {
  NO_UNIT,
  NONE,
  OWNED_BY_ORGANIZATION,
  OWNED_BY_PARENT,
  OWNED_BY_PRINCIPAL,
  OWNED_BY_UNIT,
} from "../../runtime-as/abi.ts";
import { checkValues, parentNumber, unitNumber } from "../describe-record.ts";
import { BailiwickError } from "../errors.ts";
import { entityNumber } from "../names.ts";
import type { Attribute, Entity } from "../policy.ts";
import { quote } from "../quote.ts";
import { readColumnShare } from "../secured/read-column-share.ts";
import { didYouMean } from "../suggest.ts";
import type { Ground } from "./ground.ts";
import type { CreateOperation, Operation, UpdateOperation } from "./operation.ts";
import { ownerOfNew } from "./owner-for.ts";
import type { NewRecord, Plan, Setting } from "./plan.ts";
import {
  fieldsOf,
  malformed,
  objectOf,
  readPrincipal,
  readRecord,
  readRightNames,
  readSharee,
  textOf,
} from "./read-operation.ts";
import { lookupsFrom } from "./relations.ts";
import { storedWord } from "./stored.ts";

const unfit = (words: string, help?: string): BailiwickError => new BailiwickError("BWK442", words, help);

/** The attributes that an operation gives a record, checked by their declaration. Throws BWK441, BWK442. */
function readAttributes(
  { loaded }: Ground,
  entity: Entity,
  given: unknown,
  what: string,
): ReadonlyMap<string, unknown> {
  const values =
    given === undefined ? new Map<string, unknown>() : fieldsOf(given, `${what}, \`attributes\``);
  checkValues(values, entity.attributes, loaded.names, what);
  return values;
}

/** The lookups among attributes, in the order of their declaration. Throws BWK440 for a record that is not loaded. */
function readLookups(
  { policy, loaded }: Ground,
  entity: number,
  values: ReadonlyMap<string, unknown>,
): Setting[] {
  return lookupsFrom(policy, entity).flatMap((attribute) => {
    if (!values.has(attribute.name)) return [];
    const id = values.get(attribute.name) ?? undefined;
    const target = id === undefined ? NONE : loaded.record(policy, attribute.argument, id as string);
    return [{ attribute, target }];
  });
}

/** Whether records of the entity have a unit that can be told: always in a unit-owned one, else where the mode is modern. */
function checkUnit({ policy }: Ground, entity: Entity, what: string): void {
  const hasUnit = entity.ownership === OWNED_BY_PRINCIPAL || entity.ownership === OWNED_BY_UNIT;
  if (!hasUnit) throw unfit(`${what} has no business unit`);
  if (entity.ownership === OWNED_BY_PRINCIPAL && !policy.modern) {
    throw unfit(
      `${what} is always in its owner's business unit`,
      "only the modern mode sets it: `settings { ownershipAcrossBusinessUnits: true; }`",
    );
  }
}

/** semantics.md B7: classic, the owner's unit; modern, and where a unit owns it, the one given, else the creator's. */
function readNewRecord(ground: Ground, user: number, operation: CreateOperation): NewRecord {
  const { policy, loaded, editor } = ground;
  const number = entityNumber(policy, operation.entity);
  const entity = policy.entities[number] as Entity;
  const what = `new ${quote(entity.name)}`;
  const values = readAttributes(ground, entity, operation.attributes, what);
  const { id, businessUnit } = operation;
  if (id !== undefined && (typeof id !== "string" || id === "")) throw malformed(`${what}: an id is a text`);
  const about = {
    entity: number,
    id,
    attributes: { entity: number, values },
    lookups: readLookups(ground, number, values).filter(({ target }) => target !== NONE),
  };
  const nowhere = { owner: NONE, unit: NO_UNIT, parent: NONE, ownersUnit: NO_UNIT, setsUnit: false };
  if (entity.ownership !== OWNED_BY_PRINCIPAL && operation.owner !== undefined)
    throw unfit(`${what} has no owner`);
  // The classic mode ignores a unit that is given, as tables do.
  const unit = businessUnit === undefined ? undefined : unitNumber(businessUnit, loaded.world, what);
  switch (entity.ownership) {
    case OWNED_BY_PRINCIPAL: {
      const owner =
        operation.owner === undefined
          ? ownerOfNew(ground, number, values, user)
          : readPrincipal(loaded.world, operation.owner, `${what}, \`owner\``);
      const ownersUnit = editor.unitOfPrincipal(owner);
      const setsUnit = policy.modern && unit !== undefined;
      const there = policy.modern ? (unit ?? editor.unitOfPrincipal(user)) : ownersUnit;
      return { ...about, owner, unit: there, parent: NONE, ownersUnit, setsUnit };
    }
    case OWNED_BY_PARENT: {
      if (unit !== undefined) checkUnit(ground, entity, what);
      const given = values.get(entity.parent?.attribute.name as string);
      return { ...about, ...nowhere, parent: parentNumber(entity, given, policy, loaded.records, what) };
    }
    case OWNED_BY_ORGANIZATION:
      if (unit !== undefined) checkUnit(ground, entity, what);
      return { ...about, ...nowhere };
    default:
      // Without a creator, as an administrator's change, it has to be said.
      if (unit === undefined && user === NONE) throw unfit(`${what}: \`businessUnit\` is missing`);
      return { ...about, ...nowhere, unit: unit ?? editor.unitOfPrincipal(user) };
  }
}

function planUpdate(ground: Ground, operation: UpdateOperation): Plan {
  const { policy, loaded, editor } = ground;
  const record = readRecord(ground, operation.record, "`record`");
  const number = editor.entityOf(record);
  const entity = policy.entities[number] as Entity;
  const what = `record ${quote(editor.idOf(record))}`;
  const values = readAttributes(ground, entity, operation.attributes, what);
  const lookups = readLookups(ground, number, values).filter(
    ({ attribute, target }) => storedWord(ground, record, attribute) !== target,
  );
  const isLookup = new Set(lookupsFrom(policy, number).map(({ name }) => name));
  const { businessUnit } = operation;
  if (operation.owner !== undefined && entity.ownership !== OWNED_BY_PRINCIPAL)
    throw unfit(`${what} has no owner`);
  if (businessUnit !== undefined) checkUnit(ground, entity, what);
  const owner =
    operation.owner === undefined
      ? undefined
      : readPrincipal(loaded.world, operation.owner, `${what}, \`owner\``);
  const unit = businessUnit === undefined ? undefined : unitNumber(businessUnit, loaded.world, what);
  return {
    kind: "update",
    record,
    lookups,
    values: new Map([...values].filter(([name]) => !isLookup.has(name))),
    owner: owner === editor.ownerOf(record) ? undefined : owner,
    unit,
  };
}

/** The lookup from one record to another. Throws BWK441 where none leads there, or several and none is named. */
function lookupBetween({ policy, editor }: Ground, child: number, parent: number, name: unknown): Attribute {
  const entity = editor.entityOf(child);
  const target = editor.entityOf(parent);
  const leading = lookupsFrom(policy, entity).filter(({ argument }) => argument === target);
  const between = `from ${quote(policy.entities[entity]?.name as string)} to ${quote(policy.entities[target]?.name as string)}`;
  const [first] = leading;
  if (name === undefined) {
    if (first !== undefined && leading.length === 1) return first;
    if (first === undefined) throw malformed(`no lookup leads ${between}`);
    const choice = leading.map((attribute) => quote(attribute.name)).join(" or ");
    throw malformed(`${leading.length} lookups lead ${between}`, `say which in \`lookup\`: ${choice}`);
  }
  const named = leading.find((attribute) => attribute.name === name);
  if (named !== undefined) return named;
  const help = didYouMean(
    String(name),
    leading.map((attribute) => attribute.name),
  );
  throw malformed(`no lookup ${quote(String(name))} leads ${between}`, help);
}

function planColumnShare(
  ground: Ground,
  operation: Extract<Operation, { kind: "shareColumn" | "unshareColumn" }>,
  rights: readonly string[],
): Plan {
  const record = readRecord(ground, operation.record, "`record`");
  const column = textOf(operation.column, "`column`");
  return {
    kind: operation.kind,
    record,
    share: readColumnShare(ground, record, column, operation.with, rights, ["`with`", "`rights`"]),
  };
}

/**
 * A record to be assigned or shared. Throws BWK442 where its parent owns it: asked about, its parent's rights would answer.
 * What the organization or a unit owns is refused by the checks (semantics.md E6).
 */
function readOwnable(ground: Ground, value: unknown): number {
  const record = readRecord(ground, value, "`record`");
  const { name, ownership } = ground.policy.entities[ground.editor.entityOf(record)] as Entity;
  if (ownership !== OWNED_BY_PARENT) return record;
  throw unfit(`records of ${quote(name)} are owned by their parents`, "assign or share the parent");
}

const kinds: readonly Operation["kind"][] = [
  "create",
  "update",
  "assign",
  "share",
  "unshare",
  "shareColumn",
  "unshareColumn",
  "append",
  "associate",
  "disassociate",
  "delete",
  "merge",
];

/** Finds and checks everything that an operation names. Throws BWK440 to BWK442. */
export function planOf(ground: Ground, user: number, operation: Operation): Plan {
  objectOf(operation, "the operation");
  const { world } = ground.loaded;
  const record = (value: unknown) => readRecord(ground, value, "`record`");
  switch (operation.kind) {
    case "create":
      return { kind: "create", record: readNewRecord(ground, user, operation) };
    case "update":
      return planUpdate(ground, operation);
    case "assign":
      return {
        kind: "assign",
        record: readOwnable(ground, operation.record),
        to: readPrincipal(world, operation.to, "`to`"),
      };
    case "share":
      return {
        kind: "share",
        record: readOwnable(ground, operation.record),
        with: readSharee(world, operation.with, "`with`"),
        mask: readRightNames(operation.rights, "`rights`"),
      };
    case "unshare":
      return {
        kind: "unshare",
        record: readOwnable(ground, operation.record),
        with: readSharee(world, operation.with, "`with`"),
      };
    case "shareColumn":
      return planColumnShare(ground, operation, operation.rights);
    case "unshareColumn":
      return planColumnShare(ground, operation, []);
    case "append": {
      const child = record(operation.record);
      const target = readRecord(ground, operation.to, "`to`");
      const attribute = lookupBetween(ground, child, target, operation.lookup);
      return { kind: "append", record: child, setting: { attribute, target } };
    }
    case "associate":
    case "disassociate":
      return {
        kind: "associate",
        record: record(operation.record),
        with: readRecord(ground, operation.with, "`with`"),
      };
    case "delete":
      return { kind: "delete", record: record(operation.record) };
    case "merge":
      return {
        kind: "merge",
        record: record(operation.record),
        into: readRecord(ground, operation.into, "`into`"),
      };
    default: {
      const kind = String((operation as { kind?: unknown }).kind);
      throw malformed(`unknown operation ${quote(kind)}`, didYouMean(kind, kinds));
    }
  }
}
