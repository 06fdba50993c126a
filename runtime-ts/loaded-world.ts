import { PAGE_RECORDS } from "../runtime-as/abi.ts";
import { Heap } from "./changes/heap.ts";
import { Journal } from "./changes/journal.ts";
import { PeopleEditor } from "./changes/people-editor.ts";
import { RecordEditor } from "./changes/record-editor.ts";
import { LoadedConditions } from "./columns/loaded-conditions.ts";
import type { DescribedValues, GivenValues } from "./columns/request-values.ts";
import { StaleFacts } from "./columns/stale-facts.ts";
import { BailiwickError } from "./errors.ts";
import type { Core } from "./instantiate.ts";
import type { Memory } from "./memory.ts";
import type { Policy } from "./policy.ts";
import { quote } from "./quote.ts";
import { ColumnState } from "./secured/column-state.ts";
import { didYouMean } from "./suggest.ts";
import { Records } from "./tables/records.ts";
import { Shares } from "./tables/shares.ts";
import type { ValueNames } from "./values.ts";
import { People } from "./world/people.ts";
import type { DeclaredWorld } from "./world/read-image.ts";
import { WhoIndex } from "./world/who-index.ts";
import type { World } from "./world/world.ts";
import { writeWorld } from "./world/write-world.ts";

/** A world in memory: people and places, records, shares. Made anew for every directory. */
export class LoadedWorld {
  readonly world: World;
  readonly records: Records;
  readonly shares: Shares;
  /** Members of column profiles, and shares of columns. */
  readonly columns: ColumnState;
  readonly names: { users: ValueNames["users"]; teams: ValueNames["teams"]; units: ValueNames["units"] };
  readonly conditions: LoadedConditions;
  /** What has changed since `getReady`. */
  readonly stale: StaleFacts;
  readonly #core: Core;
  #guardsAreStale = false;
  readonly people: People;
  readonly peopleEditor: PeopleEditor;
  /** Address of the scopes of guardrails. */
  readonly scopes: number;
  readonly editor: RecordEditor;
  readonly who: WhoIndex;

  /** Writes the world, and what the policy's source declares beside it. Throws BWK413, BWK414, BWK436. */
  constructor(core: Core, memory: Memory, policy: Policy, declared: DeclaredWorld, world: World) {
    this.world = world;
    this.#core = core;
    this.stale = new StaleFacts(policy.conditions.names !== undefined);
    const journal = new Journal(memory);
    const heap = new Heap(memory, journal);
    this.people = new People(core, memory, policy, world, journal, heap);
    this.scopes = writeWorld(core, memory, policy, world, this.people);
    this.names = { users: world.users.numbers, teams: world.teams.numbers, units: world.units.numbers };
    let records: Records | undefined;
    const find = (entity: number, id: string): number | undefined => records?.find(entity, id);
    this.conditions = new LoadedConditions(core, memory, policy, world, this.names, find);
    records = new Records(core, memory, policy, world, this.names, this.scopes, this.conditions);
    this.records = records;
    this.shares = new Shares(core, memory, policy, world, this.records);
    this.records.loadDeclared(declared.records);
    this.shares.loadDeclared(declared.shares);
    this.columns = new ColumnState(world.profileMembers);
    this.columns.loadDeclared(declared.columnShares, world, find);
    this.who = new WhoIndex(core, memory, journal);
    this.editor = new RecordEditor(memory, policy, this, journal, heap);
    this.peopleEditor = new PeopleEditor(core, memory, policy, this);
  }

  /**
   * Makes everything ready for questions after records were loaded or anything was changed: parents, lookups, facts of
   * conditions. Throws BWK436 for a parent that is still missing, BWK426.
   */
  getReady(): void {
    if (this.#guardsAreStale) this.#core.markGuarded();
    this.#guardsAreStale = false;
    if (this.records.tablesAreNew) this.#readTables();
    else if (!this.stale.isEmpty) this.#catchUp();
    this.stale.clear();
  }

  /** Which users guardrails name is worked out again before the next question. */
  forgetGuards(): void {
    this.#guardsAreStale = true;
  }

  #readTables(): void {
    this.records.findParents();
    this.conditions.refresh(this.records.pages);
    this.editor.forget();
    this.records.tablesAreNew = false;
  }

  #catchUp(): void {
    const { pages } = this.records;
    if (this.stale.identities) this.records.findGuardedRecords();
    // An update that was taken back may have left numbers of records that were never there.
    for (const record of this.stale.records) {
      if (record >= pages.pageCount * PAGE_RECORDS) this.stale.records.delete(record);
    }
    this.conditions.catchUp(this.stale, pages, (record) => this.editor.entityOf(record));
  }

  /** Asks while conditions see this request context and this described record. Throws BWK414, BWK426. */
  during<T>(context: GivenValues | undefined, described: DescribedValues | undefined, ask: () => T): T {
    return this.conditions.request.during(context, described, ask);
  }

  /** The number of a loaded record. Throws BWK440. */
  record(policy: Policy, entity: number, id: string): number {
    const number = this.records.find(entity, id);
    if (number !== undefined) return number;
    const name = policy.entities[entity]?.name as string;
    const help = didYouMean(id, this.records.ids(entity));
    throw new BailiwickError("BWK440", `record ${quote(id)} of ${quote(name)} is not loaded`, help);
  }
}
