import { Engine, type LoadOptions } from "../../runtime-ts/index.ts";
import type { Io } from "../io.ts";
import { Database } from "../tables/database.ts";
import { loadDirectory } from "./load-directory.ts";
import { loadImage } from "./load-image.ts";
import { loadRecords } from "./load-records.ts";
import { loadShares } from "./load-shares.ts";

/** The options of every command that asks an engine. */
export interface WorldOptions {
  readonly policy: readonly string[];
  readonly directory?: string;
  readonly records?: readonly string[];
  readonly shares?: readonly string[];
}

export interface World {
  readonly engine: Engine;
  /** The database for tables; opened when first asked for, closed with the world. */
  database(): Promise<Database>;
}

/** Loads policy, directory, records and shares, lets `answer` ask, and cleans up however it ends. */
export async function withWorld<T>(
  options: WorldOptions,
  io: Io,
  answer: (world: World) => Promise<T> | T,
  engineOptions: LoadOptions = {},
): Promise<T> {
  const image = await loadImage(options.policy, io);
  const engine = Engine.load(image, engineOptions);
  let opened: Promise<Database> | undefined;
  const database = (): Promise<Database> => {
    opened ??= Database.open();
    return opened;
  };
  try {
    if (options.directory !== undefined) await loadDirectory(engine, options.directory, io);
    for (const path of options.records ?? []) await loadRecords(engine, await database(), path, io);
    for (const path of options.shares ?? []) await loadShares(engine, await database(), path, io);
    return await answer({ engine, database });
  } finally {
    await (await opened?.catch(() => undefined))?.close();
  }
}
