import { WORLD_CONTEXT_COLUMNS, WORLD_DESCRIBED_COLUMNS } from "../../runtime-as/abi.ts";
import type { Conditions } from "../conditions.ts";
import type { Core } from "../instantiate.ts";
import type { Memory } from "../memory.ts";
import type { Attribute } from "../policy.ts";
import { ColumnBuffer, columnBytes } from "./column-buffer.ts";
import type { ValueEncoder } from "./value-encoder.ts";

/** Values by attribute name; what is absent, undefined or null has none. They have been checked. */
export type GivenValues = ReadonlyMap<string, unknown>;

/** A record that is described and not loaded: its entity and its attributes. */
export interface DescribedValues {
  readonly entity: number;
  readonly values: GivenValues;
}

/** Columns of one row in memory. */
class OneRow {
  readonly #memory: Memory;
  readonly #columns: readonly number[];

  constructor(core: Core, memory: Memory, columns: number, word: number) {
    this.#memory = memory;
    const table = memory.allocate(columns * 4);
    this.#columns = Array.from({ length: columns }, () => memory.allocate(columnBytes(1)));
    memory.words.set(this.#columns, table >>> 2);
    memory.words[(core.world() + word) >>> 2] = table;
  }

  clear(): void {
    const { words } = this.#memory;
    for (const address of this.#columns) words.fill(0, address >>> 2, (address + columnBytes(1)) >>> 2);
  }

  write(buffers: readonly ColumnBuffer[]): void {
    buffers.forEach((buffer, i) => {
      buffer.copy(0, 1, this.#memory, this.#columns[i] as number, 1, 0);
    });
  }
}

/**
 * The attributes that come with a question: of the request context, and of a described record. They are there for one
 * call, and so is what was interned for them; between calls every one is absent.
 */
export class RequestValues {
  readonly #core: Core;
  readonly #conditions: Conditions;
  readonly #encoder: ValueEncoder;
  readonly #context: OneRow;
  readonly #described: OneRow;

  constructor(core: Core, memory: Memory, conditions: Conditions, encoder: ValueEncoder) {
    this.#core = core;
    this.#conditions = conditions;
    this.#encoder = encoder;
    const most = Math.max(0, ...conditions.entities.map(({ length }) => length));
    this.#context = new OneRow(core, memory, conditions.context.length, WORLD_CONTEXT_COLUMNS);
    this.#described = new OneRow(core, memory, most, WORLD_DESCRIBED_COLUMNS);
  }

  #read(columns: readonly Attribute[], values: GivenValues): ColumnBuffer[] {
    return columns.map((attribute) => {
      const buffer = new ColumnBuffer(1);
      const value = values.get(attribute.name) ?? undefined;
      if (value !== undefined) this.#encoder.writer(attribute)(buffer, 0, value);
      return buffer;
    });
  }

  /** Asks while the core sees these values. Throws BWK414, BWK426. */
  during<T>(context: GivenValues | undefined, described: DescribedValues | undefined, ask: () => T): T {
    const ofContext = context === undefined ? [] : this.#conditions.context;
    const ofRecord = described === undefined ? [] : (this.#conditions.entities[described.entity] ?? []);
    if (ofContext.length === 0 && ofRecord.length === 0) return ask();
    const undo = this.#encoder.mark();
    try {
      const contextRow = this.#read(ofContext, context ?? new Map());
      const recordRow = this.#read(ofRecord, described?.values ?? new Map());
      this.#encoder.commit();
      this.#encoder.place(ofContext, contextRow);
      this.#encoder.place(ofRecord, recordRow);
      this.#context.write(contextRow);
      this.#described.write(recordRow);
      this.#core.forgetRequestFacts();
      return ask();
    } finally {
      this.#context.clear();
      this.#described.clear();
      undo();
      this.#core.forgetRequestFacts();
    }
  }
}
