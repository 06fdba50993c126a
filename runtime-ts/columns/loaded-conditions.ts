import { WORLD_USER_FACT_WORDS, WORLD_USER_FACTS } from "../../runtime-as/abi.ts";
import type { Core } from "../instantiate.ts";
import type { Memory } from "../memory.ts";
import type { Policy } from "../policy.ts";
import type { RecordPages } from "../tables/record-pages.ts";
import type { ValueNames } from "../values.ts";
import type { World } from "../world/world.ts";
import type { FindRecord } from "./ghosts.ts";
import { Interned } from "./interned.ts";
import { LookupColumns } from "./lookup-columns.ts";
import { References } from "./references.ts";
import { RequestValues } from "./request-values.ts";
import type { NameSpans } from "./string-table.ts";
import { ValueEncoder } from "./value-encoder.ts";
import { writeWorldColumns } from "./world-columns.ts";

/** Everything beside the records that conditions look at. Only a policy with conditions has it. */
export class LoadedConditions {
  readonly encoder: ValueEncoder;
  readonly lookups: LookupColumns = new LookupColumns();
  readonly request: RequestValues;
  readonly #core: Core;
  readonly #memory: Memory;
  readonly #policy: Policy;
  readonly #find: FindRecord;
  readonly #interned: Interned;
  readonly #references: References;

  /** `find` tells the numbers of loaded records: there are none yet. Throws BWK201, BWK414, BWK426. */
  constructor(
    core: Core,
    memory: Memory,
    policy: Policy,
    names: NameSpans,
    world: World,
    valueNames: ValueNames,
    find: FindRecord,
  ) {
    this.#core = core;
    this.#memory = memory;
    this.#policy = policy;
    this.#find = find;
    this.#interned = new Interned(core, memory, names);
    this.encoder = new ValueEncoder(this.#interned, valueNames, find);
    this.#references = new References(core, memory, policy.conditions.references, world);
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

  /**
   * Brings up to date what depends on which records are loaded: lookups first, then the facts that may follow them.
   * Throws BWK426.
   */
  refresh(pages: RecordPages): void {
    const { ghosts } = this.#interned;
    this.lookups.replace(this.#memory, ghosts.resolve(this.#find));
    this.#references.findRecords(this.#find, ghosts);
    const { userFacts, recordFacts } = this.#policy.conditions;
    if (userFacts > 0) this.#core.computeUserFacts();
    recordFacts.forEach((facts, entity) => {
      if (facts === 0) return;
      for (const { address, first } of pages.pagesOf(entity)) this.#core.computePageFacts(address, first);
    });
    this.#core.forgetRequestFacts();
  }
}
