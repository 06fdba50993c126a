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
import type { Trouble } from "./trouble.ts";
import { unknownOption, usageError } from "./usage-error.ts";
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
  // Commander writes what is wrong and throws afterwards; what it wrote waits until its kind is known.
  let usage: Trouble | undefined;
  const commander = program(session, (text) => {
    usage = usageError(text);
  });
  try {
    await commander.parseAsync([...argv], { from: "user" });
    return exit;
  } catch (error) {
    // Help that was asked for is an answer; help for lack of a command is not, and says by itself what there is.
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.yes;
    if (!(error instanceof CommanderError)) reportFailure(error, io);
    else if (usage !== undefined) {
      const isMissing = error.code === "commander.missingMandatoryOptionValue";
      reportFailure((isMissing ? unknownOption(commander, argv) : undefined) ?? usage, io);
    }
    return exitCodes.trouble;
  }
}

function program(session: Session, badUsage: (text: string) => void): Command {
  const { io } = session;
  const program = new Command("bailiwick")
    .description("Compile access policies, and ask who may do what to which record.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: badUsage,
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
