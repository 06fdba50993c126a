// Bad usage in the words of every other trouble: a code, one message, the mend. Commander finds it and writes it its own way.
import type { Command } from "commander";
import { suggest } from "../compiler/index.ts";
import { Trouble } from "./trouble.ts";

const lookItUp = "add --help for the options and an example";

/** What Commander says, `error: unknown command 'chekc'` with a guess on the next line, as a Trouble. */
export function usageError(text: string): Trouble {
  const [first = "", guess = ""] = text.trim().split("\n");
  const message = first.replace(/^error: /, "").replace(/'([^']*)'/g, "`$1`");
  const meant = /^\(Did you mean (.*)\?\)$/.exec(guess)?.[1];
  return new Trouble("BWK484", message, meant === undefined ? lookItUp : `did you mean \`${meant}\`?`);
}

/**
 * The first option that the command does not have. Commander asks for what is missing first, so `--polcy x` is answered with
 * a missing `--policy`, as if `--polcy` had not been there.
 */
export function unknownOption(program: Command, argv: readonly string[]): Trouble | undefined {
  let command = program;
  for (const word of argv) {
    const below = command.commands.find((each) => each.name() === word);
    if (below === undefined) break;
    command = below;
  }
  const known = [...command.options.flatMap(({ long }) => long ?? []), "--help"];
  const end = argv.indexOf("--");
  const given = argv
    .slice(0, end === -1 ? undefined : end)
    .flatMap((word) => (word.startsWith("--") ? word.replace(/=.*$/s, "") : []));
  const unknown = given.find((option) => !known.includes(option));
  if (unknown === undefined) return undefined;
  const meant = suggest(unknown, known);
  return new Trouble(
    "BWK484",
    `unknown option \`${unknown}\``,
    meant === undefined ? lookItUp : `did you mean \`${meant}\`?`,
  );
}
