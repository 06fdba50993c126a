import { printName } from "../../compiler/index.ts";
import type { ResolvedRole, RoleGrants } from "./grants.ts";
import { groupBy } from "./group-by.ts";
import { commentText, textLiteral } from "./names.ts";
import { type Level, levelNames, type Ownership } from "./ownership.ts";
import type { Action } from "./privilege-name.ts";
import { wrapStatement } from "./wrap.ts";

const actionOrder: readonly Action[] = [
  "create",
  "read",
  "write",
  "delete",
  "assign",
  "share",
  "append",
  "appendTo",
];

/**
 * The source text of a role. Grants stand by level, widest first; entities with the same actions at the same level
 * share a statement; a full set of actions is `all`. Above stands where the role comes from. `ownershipOf` is by entity or privilege set name.
 */
export function writeRole(
  role: ResolvedRole,
  grants: RoleGrants,
  origin: string,
  ownershipOf: (target: string) => Ownership,
): string {
  const { draft } = role;
  const lines: string[] = [`// ${commentText(origin)}`];
  if (draft.id !== undefined) lines.push(`@id(${textLiteral(draft.id)})`);
  if (draft.description !== undefined) lines.push(`@description(${textLiteral(draft.description)})`);
  lines.push(`${draft.form} ${printName(draft.name)} {`);
  for (const level of [4, 3, 2, 1] as const) lines.push(...grantsAt(level, grants, ownershipOf));
  if (grants.tasks.size > 0)
    lines.push(...wrapStatement("  permit ", [...grants.tasks].sort().map(printName), ";"));
  return `${lines.join("\n")}\n}\n`;
}

function grantsAt(level: Level, grants: RoleGrants, ownershipOf: (target: string) => Ownership): string[] {
  const targets = [...grants.targets].flatMap(([target, actions]) => {
    const here = actionOrder.filter((action) => actions.get(action) === level);
    const full = ownershipOf(target) === "userOrTeam" ? 8 : 6;
    return here.length === 0
      ? []
      : [{ target, words: here.length === full ? "all" : here.join(", "), count: here.length }];
  });
  // What is granted in full comes first, then the longest lists.
  const rank = (group: typeof targets): number => (group[0]?.words === "all" ? 9 : (group[0]?.count ?? 0));
  const groups = [...groupBy(targets, ({ words }) => words)].sort(
    ([a, m], [b, n]) => rank(n) - rank(m) || (a < b ? -1 : 1),
  );
  return groups.flatMap(([words, group]) => {
    const names = group.map(({ target }) => target).sort(byName);
    return wrapStatement(`  permit ${words} on `, names.map(printName), ` at ${levelNames[level]};`);
  });
}

/** Alphabetical, as people look names up: without regard to case. */
export function byName(a: string, b: string): number {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x < y ? -1 : x > y ? 1 : a < b ? -1 : 1;
}
