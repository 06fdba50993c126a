// One check. The first look settles what needs no more than the user's line, two level look-ups and the record's owner and
// unit; everything else is judged in full (judge.ts). Both follow semantics.md section 1.
import {
  CONTEXT_BYTES,
  CONTEXT_FIRST_UNIT,
  CONTEXT_LAST_UNIT,
  CONTEXT_PLANES,
  DECISION_ALLOW,
  DENY_ACCESS,
  DENY_DISABLED,
  DENY_PRIVILEGE,
  DENY_STATE,
  KIND_TASK,
  LEVEL_CHILDREN,
  LEVEL_ORGANIZATION,
  LEVEL_UNIT,
  MARK_OF_PRINCIPAL,
  MARK_SHARED,
  MARK_TEAM,
  NO_UNIT,
  OWNED_BY_ORGANIZATION,
  OWNED_BY_PARENT,
  OWNED_BY_PRINCIPAL,
  PAGE_MARKS,
  PAGE_OWNERS,
  PAGE_UNITS,
  PRIVILEGE_CONDITIONAL,
  PRIVILEGE_ENTITY,
  PRIVILEGE_KIND,
  PRIVILEGE_SLOT,
  TEAM_BIT,
  USER_ADMINISTERS,
  USER_ADMINISTRATOR,
  USER_CONDITIONAL,
  USER_CONTEXTS,
  USER_ENABLED,
  USER_FLAGS,
  USER_MANAGES,
  USER_OWN_PLANES,
  USER_TEAM_CONTEXTS,
  USER_TEAM_PLANES,
} from "./constants";
import { mayConcern } from "./guardrails";
import { guardListOf, levelBits, NO, ownershipIsRecomputed, privilegeCount, privilegeRow } from "./image";
import { judgeDescribed, judgeLoaded } from "./judge";
import { conditionalLevels, REACHED } from "./look";
import { isDeleted, pageOf, placeInPage } from "./pages";
import { contextCount, contextRows, isMember, userCount, userRow } from "./principals";

/** Rule 5a over the contexts of a list, levels below organization. */
export function levelsReach(list: usize, slot: u32, unit: u32): bool {
  const count = contextCount(list);
  let row = contextRows(list);
  for (let i: u32 = 0; i < count; i++) {
    const levels = levelBits(load<u32>(row, CONTEXT_PLANES), slot);
    const first = <u32>load<u16>(row, CONTEXT_FIRST_UNIT);
    if ((levels & LEVEL_CHILDREN) !== 0 && first <= unit && unit <= <u32>load<u16>(row, CONTEXT_LAST_UNIT))
      return true;
    if ((levels & LEVEL_UNIT) !== 0 && first === unit) return true;
    row += CONTEXT_BYTES;
  }
  return false;
}

/** Whether a record's mark leaves it possible that the user or a team owns it; the owner itself lies elsewhere in memory. */
function mayBeHis(mark: u32, user: u32): bool {
  return (mark & MARK_TEAM) !== 0 || (mark & MARK_OF_PRINCIPAL) === (user & MARK_OF_PRINCIPAL);
}

/** Rule 5b: the user himself, or a team of his. */
function isHis(row: usize, user: u32, owner: u32): bool {
  if (owner === user) return true;
  return (owner & <u32>TEAM_BIT) !== 0 && isMember(row, owner & ~(<u32>TEAM_BIT));
}

/** Whether `user` has `privilege` on `record` (NONE for tasks): DECISION_ALLOW or a DENY_ code. */
export function decide(user: u32, privilege: u32, record: u32): u32 {
  if (user >= userCount() || privilege >= privilegeCount()) return DENY_PRIVILEGE;
  const row = userRow(user);
  const flags = <u32>load<u16>(row, USER_FLAGS);
  if ((flags & USER_ENABLED) === 0) return DENY_DISABLED;
  const about = privilegeRow(privilege);
  const kind = load<u32>(about, PRIVILEGE_KIND * 4);
  let page: usize = 0;
  if (kind !== KIND_TASK) {
    const entity = load<u32>(about, PRIVILEGE_ENTITY * 4);
    page = pageOf(entity, record);
    if (page === 0) return isDeleted(entity, record) ? DENY_STATE : DENY_ACCESS;
  }
  // Guardrails, parents, administered teams (T8) and unrecomputed ownership (B9) need the whole judgment.
  const list = guardListOf(privilege);
  const isPlain =
    (list === 0 || !mayConcern(list, flags)) &&
    kind !== OWNED_BY_PARENT &&
    load<u32>(row, USER_ADMINISTERS) === 0 &&
    ownershipIsRecomputed();
  if (!isPlain) return judgeLoaded(user, privilege, page, record);

  const slot = load<u32>(about, PRIVILEGE_SLOT * 4);
  if (slot === NO) return DENY_PRIVILEGE;
  if ((flags & USER_ADMINISTRATOR) !== 0) return DECISION_ALLOW;
  let own = levelBits(load<u32>(row, USER_OWN_PLANES), slot);
  let ofTeams = levelBits(load<u32>(row, USER_TEAM_PLANES), slot);
  if (((own | ofTeams) & LEVEL_ORGANIZATION) !== 0) return DECISION_ALLOW;
  if ((flags & USER_CONDITIONAL) !== 0 && load<u32>(about, PRIVILEGE_CONDITIONAL * 4) !== 0) {
    const there = page === 0 ? <u32>NO_UNIT : <u32>load<u16>(page + placeInPage(record) * 2, PAGE_UNITS);
    own |= conditionalLevels(load<u32>(row, USER_CONTEXTS), privilege, user, page, record, there);
    if ((own & REACHED) !== 0) return DECISION_ALLOW;
    ofTeams |= conditionalLevels(load<u32>(row, USER_TEAM_CONTEXTS), privilege, user, page, record, there);
    if ((ofTeams & REACHED) !== 0) return DECISION_ALLOW;
  }
  if ((own | ofTeams) === 0) return DENY_PRIVILEGE;
  if (kind === OWNED_BY_ORGANIZATION || kind === KIND_TASK) return DECISION_ALLOW;
  const place = placeInPage(record);
  const unit = <u32>load<u16>(page + place * 2, PAGE_UNITS);
  const withUnits: u32 = LEVEL_UNIT | LEVEL_CHILDREN;
  if ((own & withUnits) !== 0 && levelsReach(load<u32>(row, USER_CONTEXTS), slot, unit))
    return DECISION_ALLOW;
  if ((ofTeams & withUnits) !== 0 && levelsReach(load<u32>(row, USER_TEAM_CONTEXTS), slot, unit)) {
    return DECISION_ALLOW;
  }
  if (kind !== OWNED_BY_PRINCIPAL) return DENY_ACCESS;
  const mark = <u32>load<u16>(page + place * 2, PAGE_MARKS);
  if (mayBeHis(mark, user) && isHis(row, user, load<u32>(page + place * 4, PAGE_OWNERS))) {
    if (own !== 0) return DECISION_ALLOW;
    return judgeLoaded(user, privilege, page, record);
  }
  if ((mark & MARK_SHARED) === 0 && (flags & USER_MANAGES) === 0) return DENY_ACCESS;
  return judgeLoaded(user, privilege, page, record);
}

/**
 * The same about a record that is described instead of loaded: its owner (a principal or NONE) and unit; of a parent-owned
 * entity only its parent record counts.
 */
export function decideDescribed(user: u32, privilege: u32, owner: u32, unit: u32, parent: u32): u32 {
  if (user >= userCount() || privilege >= privilegeCount()) return DENY_PRIVILEGE;
  if ((<u32>load<u16>(userRow(user), USER_FLAGS) & USER_ENABLED) === 0) return DENY_DISABLED;
  return judgeDescribed(user, privilege, owner, unit, parent);
}
