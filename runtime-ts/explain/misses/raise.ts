import {
  CONTEXT_BYTES,
  CONTEXT_LIST_COUNT,
  CONTEXT_LIST_PLANES,
  CONTEXT_LIST_ROWS,
  CONTEXT_PLANES,
  CONTEXT_ROLES,
  SLOTS_PER_WORD,
  TEAM_BIT,
  TEAM_BYTES,
  TEAM_CONTEXTS,
  USER_BYTES,
  USER_CONTEXTS,
  USER_TEAM_CONTEXTS,
  WORLD_TEAMS,
  WORLD_USERS,
} from "../../../runtime-as/abi.ts";
import type { Ground } from "../../operations/ground.ts";
import { levelOf, owningTeamsOf } from "../copies.ts";
import type { Subject } from "../subject.ts";

/** The context lists that the question looks through: the user's own, his teams', and the one's that owns the record. */
function listsOf(ground: Ground, subject: Subject): number[] {
  const { core, memory } = ground;
  const word = (at: number) => memory.words[at >>> 2] as number;
  const user = word(core.world() + WORLD_USERS) + subject.user * USER_BYTES;
  const lists = [word(user + USER_CONTEXTS), word(user + USER_TEAM_CONTEXTS)];
  if ((subject.owner & TEAM_BIT) === 0) return lists;
  const team = subject.owner & ~TEAM_BIT;
  if (!owningTeamsOf(ground, subject).includes(team)) return lists;
  return [...lists, word(word(core.world() + WORLD_TEAMS) + team * TEAM_BYTES + TEAM_CONTEXTS)];
}

/** Lets a role grant a level (LEVEL_* bit) where the question looks: in the role sets of these lists, and nowhere else. */
export function raise(ground: Ground, subject: Subject, role: number, level: number): void {
  const { memory, loaded } = ground;
  const { slot } = subject;
  const shift = (slot % SLOTS_PER_WORD) * 4;
  const word = (at: number) => memory.words[at >>> 2] as number;
  const put = (planes: number, levels: number): void => {
    const at = planes + Math.floor(slot / SLOTS_PER_WORD) * 4;
    loaded.editor.journal.word(at, ((word(at) & ~(15 << shift)) | (levels << shift)) >>> 0);
  };
  for (const list of listsOf(ground, subject)) {
    let together = 0;
    for (let i = 0; i < word(list + CONTEXT_LIST_COUNT); i++) {
      const row = list + CONTEXT_LIST_ROWS + i * CONTEXT_BYTES;
      const roles = word(row + CONTEXT_ROLES);
      let levels = 0;
      for (let r = 1; r <= word(roles); r++) {
        const each = word(roles + r * 4);
        levels |= each === role ? level : levelOf(ground, each, slot);
      }
      put(word(row + CONTEXT_PLANES), levels);
      together |= levels;
    }
    put(word(list + CONTEXT_LIST_PLANES), together);
  }
}
