// The door of the Dataverse importer: exported solutions in, policy files out. Nothing is written here.
import { format } from "../../compiler/index.ts";
import { carryOver, type ImportResult } from "./import-files.ts";
import { readPath } from "./read-path.ts";
import type { InputFile } from "./read-zip.ts";

export { type ImportCode, ImportError, importFaults } from "./errors.ts";
export type { ImportResult } from "./import-files.ts";
export type { InputFile } from "./read-zip.ts";
export type { CarriedOver, ImportNote, ImportReport } from "./report.ts";

/**
 * The policy files for the solutions at a path: an unpacked folder, a folder holding several solutions or solution
 * zips, a solution zip, or a packed customizations.xml. File names are relative and use forward slashes.
 * @throws ImportError when the path cannot be read or holds no solution, or a file in it is broken (BWK450 to BWK459)
 */
export async function importSolution(path: string): Promise<ImportResult> {
  return importFiles(readPath(path));
}

/** As `importSolution`, for XML files that are already in memory. Paths tell files of one solution from another's. */
export function importFiles(files: readonly InputFile[]): ImportResult {
  const { files: written, report } = carryOver(files);
  return { files: written.map(({ name, text }) => ({ name, text: formatted(name, text) })), report };
}

function formatted(name: string, text: string): string {
  const result = format({ name, text });
  // Text that does not parse would be a fault of the importer; it must not leave here looking like a policy.
  if (result.text === undefined) {
    const first = result.diagnostics[0]?.message ?? "unknown";
    throw new Error(`the importer wrote ${name} wrongly: ${first}`);
  }
  return result.text;
}
