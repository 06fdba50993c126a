import { mkdir, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Io } from "../io.ts";
import { Trouble } from "../trouble.ts";
import { systemReason } from "./system-error.ts";
import { forget, temporaryBeside } from "./temporary.ts";

/** A file to write: its name inside the folder, with forward slashes. */
export interface FolderFile {
  readonly name: string;
  readonly text: string;
}

/**
 * Writes files into a folder that is new or empty: all of them are there, or none. With `force` the folder may hold
 * other files; those of the same name are replaced, once every new file is written out beside it.
 */
export async function writeFolder(
  path: string,
  files: readonly FolderFile[],
  force: boolean,
  io: Io,
): Promise<void> {
  const target = resolve(io.cwd, path);
  const before = await entriesOf(target, path);
  if (before !== undefined && before.length > 0 && !force) {
    throw new Trouble(
      "BWK461",
      `the folder \`${path}\` is not empty`,
      "name a new folder, or say --force to write into this one",
    );
  }
  const temporary = temporaryBeside(target);
  try {
    for (const { name, text } of files) {
      await mkdir(dirname(join(temporary, name)), { recursive: true });
      await writeFile(join(temporary, name), text);
    }
    if (before === undefined || before.length === 0) {
      if (before !== undefined) await rmdir(target);
      await rename(temporary, target);
    } else {
      for (const { name } of files) {
        await mkdir(dirname(join(target, name)), { recursive: true });
        await rename(join(temporary, name), join(target, name));
      }
    }
  } catch (error) {
    throw new Trouble("BWK461", `cannot write into \`${path}\`: ${systemReason(error)}`);
  } finally {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    forget(temporary);
  }
}

/** What is in a folder; undefined where there is none. */
async function entriesOf(target: string, path: string): Promise<string[] | undefined> {
  try {
    return await readdir(target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    if (code === "ENOTDIR") {
      throw new Trouble("BWK461", `cannot write into \`${path}\`: it is no folder`);
    }
    throw new Trouble("BWK461", `cannot write into \`${path}\`: ${systemReason(error)}`);
  }
}
