// Every condition in every circumstance for which it stands, judged once; the rules about conditions read the outcome.
import {
  type Circumstance,
  type Finding,
  guardrailCircumstances,
  type Judgement,
  judgeCondition,
} from "../expressions/index.ts";
import type { Condition, Policy } from "../model/model.ts";
import { forEachPrivilege } from "../model/resolve-grants.ts";
import type { GrantSite, GuardrailSite, Sites } from "../model/sites.ts";
import type { Span } from "../source.ts";
import type { ConditionNode } from "../syntax/ast.ts";
import { type StrangeOption, strangeOptions } from "./strange-options.ts";

/** A clause whose value is certain wherever its condition stands. */
export interface CertainClause {
  readonly span: Span;
  readonly form: ConditionNode["form"];
  readonly value: boolean;
  /** What it belongs to: `grant`, `permit` or `forbid`. */
  readonly what: string;
}

export interface ConditionFindings {
  /** `where` names the first circumstance in which it is wrong, unless it is wrong in all of them. */
  readonly wrong: readonly { readonly finding: Finding; readonly where: string | undefined }[];
  readonly certain: readonly CertainClause[];
  /** What is an option in none of the circumstances. */
  readonly strange: readonly StrangeOption[];
}

interface Judged {
  readonly policy: Policy;
  readonly sites: Sites;
}

/** A condition as written at one place, with the circumstances for which it stands there. */
interface Place {
  readonly clauses: readonly ConditionNode[];
  readonly condition: number;
  readonly circumstances: readonly Circumstance[];
  readonly what: string;
}

export function judgeConditions(stages: readonly Judged[]): ConditionFindings {
  const findings = {
    wrong: [] as ConditionFindings["wrong"][number][],
    certain: [] as CertainClause[],
    strange: [] as StrangeOption[],
  };
  const judge = judgeOnce();
  for (const { policy, sites } of stages) {
    const places = [
      ...sites.grants.flatMap((site) => placeOfGrant(site, policy) ?? []),
      ...sites.guardrails.flatMap((site) => placeOfGuardrail(site, policy) ?? []),
    ];
    for (const place of places) {
      const condition = policy.conditions[place.condition] as Condition;
      let judgements = place.circumstances.map((circumstance) => judge(condition, circumstance, policy));
      const strange = judgements.flatMap(({ typed }) => (typed ? strangeOptions(typed, policy) : []));
      if (strange.length === 0 && judgements.every(saysNothingSpecial)) continue;
      // Equal conditions share a judgement; what is found is reported where each of them stands.
      if (condition.clauses !== place.clauses) {
        const own = { clauses: place.clauses, span: extent(place.clauses) };
        judgements = place.circumstances.map((circumstance) => judgeCondition(own, circumstance, policy));
      }
      findings.wrong.push(...wrongAt(place, judgements, policy));
      findings.certain.push(...certainAt(place, judgements));
      if (strange.length > 0) findings.strange.push(...strangeAt(judgements, policy));
    }
  }
  return findings;
}

/** Judges a condition once for each entity; tests share the schema and the conditions of their project. */
function judgeOnce(): (condition: Condition, circumstance: Circumstance, policy: Policy) => Judgement {
  const known = new Map<Condition, Map<number | undefined, Judgement>>();
  return (condition, circumstance, policy) => {
    let judgements = known.get(condition);
    if (judgements === undefined) {
      judgements = new Map();
      known.set(condition, judgements);
    }
    let judgement = judgements.get(circumstance.entity);
    if (judgement === undefined) {
      judgement = judgeCondition(condition, circumstance, policy);
      judgements.set(circumstance.entity, judgement);
    }
    return judgement;
  };
}

const saysNothingSpecial = ({ findings, clauses, typed }: Judgement): boolean =>
  findings.length === 0 && typed?.op !== "constant" && clauses.every((clause) => clause === undefined);

function extent(clauses: readonly ConditionNode[]): Span {
  const [first, last] = [clauses[0] as ConditionNode, clauses.at(-1) as ConditionNode];
  return { ...first.span, end: last.span.end };
}

function placeOfGrant(site: GrantSite, policy: Policy): Place | undefined {
  const { condition, node, level, actions, entities, star, tasks } = site;
  if (condition === undefined || level === 0) return undefined;
  const sets = new Set<number>();
  for (const { action } of actions)
    for (const entity of star ? (["*"] as const) : entities)
      forEachPrivilege(action, entity, level, policy, (set) => sets.add(set));
  const circumstances: Circumstance[] = [...sets]
    .flatMap((set) => policy.privilegeSets[set]?.entities ?? [])
    .sort((a, b) => a - b)
    .map((entity) => ({ entity }));
  if (tasks.length > 0) circumstances.push({ entity: undefined });
  return { clauses: node.conditions, condition, circumstances, what: "grant" };
}

function placeOfGuardrail({ node, guardrail }: GuardrailSite, policy: Policy): Place | undefined {
  if (guardrail?.condition === undefined || guardrail.level === 0) return undefined;
  const { condition, effect } = guardrail;
  const circumstances = guardrailCircumstances(policy, guardrail);
  return { clauses: node.conditions, condition, circumstances, what: effect };
}

/** One cause, one finding: what is wrong in several circumstances is said once. */
function wrongAt(
  { circumstances }: Place,
  judgements: readonly Judgement[],
  policy: Policy,
): ConditionFindings["wrong"] {
  const found = new Map<string, { finding: Finding; first: number; alike: number }>();
  for (const [number, { findings }] of judgements.entries())
    for (const finding of findings) {
      const key = `${finding.code} ${finding.span.start} ${finding.span.end}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { finding, first: number, alike: 1 });
      else if (JSON.stringify(known.finding.words) === JSON.stringify(finding.words)) known.alike++;
    }
  return [...found.values()].map(({ finding, first, alike }) => ({
    finding,
    where:
      alike === circumstances.length ? undefined : placeName(circumstances[first] as Circumstance, policy),
  }));
}

/** Of an attribute that several entities have, a text may be an option in one of them: then it is not strange. */
function strangeAt(judgements: readonly Judgement[], policy: Policy): readonly StrangeOption[] {
  const found = new Map<number, { option: StrangeOption; alike: number }>();
  for (const { typed } of judgements)
    for (const option of typed === undefined ? [] : strangeOptions(typed, policy)) {
      const known = found.get(option.span.start);
      if (known === undefined) found.set(option.span.start, { option, alike: 1 });
      else known.alike++;
    }
  return [...found.values()].flatMap(({ option, alike }) => (alike < judgements.length ? [] : [option]));
}

function placeName({ entity }: Circumstance, policy: Policy): string {
  return entity === undefined ? "task privileges" : `\`${policy.entities[entity]?.name}\``;
}

/** The clauses that are certain wherever the condition stands; the whole of it where only that is. */
function certainAt({ clauses, what }: Place, judgements: readonly Judgement[]): readonly CertainClause[] {
  const [first] = judgements;
  if (first === undefined || judgements.some(({ findings }) => findings.length > 0)) return [];
  const certain = clauses.flatMap(({ form, expression: { span } }, clause): CertainClause[] => {
    const value = first.clauses[clause];
    const everywhere =
      value !== undefined && judgements.every((judgement) => judgement.clauses[clause] === value);
    return everywhere ? [{ span, form, value, what }] : [];
  });
  if (certain.length > 0) return certain;
  const whole = judgements.map(({ typed }) => (typed?.op === "constant" ? typed.value === true : undefined));
  const [value] = whole;
  if (value === undefined || whole.some((other) => other !== value)) return [];
  return [{ span: extent(clauses), form: "when", value, what }];
}
