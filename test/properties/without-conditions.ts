import type { Project } from "./project.ts";

/** The same project with every grant and guardrail for all records and requests. */
export function withoutConditions(project: Project): Project {
  return {
    ...project,
    roles: project.roles.map((role) => ({
      ...role,
      grants: role.grants.map((grant) => ({ ...grant, condition: [] })),
      tasks: role.tasks.map((grant) => ({ ...grant, condition: [] })),
    })),
    guardrails: project.guardrails.map((guardrail) => ({ ...guardrail, condition: [] })),
  };
}
