import type { Engine } from "../../runtime-ts/index.ts";
import { readText, shownName } from "../files/read-file.ts";
import type { Io } from "../io.ts";
import { parseJson } from "../json/parse-json.ts";

/** Loads a directory file (schema/directory.json) into the engine. */
export async function loadDirectory(engine: Engine, path: string, io: Io): Promise<void> {
  engine.directory.load(parseJson(await readText(path, io), shownName(path)));
}
