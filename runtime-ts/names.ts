import { ACTIONS } from "../runtime-as/abi.ts";
import { BailiwickError } from "./errors.ts";
import type { Policy } from "./policy.ts";
import { describeValue, quote } from "./quote.ts";
import { didYouMean } from "./suggest.ts";
import { actionNames, actionNumber } from "./tables/rights.ts";

/** The number of an entity. Throws BWK440. */
export function entityNumber(policy: Policy, name: string): number {
  const number = policy.entityNumbers.get(name);
  if (number !== undefined) return number;
  const sharing = policy.entities.filter(({ privilegeSet }) => privilegeSet === name);
  throw new BailiwickError(
    "BWK440",
    `unknown entity ${quote(name)}`,
    sharing.length > 0
      ? `entities share this privilege set: say ${sharing.map((entity) => quote(entity.name)).join(" or ")}`
      : didYouMean(name, policy.entityNumbers.keys()),
  );
}

/**
 * The number of a privilege: of a record action on an entity, or of a task privilege where no entity is given. A right that
 * the entity's ownership does not have is a number too: asking for it is denied (semantics.md E6). Throws BWK440, BWK441.
 */
export function privilegeNumber(policy: Policy, action: string, entity: string | undefined): number {
  const task = policy.tasks.indexOf(action);
  const known = actionNumber(action);
  if (entity === undefined) {
    if (task >= 0) return policy.entities.length * ACTIONS + task;
    if (known !== undefined) {
      throw new BailiwickError("BWK441", `${quote(action)} is asked of a record`, "name its entity");
    }
    const help = didYouMean(action, [...policy.tasks, ...actionNames]);
    throw new BailiwickError("BWK440", `unknown privilege ${quote(action)}`, help);
  }
  const number = entityNumber(policy, entity);
  if (known !== undefined) return number * ACTIONS + known;
  if (task >= 0) {
    throw new BailiwickError(
      "BWK441",
      `${quote(action)} is a task privilege`,
      "ask it without entity and record",
    );
  }
  throw new BailiwickError("BWK440", `unknown action ${quote(action)}`, didYouMean(action, actionNames));
}

/** Names and their numbers: a Map, or a TextTable. */
export interface Numbers {
  get(name: string): number | undefined;
  has(name: string): boolean;
  keys(): Iterable<string>;
}

/** The number of a user or team. Throws BWK440. */
export function principalNumber(numbers: Numbers, kind: "user" | "team", name: string): number {
  const number = typeof name === "string" ? numbers.get(name) : undefined;
  if (number !== undefined) return number;
  const help = typeof name === "string" ? didYouMean(name, numbers.keys()) : undefined;
  throw new BailiwickError("BWK440", `unknown ${kind} ${describeValue(name)}`, help);
}
