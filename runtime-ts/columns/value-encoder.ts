import {
  TEAM_BIT,
  TYPE_BOOL,
  TYPE_CHOICE,
  TYPE_DATETIME,
  TYPE_DECIMAL,
  TYPE_LONG,
  TYPE_LOOKUP,
  TYPE_PRINCIPAL,
  TYPE_SET,
  TYPE_STRING,
  TYPE_TEAM,
  TYPE_USER,
} from "../../runtime-as/abi.ts";
import { parseDatetime } from "../datetime.ts";
import type { Attribute } from "../policy.ts";
import { parseBool, parseDecimal, parseLong, parsePrincipal, parseSet, type ValueNames } from "../values.ts";
import type { ColumnBuffer } from "./column-buffer.ts";
import type { FindRecord } from "./ghosts.ts";
import type { Interned } from "./interned.ts";

/** Writes the value of a cell into a row; false, and nothing is written, where it is no value of the attribute. */
export type Write = (column: ColumnBuffer, row: number, cell: unknown) => boolean;

/** Turns values into the 64 bits that columns hold (abi.ts, "Values in columns"). `valueProblem` says what is wrong. */
export class ValueEncoder {
  readonly #interned: Interned;
  readonly #names: ValueNames;
  readonly #find: FindRecord;

  /** `find` tells the numbers of loaded records. */
  constructor(interned: Interned, names: ValueNames, find: FindRecord) {
    this.#interned = interned;
    this.#names = names;
    this.#find = find;
  }

  /** How values of this attribute are written; to be asked once a column. Writing throws BWK426. */
  writer({ type, argument, options }: Attribute): Write {
    const { strings } = this.#interned;
    switch (type) {
      case TYPE_STRING:
        return numbers((cell) => (typeof cell === "string" ? strings.number(cell) : undefined));
      case TYPE_CHOICE: {
        const known = new Map(options.map((option) => [option, strings.number(option)]));
        return numbers((cell) => known.get(cell as string));
      }
      case TYPE_BOOL:
        return numbers((cell) => {
          const bool = parseBool(cell);
          return bool === undefined ? undefined : Number(bool);
        });
      case TYPE_DATETIME:
        return numbers(parseDatetime);
      case TYPE_LONG:
        return longs(parseLong);
      case TYPE_DECIMAL:
        return longs(parseDecimal);
      case TYPE_SET:
        return this.#sets(argument);
      case TYPE_LOOKUP:
        return numbers((cell) => {
          if (typeof cell !== "string" || cell === "") return undefined;
          return this.#find(argument, cell) ?? this.#interned.ghosts.number(argument, cell);
        });
      case TYPE_PRINCIPAL:
        return numbers((cell) => {
          const principal = typeof cell === "string" ? parsePrincipal(cell, this.#names) : undefined;
          return typeof principal === "number" ? principal : undefined;
        });
      case TYPE_TEAM:
        return numbers((cell) => {
          const team = this.#names.teams.get(cell as string);
          return team === undefined ? undefined : (team | TEAM_BIT) >>> 0;
        });
      default: {
        const names = type === TYPE_USER ? this.#names.users : this.#names.units;
        return numbers((cell) => names.get(cell as string));
      }
    }
  }

  /** Sets stand in a column by number until their addresses are known: see `place`. */
  #sets(element: number): Write {
    const { strings, sets } = this.#interned;
    // Tables have few different sets in many rows.
    const known = new Map<string, number>();
    return numbers((cell) => {
      const before = typeof cell === "string" ? known.get(cell) : undefined;
      if (before !== undefined) return before;
      const parsed = parseSet(cell, element);
      if (parsed === undefined) return undefined;
      const set = sets.number(
        parsed.map((item) => (typeof item === "string" ? BigInt(strings.number(item)) : item)),
      );
      if (typeof cell === "string" && known.size < mostKnownSets) known.set(cell, set);
      return set;
    });
  }

  /** Brings into memory what was interned while writing. Throws BWK414. */
  commit(): void {
    this.#interned.commit();
  }

  /** Puts the addresses of committed sets in place of their numbers. */
  place(attributes: readonly Attribute[], columns: readonly (ColumnBuffer | undefined)[]): void {
    const { sets } = this.#interned;
    attributes.forEach(({ type }, i) => {
      const column = columns[i];
      if (type !== TYPE_SET || column === undefined) return;
      const { words } = column;
      for (let row = 0; row * 2 < words.length; row++) {
        if (!column.has(row)) continue;
        words[row * 2] = sets.address(words[row * 2] as number);
      }
    });
  }

  /** Returns a function that takes back what is written, interned and allocated from now on. */
  mark(): () => void {
    return this.#interned.mark();
  }
}

const mostKnownSets = 100_000;

function numbers(encode: (cell: unknown) => number | undefined): Write {
  return (column, row, cell) => {
    const value = encode(cell);
    if (value === undefined) return false;
    column.set(row, value);
    return true;
  };
}

function longs(parse: (cell: unknown) => bigint | undefined): Write {
  return (column, row, cell) => {
    const value = parse(cell);
    if (value === undefined) return false;
    column.setLong(row, value);
    return true;
  };
}
