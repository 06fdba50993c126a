import type { Command } from "commander";
import type { CheckRequest, ColumnRequest, Engine, InContext, Operation } from "../../runtime-ts/index.ts";
import { parseColumn } from "../args/parse-column.ts";
import { parseContext } from "../args/parse-context.ts";
import { parseRecord } from "../args/parse-record.ts";
import { readOperation } from "../args/read-operation.ts";
import { worldOptions } from "../args/world-options.ts";
import { actions } from "../batch/name-tables.ts";
import { Trouble } from "../trouble.ts";
import type { WorldOptions } from "../world/with-world.ts";

/** The options of `check` and `explain`: who, what, which record. */
export interface QuestionOptions extends WorldOptions {
  readonly principal: string;
  readonly action?: string;
  readonly operation?: string;
  readonly record?: string;
  readonly column?: string;
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
      .option("--record <entity/id>", 'the record: Account/acc1, or "Pièce jointe"/p1')
      .option("--column <entity.column>", "a column of the record: Account.revenue"),
  );
}

/** A question in the engine's terms: about a right, a column, or an operation. */
export type AskedQuestion =
  | { readonly kind: "check"; readonly request: CheckRequest }
  | { readonly kind: "column"; readonly request: ColumnRequest }
  | { readonly kind: "can"; readonly operation: Operation };

/** The question that the options put. */
export function questionOf(options: QuestionOptions, engine: Engine): AskedQuestion {
  const { principal, action, operation, record, column } = options;
  if (operation !== undefined) {
    if (action !== undefined || record !== undefined || column !== undefined)
      throw new Trouble("BWK485", "`--operation` says it all", "leave the options beside it out");
    const asked = readOperation(operation, engine);
    if (asked.kind === "can") return asked;
    if (asked.kind === "column") {
      const { kind, ...about } = asked;
      return { kind, request: { principal, ...about, ...contextOf(options) } };
    }
    return { kind: "check", request: { principal, ...asked.request, ...contextOf(options) } };
  }
  if (action === undefined)
    throw new Trouble("BWK485", "nothing is asked", "give `--action` with `--record`, or `--operation`");
  const entities = engine.entities().map(({ name }) => name);
  const resource = record === undefined ? undefined : parseRecord(record, entities);
  if (column !== undefined) {
    const about = columnOf(column, entities, resource);
    // Only of a column may be asked whether it can be set where a record is created.
    if (action !== "create") needRecord(record, action);
    return { kind: "column", request: { principal, action, ...about, ...contextOf(options) } };
  }
  if (!engine.taskNames().includes(action)) needRecord(record, action);
  const request = {
    principal,
    action,
    ...(resource === undefined ? {} : { resource }),
    ...contextOf(options),
  };
  return { kind: "check", request };
}

/** An action that is no right at all is told so by the engine. */
function needRecord(record: string | undefined, action: string): void {
  if (record !== undefined || !actions.includes(action)) return;
  throw new Trouble(
    "BWK485",
    `\`${action}\` is asked of a record, and none is named`,
    "say which: --record Account/acc1",
  );
}

/** The column of `--column`, on the record of `--record` where there is one. */
function columnOf(
  text: string,
  entities: readonly string[],
  record: { readonly entity: string; readonly id: string } | undefined,
): Pick<ColumnRequest, "entity" | "id" | "column"> {
  const { entity, column } = parseColumn(text, entities);
  const of = entity ?? record?.entity;
  if (of === undefined)
    throw new Trouble("BWK485", `\`${text}\` is a column of no entity`, "say the entity: Account.revenue");
  if (record !== undefined && record.entity !== of)
    throw new Trouble("BWK485", `\`${text}\` is no column of a record of \`${record.entity}\``);
  return { entity: of, id: record?.id, column };
}
