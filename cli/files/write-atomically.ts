import { chmod, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Io } from "../io.ts";
import { Trouble } from "../trouble.ts";
import { systemReason } from "./system-error.ts";
import { forget, temporaryBeside } from "./temporary.ts";

/**
 * Lets `write` make a file under a temporary name beside `path`, then gives it its name: whoever looks sees the old
 * file or the whole new one, and nothing is left behind when `write` throws.
 * A device or pipe (`/dev/null`) is written to directly: a rename would replace it.
 */
export async function produceAtomically(
  path: string,
  io: Io,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const given = resolve(io.cwd, path);
  const before = await stat(given).catch(() => undefined);
  if (before?.isDirectory() === true) throw new Trouble("BWK461", `cannot write \`${path}\`: it is a folder`);
  if (before !== undefined && !before.isFile()) return write(given);
  // A symbolic link stays a link: its target is what changes.
  const target = before === undefined ? given : await realpath(given);
  const temporary = temporaryBeside(target);
  try {
    await write(temporary);
    if (before !== undefined) await chmod(temporary, before.mode);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === "string") {
      throw new Trouble("BWK461", `cannot write \`${path}\`: ${systemReason(error)}`);
    }
    throw error;
  } finally {
    forget(temporary);
  }
}

/** Writes a whole file, or leaves everything as it was. */
export async function writeAtomically(path: string, content: string | Uint8Array, io: Io): Promise<void> {
  await produceAtomically(path, io, (temporary) => writeFile(temporary, content));
}
