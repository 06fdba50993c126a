import { BailiwickError, type Engine } from "../../runtime-ts/index.ts";
import { readText, shownName } from "../files/read-file.ts";
import type { Io } from "../io.ts";
import { parseJson } from "../json/parse-json.ts";

/** Loads a directory file (schema/directory.json) into the engine. */
export async function loadDirectory(engine: Engine, path: string, io: Io): Promise<void> {
  const directory = parseJson(await readText(path, io), shownName(path));
  try {
    engine.directory.load(directory);
  } catch (error) {
    if (!(error instanceof BailiwickError)) throw error;
    // The engine says where in the directory it is, and knows nothing of files.
    const place = error.message.replace(/^directory: /, "");
    const joint = /^\w+(\[|\.)/.test(place) ? ", " : ": ";
    throw new BailiwickError(error.code, `\`${shownName(path)}\`${joint}${place}`, error.help);
  }
}
