import { existsSync } from "node:fs";
import type { SourceFile } from "../compiler/index.ts";
import { importSolution } from "../interop/dataverse/index.ts";

/** Real published solutions as policies, where a folder of them is at hand. */
export async function realRoles(): Promise<{ files: SourceFile[]; roles: number } | undefined> {
  const folder = process.env.BAILIWICK_SOLUTIONS ?? "../shared/realdata";
  if (!existsSync(folder)) return undefined;
  const { files } = await importSolution(folder);
  return { files: [...files], roles: files.filter(({ name }) => name.startsWith("roles/")).length };
}
