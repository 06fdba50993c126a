// One Cedar policy, before and as text.
import { actions as actionNames } from "../../compiler/index.ts";
import { commentText, quoted } from "./names.ts";
import type { Target } from "./targets.ts";
import type { Vocabulary } from "./vocabulary.ts";

export interface CedarPolicy {
  readonly effect: "permit" | "forbid";
  /** Where it comes from: a line each. */
  readonly comments: readonly string[];
  /** Why it decides, in the words of explanations; undefined for what only narrows. */
  readonly reason: string | undefined;
  /** The principal of the scope: `principal`, `principal in Role::"R"`, … */
  readonly principal: string;
  /** Record actions and task privileges in scope, by number. */
  readonly actions: readonly number[];
  readonly tasks: readonly number[];
  /** undefined: every resource. */
  readonly target: Target | undefined;
  /** All of these must hold; each is an operand of `&&`. */
  readonly when: readonly string[];
  /** None of these may hold: the operands of `&&` of each. */
  readonly unless: readonly (readonly string[])[];
}

export function writePolicy(policy: CedarPolicy, names: Vocabulary): string {
  const { comments, reason, effect, principal, target, when, unless } = policy;
  const head = [principal, actionScope(policy, names), resourceScope(target, names)];
  const types = target === undefined || target.entities.length < 2 ? [] : [typeTest(target.entities, names)];
  const conditions = [...types, ...(target?.tests ?? []), ...when];
  return [
    ...comments.map((comment) => `// ${commentText(comment)}`),
    ...(reason === undefined ? [] : [`@reason(${quoted(reason)})`]),
    `${effect} (\n${head.map((part) => `  ${part}`).join(",\n")}\n)`,
    ...(conditions.length === 0 ? [] : [`when {\n${conjunction(conditions)}\n}`]),
    ...unless.map((tests) => `unless {\n${conjunction(tests)}\n}`),
  ]
    .join("\n")
    .concat(";");
}

function conjunction(tests: readonly string[]): string {
  return tests.map((test) => `  ${test.replaceAll("\n", "\n  ")}`).join(" &&\n");
}

function actionScope({ actions, tasks }: CedarPolicy, names: Vocabulary): string {
  const ids = [...actions.map((action) => names.actions[action]), ...tasks.map((task) => names.tasks[task])];
  const everything = actions.length === actionNames.length && tasks.length === names.tasks.length;
  if (everything) return "action";
  return ids.length === 1 ? `action == ${ids[0]}` : `action in [${ids.join(", ")}]`;
}

function resourceScope(target: Target | undefined, names: Vocabulary): string {
  if (target === undefined) return "resource";
  const [first] = target.entities;
  if (target.only !== undefined) return `resource == ${target.only}`;
  const type = target.entities.length === 1 ? ` is ${names.entities[first as number]}` : "";
  return `resource${type}${target.within === undefined ? "" : ` in ${target.within}`}`;
}

function typeTest(entities: readonly number[], names: Vocabulary): string {
  return `(${entities.map((entity) => `resource is ${names.entities[entity]}`).join(" || ")})`;
}
