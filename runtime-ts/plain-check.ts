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
import { actionNumbers } from "./tables/rights.ts";

/** What every object inherits from: as long as nobody adds to it, this has no property that a loop would find. */
const bare = {};

/** Whether an object has no other properties than its own. */
function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return false;
  for (const _ in bare) return false;
  return true;
}

const hasPrincipal = 1;
const hasAction = 2;
const hasResource = 4;
const hasEntity = 1;
const hasId = 2;

/** Which of the properties a request has; 0 where there are others, a context among them. */
function partsOf(request: object): number {
  let parts = 0;
  for (const key in request) {
    if (key === "principal") parts |= hasPrincipal;
    else if (key === "action") parts |= hasAction;
    else if (key === "resource") parts |= hasResource;
    else return 0;
  }
  return parts;
}

function partsOfResource(resource: object): number {
  let parts = 0;
  for (const key in resource) {
    if (key === "entity") parts |= hasEntity;
    else if (key === "id") parts |= hasId;
    else return 0;
  }
  return parts;
}

/** Answers plain checks. */
export class PlainCheck {
  readonly #core: Core;
  readonly #policy: Policy;
  readonly #users = new KnownNames();
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
    if (!isPlain(request)) return undefined;
    const parts = partsOf(request);
    const { principal, action } = request;
    if (typeof principal !== "string" || typeof action !== "string") return undefined;
    let privilege: number | undefined;
    let record: number | undefined = noRecordWord;
    if (parts === (hasPrincipal | hasAction | hasResource)) {
      const resource = request.resource as { readonly entity: unknown; readonly id: unknown } | undefined;
      if (!isPlain(resource) || partsOfResource(resource) !== (hasEntity | hasId)) return undefined;
      const { entity, id } = resource;
      if (typeof entity !== "string" || typeof id !== "string") return undefined;
      const number = this.#policy.entityNumbers.get(entity);
      const known = actionNumbers.get(action);
      if (number === undefined || known === undefined) return undefined;
      privilege = number * ACTIONS + known;
      record = loaded.records.find(number, id);
    } else if (parts === (hasPrincipal | hasAction)) {
      const task = this.#policy.tasks.indexOf(action);
      if (task < 0) return undefined;
      privilege = this.#policy.entities.length * ACTIONS + task;
    }
    if (privilege === undefined || record === undefined) return undefined;
    const user = this.#users.get(loaded.world.users.numbers, principal);
    return user === undefined ? undefined : this.reason(user, privilege, record, loaded);
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
