import { readdir, realpath, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { SourceFile } from "../../compiler/index.ts";
import type { Io } from "../io.ts";
import { Trouble } from "../trouble.ts";
import { readText, shownName } from "./read-file.ts";
import { systemReason } from "./system-error.ts";

/**
 * The policy files that paths lead to: a file is itself, a folder is every `*.bwk` in it and below, sorted, without
 * `node_modules` and folders that begin with a dot; `-` is standard input. A file reached twice counts once.
 */
export async function policyPaths(paths: readonly string[], io: Io): Promise<string[]> {
  const found: string[] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    const files = path === "-" ? ["-"] : await expand(path, io);
    for (const file of files) {
      const place = resolve(io.cwd, file);
      // What has gone in the meantime is said when it is read.
      const identity = file === "-" ? "-" : await realpath(place).catch(() => place);
      if (seen.has(identity)) continue;
      seen.add(identity);
      found.push(file);
    }
  }
  return found;
}

/** The policy files that paths lead to, read. */
export async function readPolicyFiles(paths: readonly string[], io: Io): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for (const path of await policyPaths(paths, io)) {
    files.push({ name: shownName(path), text: await readText(path, io) });
  }
  return files;
}

async function expand(path: string, io: Io): Promise<string[]> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(resolve(io.cwd, path))).isDirectory();
  } catch (error) {
    throw new Trouble("BWK460", `cannot read \`${path}\`: ${systemReason(error)}`);
  }
  if (!isFolder) {
    if (path.endsWith(".bwi")) {
      throw new Trouble(
        "BWK463",
        `\`${path}\` is a compiled image where policy text is expected`,
        "give the `.bwk` files it was compiled from",
      );
    }
    return [path];
  }
  const found = await filesBelow(path, io);
  if (found.length === 0) {
    throw new Trouble("BWK463", `no policy files in \`${path}\``, "policy files end in `.bwk`");
  }
  return found;
}

async function filesBelow(folder: string, io: Io): Promise<string[]> {
  let entries: { name: string; isDirectory(): boolean; isFile(): boolean; isSymbolicLink(): boolean }[];
  try {
    entries = await readdir(resolve(io.cwd, folder), { withFileTypes: true });
  } catch (error) {
    throw new Trouble("BWK460", `cannot read \`${folder}\`: ${systemReason(error)}`);
  }
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = folder.endsWith("/") ? `${folder}${entry.name}` : `${folder}/${entry.name}`;
    // Links to folders are not followed: they may lead in circles.
    if (entry.isDirectory()) {
      if (entry.name !== "node_modules" && !entry.name.startsWith("."))
        found.push(...(await filesBelow(path, io)));
    } else if (entry.name.endsWith(".bwk")) found.push(path);
  }
  return found;
}
