import {
  ACTIONS,
  KIND_TASK,
  OWNED_BY_ORGANIZATION,
  OWNED_BY_PARENT,
  OWNED_BY_PRINCIPAL,
  OWNED_BY_UNIT,
} from "../../runtime-as/abi.ts";
import type { Policy } from "../model/model.ts";
import { actionExists } from "../model/privileges.ts";

/** Ownerships as the core numbers them. */
export const ownerships = {
  userOrTeam: OWNED_BY_PRINCIPAL,
  organization: OWNED_BY_ORGANIZATION,
  businessUnit: OWNED_BY_UNIT,
  parent: OWNED_BY_PARENT,
} as const;

/** What a check needs to know of a privilege before it looks at anybody (abi.ts, PRIVILEGE_*). */
export interface PrivilegeRow {
  /** Undefined where the entity's ownership does not have the right (semantics.md E6). */
  readonly slot: number | undefined;
  readonly kind: number;
  readonly entity: number | undefined;
}

/** Every privilege in number order: entity * 8 + action, then tasks. */
export function privilegeRows(policy: Policy): PrivilegeRow[] {
  const rows: PrivilegeRow[] = [];
  policy.entities.forEach((entity, number) => {
    for (let action = 0; action < ACTIONS; action++) {
      const exists = actionExists(entity.ownership, action);
      const slot = exists ? entity.privilegeSet * ACTIONS + action : undefined;
      rows.push({ slot, kind: ownerships[entity.ownership], entity: number });
    }
  });
  const firstTask = policy.privilegeSets.length * ACTIONS;
  policy.tasks.forEach((_, task) => {
    rows.push({ slot: firstTask + task, kind: KIND_TASK, entity: undefined });
  });
  return rows;
}
