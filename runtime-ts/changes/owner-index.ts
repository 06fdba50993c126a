import { NONE, OWNED_BY_PRINCIPAL, PAGE_OWNERS, PAGE_RECORDS, TEAM_BIT } from "../../runtime-as/abi.ts";
import type { Memory } from "../memory.ts";
import type { Policy } from "../policy.ts";
import type { RecordPages } from "../tables/record-pages.ts";
import type { Journal } from "./journal.ts";
import { ReverseIndex } from "./reverse-index.ts";

/** Users stand at even numbers, teams at odd ones: both may grow. */
const placeOf = (principal: number): number =>
  (principal & TEAM_BIT) === 0 ? principal * 2 : (principal & ~TEAM_BIT) * 2 + 1;

/** Who owns which records: made when it is asked for first, then kept up to date. */
export class OwnerIndex {
  readonly #memory: Memory;
  readonly #policy: Policy;
  readonly #pages: RecordPages;
  readonly #journal: Journal;
  #index: ReverseIndex | undefined;

  constructor(memory: Memory, policy: Policy, pages: RecordPages, journal: Journal) {
    this.#memory = memory;
    this.#policy = policy;
    this.#pages = pages;
    this.#journal = journal;
  }

  /** Records were loaded: the index is made anew when it is needed. */
  forget(): void {
    this.#index = undefined;
  }

  /** The records of a user or team, ascending. */
  of(principal: number): number[] {
    return this.each(principal).sort((a, b) => a - b);
  }

  /** The records of a user or team, in no particular order. */
  each(principal: number): number[] {
    if (this.#index === undefined) {
      this.#index = this.#make();
      this.#journal.done(() => this.forget());
    }
    return this.#index.each(placeOf(principal));
  }

  #make(): ReverseIndex {
    const index = new ReverseIndex(0, this.#pages.pageCount * PAGE_RECORDS);
    const { words } = this.#memory;
    this.#policy.entities.forEach(({ ownership }, entity) => {
      if (ownership !== OWNED_BY_PRINCIPAL) return;
      const count = this.#pages.countOf(entity);
      this.#pages.pagesOf(entity).forEach(({ address, first }, i) => {
        const owners = (address + PAGE_OWNERS) >>> 2;
        const rows = Math.min(PAGE_RECORDS, count - i * PAGE_RECORDS);
        for (let row = 0; row < rows; row++) {
          const owner = words[owners + row] as number;
          if (owner !== NONE) index.link(placeOf(owner), first + row);
        }
      });
    });
    return index;
  }

  /** A record goes from one owner to another; NONE: to or from nobody. */
  move(record: number, from: number, to: number): void {
    const index = this.#index;
    if (index === undefined) return;
    if (from !== NONE) {
      index.unlink(placeOf(from), record);
      this.#journal.done(() => index.link(placeOf(from), record));
    }
    if (to !== NONE) {
      index.link(placeOf(to), record);
      this.#journal.done(() => index.unlink(placeOf(to), record));
    }
  }
}
