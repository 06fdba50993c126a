import { readFileSync } from "node:fs";

/** What bench/core-as exports. */
export interface Loops {
  readonly memory: WebAssembly.Memory;
  allocate(bytes: number): number;
  checkEach(...addresses: number[]): void;
  readEach(...addresses: number[]): void;
  readUnits(units: number, records: number, out: number): void;
  readRecords(
    units: number,
    owners: number,
    shared: number,
    facts: number,
    records: number,
    out: number,
  ): void;
  readUsers(sets: number, units: number, users: number, out: number): void;
}

type Column = Uint8Array | Uint16Array | Uint32Array;

function tryRead(url: URL): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(readFileSync(url));
  } catch {
    return undefined;
  }
}

/** The loops of bench/core-as with a memory of their own for tables. */
export class LoopMemory {
  readonly loops: Loops;

  constructor() {
    // dist/bench/peers/ and bench/peers/ lie at different depths.
    const module = [2, 3]
      .map((up) => tryRead(new URL(`${"../".repeat(up)}build/bench.wasm`, import.meta.url)))
      .find((bytes) => bytes !== undefined);
    if (module === undefined)
      throw new Error("build/bench.wasm is missing: run `node scripts/build-bench.mjs`");
    this.loops = new WebAssembly.Instance(new WebAssembly.Module(module)).exports as unknown as Loops;
  }

  allocate(bytes: number): number {
    return this.loops.allocate(bytes) >>> 0;
  }

  put(column: Column): number {
    const address = this.allocate(column.byteLength);
    const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
    new Uint8Array(this.loops.memory.buffer).set(bytes, address);
    return address;
  }

  words(address: number, count: number): Uint32Array {
    return new Uint32Array(this.loops.memory.buffer, address, count);
  }
}
