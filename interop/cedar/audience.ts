// With whom the right in question is shared, of a record (semantics.md S2 to S4).
import type { Action } from "../../compiler/index.ts";
import type { Export } from "./context.ts";
import { type Holding, ownership } from "./holding.ts";
import { attributeName, member } from "./names.ts";
import { wordOf } from "./rights.ts";
import type { Target } from "./targets.ts";
import type { Vocabulary } from "./vocabulary.ts";

/**
 * That the right in question is shared with him, a team of his or the organization; `himself` says when a share to himself
 * counts.
 */
export function audience(
  rights: readonly number[],
  target: Target,
  himself: Holding["himself"],
  { names }: Export,
): readonly string[] {
  const of = (right: number) => audienceOf(wordOf(right), target, himself, names);
  const [only] = rights;
  if (only !== undefined && rights.length === 1) return of(only);
  const each = rights.map((right) => `action == ${names.actions[right]} && ${of(right).join(" && ")}`);
  return [`(${each.join(" ||\n ")})`];
}

function audienceOf(
  right: Action,
  { record }: Target,
  himself: Holding["himself"],
  names: Vocabulary,
): readonly string[] {
  const { ofTeam, administers } = ownership(record, names);
  const shares = member(record, names.added.record.shares);
  const of = `${shares}.${right}`;
  const direct = `${of}.users.contains(principal)`;
  const ways = [
    `${of}.organization`,
    ...(himself === "always" ? [direct] : []),
    ...(typeof himself === "object" ? [`(${himself.test} && ${direct})`] : []),
    `principal in ${of}.teams`,
    `(${ofTeam} && ${of}.teams.contains(${record}.owner.team) && ${administers})`,
  ];
  return [`${shares} has ${attributeName(right)}`, `(${ways.join(" ||\n ")})`];
}
