import {
  PAGE_RECORDS,
  TEAM_BIT,
  TYPE_LOOKUP,
  TYPE_PRINCIPAL,
  TYPE_TEAM,
  TYPE_UNIT,
  TYPE_USER,
  WORLD_TEAM_COLUMNS,
  WORLD_TEAM_ROOM,
  WORLD_UNIT_COLUMNS,
  WORLD_UNIT_ROOM,
  WORLD_USER_COLUMNS,
  WORLD_USER_FACT_WORDS,
  WORLD_USER_FACTS,
  WORLD_USER_ROOM,
} from "../../runtime-as/abi.ts";
import type { Heap } from "../changes/heap.ts";
import type { Journal } from "../changes/journal.ts";
import type { Core } from "../instantiate.ts";
import type { Memory } from "../memory.ts";
import type { Attribute, Policy } from "../policy.ts";
import type { RecordPages } from "../tables/record-pages.ts";
import type { Records } from "../tables/records.ts";
import type { ValueNames } from "../values.ts";
import type { World } from "../world/world.ts";
import { ColumnBuffer, columnBytes } from "./column-buffer.ts";
import type { FindRecord, Ghosts } from "./ghosts.ts";
import { Interned } from "./interned.ts";
import { LookupColumns } from "./lookup-columns.ts";
import { References } from "./references.ts";
import { RequestValues } from "./request-values.ts";
import type { StaleFacts } from "./stale-facts.ts";
import type { NameSpans } from "./string-table.ts";
import { ValueEncoder } from "./value-encoder.ts";
import { writeWorldColumns } from "./world-columns.ts";

const leadsToPeople: readonly number[] = [TYPE_USER, TYPE_TEAM, TYPE_PRINCIPAL];

/** Without conditions nothing needs the names of the image to keep their numbers. */
const noNames: NameSpans = { names: [], spans: new Uint32Array(0) };

/** The columns of users, teams or units: how many rows they have room for, and where each stands. */
interface HolderTable {
  readonly attributes: readonly Attribute[];
  readonly rows: number;
  readonly addressOf: (column: number) => number;
}

/** Everything beside the records that conditions look at, and what makes numbers of attribute values. */
export class LoadedConditions {
  readonly encoder: ValueEncoder;
  readonly lookups: LookupColumns = new LookupColumns();
  readonly request: RequestValues;
  readonly #core: Core;
  readonly #memory: Memory;
  readonly #policy: Policy;
  readonly #find: FindRecord;
  readonly #interned: Interned;
  readonly references: References;

  /** `find` tells the numbers of loaded records: there are none yet. Throws BWK201, BWK414, BWK426. */
  constructor(
    core: Core,
    memory: Memory,
    policy: Policy,
    world: World,
    valueNames: ValueNames,
    find: FindRecord,
  ) {
    this.#core = core;
    this.#memory = memory;
    this.#policy = policy;
    this.#find = find;
    this.#interned = new Interned(core, memory, policy.conditions.names ?? noNames);
    this.encoder = new ValueEncoder(this.#interned, valueNames, find);
    this.references = new References(core, memory, policy.conditions.references, world);
    writeWorldColumns(core, memory, policy, world, this.encoder, this.lookups);
    this.request = new RequestValues(core, memory, policy.conditions, this.encoder);
    this.#allocateUserFacts(world.users.names.length);
  }

  #allocateUserFacts(users: number): void {
    const { userFacts } = this.#policy.conditions;
    if (userFacts === 0) return;
    const words = (users + 31) >>> 5;
    const address = this.#memory.allocate(userFacts * 2 * words * 4);
    const header = this.#core.world();
    this.#memory.words[(header + WORLD_USER_FACTS) >>> 2] = address;
    this.#memory.words[(header + WORLD_USER_FACT_WORDS) >>> 2] = words;
  }

  /** Gives columns of users, teams or units more rows: `table` is the word of the header that says where they are. */
  growColumns(
    table: number,
    attributes: readonly Attribute[],
    room: number,
    wanted: number,
    { journal, heap }: { readonly journal: Journal; readonly heap: Heap },
  ): void {
    const columns = this.#memory.words[(this.#core.world() + table) >>> 2] as number;
    attributes.forEach(({ type }, column) => {
      const address = heap.take(columnBytes(wanted));
      const { words } = this.#memory;
      const at = columns + column * 4;
      const former = words[at >>> 2] as number;
      words.copyWithin(address >>> 2, former >>> 2, (former >>> 2) + room * 2);
      const bits = (former >>> 2) + room * 2;
      words.copyWithin((address >>> 2) + wanted * 2, bits, bits + ((room + 31) >>> 5));
      journal.word(at, address);
      heap.give(former, columnBytes(room));
      if (type !== TYPE_LOOKUP) return;
      this.lookups.move(former, address, wanted);
      journal.done(() => this.lookups.move(address, former, room));
    });
  }

  /** Room for the facts of more users: they are all worked out again. */
  growUserFacts(users: number, { journal, heap }: { readonly journal: Journal; readonly heap: Heap }): void {
    const { userFacts } = this.#policy.conditions;
    if (userFacts === 0) return;
    const words = (users + 31) >>> 5;
    const header = this.#core.world();
    journal.word(header + WORLD_USER_FACTS, heap.take(userFacts * 2 * words * 4));
    journal.word(header + WORLD_USER_FACT_WORDS, words);
  }

  /**
   * Clears what a user or team who is removed had, since his number may be another's soon, and every value that is he: looks
   * through the columns that may hold one.
   */
  forgetPrincipal(
    principal: number,
    { records, stale }: { readonly records: Records; readonly stale: StaleFacts },
    journal: Journal,
  ): void {
    const [ofUsers, ofTeams] = this.#holderTables();
    const { attributes, rows, addressOf } = (principal & TEAM_BIT) === 0 ? ofUsers : ofTeams;
    attributes.forEach((_, column) => {
      journal.bit(addressOf(column) + rows * 8, principal & ~TEAM_BIT, false);
    });
    const clear = (
      { attributes, rows, addressOf }: HolderTable,
      cleared: (row: number) => void = () => undefined,
    ) => {
      attributes.forEach(({ type }, column) => {
        const address = leadsToPeople.includes(type) ? addressOf(column) : 0;
        const { words } = this.#memory;
        for (let row = 0; address !== 0 && row < rows; row++) {
          if (words[(address >>> 2) + row * 2] !== principal) continue;
          journal.bit(address + rows * 8, row, false);
          cleared(row);
        }
      });
    };
    records.kept.forEach((attributes, entity) => {
      const values = records.pages.valuesOf(entity);
      for (const { address, first } of records.pages.pagesOf(entity)) {
        const addressOf = (column: number) => values.column(address, column);
        // What is told of a value that is wanting now is an error.
        clear({ attributes, rows: PAGE_RECORDS, addressOf }, (row) => stale.touch(first + row));
      }
    });
    for (const table of this.#holderTables()) clear(table);
  }

  #holderTables(): [users: HolderTable, teams: HolderTable, units: HolderTable] {
    const { words } = this.#memory;
    const word = (offset: number) => words[(this.#core.world() + offset) >>> 2] as number;
    const { users, teams, units } = this.#policy.conditions;
    const tableOf = (attributes: readonly Attribute[], room: number, table: number): HolderTable => ({
      attributes,
      rows: word(room),
      addressOf: (column) => words[(word(table) >>> 2) + column] as number,
    });
    return [
      tableOf(users, WORLD_USER_ROOM, WORLD_USER_COLUMNS),
      tableOf(teams, WORLD_TEAM_ROOM, WORLD_TEAM_COLUMNS),
      tableOf(units, WORLD_UNIT_ROOM, WORLD_UNIT_COLUMNS),
    ];
  }

  /**
   * Lookups of users, teams and units that led to `from` lead to `to`: a record of the entity has gone, and its number may be
   * another's soon, or it has come. Returns whether there were any.
   */
  leadHolders(entity: number, from: number, to: number, journal: Journal): boolean {
    let any = false;
    for (const { attributes, rows, addressOf } of this.#holderTables()) {
      attributes.forEach(({ type, argument }, column) => {
        if (type !== TYPE_LOOKUP || argument !== entity) return;
        const address = addressOf(column);
        for (let row = 0; row < rows; row++) {
          if (this.#memory.words[(address >>> 2) + row * 2] !== from) continue;
          journal.word(address + row * 8, to);
          any = true;
        }
      });
    }
    return any;
  }

  /** Writes, or clears, one attribute of a user, team or unit that conditions read. */
  setHolderValue(
    of: "user" | "team" | "unit",
    number: number,
    name: string,
    cell: unknown,
    journal: Journal,
  ): void {
    const { users, teams, units } = this.#policy.conditions;
    const [attributes, room, table] = {
      user: [users, WORLD_USER_ROOM, WORLD_USER_COLUMNS],
      team: [teams, WORLD_TEAM_ROOM, WORLD_TEAM_COLUMNS],
      unit: [units, WORLD_UNIT_ROOM, WORLD_UNIT_COLUMNS],
    }[of] as [readonly Attribute[], number, number];
    const column = attributes.findIndex((attribute) => attribute.name === name);
    if (column < 0) return;
    const word = (offset: number) => this.#memory.words[(this.#core.world() + offset) >>> 2] as number;
    const rows = word(room);
    const buffer = new ColumnBuffer(1);
    const attribute = attributes[column] as Attribute;
    const isSet = cell !== undefined && cell !== null && this.encoder.writer(attribute)(buffer, 0, cell);
    this.encoder.commit();
    this.encoder.place([attribute], [buffer]);
    const address = this.#memory.words[(word(table) >>> 2) + column] as number;
    if (isSet) {
      journal.word(address + number * 8, buffer.words[0] as number);
      journal.word(address + number * 8 + 4, buffer.words[1] as number);
    }
    journal.bit(address + rows * 8, number, isSet);
  }

  /** Strings, sets and ghosts, for a snapshot. */
  get interned(): Interned {
    return this.#interned;
  }

  /** Records that lookups lead to and that are not loaded. */
  get ghosts(): Ghosts {
    return this.#interned.ghosts;
  }

  /** The number of a text that some value has or may have; undefined where none has it. */
  numberOfText(text: string): number | undefined {
    return this.#interned.strings.find(text);
  }

  /** What a lookup to this record holds, whether it is loaded or not. Throws BWK426. */
  recordOrGhost(entity: number, id: string): number {
    return this.#find(entity, id) ?? this.#interned.ghosts.number(entity, id);
  }

  /**
   * Brings up to date what depends on which records are loaded: lookups first, then the facts that may follow them.
   * Throws BWK426.
   */
  refresh(pages: RecordPages): void {
    const { ghosts } = this.#interned;
    this.lookups.replace(this.#memory, ghosts.resolve(this.#find));
    this.references.findRecords(this.#find, ghosts);
    const { userFacts, recordFacts } = this.#policy.conditions;
    if (userFacts > 0) this.#core.computeUserFacts();
    recordFacts.forEach((_, entity) => {
      this.#computeEntity(entity, pages);
    });
    this.#core.forgetRequestFacts();
  }

  #computeEntity(entity: number, pages: RecordPages): void {
    if (this.#policy.conditions.recordFacts[entity] === 0) return;
    for (const { address, first } of pages.pagesOf(entity)) this.#core.computePageFacts(address, first);
  }

  /** Brings up to date what has changed since: of records and users one by one, where nothing else reads them. */
  catchUp(stale: StaleFacts, pages: RecordPages, entityOf: (record: number) => number): void {
    const { userFacts, recordFacts, reads, users, names } = this.#policy.conditions;
    if (names === undefined) return;
    if (stale.identities) this.references.findRecords(this.#find, this.#interned.ghosts);
    const entities = new Set<number>();
    if (stale.people || stale.users.size > 0) {
      reads.people.forEach((reads, entity) => {
        if (reads) entities.add(entity);
      });
    }
    for (const record of stale.records) {
      for (const follower of reads.followers[entityOf(record)] ?? []) entities.add(follower);
    }
    // References to records are numbers in code: a record that came or went may be meant anywhere.
    if (stale.identities && this.#namesRecords) recordFacts.forEach((_, entity) => void entities.add(entity));
    for (const entity of entities) this.#computeEntity(entity, pages);
    for (const record of stale.records) {
      const entity = entityOf(record);
      if (recordFacts[entity] === 0 || entities.has(entity)) continue;
      this.#core.computeRecordFacts(pages.pageAddress(record), record);
    }
    if (userFacts > 0) {
      // A user's attribute may lead to another user or team, to a unit that leads there, or to a record, and that to its owner.
      const leads =
        reads.followedByUsers.size > 0 ||
        users.some(({ type }) => leadsToPeople.includes(type) || type === TYPE_UNIT);
      const follows =
        (stale.identities && this.#namesRecords) ||
        [...stale.records].some((record) => reads.followedByUsers.has(entityOf(record)));
      if (stale.people || follows || (leads && stale.users.size > 0)) this.#core.computeUserFacts();
      else for (const user of stale.users) this.#core.computeFactsOfUser(user);
    }
    this.#core.forgetRequestFacts();
  }

  get #namesRecords(): boolean {
    return this.#policy.conditions.references.some(({ kind }) => kind === "record");
  }
}
