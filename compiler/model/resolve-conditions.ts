// What follows `when` and `unless` (language.md sections 4 to 6): conditions get numbers, and the names in them a meaning.
import { suggest } from "../diagnostics/suggest.ts";
import type { Span } from "../source.ts";
import type { ConditionNode, EntityIdNode, IsNode } from "../syntax/ast.ts";
import { walk } from "../syntax/index.ts";
import type { Context } from "./context.ts";
import type { Condition } from "./model.ts";
import { resolveRole, resolveTeam, resolveUnit, resolveUser } from "./references.ts";
import { actionNumber, actionWords } from "./vocabulary.ts";

/**
 * The conditions of a project, equal ones once: twenty thousand grants under two hundred distinct predicates have two
 * hundred conditions. A test has a table of its own over the project's, so that its conditions do not get into the image.
 */
export class ConditionTable {
  readonly #outer: ConditionTable | undefined;
  readonly #own: Condition[] = [];
  /** By the text as written: the most usual repetition, found without looking at the tree. */
  readonly #byText = new Map<string, number>();
  /** By the tree: what is spelled differently and means the same. */
  readonly #byTree = new Map<string, number>();

  constructor(outer?: ConditionTable) {
    this.#outer = outer;
  }

  get #count(): number {
    return (this.#outer === undefined ? 0 : this.#outer.#count) + this.#own.length;
  }

  /** Every condition, by number. */
  get conditions(): readonly Condition[] {
    return this.#outer === undefined ? this.#own : [...this.#outer.conditions, ...this.#own];
  }

  /** The number of a condition with this text, whose names were found in order. */
  find(text: string): number | undefined {
    return this.#byText.get(text) ?? this.#outer?.find(text);
  }

  #findTree(tree: string): number | undefined {
    return this.#byTree.get(tree) ?? (this.#outer === undefined ? undefined : this.#outer.#findTree(tree));
  }

  /** Gives a condition its number; `sound` says whether all its names are known. */
  add(condition: Condition, text: string, sound: boolean): number {
    const tree = treeText(condition.clauses);
    const number = this.#findTree(tree) ?? this.#count;
    if (number === this.#count) this.#own.push(condition);
    this.#byTree.set(tree, number);
    // One with an unknown name is looked at again wherever it is repeated, so that each place is reported.
    if (sound) this.#byText.set(text, number);
    return number;
  }
}

function treeText(clauses: readonly ConditionNode[]): string {
  return JSON.stringify(clauses, (key, value: unknown) => {
    if (key === "span") return undefined;
    return typeof value === "bigint" ? `${value}n` : value;
  });
}

/** The number of a grant's or guardrail's condition; undefined where it has none. */
export function resolveConditions(clauses: readonly ConditionNode[], context: Context): number | undefined {
  const [first] = clauses;
  const last = clauses.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const { conditions } = context;
  const span: Span = { file: first.span.file, start: first.span.start, end: last.span.end };
  const text = span.file.text.slice(span.start, span.end);
  return conditions.find(text) ?? conditions.add({ clauses, span }, text, resolveNames(clauses, context));
}

/** Whether every name in a condition is known or may be left to a directory; BWK201 at each one that is not. */
function resolveNames(clauses: readonly ConditionNode[], context: Context): boolean {
  let sound = true;
  for (const clause of clauses)
    walk(clause, (node) => {
      if (node.kind === "EntityId") sound = resolveEntityId(node, context) && sound;
      else if (node.kind === "Is") sound = resolveType(node, context) && sound;
    });
  return sound;
}

/** Record ids are not looked up: records come from tables, and an id that no record has equals nothing. */
function resolveEntityId(node: EntityIdNode, context: Context): boolean {
  switch (node.type.value) {
    case "User":
      return resolveUser(node, "directory", context) !== undefined;
    case "Team":
      return resolveTeam(node, "directory", context) !== undefined;
    case "BusinessUnit":
      return resolveUnit(node, "directory", context) !== undefined;
    case "Role":
      return resolveRole(node, context) !== undefined;
    case "Action":
      return resolveAction(node, context);
    default:
      return context.schema.entityNames.resolve(node.type, context.report) !== undefined;
  }
}

function resolveAction({ id }: EntityIdNode, { schema, report }: Context): boolean {
  if (id.value === "" || actionNumber(id.value) !== undefined || schema.taskNames.has(id.value)) return true;
  const known = [...actionWords.filter((word) => word !== "all"), ...schema.taskNames.names()];
  report.add("BWK201", id.span, {
    kind: "action",
    name: id.value,
    suggestion: suggest(id.value, known),
  });
  return false;
}

/** Types that are no entities and that something in an expression can be. */
const builtInTypes: readonly string[] = ["User", "Team", "BusinessUnit", "Role", "Action"];

function resolveType({ type }: IsNode, { schema, report }: Context): boolean {
  if (type.value === "" || builtInTypes.includes(type.value)) return true;
  return schema.entityNames.resolve(type, report) !== undefined;
}
