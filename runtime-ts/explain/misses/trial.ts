import { DECISION_ALLOW, NONE } from "../../../runtime-as/abi.ts";
import { decideQuestion } from "../../answer.ts";
import { transaction } from "../../changes/transaction.ts";
import type { Ground } from "../../operations/ground.ts";
import { type CheckRequest, type Question, resolveQuestion } from "../../questions.ts";
import type { Subject } from "../subject.ts";

/** What every trial throws at its end, so that it is taken back. */
const taken = new Error("a trial is taken back");

/** Changes the world, looks, and takes the changes back: afterwards everything is as it was. */
export function asIf(ground: Ground, work: () => void): void {
  try {
    transaction(ground.loaded, () => {
      work();
      throw taken;
    });
  } catch (error) {
    if (error !== taken) throw error;
  }
}

/**
 * One denied question that is asked again after a change. Only what the question looks at is brought up to date: the user's
 * row and his facts, and those of the records on the way to the one that decides. So one trial takes microseconds in a large
 * world too, where the real change would make much else anew.
 */
export class Trial {
  readonly ground: Ground;
  readonly subject: Subject;
  readonly #request: CheckRequest;
  readonly #question: Question;

  constructor(ground: Ground, request: CheckRequest, question: Question, subject: Subject) {
    this.ground = ground;
    this.subject = subject;
    this.#request = request;
    this.#question = question;
  }

  /** Where in memory the question looks for facts of conditions. */
  #renewFacts(): void {
    const { core, policy, loaded, editor } = this.ground;
    const { names, userFacts, recordFacts } = policy.conditions;
    if (names === undefined) return;
    if (userFacts > 0) core.computeFactsOfUser(this.subject.user);
    for (const record of this.subject.way) {
      if (recordFacts[editor.entityOf(record)] === 0) continue;
      core.computeRecordFacts(loaded.records.pages.pageAddress(record), record);
    }
    core.forgetRequestFacts();
  }

  #guard(): void {
    const { core, policy } = this.ground;
    if (policy.guardrails.length > 0) core.guardUser(this.subject.user);
  }

  #isAllowed(): boolean {
    const { core, policy, loaded } = this.ground;
    // The unit of a described record is its owner's, who may have moved.
    const isDescribed = this.#question.described !== undefined;
    const question = isDescribed ? resolveQuestion(this.#request, policy, loaded) : this.#question;
    const { context, described } = question;
    return loaded.during(
      context,
      described?.attributes,
      () => decideQuestion(core, question) === DECISION_ALLOW,
    );
  }

  /** Whether the question is allowed once something has changed, which is then taken back. */
  flips(change: () => void): boolean {
    const { people, peopleEditor, stale } = this.ground.loaded;
    let allowed = false;
    asIf(this.ground, () => {
      change();
      people.writeUser(this.subject.user);
      peopleEditor.bump();
      this.#guard();
      this.#renewFacts();
      allowed = this.#isAllowed();
    });
    this.#guard();
    this.#renewFacts();
    // What has been touched stands as it stood.
    stale.clear();
    return allowed;
  }

  /** The record that decides, where it is loaded. */
  get record(): number | undefined {
    return this.subject.record === NONE ? undefined : this.subject.record;
  }
}
