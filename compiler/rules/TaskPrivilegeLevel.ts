import type { NameNode } from "../syntax/ast.ts";
import type { Rule } from "./project.ts";

/** BWK303: a task privilege has no access level but organization (language.md section 4). */
export const TaskPrivilegeLevel: Rule = ({ stages }, report) => {
  const check = (level: number, node: NameNode | undefined, privileges: readonly string[]): void => {
    if (level === 0 || level === 4 || node === undefined) return;
    for (const privilege of privileges) report.add("BWK303", node.span, { privilege, level: node.value });
  };
  for (const { sites } of stages) {
    for (const { node, tasks, level } of sites.grants)
      check(
        level,
        node.level,
        tasks.map((task) => task.node.value),
      );
    for (const { node, tasks, level } of sites.guardrails)
      if (node.effect === "permit")
        check(
          level,
          node.level,
          tasks.map(({ word }) => word),
        );
  }
};
