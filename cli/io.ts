/** A stream that text or bytes are written to; `process.stdout` is one. */
export interface Output {
  write(chunk: string | Uint8Array): unknown;
  readonly isTTY?: boolean | undefined;
  /** Of a stream whose `write` says `false` when it is full. */
  once?(event: string, listener: () => void): unknown;
  off?(event: string, listener: () => void): unknown;
}

/** When a full stream takes more; at once where it cannot say, or is gone. */
export function drained(stream: Output): Promise<void> {
  if (stream.once === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const events = ["drain", "close", "error"];
    const done = (): void => {
      for (const event of events) stream.off?.(event, done);
      resolve();
    };
    for (const event of events) stream.once?.(event, done);
  });
}

/** Everything a command sees of the world around it, so that tests can be that world. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: Output;
  readonly stderr: Output;
}

/** Whether text for this stream may carry colours: a terminal, and nobody asked for none (https://no-color.org). */
export function colored(io: Io, stream: Output): boolean {
  return stream.isTTY === true && !io.env.NO_COLOR && io.env.TERM !== "dumb";
}
