// Batches of thousands of questions in worlds that change: the core that answers blocks against one question after the other, in
// the core that knows no blocks, and against the twin on a sample.
import { Engine } from "../../runtime-ts/index.ts";
import type { ValuesPlan } from "./attribute-plan.ts";
import { type Numbers, numbersIn, type Questions, questionsIn } from "./crowd-questions.ts";
import { scatter } from "./design-attributes.ts";
import { at } from "./design-policy.ts";
import { engineOf } from "./engines.ts";
import { contextsOf } from "./questions.ts";
import type { Disagreement } from "./script-compare.ts";
import type { ScriptStep, SingleStep } from "./script-plan.ts";
import type { Script } from "./script-sketch.ts";
import { contextForTwin } from "./script-to-twin.ts";
import { inContext, tellEngine } from "./told-by-engine.ts";
import { ToldByTwin } from "./told-by-twin.ts";

/** Blocks of a batch: more than 2,000 questions. */
const BLOCKS = 66;
/** Changes between two batches. */
const STEPS = 3;
/** Questions that the twin is asked as well. */
const SAMPLE = 30;

/** Sets of records, and of users. */
const SETS = 6;

type Found = Disagreement | undefined;

/** The two cores and the twin, side by side. */
class Crowd {
  readonly #script: Script;
  readonly #twin: ToldByTwin;
  #plain: Engine;
  #quick: Engine;

  constructor(script: Script) {
    this.#script = script;
    this.#twin = new ToldByTwin(script.project);
    this.#plain = engineOf(script.project, "plain");
    this.#quick = engineOf(script.project, "simd");
  }

  tell(step: ScriptStep): Disagreement | undefined {
    if (step.kind === "restore") {
      // Both, for newcomers may get other numbers in an engine that was restored.
      this.#plain = Engine.restore(this.#plain.snapshot(), { core: "plain" });
      this.#quick = Engine.restore(this.#quick.snapshot(), { core: "simd" });
      return undefined;
    }
    const steps = step.kind === "together" ? step.steps : [step];
    for (const each of steps as readonly SingleStep[]) {
      const found = this.#single(each);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #single(step: SingleStep): Disagreement | undefined {
    if (!this.#twin.knows(step)) return undefined;
    const got = tellEngine(this.#plain, step, this.#script.project);
    const same = tellEngine(this.#quick, step, this.#script.project);
    const expected = this.#twin.tell(step, got.done);
    for (const each of [got, same])
      if (JSON.stringify(each) !== JSON.stringify(expected))
        return { asked: JSON.stringify(step), expected: JSON.stringify(expected), got: JSON.stringify(each) };
    return undefined;
  }

  /** One batch, again and again: what is worked out at a first question is there at later ones. */
  ask(salt: number): Disagreement | undefined {
    const { project } = this.#script;
    const contexts = contextsOf(project).filter((carried) => this.#twin.mayCarry(carried));
    const carried = salt % 3 === 2 ? contexts[scatter(salt, 5) % contexts.length] : undefined;
    const numbers = numbersIn(this.#quick, project);
    const questions = questionsIn(numbers, BLOCKS, salt);
    return (
      this.#compare(questions, carried) ??
      this.#sets(numbers, carried, salt) ??
      this.#sample(questions, numbers, carried, salt)
    );
  }

  #compare(questions: Questions, carried: ValuesPlan | undefined): Disagreement | undefined {
    const { principals, privileges, records, mixtures } = questions;
    const within = inContext(carried, this.#script.project);
    const batches = [0, 1, 2].map(() =>
      this.#quick.checkBatch({ principals, privileges, records, ...within }),
    );
    for (const i of principals.keys()) {
      const [user = 0, privilege = 0, record = 0] = [principals[i], privileges[i], records[i]];
      const expected =
        carried === undefined
          ? this.#plain.allows(user, privilege, record)
          : this.#plain.reason(user, privilege, record, within).allowed;
      const alone = carried === undefined ? [this.#quick.allows(user, privilege, record)] : [];
      const { allowed } = this.#quick.reason(user, privilege, record, within);
      const got = [...batches.map((batch) => batch.get(i)), ...alone, allowed];
      if (got.every((answer) => answer === expected)) continue;
      const asked = `question ${i} of a block ${mixtures[i >> 5]}: ${JSON.stringify([user, privilege, record, carried])}`;
      return { asked, expected: `${expected}`, got: `${got}` };
    }
    return undefined;
  }

  /** Which records, and which users, as single questions have it. */
  #sets(numbers: Numbers, carried: ValuesPlan | undefined, salt: number): Disagreement | undefined {
    const within = inContext(carried, this.#script.project);
    const differ = (way: string, asked: number[], expected: boolean[], got: boolean[]): Found =>
      expected.join() === got.join()
        ? undefined
        : { asked: `${way} ${JSON.stringify([...asked, carried])}`, expected: `${expected}`, got: `${got}` };
    for (let i = 0; i < SETS; i++) {
      const user = scatter(salt, i * 3) % numbers.users;
      const { number: privilege, entity = "" } = at(numbers.privileges, scatter(salt, i * 3 + 1));
      const records = numbers.recordsOf.get(entity) ?? [];
      const may = (who: number, record: number): boolean =>
        this.#plain.reason(who, privilege, record, within).allowed;
      const expected = records.map((record) => may(user, record));
      const record = records[scatter(salt, i * 3 + 2) % records.length];
      const users = Array.from({ length: numbers.users }, (_, who) => who);
      for (const engine of [this.#quick, this.#plain]) {
        const filtered = engine.filter(user, privilege, within);
        const got = records.map((_, place) => filtered.get(place));
        const found = differ("filter", [user, privilege], expected, got);
        if (found !== undefined) return found;
        if (record === undefined) continue;
        const who = engine.whoCan(privilege, record, within);
        const allowed = users.map((each) => may(each, record));
        const different = differ(
          "whoCan",
          [privilege, record],
          allowed,
          users.map((each) => who.get(each)),
        );
        if (different !== undefined) return different;
      }
    }
    return undefined;
  }

  /** What has a name, as the twin sees it. */
  #sample(
    { principals, privileges, records }: Questions,
    numbers: Numbers,
    carried: ValuesPlan | undefined,
    salt: number,
  ): Disagreement | undefined {
    const { project } = this.#script;
    const names = this.#quick.userNames();
    const ids = new Map<number, { entity: string; id: string }>();
    for (const [entity, all] of numbers.recordsOf)
      for (const [place, id] of this.#quick.recordIds(entity).entries())
        ids.set(all[place] as number, { entity, id });
    const context = contextForTwin(carried, project);
    for (let i = 0; i < SAMPLE; i++) {
      const place = scatter(salt, i) % principals.length;
      const principal = names[principals[place] as number];
      const privilege = numbers.privileges.find(({ number }) => number === privileges[place]);
      const record = ids.get(records[place] as number);
      if (!principal || !record?.id || privilege?.entity !== record.entity) continue;
      const action = actionOf(this.#quick, record.entity, privilege.number);
      const { allowed, reason } = this.#twin.story.oracle.check({ principal, action, record, context });
      const request = { principal, action, resource: record, ...inContext(carried, project) };
      const got = this.#quick.check(request);
      if (got.allowed === allowed && got.reason === reason) continue;
      return {
        asked: `check ${JSON.stringify(request)}`,
        expected: `${allowed} ${reason}`,
        got: `${got.allowed} ${got.reason}`,
      };
    }
    return undefined;
  }
}

function actionOf(engine: Engine, entity: string, privilege: number): string {
  const words = ["create", "read", "write", "delete", "assign", "share", "append", "appendTo"];
  return words.find((word) => engine.privilege(word, entity) === privilege) ?? "";
}

/** The first thing in which a batch, single questions and the twin differ. */
export function disagreementOfCrowd(script: Script): Disagreement | undefined {
  const crowd = new Crowd(script);
  let found = crowd.ask(0);
  for (const [index, step] of script.steps.entries()) {
    if (found !== undefined) return found;
    found = crowd.tell(step);
    if (found === undefined && index % STEPS === STEPS - 1) found = crowd.ask(index);
    if (found !== undefined) return { ...found, asked: `step ${index}: ${found.asked}` };
  }
  return found ?? crowd.ask(script.steps.length);
}
