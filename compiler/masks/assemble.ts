import * as abi from "../../runtime-as/abi.ts";
import { mayBeEmpty, type Pattern, type Place } from "./pattern.ts";
import type { Range } from "./ranges.ts";

/** An instruction; A and B as abi/masks.ts says, but for characters, whose ranges stand beside. */
export interface Instruction {
  readonly op: number;
  a: number;
  b: number;
  readonly ranges: readonly Range[];
}

/** Parts of a pattern that are written out, at most. */
const mostEmitted = abi.MAX_MASK_INSTRUCTIONS * 16;

type Repeat = Extract<Pattern, { kind: "repeat" }>;

/** Jumps that leave a part of a pattern, where it has taken no character and where it has taken some. */
interface Exits {
  readonly empty: readonly Instruction[];
  readonly full: readonly Instruction[];
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
    if (++this.#emitted > mostEmitted) throw new MaskTooLarge();
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

  #repeat({ body, min, max, lazy }: Repeat): void {
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
      this.#once(body);
    }
    for (const { split, go } of splits) Assembler.#aim(split, lazy, go, this.#next);
  }

  #endless(body: Pattern, min: number, lazy: boolean): void {
    if (min > 0 && !mayBeEmpty(body)) {
      const go = this.#next;
      this.emit(body);
      const split = this.#add(abi.MASK_SPLIT);
      Assembler.#aim(split, lazy, go, this.#next);
      return;
    }
    if (min > 0) this.emit(body);
    const split = this.#add(abi.MASK_SPLIT);
    const go = this.#next;
    this.#once(body);
    this.#add(abi.MASK_JUMP, go - 1);
    Assembler.#aim(split, lazy, go, this.#next);
  }

  /** One time more than there must be: as in ECMAScript it takes characters, or does not count. */
  #once(body: Pattern): void {
    if (!mayBeEmpty(body)) {
      this.emit(body);
      return;
    }
    const { empty, full } = this.#fromNothing(body);
    this.#land(empty);
    // A character that is none of any.
    this.#add(abi.MASK_CHARACTER);
    this.#land(full);
  }

  /** Lets jumps end here. */
  #land(jumps: readonly Instruction[]): void {
    for (const jump of jumps) jump.a = this.#next;
  }

  /**
   * The pattern where nothing has been taken yet: every way through it leaves by the jump that says whether something has. Behind a
   * character the rest is as anywhere else, and stands there a second time.
   */
  #fromNothing(pattern: Pattern): Exits {
    if (++this.#emitted > mostEmitted) throw new MaskTooLarge();
    switch (pattern.kind) {
      case "character":
        this.emit(pattern);
        return { empty: [], full: [this.#add(abi.MASK_JUMP)] };
      case "place":
      case "look":
        this.emit(pattern);
        return { empty: [this.#add(abi.MASK_JUMP)], full: [] };
      case "choice":
        return this.#choiceFromNothing(pattern.options);
      case "sequence":
        return this.#sequenceFromNothing(pattern.parts);
      case "repeat":
        return this.#repeatFromNothing(pattern);
    }
  }

  #choiceFromNothing(options: readonly Pattern[]): Exits {
    const exits: Exits[] = [];
    for (const option of options.slice(0, -1)) {
      const split = this.#add(abi.MASK_SPLIT, this.#next + 1);
      exits.push(this.#fromNothing(option));
      split.b = this.#next;
    }
    exits.push(this.#fromNothing(options.at(-1) as Pattern));
    return { empty: exits.flatMap(({ empty }) => empty), full: exits.flatMap(({ full }) => full) };
  }

  #sequenceFromNothing(parts: readonly Pattern[]): Exits {
    let empty: readonly Instruction[] = [this.#add(abi.MASK_JUMP)];
    const fulls: (readonly Instruction[])[] = [];
    for (const part of parts) {
      if (empty.length === 0) break;
      this.#land(empty);
      const exits = this.#fromNothing(part);
      empty = exits.empty;
      fulls.push(exits.full);
    }
    const full: Instruction[] = [];
    parts.forEach((part, i) => {
      // What has taken something in this part goes on with the next.
      if (i > 0) this.emit(part);
      if (i === parts.length - 1) {
        if (i > 0) full.push(this.#add(abi.MASK_JUMP));
        full.push(...(fulls[i] ?? []));
      } else this.#land(fulls[i] ?? []);
    });
    return { empty, full };
  }

  #repeatFromNothing({ body, min, max, lazy }: Repeat): Exits {
    const most = max === undefined ? undefined : max - min;
    const more: Repeat = { kind: "repeat", body, min: 0, max: most, lazy };
    if (min > 0) {
      if (min > mostEmitted) throw new MaskTooLarge();
      const parts = Array.from({ length: min }, () => body);
      return this.#sequenceFromNothing(most === 0 ? parts : [...parts, more]);
    }
    if (most === 0) return { empty: [this.#add(abi.MASK_JUMP)], full: [] };
    const split = this.#add(abi.MASK_SPLIT);
    const go = this.#next;
    this.#once(body);
    this.emit({ ...more, max: most === undefined ? undefined : most - 1 });
    const full = [this.#add(abi.MASK_JUMP)];
    Assembler.#aim(split, lazy, go, this.#next);
    return { empty: [this.#add(abi.MASK_JUMP)], full };
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
