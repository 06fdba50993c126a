import type { Core } from "../instantiate.ts";
import type { Memory } from "../memory.ts";

/** Memory for what the core works out about all users, so that `whoCan` need not ask each (who-index.ts of the core). */
export class WhoIndex {
  readonly #core: Core;
  readonly #memory: Memory;
  #address = 0;
  #room = 0;

  constructor(core: Core, memory: Memory) {
    this.#core = core;
    this.#memory = memory;
  }

  /** Brings it up to date. Where there is no room for it, `whoCan` does without. */
  prepare(): void {
    const bytes = this.#core.whoBytes() >>> 0;
    if (bytes === 0) return;
    if (bytes > this.#room) {
      // Room to grow: what was given is not given back.
      const room = bytes + (bytes >>> 2);
      const address = this.#core.allocate(room) >>> 0;
      if (address === 0) return;
      this.#address = address;
      this.#room = room;
    } else this.#memory.bytes.fill(0, this.#address, this.#address + bytes);
    this.#core.makeWho(this.#address);
  }
}
