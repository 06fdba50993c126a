// What the batches of crowds.test.ts are worth: every kind of condition and of block, answers of both kinds, and changes between.
import fc from "fast-check";
import { expect, test } from "vitest";
import { mixtures, numbersIn, questionsIn } from "./crowd-questions.ts";
import { crowds } from "./crowd-sketch.ts";
import { engineOf } from "./engines.ts";
import { type ExpressionPlan, occurs, partsOf } from "./expression-plan.ts";
import type { Script } from "./script-sketch.ts";
import { patient } from "./settings.ts";
import { sideOf } from "./sides.ts";
import { ToldByTwin } from "./told-by-twin.ts";

type Add = (what: string) => void;

const isUnequal = (part: ExpressionPlan): boolean => part.op === "!=";
const unequals = (part: ExpressionPlan): number =>
  partsOf(part).reduce((sum, each) => sum + unequals(each), isUnequal(part) ? 1 : 0);

function countConditions({ project }: Script, add: Add): void {
  const held = [
    ...project.roles.flatMap(({ grants }) => grants.map((grant) => ({ of: "grant", ...grant }))),
    ...project.guardrails.map((guardrail) => ({ of: guardrail.effect, ...guardrail })),
  ];
  for (const { of, condition } of held) {
    add(`${of} ${condition.length === 0 ? "without condition" : sideOf(condition)}`);
    for (const { expression } of condition) {
      const count = unequals(expression);
      // More than are looked for together, and more than a frame has room for (runtime-as/quick-frames.ts).
      if (count > 3) add(count > 11 ? `${of} of more ranges than are kept` : `${of} of many ranges`);
      if (occurs(expression, (part) => part.op === "get" && part.name === "limit"))
        add(`${of} of the request`);
      if (expression.op === "||") add(`${of} of steps`);
      if (occurs(expression, ({ op }) => ["+", "-", "*"].includes(op))) add(`${of} of sums`);
    }
  }
  // The table of reaches has room for 64 privileges of a user, or more.
  if (project.entities.length > 8) add("more privileges than room");
}

function countQuestions({ project }: Script, salt: number, add: Add): void {
  const engine = engineOf(project, "simd");
  const questions = questionsIn(numbersIn(engine, project), 66, salt);
  const answers = engine.checkBatch(questions);
  for (const [block, mixture] of questions.mixtures.entries()) {
    add(`block ${mixture}`);
    for (let i = block * 32; i < Math.min(answers.length, block * 32 + 32); i++)
      add(`${mixture} ${answers.get(i) ? "allowed" : "denied"}`);
  }
}

function countSteps({ project, steps }: Script, add: Add): void {
  const twin = new ToldByTwin(project);
  for (const step of steps.flatMap((each) => (each.kind === "together" ? each.steps : [each]))) {
    if (step.kind === "restore") add("restore");
    if (step.kind === "restore" || step.kind === "together" || !twin.knows(step)) continue;
    const { done } = twin.tell(step, false);
    if (done) add(step.kind === "do" ? "do" : step.change.kind);
  }
}

test("in 120 crowds every condition, block and change occurs", patient, () => {
  const counts = new Map<string, number>();
  const add: Add = (what) => void counts.set(what, (counts.get(what) ?? 0) + 1);
  for (const [index, script] of fc.sample(crowds, { numRuns: 120, seed: 20261127 }).entries()) {
    countConditions(script, add);
    countSteps(script, add);
    if (index % 4 === 0) countQuestions(script, index, add);
  }
  const wanted = [
    ...["grant", "forbid"].flatMap((of) =>
      ["without condition", "resource", "principal", "mixed", "of steps", "of sums", "of the request"].map(
        (how) => `${of} ${how}`,
      ),
    ),
    ...["grant of many ranges", "grant of more ranges than are kept", "forbid of many ranges"],
    ...mixtures.flatMap((mixture) => [`block ${mixture}`, `${mixture} allowed`, `${mixture} denied`]),
    ...[
      "edit record",
      "write user",
      "edit user",
      "edit role",
      "disable user",
      "remove user",
      "delete record",
    ],
    ...["do", "restore", "more privileges than room"],
  ];
  const rare = wanted.filter((key) => (counts.get(key) ?? 0) < 6);
  expect(rare.map((key) => `${key}: ${counts.get(key) ?? 0}`)).toEqual([]);
});
