import type { Command } from "commander";
import type { CheckRequest, Engine, InContext, Operation } from "../../runtime-ts/index.ts";
import { parseContext } from "../args/parse-context.ts";
import { parseRecord } from "../args/parse-record.ts";
import { readOperation } from "../args/read-operation.ts";
import { worldOptions } from "../args/world-options.ts";
import { Trouble } from "../trouble.ts";
import type { WorldOptions } from "../world/with-world.ts";

/** The options of `check` and `explain`: who, what, which record. */
export interface QuestionOptions extends WorldOptions {
  readonly principal: string;
  readonly action?: string;
  readonly operation?: string;
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
      .option("--action <action>", "read, write, … or a task privilege")
      .option("--operation <words>", "an operation in the words of a policy test: 'assign acc1 to dora'")
      .option("--record <entity/id>", 'the record: Account/acc1, or "Pièce jointe"/p1'),
  );
}

/** A question in the engine's terms: about a right, or about an operation. */
export type AskedQuestion =
  | { readonly kind: "check"; readonly request: CheckRequest }
  | { readonly kind: "can"; readonly operation: Operation };

/** The question that the options put. */
export function questionOf(options: QuestionOptions, engine: Engine): AskedQuestion {
  const { principal, action, operation, record } = options;
  if (operation !== undefined) {
    if (action !== undefined || record !== undefined)
      throw new Trouble("BWK485", "`--operation` says it all", "leave `--action` and `--record` out");
    const asked = readOperation(operation, engine);
    if (asked.kind === "can") return asked;
    if (asked.kind === "column")
      throw new Trouble("BWK485", "`--operation` asks about records", "ask about a column with `--column`");
    return { kind: "check", request: { principal, ...asked.request, ...contextOf(options) } };
  }
  if (action === undefined)
    throw new Trouble("BWK485", "nothing is asked", "give `--action` with `--record`, or `--operation`");
  const entities = engine.entities().map(({ name }) => name);
  const request = {
    principal,
    action,
    ...(record === undefined ? {} : { resource: parseRecord(record, entities) }),
    ...contextOf(options),
  };
  return { kind: "check", request };
}
