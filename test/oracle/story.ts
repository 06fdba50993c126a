// A world that changes, and what the twin says of it at every point: semantics.md as a story that can be told.
import type { Policy, Value, World } from "../../compiler/model/model.ts";
import type { ColumnShare } from "../../compiler/model/script.ts";
import { applyChange, type Change, type Outcome } from "./changes/change.ts";
import { grantShare } from "./effects/share.ts";
import { Oracle } from "./evaluate.ts";
import { passesGate } from "./gate.ts";
import { checksOf, effectOf, recordsOf } from "./operations/checks.ts";
import { type FailedCheck, firstRefusal, Inquiry } from "./operations/inquiry.ts";
import type { Operation } from "./operations/operation.ts";
import { PlainWorld } from "./plain-world.ts";
import { allow, type Source } from "./sources.ts";

export type { Change, Operation };

/** Whether an operation is allowed; `sources` are those of its own right, the first that is checked. */
export interface Verdict {
  readonly allowed: boolean;
  readonly reason: string;
  readonly sources: readonly Source[];
  readonly failed: FailedCheck | undefined;
}

type Context = ReadonlyMap<string, Value>;

export class Story {
  world: PlainWorld;
  #oracle: Oracle | undefined;

  constructor(policy: Policy, world: World) {
    this.world = new PlainWorld(policy, world);
  }

  /** Single rights, as things stand. */
  get oracle(): Oracle {
    this.#oracle ??= new Oracle(this.world.policy, this.world.world());
    return this.#oracle;
  }

  /** Section 6: whether the user may do it. Nothing changes. */
  can(user: string, operation: Operation, context: Context = new Map()): Verdict {
    const inquiry = new Inquiry(this.world, user, context);
    const refuse = (reason: string): Verdict => ({ allowed: false, reason, sources: [], failed: undefined });
    if (!passesGate(inquiry.facts, inquiry.user)) return refuse("disabled");
    // A deleted record is in the wrong state, for administrators too.
    if (recordsOf(operation).some((record) => this.world.record(record) === undefined))
      return refuse("state");
    const checks = [...passing(checksOf(inquiry, operation))];
    const refusal = firstRefusal(checks);
    if (refusal !== undefined) return { ...refuse(refusal.reason), failed: refusal.failed };
    const [own] = checks;
    const sources = own !== undefined && "sources" in own ? own.sources : [];
    const { reason, sources: ordered } = allow(this.world.policy, sources);
    return { allowed: true, reason, sources: ordered, failed: undefined };
  }

  /** The same, and where it is allowed it takes effect. */
  do(user: string, operation: Operation, context: Context = new Map()): Verdict {
    const verdict = this.can(user, operation, context);
    if (verdict.allowed) {
      effectOf(new Inquiry(this.world, user, context), operation);
      this.#changed();
    }
    return verdict;
  }

  /** An administrator's change; the words of the refusal where the model's rules do not allow it. */
  set(change: Change): Outcome {
    const outcome = applyChange(this.world, change);
    this.#changed();
    return outcome;
  }

  /** Everything since `then`, a copy of the world, is taken back. */
  goBack(then: PlainWorld): void {
    this.world = then;
    this.#changed();
  }

  /** A share as a test or a project declares it: it adds to what is shared (X13), and nobody is asked. */
  declareShare({ record, principal, rights }: Omit<Extract<Change, { kind: "share" }>, "kind">): void {
    grantShare(this.world, record, principal, rights);
    this.#changed();
  }

  /** The same of a column. */
  declareColumnShare({ record, attribute, principal, rights }: ColumnShare): void {
    const before = this.world.columnMask(record, attribute, principal);
    this.world.setColumnShare({ record, attribute, principal, rights: before | rights });
    this.#changed();
  }

  #changed(): void {
    this.world.changed();
    this.#oracle = undefined;
  }
}

/** The checks up to the first that fails. */
function* passing<T extends object>(checks: Iterable<T>): Generator<T> {
  for (const check of checks) {
    yield check;
    if ("reason" in check) return;
  }
}
