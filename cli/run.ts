import { Command, CommanderError } from "commander";
import { addBatch } from "./commands/batch.ts";
import { addCheck } from "./commands/check.ts";
import { addCompile } from "./commands/compile.ts";
import { addExplain } from "./commands/explain.ts";
import { addExport } from "./commands/export.ts";
import { addFilter } from "./commands/filter.ts";
import { addFmt } from "./commands/fmt.ts";
import { addImport } from "./commands/import.ts";
import { addInventory } from "./commands/inventory.ts";
import { addLint } from "./commands/lint.ts";
import { addTest } from "./commands/test.ts";
import { addWho } from "./commands/who.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { reportFailure } from "./report-failure.ts";
import type { Session } from "./session.ts";
import { version } from "./version.ts";

const commands: readonly ((program: Command, session: Session) => void)[] = [
  addCompile,
  addCheck,
  addExplain,
  addBatch,
  addFilter,
  addWho,
  addTest,
  addFmt,
  addLint,
  addInventory,
  addImport,
  addExport,
];

/** Runs one command line (without `node` and the script) and says how the process is to end. Never throws. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let exit: ExitCode = exitCodes.yes;
  const session: Session = {
    io,
    finish: (code) => {
      exit = code;
    },
  };
  try {
    await program(session).parseAsync([...argv], { from: "user" });
    return exit;
  } catch (error) {
    // Commander has written its own words. Help that was asked for is an answer; help for lack of a command is not.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.yes : exitCodes.trouble;
    reportFailure(error, io);
    return exitCodes.trouble;
  }
}

function program(session: Session): Command {
  const { io } = session;
  const program = new Command("bailiwick")
    .description("Compile access policies, and ask who may do what to which record.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .showHelpAfterError("(add --help for the options and an example)")
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .exitOverride()
    .addHelpText(
      "after",
      `
Exit codes: 0 yes (allow, tests pass, clean), 1 no (deny, a test failed, findings), 2 trouble (bad usage, bad input).

Example:
  bailiwick check --policy policies/ --principal alice --action read --record Account/acc1`,
    );
  for (const add of commands) add(program, session);
  return program;
}
