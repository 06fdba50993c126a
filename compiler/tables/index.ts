import type { Policy } from "../model/model.ts";
import { type GuardLists, guardLists } from "./guard-lists.ts";
import { planeWords, rolePlanes } from "./planes.ts";
import { type PrivilegeRow, privilegeRows } from "./privileges.ts";

export { ownerships } from "./privileges.ts";

/** The decision tables of a policy: what the image holds beside names and the declared world. */
export interface Tables {
  readonly planeWords: number;
  /** `planeWords` words a role. */
  readonly rolePlanes: Uint32Array;
  readonly guards: GuardLists;
  readonly privileges: readonly PrivilegeRow[];
}

export function buildTables(policy: Policy): Tables {
  return {
    planeWords: planeWords(policy),
    rolePlanes: rolePlanes(policy),
    guards: guardLists(policy),
    privileges: privilegeRows(policy),
  };
}
