import type { Core } from "../instantiate.ts";
import type { Memory } from "../memory.ts";
import { Ghosts } from "./ghosts.ts";
import { SetTable } from "./set-table.ts";
import { type NameSpans, StringTable } from "./string-table.ts";

/** What columns hold as numbers: strings, sets, and records that are not loaded. What is new can be taken back. */
export class Interned {
  readonly strings: StringTable;
  readonly sets: SetTable;
  readonly ghosts: Ghosts = new Ghosts();
  readonly #memory: Memory;

  constructor(core: Core, memory: Memory, names: NameSpans) {
    this.strings = new StringTable(core, memory, names);
    this.sets = new SetTable(memory);
    this.#memory = memory;
  }

  /** Brings what is new into memory. Throws BWK414. */
  commit(): void {
    this.strings.commit();
    this.sets.commit();
  }

  /** Returns a function that takes back what is interned, and whatever is allocated, from now on. */
  mark(): () => void {
    const memory = this.#memory.mark();
    const strings = this.strings.mark();
    const sets = this.sets.mark();
    const ghosts = this.ghosts.count;
    return () => {
      this.strings.undo(strings);
      this.sets.undo(sets);
      this.ghosts.truncate(ghosts);
      this.#memory.reset(memory);
    };
  }
}
