import type { TypedConditions } from "../expressions/index.ts";
import type { Policy } from "../model/model.ts";
import { Programs } from "./code/programs.ts";
import { type ConditionalRow, conditionals } from "./conditionals.ts";
import { type GuardLists, guardLists } from "./guard-lists.ts";
import { planeWords, rolePlanes } from "./planes.ts";
import { type PrivilegeRow, privilegeRows } from "./privileges.ts";

export type { Programs } from "./code/programs.ts";
export { ownerships } from "./privileges.ts";

/** The decision tables of a policy: what the image holds beside names and the declared world. */
export interface Tables {
  readonly planeWords: number;
  /** `planeWords` words a role. */
  readonly rolePlanes: Uint32Array;
  readonly guards: GuardLists;
  readonly privileges: readonly PrivilegeRow[];
  readonly conditionals: readonly ConditionalRow[];
  /** The code of all conditions, of grants and guardrails alike. */
  readonly programs: Programs;
}

export function buildTables(policy: Policy, typed: TypedConditions): Tables {
  const programs = new Programs(policy, typed);
  return {
    planeWords: planeWords(policy),
    rolePlanes: rolePlanes(policy),
    guards: guardLists(policy, programs),
    privileges: privilegeRows(policy),
    conditionals: conditionals(policy, programs),
    programs,
  };
}
