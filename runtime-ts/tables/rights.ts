import {
  ACTION_APPEND,
  ACTION_APPEND_TO,
  ACTION_ASSIGN,
  ACTION_CREATE,
  ACTION_DELETE,
  ACTION_READ,
  ACTION_SHARE,
  ACTION_WRITE,
} from "../../runtime-as/abi.ts";

/** Action names in the order of their numbers (language.md section 2). */
export const actionNames: readonly string[] = [
  "create",
  "read",
  "write",
  "delete",
  "assign",
  "share",
  "append",
  "appendTo",
];

/** The number of an action by its name; `update` is accepted for `write`. Comparing is quicker here than a Map, which hashes. */
export function actionNumber(name: string): number | undefined {
  switch (name) {
    case "create":
      return ACTION_CREATE;
    case "read":
      return ACTION_READ;
    case "write":
    case "update":
      return ACTION_WRITE;
    case "delete":
      return ACTION_DELETE;
    case "assign":
      return ACTION_ASSIGN;
    case "share":
      return ACTION_SHARE;
    case "append":
      return ACTION_APPEND;
    case "appendTo":
      return ACTION_APPEND_TO;
    default:
      return undefined;
  }
}

/** Rights as Dataverse numbers them (semantics.md S8). Other bits, and create, are ignored in a share. */
const dataverseBits: readonly (readonly [bit: number, action: number])[] = [
  [1, ACTION_READ],
  [2, ACTION_WRITE],
  [4, ACTION_APPEND],
  [16, ACTION_APPEND_TO],
  [65_536, ACTION_DELETE],
  [262_144, ACTION_SHARE],
  [524_288, ACTION_ASSIGN],
];

const largest = 0xffff_ffff;

function maskOfNumber(number: number): number {
  let mask = 0;
  for (const [bit, action] of dataverseBits) if ((number & bit) !== 0) mask |= 1 << action;
  return mask;
}

/**
 * Reads the rights of a share: `read|write`, or their sum as Dataverse numbers them. Returns a mask (bit 1 << action), or
 * undefined where it is neither. Create is ignored, as S8 says.
 */
export function parseRights(cell: unknown): number | undefined {
  if (typeof cell === "bigint") return cell >= 0n && cell <= largest ? maskOfNumber(Number(cell)) : undefined;
  if (typeof cell === "number") {
    return Number.isInteger(cell) && cell >= 0 && cell <= largest ? maskOfNumber(cell) : undefined;
  }
  if (typeof cell !== "string") return undefined;
  if (/^[0-9]{1,10}$/.test(cell)) return parseRights(Number(cell));
  let mask = 0;
  for (const word of cell.split("|")) {
    const action = actionNumber(word.trim());
    if (action === undefined) return undefined;
    mask |= 1 << action;
  }
  return mask & ~(1 << ACTION_CREATE);
}
