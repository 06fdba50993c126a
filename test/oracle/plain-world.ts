// The world while it changes: Maps by name, one object for each thing, put in place of the former one.
import type {
  ActionMask,
  Attribute,
  Entity,
  Policy,
  Position,
  PrincipalName,
  Share,
  Team,
  Unit,
  User,
  Value,
  World,
  WorldRecord,
} from "../../compiler/model/model.ts";
import type { ColumnShare } from "../../compiler/model/script.ts";
import { Facts } from "./facts.ts";

export interface RecordKey {
  readonly entity: number;
  readonly id: string;
}

/** The masks of one principal on one record (S4). */
export interface Masks {
  readonly direct: ActionMask;
  readonly inherited: ActionMask;
}

interface Row extends Masks {
  readonly principal: PrincipalName | undefined;
}

/** A world with the shares of columns that it declares. */
export type Declared = World & { readonly columnShares?: readonly ColumnShare[] };

export const keyOf = ({ entity, id }: RecordKey): string => `${entity}/${id}`;

const principalKey = (principal: PrincipalName | undefined): string =>
  principal === undefined ? "organization" : `${principal.kind} ${principal.name}`;

export const samePrincipal = (a: PrincipalName | undefined, b: PrincipalName | undefined): boolean =>
  principalKey(a) === principalKey(b);

export class PlainWorld {
  policy: Policy;
  readonly units: Map<string, Unit>;
  readonly users: Map<string, User>;
  readonly teams: Map<string, Team>;
  readonly positions: readonly Position[];
  readonly records = new Map<string, WorldRecord>();
  /** What was there once: asked about, it is in the wrong state (language.md section 8). */
  readonly deleted = new Set<string>();
  profileMembers: World["profileMembers"];
  readonly #shares = new Map<string, Map<string, Row>>();
  readonly #columnShares = new Map<string, ColumnShare>();
  #facts: Facts | undefined;

  constructor(policy: Policy, world: World) {
    this.policy = policy;
    this.units = new Map(world.units.map((unit) => [unit.name, unit]));
    this.users = new Map(world.users.map((user) => [user.name, user]));
    this.teams = new Map(world.teams.map((team) => [team.name, team]));
    this.positions = world.positions;
    this.profileMembers = world.profileMembers;
    for (const record of world.records) this.records.set(keyOf(record), record);
    for (const { record, principal, direct, inherited } of world.shares)
      this.setMasks(record, principal, { direct, inherited });
    for (const share of (world as Declared).columnShares ?? []) this.setColumnShare(share);
  }

  /** The world as it is now, which stays so whatever becomes of this one. */
  copy(): PlainWorld {
    const copy = new PlainWorld(this.policy, this.world());
    for (const key of this.deleted) copy.deleted.add(key);
    return copy;
  }

  /** What questions are asked of; made anew after a change. */
  get facts(): Facts {
    this.#facts ??= new Facts(this.policy, this.world());
    return this.#facts;
  }

  /** To be called after every change. */
  changed(): void {
    this.#facts = undefined;
  }

  world(): Declared {
    return {
      units: [...this.units.values()],
      users: [...this.users.values()],
      teams: [...this.teams.values()],
      positions: this.positions,
      records: [...this.records.values()],
      shares: [...this.records.values()].flatMap((record) =>
        this.sharesOf(record).map((row): Share => ({ record, ...row })),
      ),
      profileMembers: this.profileMembers,
      columnShares: [...this.#columnShares.values()],
    };
  }

  entityOf(record: RecordKey): Entity {
    return this.policy.entities[record.entity] as Entity;
  }

  record(key: RecordKey): WorldRecord | undefined {
    return this.records.get(keyOf(key));
  }

  setRecord(record: WorldRecord): void {
    this.records.set(keyOf(record), record);
    this.deleted.delete(keyOf(record));
  }

  /** Removes the record with its shares. */
  removeRecord(record: RecordKey): void {
    const key = keyOf(record);
    this.records.delete(key);
    this.deleted.add(key);
    this.#shares.delete(key);
    for (const [column, share] of this.#columnShares)
      if (keyOf(share.record) === key) this.#columnShares.delete(column);
  }

  unitOfPrincipal({ kind, name }: PrincipalName): string | undefined {
    return (kind === "user" ? this.users : this.teams).get(name)?.unit;
  }

  isAtOrBelow(unit: string, ancestor: string): boolean {
    for (let at: string | undefined = unit; at !== undefined; at = this.units.get(at)?.parent)
      if (at === ancestor) return true;
    return false;
  }

  sharesOf(record: RecordKey): readonly Row[] {
    return [...(this.#shares.get(keyOf(record))?.values() ?? [])];
  }

  masks(record: RecordKey, principal: PrincipalName | undefined): Masks {
    return this.#shares.get(keyOf(record))?.get(principalKey(principal)) ?? { direct: 0, inherited: 0 };
  }

  /** S8: create is no right on a record that exists. A row without rights is no row. */
  setMasks(record: RecordKey, principal: PrincipalName | undefined, masks: Masks): void {
    const direct = masks.direct & ~1;
    const inherited = masks.inherited & ~1;
    const rows = this.#shares.get(keyOf(record)) ?? new Map<string, Row>();
    this.#shares.set(keyOf(record), rows);
    if ((direct | inherited) === 0) rows.delete(principalKey(principal));
    else rows.set(principalKey(principal), { principal, direct, inherited });
  }

  /** Rows shared with a principal that is no more. */
  forgetPrincipal(principal: PrincipalName): void {
    for (const rows of this.#shares.values()) rows.delete(principalKey(principal));
    for (const [key, share] of this.#columnShares)
      if (samePrincipal(share.principal, principal)) this.#columnShares.delete(key);
  }

  columnSharesOf(record: RecordKey): readonly ColumnShare[] {
    return [...this.#columnShares.values()].filter((share) => keyOf(share.record) === keyOf(record));
  }

  columnMask(record: RecordKey, attribute: string, principal: PrincipalName | undefined): ActionMask {
    return this.#columnShares.get(columnKey({ record, attribute, principal }))?.rights ?? 0;
  }

  setColumnShare(share: ColumnShare): void {
    if (share.rights === 0) this.#columnShares.delete(columnKey(share));
    else this.#columnShares.set(columnKey(share), share);
  }
}

function columnKey({ record, attribute, principal }: Omit<ColumnShare, "rights">): string {
  return JSON.stringify([keyOf(record), attribute, principalKey(principal)]);
}

/** The record that a lookup of this record leads to; undefined where it is empty or leads to nothing that is loaded. */
export function targetOf(
  world: PlainWorld,
  record: WorldRecord,
  attribute: Attribute,
): WorldRecord | undefined {
  const value: Value | undefined = record.attributes.get(attribute.name);
  return value?.kind === "Record" ? world.record(value) : undefined;
}

/** Every record and lookup that leads to this one. */
export function* lookupsTo(
  world: PlainWorld,
  target: RecordKey,
): Generator<readonly [child: WorldRecord, attribute: Attribute]> {
  for (const child of [...world.records.values()])
    for (const attribute of world.entityOf(child).attributes) {
      const value = child.attributes.get(attribute.name);
      if (value?.kind === "Record" && keyOf(value) === keyOf(target)) yield [child, attribute];
    }
}
