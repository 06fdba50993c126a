import { privilegeAliases } from "./stock-tables.ts";
import { taskPrivileges } from "./task-privileges.ts";

/** The record privileges by the verb of their privilege name, in lower case. AppendTo stands before Append. */
const verbs = [
  ["appendto", "appendTo"],
  ["append", "append"],
  ["assign", "assign"],
  ["create", "create"],
  ["delete", "delete"],
  ["read", "read"],
  ["share", "share"],
  ["write", "write"],
] as const;

/** Words that a grant takes for an action (language.md section 2). */
const actionWords: ReadonlySet<string> = new Set([...verbs.map(([, action]) => action), "update", "all"]);

export type Action = (typeof verbs)[number][1];

/** What a privilege name means: an action on a table (by logical name, and as spelled), or a task privilege. */
export type PrivilegeMeaning =
  | { readonly kind: "table"; readonly action: Action; readonly table: string; readonly spelled: string }
  | { readonly kind: "task"; readonly name: string };

/** The logical name of the table that a privilege calls `base`: `Note` is annotation. */
export function tableOf(base: string): string {
  const lower = base.toLowerCase();
  return privilegeAliases.get(lower) ?? lower;
}

/**
 * Splits `prvAppendToye_booking` into its verb and its table. Names are compared without regard to case. Task
 * privileges are known by list; `prvAppendTo…` may be Append on a table called To…, so the reading whose table is known
 * wins, then AppendTo. A verb with a table that nobody knows is kept as that table; a name without a verb is a task.
 * @returns undefined where the name is no privilege name at all (it does not begin with `prv`, or nothing follows)
 */
export function privilegeMeaning(
  name: string,
  isKnown: (table: string) => boolean,
): PrivilegeMeaning | undefined {
  const rest = /^prv(.+)$/is.exec(name.trim())?.[1];
  if (rest === undefined) return undefined;
  const lower = rest.toLowerCase();
  const task = taskPrivileges.get(lower);
  if (task !== undefined) return { kind: "task", name: task };
  const readings = verbs
    .filter(([verb]) => lower.startsWith(verb) && lower.length > verb.length)
    .map(([verb, action]) => ({ action, spelled: rest.slice(verb.length) }));
  const reading = readings.find(({ spelled }) => isKnown(tableOf(spelled))) ?? readings[0];
  // `permit read;` would be the action, so such a name keeps its `prv`.
  if (reading === undefined) return { kind: "task", name: actionWords.has(rest) ? name.trim() : rest };
  return { kind: "table", ...reading, table: tableOf(reading.spelled) };
}

/** Tables that privileges name beyond doubt: by a verb that is not the beginning of another. */
export function tablesNamedBy(privileges: Iterable<string>): Set<string> {
  const tables = new Set<string>();
  for (const name of privileges) {
    const meaning = privilegeMeaning(name, () => false);
    if (meaning?.kind === "table" && meaning.action !== "append" && meaning.action !== "appendTo") {
      tables.add(meaning.table);
    }
  }
  return tables;
}
