import type fc from "fast-check";
import type { Project } from "../properties/project.ts";
import { projects } from "../properties/world.ts";

/** Random projects that the export takes: hierarchy security has no counterpart in Cedar, and the export says so. */
export function projectsForCedar(where: "source" | "loaded"): fc.Arbitrary<Project> {
  return projects(where).map((project) => ({ ...project, hierarchy: undefined }));
}
