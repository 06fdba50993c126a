import { Presets, SingleBar } from "cli-progress";
import type { Io } from "./io.ts";

/** Shows how far long work has come. */
export interface Progress {
  update(done: number): void;
  stop(): void;
}

/** Work that is over sooner shows nothing. */
const worthShowing = 200_000;

/** A bar on standard error when a person is looking and the work is long; else nothing. */
export function startProgress(io: Io, what: string, total: number): Progress {
  if (io.stderr.isTTY !== true || total < worthShowing)
    return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    {
      format: `${what} {bar} {percentage}% of {total}, {eta_formatted} left`,
      stream: io.stderr as unknown as NodeJS.WritableStream,
      clearOnComplete: true,
      hideCursor: true,
      etaBuffer: 50,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return {
    update: (done) => bar.update(done),
    stop: () => bar.stop(),
  };
}
