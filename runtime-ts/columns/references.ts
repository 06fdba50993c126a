import {
  NO_UNIT,
  NONE,
  REFERENCE_TEAM,
  REFERENCE_UNIT,
  REFERENCE_USER,
  TEAM_BIT,
  WORLD_REFERENCES,
} from "../../runtime-as/abi.ts";
import type { Journal } from "../changes/journal.ts";
import type { CodeReference } from "../conditions.ts";
import { BailiwickError } from "../errors.ts";
import type { Core } from "../instantiate.ts";
import type { Memory } from "../memory.ts";
import { quote } from "../quote.ts";
import type { World } from "../world/world.ts";
import type { FindRecord, Ghosts } from "./ghosts.ts";

const referenceBytes = 8;
const kinds = new Map([
  [REFERENCE_USER, "user"],
  [REFERENCE_TEAM, "team"],
  [REFERENCE_UNIT, "business unit"],
]);

/** What the code of conditions names, as numbers in memory (abi.ts, WORLD_REFERENCES). */
export class References {
  readonly #memory: Memory;
  readonly #references: readonly CodeReference[];
  readonly #address: number;

  /** Throws BWK201: compiled policies list such names as open (checkOpenNames), so this is the last line of defence. */
  constructor(core: Core, memory: Memory, references: readonly CodeReference[], world: World) {
    this.#memory = memory;
    this.#references = references;
    this.#address = memory.allocate(references.length * referenceBytes);
    memory.words[(core.world() + WORLD_REFERENCES) >>> 2] = this.#address;
    references.forEach((reference, row) => {
      if (reference.kind === "role") this.#write(row, reference.role, 0);
      else if (reference.kind === "name") this.#writeName(row, reference.of, reference.name, world);
    });
  }

  #write(row: number, value: number, last: number): void {
    const at = (this.#address + row * referenceBytes) >>> 2;
    this.#memory.words[at] = value;
    this.#memory.words[at + 1] = last;
  }

  #writeName(row: number, of: number, name: string, { users, teams, units, mayMiss }: World): void {
    const names = of === REFERENCE_USER ? users : of === REFERENCE_TEAM ? teams : units;
    const number = names.numbers.get(name);
    if (number === undefined) {
      if (mayMiss === true) {
        this.#write(row, of === REFERENCE_UNIT ? NO_UNIT : NONE, 0);
        return;
      }
      throw new BailiwickError("BWK201", `unknown ${kinds.get(of)} ${quote(name)} in a condition`);
    }
    this.#write(
      row,
      of === REFERENCE_TEAM ? number | TEAM_BIT : number,
      of === REFERENCE_UNIT ? (units.ends[number] as number) : 0,
    );
  }

  /** Whether a condition names somebody (REFERENCE_USER, REFERENCE_TEAM). */
  names(of: number, name: string): boolean {
    return this.#references.some(
      (reference) => reference.kind === "name" && reference.of === of && reference.name === name,
    );
  }

  /** The team of this name has come, or is none any more (NONE). */
  rewriteTeam(name: string, team: number, journal: Journal): void {
    this.#references.forEach((reference, row) => {
      if (reference.kind !== "name" || reference.of !== REFERENCE_TEAM || reference.name !== name) return;
      journal.word(this.#address + row * referenceBytes, team === NONE ? NONE : (team | TEAM_BIT) >>> 0);
    });
  }

  /** Writes units again, after they were numbered anew. A unit that is gone is none. */
  rewriteUnits({ units }: World, journal: Journal): void {
    this.#references.forEach((reference, row) => {
      if (reference.kind !== "name" || reference.of !== REFERENCE_UNIT) return;
      const number = units.numbers.get(reference.name);
      const at = this.#address + row * referenceBytes;
      journal.word(at, number ?? NO_UNIT);
      journal.word(at + 4, number === undefined ? 0 : (units.ends[number] as number));
    });
  }

  /** Enters the numbers of records, of those that are not loaded their ghosts. Throws BWK426. */
  findRecords(find: FindRecord, ghosts: Ghosts): void {
    this.#references.forEach((reference, row) => {
      if (reference.kind !== "record") return;
      const { entity, id } = reference;
      this.#write(row, find(entity, id) ?? ghosts.number(entity, id), 0);
    });
  }
}
