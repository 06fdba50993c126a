// Conditions of grants and guardrails within one question, and the errors that they meet (language.md section 5).
import type { User, Value } from "../../compiler/model/model.ts";
import { evaluateCondition, type Outcome } from "./expressions/interpret.ts";
import type { Fault } from "./expressions/values.ts";
import type { Facts, RecordFacts } from "./facts.ts";

/** Whose condition could not be evaluated, and why. */
export interface ConditionError {
  readonly kind: "role" | "guardrail";
  /** Of a role its name, of a guardrail its id. */
  readonly name: string;
  readonly fault: Fault;
  readonly message: string;
}

type Owner = Pick<ConditionError, "kind" | "name">;

export class Conditions {
  readonly #facts: Facts;
  readonly #user: User;
  readonly #action: string;
  readonly #context: ReadonlyMap<string, Value>;
  readonly #errors = new Map<string, ConditionError>();

  /** Of one question: `action` is the record privilege or task privilege, `context` what the request carries. */
  constructor(facts: Facts, user: User, action: string, context: ReadonlyMap<string, Value>) {
    this.#facts = facts;
    this.#user = user;
    this.#action = action;
    this.#context = context;
  }

  /** Each once, in the order in which they came up. */
  get errors(): readonly ConditionError[] {
    return [...this.#errors.values()];
  }

  /** Whether a grant or permit exists here: an error means that it does not. */
  permits(condition: number | undefined, record: RecordFacts | undefined, owner: Owner): boolean {
    const outcome = this.#evaluate(condition, record, owner);
    return "value" in outcome && outcome.value;
  }

  /** Whether a forbid applies here: an error means that it does. */
  forbids(condition: number | undefined, record: RecordFacts | undefined, owner: Owner): boolean {
    const outcome = this.#evaluate(condition, record, owner);
    return !("value" in outcome) || outcome.value;
  }

  #evaluate(condition: number | undefined, record: RecordFacts | undefined, owner: Owner): Outcome<boolean> {
    if (condition === undefined) return { value: true };
    const found = this.#facts.policy.conditions[condition];
    if (found === undefined) throw new Error(`the policy has no condition number ${condition}`);
    const outcome = evaluateCondition(found.clauses, {
      facts: this.#facts,
      user: this.#user,
      action: this.#action,
      record,
      context: this.#context,
    });
    if ("fault" in outcome) {
      const error = { kind: owner.kind, name: owner.name, ...outcome };
      this.#errors.set(JSON.stringify(error), error);
    }
    return outcome;
  }
}
