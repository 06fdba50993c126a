// The words of language.md section 2 and what they stand for.
import { actions, levels, type Ownership } from "./model.ts";

const actionNumbers = new Map<string, number>([...actions.entries()].map(([index, name]) => [name, index]));
actionNumbers.set("update", 2);

const levelNumbers = new Map<string, number>([...levels.entries()].map(([index, name]) => [name, index]));
for (const [level, name] of ["basic", "local", "deep", "global"].entries()) levelNumbers.set(name, level + 1);

/** The number of a record privilege, `update` meaning write; undefined for any other word (`all` too). */
export function actionNumber(word: string): number | undefined {
  return actionNumbers.get(word);
}

/** The number of an access level under either of its names. */
export function levelNumber(word: string): number | undefined {
  return levelNumbers.get(word);
}

/** Words that may stand where an action is asked for, for suggestions. */
export const actionWords: readonly string[] = [...actionNumbers.keys(), "all"];
/** Words that may stand where a level is asked for, for suggestions. */
export const levelWords: readonly string[] = [...levelNumbers.keys()];

export const CREATE = 0;
export const READ = 1;
export const WRITE = 2;
export const DELETE = 3;
export const ASSIGN = 4;
export const SHARE = 5;
export const APPEND = 6;
export const APPEND_TO = 7;

/** Every record privilege as a mask, and the seven rights that exist on a record (semantics.md section 1). */
export const ALL_ACTIONS = 0xff;
export const RECORD_RIGHTS = ALL_ACTIONS & ~(1 << CREATE);
/** What a column of one record can be shared for (semantics.md F3). */
export const COLUMN_RIGHTS: number = (1 << READ) | (1 << WRITE);

/** After "which is owned by". */
export const ownershipPhrase: Record<Ownership, string> = {
  userOrTeam: "a user or team",
  organization: "the organization",
  businessUnit: "a business unit",
  parent: "its parent",
};

/** As the language writes it after `owned by`. */
export const ownershipKeyword: Record<Ownership, string> = {
  userOrTeam: "user or team",
  organization: "organization",
  businessUnit: "business unit",
  parent: "parent",
};
