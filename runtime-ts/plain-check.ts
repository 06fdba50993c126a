// The straight way of `Engine.check`: a loaded record or a task privilege, no context. Everything else, and every mistake, goes
// the long way (questions.ts), which gives the same answers and says what is wrong.
import { ACTIONS, SOURCE_PERMIT, SOURCE_ROLE } from "../runtime-as/abi.ts";
import type { Decision } from "./answer.ts";
import { decodeOne, reasonOf, reasonOfDenial } from "./decode.ts";
import type { Core } from "./instantiate.ts";
import { KnownNames } from "./known-names.ts";
import type { LoadedWorld } from "./loaded-world.ts";
import type { Policy } from "./policy.ts";
import { type CheckRequest, noRecordWord } from "./questions.ts";
import { actionNumber } from "./tables/rights.ts";

/** It has what every object inherits, and nothing of its own. */
const bare: {
  readonly principal?: unknown;
  readonly action?: unknown;
  readonly resource?: unknown;
  readonly entity?: unknown;
  readonly id?: unknown;
} = {};

/** Whether objects inherit what a request is made of: one that lacks it would be answered with another's. */
function areSpoilt(): boolean {
  return (
    bare.principal !== undefined ||
    bare.action !== undefined ||
    bare.resource !== undefined ||
    bare.entity !== undefined ||
    bare.id !== undefined
  );
}

/**
 * Whether an object inherits from nothing but Object's, and a loop finds so many properties. To be asked after as many have been
 * found to be there, which then are its own: there are no others.
 */
function isPlain(value: object, properties: number): boolean {
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  let left = properties;
  for (const _ in value) left--;
  return left === 0;
}

/** Answers plain checks. */
export class PlainCheck {
  readonly #core: Core;
  readonly #policy: Policy;
  readonly #users = new KnownNames();
  /** The entity that was asked about last: mostly it is the next one, too. */
  #lastEntity = "";
  #lastNumber: number | undefined = undefined;
  /** Reasons that name a role or guardrail, once they have been asked for: these keep their names. */
  readonly #ofRoles: (string | undefined)[];
  readonly #ofGuardrails: (string | undefined)[];

  constructor(core: Core, policy: Policy) {
    this.#core = core;
    this.#policy = policy;
    this.#ofRoles = policy.roles.map(() => undefined);
    this.#ofGuardrails = policy.guardrails.map(() => undefined);
  }

  /** The answer, or undefined where the request is not plain, or names something that is not there. */
  answer(request: CheckRequest, loaded: LoadedWorld): Decision | undefined {
    if (typeof request !== "object" || request === null || areSpoilt()) return undefined;
    const { principal, action, resource } = request;
    if (typeof principal !== "string" || typeof action !== "string") return undefined;
    let privilege: number;
    let record: number | undefined = noRecordWord;
    if (resource !== undefined) {
      if (typeof resource !== "object" || resource === null) return undefined;
      const { entity, id } = resource;
      if (typeof entity !== "string" || typeof id !== "string") return undefined;
      if (!isPlain(request, 3)) return undefined;
      if (!isPlain(resource, 2)) return undefined;
      const number = this.#entityNumber(entity);
      const known = actionNumber(action);
      if (number === undefined || known === undefined) return undefined;
      privilege = number * ACTIONS + known;
      record = loaded.records.find(number, id);
      if (record === undefined) return undefined;
    } else {
      const task = this.#policy.tasks.indexOf(action);
      if (task < 0 || !isPlain(request, 2)) return undefined;
      privilege = this.#policy.entities.length * ACTIONS + task;
    }
    const user = this.#users.get(loaded.world.users.numbers, principal);
    return user === undefined ? undefined : this.reason(user, privilege, record, loaded);
  }

  #entityNumber(name: string): number | undefined {
    if (name !== this.#lastEntity) {
      this.#lastNumber = this.#policy.entityNumbers.get(name);
      this.#lastEntity = name;
    }
    return this.#lastNumber;
  }

  /** The answer to a question in numbers, in the context that the core has. */
  reason(user: number, privilege: number, record: number, loaded: LoadedWorld): Decision {
    const answer = this.#core.reason(user, privilege, record);
    if (answer < 0) return { allowed: false, reason: reasonOfDenial(-1 - answer, this.#policy) };
    const kind = Math.floor(answer / 2 ** 32);
    return { allowed: true, reason: this.#reasonOf(kind, answer >>> 0, loaded) };
  }

  #reasonOf(kind: number, reference: number, { world }: LoadedWorld): string {
    const kept =
      kind === SOURCE_ROLE ? this.#ofRoles : kind === SOURCE_PERMIT ? this.#ofGuardrails : undefined;
    const known = kept?.[reference];
    if (known !== undefined) return known;
    const reason = reasonOf(decodeOne(kind, reference, this.#policy, world));
    if (kept !== undefined) kept[reference] = reason;
    return reason;
  }
}
