import type { RoleDraft } from "./merge-roles.ts";
import { exists, type Level, type TableRow } from "./ownership.ts";
import { type Action, type PrivilegeMeaning, privilegeMeaning } from "./privilege-name.ts";
import type { Notes } from "./report.ts";
import type { NamedRows, Table } from "./tables.ts";

/** The privilege set of all activity tables. */
export const activitySet = "Activity";
const activityKey = "activity";

/** A row whose name and level are understood. */
interface ResolvedRow {
  readonly privilege: string;
  readonly levelName: string;
  readonly level: Level;
  readonly meaning: PrivilegeMeaning;
}

export interface ResolvedRole {
  readonly draft: RoleDraft;
  readonly rows: readonly ResolvedRow[];
}

/** The grants of one role: level by target (entity or privilege set) and action; and its task privileges. */
export interface RoleGrants {
  readonly targets: ReadonlyMap<string, ReadonlyMap<Action, Level>>;
  readonly tasks: ReadonlySet<string>;
}

const levels: ReadonlyMap<string, Level> = new Map([
  ["basic", 1],
  ["local", 2],
  ["deep", 3],
  ["global", 4],
]);

/** Understands the names and levels of a role's rows. What is not understood grants nothing, and is said. */
export function resolveRows(
  draft: RoleDraft,
  isKnown: (table: string) => boolean,
  notes: Notes,
): ResolvedRole {
  const rows: ResolvedRow[] = [];
  for (const { privilege, level: written, file } of draft.rows) {
    const drop = (what: string, why: string): void => {
      notes.add("left out", what, `role \`${draft.name}\` (${file})`, why, { role: draft.name });
    };
    const level = levels.get(written?.toLowerCase() ?? "");
    const meaning = privilegeMeaning(privilege, isKnown);
    if (meaning === undefined) {
      drop(
        `\`${privilege}\``,
        "this is no privilege name: expected `prv`, a verb and a table, or the name of a task privilege",
      );
    } else if (level === undefined || written === undefined) {
      const said = written === undefined ? "no level" : `the level \`${written}\``;
      drop(`\`${privilege}\` with ${said}`, "expected Basic, Local, Deep or Global");
    } else rows.push({ privilege, levelName: written, level, meaning });
  }
  return { draft, rows };
}

/** The rows of all roles by table, for finding ownerships. Activities are left out: they have one ownership anyway. */
export function rowsByTable(roles: readonly ResolvedRole[]): Map<string, NamedRows> {
  const found = new Map<string, { spellings: Map<string, number>; rows: TableRow[] }>();
  for (const { draft, rows } of roles) {
    for (const { meaning, privilege, level, levelName } of rows) {
      if (meaning.kind !== "table" || meaning.table === activityKey) continue;
      const entry = found.get(meaning.table) ?? { spellings: new Map<string, number>(), rows: [] };
      found.set(meaning.table, entry);
      entry.spellings.set(meaning.spelled, (entry.spellings.get(meaning.spelled) ?? 0) + 1);
      const witness = `${privilege} at ${levelName} in role "${draft.name}"`;
      entry.rows.push({ action: meaning.action, level, witness });
    }
  }
  const named = new Map<string, NamedRows>();
  for (const [table, { spellings, rows }] of found) {
    const best = [...spellings].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0];
    named.set(table, { spelled: best?.[0] ?? table, rows });
  }
  return named;
}

export function grantsActivity(roles: readonly ResolvedRole[]): boolean {
  return roles.some(({ rows }) =>
    rows.some(({ meaning }) => meaning.kind === "table" && meaning.table === activityKey),
  );
}

/**
 * The grants of a role. Every row becomes exactly one: two rows of one privilege are one grant at the higher level, and
 * a row that cannot exist for its table's ownership is kept as a task privilege of its own name, which grants no record.
 * `taskNames` (lower case -> as written) keeps one spelling of each task privilege over all roles, and is added to.
 */
export function grantsOf(
  role: ResolvedRole,
  tables: ReadonlyMap<string, Table>,
  taskNames: Map<string, string>,
  notes: Notes,
): RoleGrants {
  const targets = new Map<string, Map<Action, Level>>();
  const tasks = new Set<string>();
  const where = `role \`${role.draft.name}\` (${role.draft.files.join(", ")})`;
  const change = (what: string, why: string): void => {
    notes.add("changed", what, where, why, { role: role.draft.name });
  };
  for (const { privilege, level, levelName, meaning } of role.rows) {
    const what = `\`${privilege}\` at ${levelName}`;
    const task = (spelled: string): void => {
      const name = taskNames.get(spelled.toLowerCase()) ?? spelled;
      taskNames.set(spelled.toLowerCase(), name);
      if (tasks.has(name)) change(what, "the role has the privilege twice; one grant is kept");
      tasks.add(name);
    };
    if (meaning.kind === "task") {
      if (level !== 4)
        change(what, "a task privilege has no levels: it is granted as such, which is organization");
      task(meaning.name);
      continue;
    }
    const obstacle = obstacleTo(meaning, level, tables);
    if (obstacle !== undefined) {
      change(
        what,
        `${obstacle}; kept as the task privilege \`${privilege.trim().slice(3)}\`, which reaches no record`,
      );
      task(privilege.trim().slice(3));
      continue;
    }
    const target = meaning.table === activityKey ? activitySet : (tables.get(meaning.table) as Table).name;
    const granted = targets.get(target) ?? new Map<Action, Level>();
    targets.set(target, granted);
    const before = granted.get(meaning.action);
    if (before !== undefined)
      change(what, "the role has the privilege more than once; the highest level counts");
    granted.set(meaning.action, Math.max(before ?? 0, level) as Level);
  }
  return { targets, tasks };
}

/** Why a row cannot be a grant on its table; undefined where it can. */
function obstacleTo(
  meaning: PrivilegeMeaning & { kind: "table" },
  level: Level,
  tables: ReadonlyMap<string, Table>,
): string | undefined {
  if (meaning.table === activityKey) return undefined;
  const table = tables.get(meaning.table) as Table;
  if (table.activity)
    return `\`${table.name}\` is an activity table, whose privileges are those of \`${activitySet}\``;
  if (exists(table.ownership, meaning.action, level)) return undefined;
  const owner = table.ownership === "organization" ? "the organization" : "a business unit";
  return `records of \`${table.name}\` are owned by ${owner}, which has no such privilege or level`;
}
