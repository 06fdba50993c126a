import type { Io } from "../../cli/io.ts";

/** A world for a command that remembers what was written. */
export interface MemoryIo extends Io {
  readonly written: { out: string; err: string };
}

export function memoryIo(options: {
  cwd: string;
  stdin?: string | Uint8Array;
  env?: Record<string, string>;
  terminal?: boolean;
}): MemoryIo {
  const written = { out: "", err: "" };
  const isTTY = options.terminal === true;
  return {
    written,
    cwd: options.cwd,
    env: options.env ?? {},
    stdin: (async function* () {
      yield typeof options.stdin === "string"
        ? new TextEncoder().encode(options.stdin)
        : (options.stdin ?? new Uint8Array());
    })(),
    stdout: {
      isTTY,
      write: (chunk) => {
        written.out += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
      },
    },
    stderr: {
      isTTY,
      write: (chunk) => {
        written.err += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
      },
    },
  };
}
