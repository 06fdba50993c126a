import { createColors } from "picocolors";
import { render } from "../compiler/index.ts";
import { ExportError } from "../interop/cedar/index.ts";
import { ImportError } from "../interop/dataverse/index.ts";
import { BailiwickError } from "../runtime-ts/index.ts";
import { Diagnosed } from "./diagnosed.ts";
import { colored, type Io } from "./io.ts";
import { oneLine } from "./one-line.ts";
import { Trouble } from "./trouble.ts";

/** Says on standard error why a command could not answer: a code, one message, where there is one the mend. */
export function reportFailure(error: unknown, io: Io): void {
  const color = colored(io, io.stderr);
  if (error instanceof Diagnosed) {
    const errors = error.diagnostics.filter(({ severity }) => severity === "error");
    io.stderr.write(withLineEnd(render(errors, { color })));
    return;
  }
  const paint = createColors(color);
  const say = (code: string, message: string, help: string | undefined): void => {
    io.stderr.write(`${paint.bold(paint.red(`error[${code}]`))}: ${oneLine(message)}\n`);
    if (help !== undefined) io.stderr.write(`  ${paint.cyan("help")}: ${oneLine(help)}\n`);
  };
  if (
    error instanceof Trouble ||
    error instanceof BailiwickError ||
    error instanceof ImportError ||
    error instanceof ExportError
  ) {
    say(error.code, error.message, error.help);
    return;
  }
  // Whatever else arrives here is a mistake of ours: still one line, and the stack for whoever mends it.
  const words = error instanceof Error ? error.message : String(error);
  say(
    "BWK499",
    `unexpected failure: ${words}`,
    "this is a defect of bailiwick; BAILIWICK_DEBUG=1 shows where",
  );
  if (io.env.BAILIWICK_DEBUG && error instanceof Error) io.stderr.write(`${error.stack ?? ""}\n`);
}

function withLineEnd(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}
