import type { Command } from "commander";
import type { Engine, InContext } from "../../runtime-ts/index.ts";
import { parseContext } from "../args/parse-context.ts";
import { parseRecord } from "../args/parse-record.ts";
import { worldOptions } from "../args/world-options.ts";
import type { WorldOptions } from "../world/with-world.ts";

/** The options of `check` and `explain`: who, what, which record. */
export interface QuestionOptions extends WorldOptions {
  readonly principal: string;
  readonly action: string;
  readonly record?: string;
  readonly context?: string;
  readonly json?: true;
}

/** Adds `--context`: what conditions may look at of the request. */
export function contextOption(command: Command): Command {
  return command.option("--context <json>", "the request context, a JSON object");
}

/** The context in the engine's terms. */
export function contextOf({ context }: { readonly context?: string }): InContext {
  return context === undefined ? {} : { context: parseContext(context) };
}

/** Adds the options of one question. */
export function questionOptions(command: Command): Command {
  return contextOption(
    worldOptions(command)
      .requiredOption("--principal <user>", "the user who asks")
      .requiredOption("--action <action>", "read, write, … or a task privilege")
      .option("--record <entity/id>", 'the record: Account/acc1, or "Pièce jointe"/p1'),
  );
}

/** The question in the engine's terms. */
export function questionOf(options: QuestionOptions, engine: Engine): Parameters<Engine["check"]>[0] {
  const { principal, action, record } = options;
  const entities = engine.entities().map(({ name }) => name);
  return {
    principal,
    action,
    ...(record === undefined ? {} : { resource: parseRecord(record, entities) }),
    ...contextOf(options),
  };
}
