// Conditions: `when A when B unless C` is A && B && !C (language.md sections 4 and 5), checked for one circumstance.
import type { Report } from "../diagnostics/report.ts";
import type { Condition, Policy } from "../model/model.ts";
import type { Span } from "../source.ts";
import { checkerOf } from "./check.ts";
import { bothGuards, type Checked, type Guards, noGuards } from "./checked.ts";
import { codeWords } from "./code-words.ts";
import { checkOf } from "./expect.ts";
import { type Finding, reportFinding } from "./findings.ts";
import { codeLimit } from "./limits.ts";
import { and, negated } from "./logic.ts";
import type { Circumstance, Typed } from "./typed.ts";
import { BOOL } from "./types.ts";

/** What checking a condition in one circumstance gives. */
export interface Judgement {
  /** undefined where there is a finding. */
  readonly typed: Typed | undefined;
  /** What each clause is worth before its `unless`, where that is certain; undefined too where it was not looked at. */
  readonly clauses: readonly (boolean | undefined)[];
  readonly findings: readonly Finding[];
}

/** Checks the clauses of a condition in one circumstance. */
export function judgeCondition(
  { clauses, span }: Pick<Condition, "clauses" | "span">,
  circumstance: Circumstance,
  policy: Policy,
): Judgement {
  const findings: Finding[] = [];
  const checking = checkerOf(circumstance, policy, findings);
  const values: (boolean | undefined)[] = [];
  const parts: Checked[] = [];
  let guards: Guards = noGuards;
  /** How many findings there were when a clause turned out to be wrong. */
  let known: number | undefined;
  for (const { form, expression } of clauses) {
    const checked = checkOf(expression, [BOOL], guards, checking);
    values.push(checked?.typed.op === "constant" ? checked.typed.value === true : undefined);
    if (checked === undefined) {
      known ??= findings.length;
      continue;
    }
    const part = form === "when" ? checked : negated(checked, expression.span);
    parts.push(part);
    // What the types alone make superfluous is not checked, in clauses as in `&&`.
    if (part.truth === false) break;
    guards = bothGuards(guards, part.proves);
  }
  if (known !== undefined) {
    // Behind a clause that is wrong nothing is known to be there.
    const rest = findings.splice(known).filter(({ code }) => code !== "BWK308");
    return { typed: undefined, clauses: values, findings: [...findings, ...rest] };
  }
  const { typed } = conjunction(parts, span);
  const found = codeWords(typed);
  if (found > codeLimit) findings.push({ code: "BWK406", span, words: { limit: codeLimit, found } });
  return { typed: findings.length === 0 ? typed : undefined, clauses: values, findings };
}

/** All of them in order, as shallow as it can be. */
function conjunction(parts: readonly Checked[], span: Span): Checked {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return first;
  const half = parts.length >> 1;
  return and(conjunction(parts.slice(0, half), span), conjunction(parts.slice(half), span), span);
}

/**
 * Checks a condition in one circumstance and reports what is wrong with it: BWK307, BWK308, BWK405 and BWK406. Undefined
 * after a report.
 */
export function checkCondition(
  condition: Condition,
  circumstance: Circumstance,
  policy: Policy,
  report: Report,
): Typed | undefined {
  const { typed, findings } = judgeCondition(condition, circumstance, policy);
  for (const finding of findings) reportFinding(finding, undefined, report);
  return typed;
}

/** The typed form of a condition, by number, for records of an entity, or for task privileges. */
export type TypedConditions = (condition: number, entity: number | undefined) => Typed;

/**
 * The typed conditions of a policy that has no errors, each (condition, entity) worked out once. Only what a grant or
 * guardrail with the condition covers may be asked: for other entities it need not mean anything.
 */
export function typedConditions(policy: Policy): TypedConditions {
  const known = policy.conditions.map(() => new Map<number | undefined, Typed>());
  return (condition, entity) => {
    const forms = known[condition] as Map<number | undefined, Typed>;
    let typed = forms.get(entity);
    if (typed === undefined) {
      typed = judgeCondition(policy.conditions[condition] as Condition, { entity }, policy).typed;
      if (typed === undefined)
        throw new Error(`condition ${condition} is asked for entity ${entity}, for which it was not checked`);
      forms.set(entity, typed);
    }
    return typed;
  };
}
