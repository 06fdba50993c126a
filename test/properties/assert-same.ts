import { differences } from "./compare.ts";
import { type Core, engineOf } from "./engines.ts";
import type { Project } from "./project.ts";
import { toSource } from "./to-source.ts";
import { split } from "./to-tables.ts";

/** The project as somebody reads it who has to find out who is wrong. */
function shown(project: Project): string {
  const { directory, records, shares } = split(project);
  const inSource = directory === undefined && records.length === 0 && shares === undefined;
  const loaded = inSource
    ? ""
    : `--- loaded (${project.placement})\n${JSON.stringify({ directory, records, shares })}\n`;
  return `--- everything as source\n${toSource(project)}${loaded}--- to keep\n${JSON.stringify(project)}`;
}

/** Throws, with question, answers and project, where the engine says otherwise than the twin. */
export function assertSame(project: Project, core: Core): void {
  const [first, ...others] = differences(project, engineOf(project, core));
  if (first === undefined) return;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  throw new Error(
    `the ${core} core differs from the twin${more}\n${first.asked}\ntwin:   ${first.expected}\n` +
      `engine: ${first.got}\n${shown(project)}`,
  );
}
