// The runtime, and files: what `bailiwick/node` exports.
import { readFileSync } from "node:fs";
import { BailiwickError, Engine, type LoadOptions } from "./index.ts";
import { quote } from "./quote.ts";

export * from "./index.ts";

function readBytes(path: string, what: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new BailiwickError(
      "BWK416",
      `${quote(path)}: the ${what} cannot be read (${code ?? "unknown failure"})`,
    );
  }
}

/** Loads a compiled policy from a file. Throws BWK416 where the file cannot be read, and as `Engine.load`. */
export function loadImageFile(path: string, options?: LoadOptions): Engine {
  return Engine.load(readBytes(path, "image"), options);
}

/** Loads a directory from a JSON file. Throws BWK416, BWK420 for text that is not JSON, and as `directory.load`. */
export function loadDirectoryFile(engine: Engine, path: string): void {
  const text = new TextDecoder().decode(readBytes(path, "directory"));
  let directory: unknown;
  try {
    directory = JSON.parse(text);
  } catch (error) {
    throw new BailiwickError(
      "BWK420",
      `${quote(path)} is not JSON: ${(error as Error).message.replace(/\s+/g, " ")}`,
    );
  }
  engine.directory.load(directory);
}
