import type { ExitCode } from "./exit-codes.ts";
import type { Io } from "./io.ts";

/** What a command gets from the run that it belongs to. */
export interface Session {
  readonly io: Io;
  /** Says how the process is to end. */
  finish(code: ExitCode): void;
}
