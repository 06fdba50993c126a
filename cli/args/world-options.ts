import type { Command } from "commander";

/** Adds `--policy` and the options of the world that is loaded beside it. */
export function worldOptions(command: Command): Command {
  return command
    .requiredOption("--policy <path...>", "policy files and folders, or one compiled image (.bwi)")
    .option("--directory <file>", "business units, users, teams and role assignments (JSON)")
    .option("--records <file...>", "tables of records (.csv, .ndjson, .jsonl or .parquet)")
    .option("--shares <file...>", "tables of shares (.csv, .ndjson, .jsonl or .parquet)");
}
