import { WORLD_WHO, WORLD_WHO_GENERATION } from "../../runtime-as/abi.ts";
import type { Journal } from "../changes/journal.ts";
import type { Core } from "../instantiate.ts";
import type { Memory } from "../memory.ts";

/** Memory for what the core works out about all users, so that `whoCan` need not ask each (who-index.ts of the core). */
export class WhoIndex {
  readonly #core: Core;
  readonly #memory: Memory;
  readonly #journal: Journal;
  #address = 0;
  #room = 0;

  constructor(core: Core, memory: Memory, journal: Journal) {
    this.#core = core;
    this.#memory = memory;
    this.#journal = journal;
  }

  /**
   * Brings it up to date. Where there is no room for it, `whoCan` does without. An update that is taken back gives back the
   * memory that was taken since it began: this too then stands where it stood before.
   */
  prepare(): void {
    const bytes = this.#core.whoBytes() >>> 0;
    if (bytes === 0) return;
    if (bytes > this.#room) {
      // Room to grow: what was given is not given back.
      const room = bytes + (bytes >>> 2);
      const address = this.#core.allocate(room) >>> 0;
      if (address === 0) return;
      const [before, roomBefore] = [this.#address, this.#room];
      this.#journal.done(() => {
        this.#address = before;
        this.#room = roomBefore;
      });
      this.#address = address;
      this.#room = room;
    } else this.#memory.bytes.fill(0, this.#address, this.#address + bytes);
    for (const word of [WORLD_WHO, WORLD_WHO_GENERATION]) this.#journal.note(this.#core.world() + word);
    this.#core.makeWho(this.#address);
  }
}
