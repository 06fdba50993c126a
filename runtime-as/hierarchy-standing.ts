// Who stands how below whom (semantics.md section 7), and what that gives.
import {
  ACTION_APPEND,
  ACTION_APPEND_TO,
  ACTION_READ,
  ACTION_WRITE,
  ACTIONS,
  ENTITY_WITHOUT_HIERARCHY,
  FLAG_HIERARCHY_ANCESTORS,
  FLAG_HIERARCHY_ANY_UNIT,
  FLAG_HIERARCHY_DISABLED_REPORTS,
  HIERARCHY_NODES,
  HIERARCHY_SEATS,
  HIERARCHY_UNIT_PARENTS,
  NODE_BYTES,
  ORGANIZATION,
  OWNED_BY_PRINCIPAL,
  SEAT_BYTES,
  SEAT_NODE,
  SETTING_HIERARCHY_DEPTH,
  SETTING_HIERARCHY_LEVEL,
  SHARE_DIRECT,
  SHARE_INHERITED,
  SHARE_PRINCIPAL,
  USER_DISABLED,
  USER_FLAGS,
  USER_MANAGES,
  USER_UNIT,
  WORLD_HIERARCHY,
} from "./constants";
import { grantsAtLeast } from "./grants";
import { entityFlags, entityOf, kindOf, setting, settingWord } from "./image";
import { worldWord } from "./memory";
import { endOfUnit, userRow } from "./principals";
import { principalRow } from "./question";

// How a user stands below another. What the lowest gives, the higher ones give too.
export const NOT_BELOW: u32 = 0;
/** Further down: reading (semantics.md H1). */
export const BELOW: u32 = 1;
/** A direct report, or a directly lower position: read, write, append, appendTo. */
export const DIRECTLY_BELOW: u32 = 2;
/** What no standing below gives. */
const NEVER: u32 = 3;

/** One word of the hierarchy in memory (abi.ts, HIERARCHY_*). */
export function hierarchyWord(offset: usize): u32 {
  return load<u32>(<usize>worldWord(WORLD_HIERARCHY) + offset);
}

export function nodeWord(node: u32, offset: usize): u32 {
  return load<u32>(<usize>hierarchyWord(HIERARCHY_NODES) + node * NODE_BYTES + offset);
}

/** The seats of users, 0 in the manager model. */
export function seats(): usize {
  return hierarchyWord(HIERARCHY_SEATS);
}

/** Where a user stands: himself, or his position; NO where he has none. */
export function nodeOf(user: u32): u32 {
  return seats() === 0 ? user : load<u32>(seats() + user * SEAT_BYTES, SEAT_NODE);
}

/** How far down the hierarchy reaches (semantics.md H7). */
export function deepest(): u32 {
  return settingWord(SETTING_HIERARCHY_DEPTH);
}

/** Between manager and report, whoever stands between them (semantics.md H4). */
function unitsFit(manager: u32, report: u32): bool {
  if (setting(FLAG_HIERARCHY_ANY_UNIT)) return true;
  const above = <u32>load<u16>(userRow(manager), USER_UNIT);
  const below = <u32>load<u16>(userRow(report), USER_UNIT);
  if (above === below) return true;
  if (setting(FLAG_HIERARCHY_ANCESTORS)) return above <= below && below <= endOfUnit(above);
  return <u32>load<u16>(<usize>hierarchyWord(HIERARCHY_UNIT_PARENTS) + below * 2) === above;
}

/** Whether a user who stands below the manager counts as his report (semantics.md H4 to H6). */
export function counts(manager: u32, report: u32): bool {
  if (report === manager) return false;
  const flags = <u32>load<u16>(userRow(report), USER_FLAGS);
  if ((flags & USER_DISABLED) !== 0 && !setting(FLAG_HIERARCHY_DISABLED_REPORTS)) return false;
  return seats() !== 0 || unitsFit(manager, report);
}

function rankNeeded(action: u32): u32 {
  if (action === ACTION_READ) return BELOW;
  const isDirect = action === ACTION_WRITE || action === ACTION_APPEND || action === ACTION_APPEND_TO;
  return isDirect ? DIRECTLY_BELOW : NEVER;
}

/** The least rank that gives the principal this privilege on records of its entity; NEVER where none does. */
export function rankFor(privilege: u32): u32 {
  if ((<u32>load<u16>(principalRow, USER_FLAGS) & USER_MANAGES) === 0) return NEVER;
  if (kindOf(privilege) !== OWNED_BY_PRINCIPAL) return NEVER;
  if ((entityFlags(entityOf(privilege)) & ENTITY_WITHOUT_HIERARCHY) !== 0) return NEVER;
  return rankNeeded(privilege % ACTIONS);
}

/** Whether the gathered grants let him reach anything through others (semantics.md H3). */
export function grantsSuffice(): bool {
  return grantsAtLeast(settingWord(SETTING_HIERARCHY_LEVEL));
}

/** Whether a share row carries the right, to a user or a team: what goes to everybody comes from nobody below. */
export function carries(share: usize, action: u32): bool {
  const mask = <u32>(load<u8>(share, SHARE_DIRECT) | load<u8>(share, SHARE_INHERITED));
  return (mask & (1 << action)) !== 0 && load<u32>(share, SHARE_PRINCIPAL) !== <u32>ORGANIZATION;
}

/** Whether the hierarchy cannot give this rank. */
export function isNever(rank: u32): bool {
  return rank === NEVER;
}
