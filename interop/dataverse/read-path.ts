import { closeSync, type Dirent, fstatSync, openSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { ImportError } from "./errors.ts";
import { inMebibytes, limits } from "./limits.ts";
import { type InputFile, isZip, readZip } from "./read-zip.ts";

/** Folders that never hold a solution; `.git` alone can hold a hundred thousand files. */
const skipped: ReadonlySet<string> = new Set(["node_modules", ".git"]);

/**
 * The XML files of a path: an unpacked solution folder (or a folder holding several, or solution zips directly in it),
 * a solution zip, or one XML file. Paths in the result are relative to the path given, except for a single file.
 * Symbolic links are not followed.
 * @throws ImportError BWK450 (cannot be read), BWK454 (too large), and the errors of `readZip`
 */
export function readPath(path: string): InputFile[] {
  let isFolder: boolean;
  try {
    const stat = statSync(path);
    isFolder = stat.isDirectory();
    if (!isFolder && !stat.isFile()) {
      throw new ImportError("BWK450", `\`${path}\` is neither a file nor a folder`);
    }
  } catch (cause) {
    if (cause instanceof ImportError) throw cause;
    throw unreadable(path, cause);
  }
  if (isFolder) return readFolder(path);
  const bytes = readBytes(path);
  const name = basename(path);
  if (isZip(bytes)) return readZip(name, bytes);
  if (/\.zip$/i.test(name)) {
    throw new ImportError(
      "BWK455",
      `\`${path}\` is not a zip, although its name says so${bytes.length === 0 ? ": it is empty" : ""}`,
      "export the solution again; the download may have failed",
    );
  }
  return [{ path: name, bytes }];
}

function readFolder(root: string): InputFile[] {
  const files: InputFile[] = [];
  let total = 0;
  const add = (file: InputFile): void => {
    total += file.bytes.length;
    if (total > limits.totalBytes || files.length >= limits.files) {
      throw new ImportError(
        "BWK454",
        `\`${root}\` holds more XML than is read at once (limits: ${limits.files} files, ${inMebibytes(limits.totalBytes)})`,
        "name the folder of the solution itself",
      );
    }
    files.push(file);
  };
  const walk = (folder: string, prefix: string, depth: number): void => {
    if (depth > limits.folders) throw new ImportError("BWK454", `\`${folder}\` is nested too deep`);
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (cause) {
      throw unreadable(folder, cause);
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const full = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name)) walk(full, `${prefix}${entry.name}/`, depth + 1);
      } else if (entry.isFile() && /\.xml$/i.test(entry.name)) {
        add({ path: prefix + entry.name, bytes: readBytes(full) });
      } else if (entry.isFile() && depth === 0 && /\.zip$/i.test(entry.name)) {
        for (const file of readZip(entry.name, readBytes(full))) add(file);
      }
    }
  };
  walk(root, "", 0);
  return files;
}

function readBytes(path: string): Uint8Array {
  let handle: number | undefined;
  try {
    handle = openSync(path, "r");
    const { size } = fstatSync(handle);
    if (size > limits.fileBytes) {
      throw new ImportError(
        "BWK454",
        `\`${path}\` has ${inMebibytes(size)}, the limit is ${inMebibytes(limits.fileBytes)} a file`,
      );
    }
    return readFileSync(handle);
  } catch (cause) {
    if (cause instanceof ImportError) throw cause;
    throw unreadable(path, cause);
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function unreadable(path: string, cause: unknown): ImportError {
  const code = (cause as { code?: unknown } | undefined)?.code;
  const why =
    code === "ENOENT"
      ? "does not exist"
      : code === "EACCES" || code === "EPERM"
        ? "may not be read (no permission)"
        : `cannot be read${typeof code === "string" ? ` (${code})` : ""}`;
  return new ImportError(
    "BWK450",
    `\`${path}\` ${why}`,
    "name a solution folder, a solution zip, or a customizations.xml",
  );
}
