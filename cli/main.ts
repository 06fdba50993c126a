#!/usr/bin/env node
import { exitCodes } from "./exit-codes.ts";
import { removePending } from "./files/temporary.ts";
import type { Io } from "./io.ts";
import { reportFailure } from "./report-failure.ts";
import { run } from "./run.ts";

// A reader that has seen enough (`bailiwick filter … | head`) is no error: what follows is written to nobody.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") process.exitCode = 2;
  });
}
for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  process.on(signal, () => {
    removePending();
    process.exit(code);
  });
}

const io: Io = {
  cwd: process.cwd(),
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
};
process.on("uncaughtException", (error) => {
  removePending();
  reportFailure(error, io);
  process.exit(exitCodes.trouble);
});
process.exitCode = await run(process.argv.slice(2), io);
