import * as abi from "../../runtime-as/abi.ts";
import type { Pattern, Place } from "./pattern.ts";
import type { Range } from "./ranges.ts";

/** An instruction; A and B as abi/masks.ts says, but for characters, whose ranges stand beside. */
export interface Instruction {
  readonly op: number;
  a: number;
  b: number;
  readonly ranges: readonly Range[];
}

/** More instructions than a mask may have (abi.ts, MAX_MASK_INSTRUCTIONS). */
export class MaskTooLarge extends Error {}

const places: Record<Place, number> = {
  start: abi.PLACE_START,
  end: abi.PLACE_END,
  "word edge": abi.PLACE_WORD_EDGE,
  "no word edge": abi.PLACE_NO_WORD_EDGE,
};

class Assembler {
  readonly instructions: Instruction[] = [];
  #emitted = 0;

  get #next(): number {
    return this.instructions.length;
  }

  #add(op: number, a = 0, b = 0, ranges: readonly Range[] = []): Instruction {
    if (this.#next >= abi.MAX_MASK_INSTRUCTIONS) throw new MaskTooLarge();
    const instruction = { op, a, b, ranges };
    this.instructions.push(instruction);
    return instruction;
  }

  match(): void {
    this.#add(abi.MASK_MATCH);
  }

  emit(pattern: Pattern): void {
    // Repetitions of nothing add no instruction and take time all the same.
    if (++this.#emitted > abi.MAX_MASK_INSTRUCTIONS * 16) throw new MaskTooLarge();
    switch (pattern.kind) {
      case "character":
        this.#add(abi.MASK_CHARACTER, 0, 0, pattern.ranges);
        break;
      case "sequence":
        for (const part of pattern.parts) this.emit(part);
        break;
      case "choice":
        this.#choice(pattern.options);
        break;
      case "repeat":
        this.#repeat(pattern);
        break;
      case "place":
        this.#add(abi.MASK_PLACE, places[pattern.place]);
        break;
      case "look":
        this.#look(pattern);
        break;
    }
  }

  #choice(options: readonly Pattern[]): void {
    const ends: Instruction[] = [];
    for (const option of options.slice(0, -1)) {
      const split = this.#add(abi.MASK_SPLIT, this.#next + 1);
      this.emit(option);
      ends.push(this.#add(abi.MASK_JUMP));
      split.b = this.#next;
    }
    this.emit(options.at(-1) as Pattern);
    for (const end of ends) end.a = this.#next;
  }

  /** On at `go` or `stop`, whichever the repetition prefers first. */
  static #aim(split: Instruction, lazy: boolean, go: number, stop: number): void {
    split.a = lazy ? stop : go;
    split.b = lazy ? go : stop;
  }

  #repeat({ body, min, max, lazy }: Extract<Pattern, { kind: "repeat" }>): void {
    for (let copy = 1; copy < min; copy++) this.emit(body);
    if (max === undefined) this.#endless(body, min, lazy);
    else this.#bounded(body, min, max, lazy);
  }

  /** The last of the `min` copies, then those that may follow it. */
  #bounded(body: Pattern, min: number, max: number, lazy: boolean): void {
    if (min > 0) this.emit(body);
    const splits: { readonly split: Instruction; readonly go: number }[] = [];
    for (let copy = min; copy < max; copy++) {
      splits.push({ split: this.#add(abi.MASK_SPLIT), go: this.#next });
      this.emit(body);
    }
    for (const { split, go } of splits) Assembler.#aim(split, lazy, go, this.#next);
  }

  #endless(body: Pattern, min: number, lazy: boolean): void {
    if (min > 0) {
      const go = this.#next;
      this.emit(body);
      const split = this.#add(abi.MASK_SPLIT);
      Assembler.#aim(split, lazy, go, this.#next);
      return;
    }
    const split = this.#add(abi.MASK_SPLIT);
    const go = this.#next;
    this.emit(body);
    this.#add(abi.MASK_JUMP, go - 1);
    Assembler.#aim(split, lazy, go, this.#next);
  }

  #look({ body, behind, negative }: Extract<Pattern, { kind: "look" }>): void {
    const flags = (negative ? abi.LOOK_NEGATIVE : 0) | (behind ? abi.LOOK_BEHIND : 0);
    this.#add(abi.MASK_LOOK, this.#next + 2, flags);
    const over = this.#add(abi.MASK_JUMP);
    this.emit(body);
    this.match();
    over.a = this.#next;
  }
}

/** The instructions of a pattern. Throws MaskTooLarge. */
export function assemble(pattern: Pattern): readonly Instruction[] {
  const assembler = new Assembler();
  assembler.emit(pattern);
  assembler.match();
  return assembler.instructions;
}
