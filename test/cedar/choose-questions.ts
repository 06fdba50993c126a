// Which questions of a world are put to Cedar: those that the rarer rules decide first, then every reason in turn.
import type { Model } from "../../compiler/index.ts";
import { type Decision, Oracle, type Question } from "../oracle/evaluate.ts";

/** The model as it would be without a rule that few questions meet. */
const withoutRules: readonly ((model: Model) => Model)[] = [
  (model) => withSetting(model, "inheritAboveUser"),
  (model) => withSetting(model, "teamGrantServesDirectShare"),
  (model) => withSetting(model, "recomputeOwnership"),
  // T8
  ({ world, ...model }) => ({
    ...model,
    world: { ...world, teams: world.teams.map((team) => ({ ...team, administrator: undefined })) },
  }),
  // S4
  ({ world, ...model }) => ({
    ...model,
    world: { ...world, shares: world.shares.map((share) => ({ ...share, inherited: 0 })) },
  }),
  // Forbids alone
  ({ policy, ...model }) => ({
    ...model,
    policy: { ...policy, guardrails: policy.guardrails.filter(({ effect }) => effect === "permit") },
  }),
  // B2
  ({ world, ...model }) => ({
    ...model,
    world: { ...world, units: world.units.map((unit) => ({ ...unit, disabled: false })) },
  }),
];

function withSetting(
  { policy, ...model }: Model,
  key: "inheritAboveUser" | "teamGrantServesDirectShare" | "recomputeOwnership",
): Model {
  return { ...model, policy: { ...policy, settings: { ...policy.settings, [key]: !policy.settings[key] } } };
}

/** At most `most` places in `questions`. */
export function chooseQuestions(
  model: Model,
  questions: readonly Question[],
  decisions: readonly Decision[],
  most: number,
): readonly number[] {
  const others = withoutRules.map((without) => {
    const { policy, world } = without(model);
    const oracle = new Oracle(policy, world);
    return questions.map((question) => oracle.check(question).allowed);
  });
  const groups = new Map<string, { rules: number; places: number[] }>();
  for (const [place, question] of questions.entries()) {
    const { allowed, reason, sources, errors } = decisions[place] as Decision;
    const rules = others.map((answers) => answers[place] !== allowed);
    const many = sources.length > 1;
    const key = JSON.stringify([rules, allowed, reason, many, errors.length > 0, question.record?.entity]);
    const group = groups.get(key) ?? { rules: rules.filter(Boolean).length, places: [] };
    groups.set(key, group);
    group.places.push(place);
  }
  const inOrder = [...groups.values()]
    .sort((a, b) => b.rules - a.rules)
    .map(({ places }) => fromTheMiddle(places));
  const chosen: number[] = [];
  for (let round = 0; chosen.length < Math.min(most, questions.length); round++)
    for (const group of inOrder) {
      const place = group[round];
      if (place !== undefined && chosen.length < most) chosen.push(place);
    }
  return chosen;
}

/** Not always the first user and the first action. */
function fromTheMiddle<T>(list: readonly T[]): readonly T[] {
  const half = list.length >> 1;
  return [...list.slice(half), ...list.slice(0, half)];
}
