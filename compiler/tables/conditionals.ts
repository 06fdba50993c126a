import { ACTIONS } from "../../runtime-as/abi.ts";
import type { Policy } from "../model/model.ts";
import { positionOf, type Span } from "../source.ts";
import type { Programs } from "./code/programs.ts";

/** A row of CONDITIONALS: a grant that exists where its program says so. */
export interface ConditionalRow {
  readonly role: number;
  readonly privilege: number;
  /** LEVEL_* bit */
  readonly level: number;
  readonly program: number;
  /** Where it stands in the file of its role. */
  readonly line: number;
}

/** The conditional grants of all roles, by role, then privilege; a grant on a shared set stands for each of its entities. */
export function conditionals(policy: Policy, programs: Programs): ConditionalRow[] {
  const rows: ConditionalRow[] = [];
  const firstTask = policy.entities.length * ACTIONS;
  policy.roles.forEach((role, number) => {
    const own: ConditionalRow[] = [];
    const add = (privilege: number, level: number, condition: number, span: Span) => {
      const outcome = programs.of(condition, privilege);
      if (outcome === false) return;
      const program = outcome === true ? programs.always() : outcome;
      const { line } = positionOf(span.file, span.start);
      own.push({ role: number, privilege, level: 1 << (level - 1), program, line });
    };
    for (const { action, privilegeSet, level, condition, span } of role.conditionalGrants) {
      for (const entity of policy.privilegeSets[privilegeSet]?.entities ?? []) {
        add(entity * ACTIONS + action, level, condition, span);
      }
    }
    for (const { task, condition, span } of role.conditionalTasks) add(firstTask + task, 4, condition, span);
    own.sort((a, b) => a.privilege - b.privilege);
    rows.push(...own);
  });
  return rows;
}
