import { type Command, InvalidArgumentError } from "commander";
import { threadsCore } from "../../runtime-ts/threads/index.ts";
import { worldOptions } from "../args/world-options.ts";
import { answerRequests } from "../batch/answer-requests.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import type { Session } from "../session.ts";
import { tableFormat } from "../tables/table.ts";
import { type WorldOptions, withWorld } from "../world/with-world.ts";
import { writeText } from "../write-text.ts";

const mostThreads = 64;

interface Options extends WorldOptions {
  readonly requests: string;
  readonly output: string;
  readonly reasons?: true;
  readonly json?: true;
  readonly threads?: number;
}

export function addBatch(program: Command, session: Session): void {
  worldOptions(program.command("batch").description("decide a table of requests"))
    .requiredOption(
      "--requests <table>",
      "principal, action, entity, id, and context.<name> (.csv, .ndjson, .jsonl, .parquet, or - for CSV on standard input)",
    )
    .requiredOption("-o, --output <table>", "the table to write: the requests and their decision")
    .option("--reasons", "add the column reason")
    .option(
      "--threads <n>",
      "how many threads decide; by itself one for each processor where there are a million requests or more",
      threadCount,
    )
    .option("--json", "print the counts as JSON on standard output")
    .addHelpText(
      "after",
      `
The decisions stand in the order of the requests. A request that cannot be answered (an unknown user, action or record)
ends the command with exit code 2, and nothing is written. With --reasons one thread decides. Counts and checks per second go to standard error.
With --json: { "requests": number, "allowed": number, "denied": number, "checksPerSecond": number }.

Example:
  bailiwick batch --policy contoso.bwi --directory d.json --records r.csv \\
    --requests requests.csv -o decisions.csv --reasons`,
    )
    .action(async (options: Options) => session.finish(await batch(options, session.io)));
}

function batch(options: Options, io: Io): Promise<ExitCode> {
  tableFormat(options.output);
  const started = performance.now();
  return withWorld(
    options,
    io,
    async ({ engine, database }) => {
      const how = { withReasons: options.reasons === true, threads: options.threads };
      const result = await answerRequests(engine, await database(), options, how, io);
      const { requests, allowed } = result;
      const checksPerSecond = Math.round(requests / Math.max(result.decidingMs / 1000, 1e-6));
      if (options.json === true) {
        writeText(
          io.stdout,
          JSON.stringify({ requests, allowed, denied: requests - allowed, checksPerSecond }),
        );
      }
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      writeText(
        io.stderr,
        `${counted(requests)} requests: ${counted(allowed)} allow, ${counted(requests - allowed)} deny; ` +
          `${counted(checksPerSecond)} checks/s, ${seconds} s with reading and writing`,
      );
      return exitCodes.yes;
    },
    options.threads === 1 || options.reasons === true ? {} : { core: threadsCore() },
  );
}

function threadCount(text: string): number {
  const count = Number(text);
  if (/^[0-9]+$/.test(text) && count >= 1 && count <= mostThreads) return count;
  throw new InvalidArgumentError(`expected a whole number from 1 to ${mostThreads}.`);
}

function counted(number: number): string {
  return number.toLocaleString("en-US");
}
