import {
  DENY_ACCESS,
  DENY_DISABLED,
  DENY_FORBID,
  DENY_STATE,
  ERROR_NO_RECORD,
  ERROR_NO_VALUE,
  ERROR_OVERFLOW,
  ORGANIZATION,
  SOURCE_ADMINISTRATOR,
  SOURCE_ERROR_IN_ROLE,
  SOURCE_HIERARCHY,
  SOURCE_PARENT,
  SOURCE_PERMIT,
  SOURCE_ROLE,
  SOURCE_SHARE,
  SOURCE_TEAM,
  TEAM_BIT,
} from "../runtime-as/abi.ts";
import type { Policy } from "./policy.ts";
import { printName } from "./quote.ts";
import type { World } from "./world/world.ts";

/** Why a check is allowed: one thing that alone would allow it (semantics.md section 10). */
export type Source =
  | { readonly kind: "administrator" }
  /** A role whose access level reaches the record. */
  | { readonly kind: "role"; readonly name: string }
  /** A guardrail permit whose level reaches the record; `name` is its id. */
  | { readonly kind: "permit"; readonly name: string }
  /** The principal owns the record. */
  | { readonly kind: "owner" }
  /** A team of the principal owns the record. */
  | { readonly kind: "team"; readonly name: string }
  /** A direct share mask; to the whole organization without name. */
  | { readonly kind: "share"; readonly to: "user" | "team" | "organization"; readonly name?: string }
  /** An inherited share mask. */
  | { readonly kind: "parent"; readonly to: "user" | "team" | "organization"; readonly name?: string }
  /** Hierarchy security; `name` is the report, direct or further down, through whom it comes. */
  | { readonly kind: "hierarchy"; readonly name: string }
  /** Of a column that is set when a record is created: the column itself, there is no record to have access to yet. */
  | { readonly kind: "column" };

/** The source in the words of language.md section 8, as they stand after `because`. */
export function reasonOf(source: Source): string {
  switch (source.kind) {
    case "role":
    case "team":
      return `${source.kind} ${printName(source.name)}`;
    case "permit":
      return `permit ${JSON.stringify(source.name)}`;
    default:
      return source.kind;
  }
}

/** The denial in the words of language.md section 8. */
export function reasonOfDenial(code: number, policy: Policy): string {
  switch (code & 0xff) {
    case DENY_DISABLED:
      return "disabled";
    case DENY_FORBID:
      return `forbid ${JSON.stringify(policy.guardrails[code >>> 8]?.id)}`;
    case DENY_ACCESS:
      return "access";
    case DENY_STATE:
      return "state";
    default:
      return "privilege";
  }
}

function sharedWith(
  principal: number,
  world: World,
): { to: "user" | "team" | "organization"; name?: string } {
  if (principal === ORGANIZATION) return { to: "organization" };
  const isTeam = (principal & TEAM_BIT) !== 0;
  const name = isTeam ? world.teams.names[principal & ~TEAM_BIT] : world.users.names.at(principal);
  return { to: isTeam ? "team" : "user", name: name as string };
}

/** One source that the core tells. */
export function decodeOne(kind: number, reference: number, policy: Policy, world: World): Source {
  switch (kind) {
    case SOURCE_ADMINISTRATOR:
      return { kind: "administrator" };
    case SOURCE_ROLE:
      return { kind: "role", name: policy.roles[reference]?.name as string };
    case SOURCE_PERMIT:
      return { kind: "permit", name: policy.guardrails[reference]?.id as string };
    case SOURCE_TEAM:
      return { kind: "team", name: world.teams.names[reference] as string };
    case SOURCE_SHARE:
      return { kind: "share", ...sharedWith(reference, world) };
    case SOURCE_PARENT:
      return { kind: "parent", ...sharedWith(reference, world) };
    case SOURCE_HIERARCHY:
      return { kind: "hierarchy", name: world.users.names.at(reference) };
    default:
      return { kind: "owner" };
  }
}

/** A condition that could not be worked out, and what it belongs to (language.md section 5). */
export interface ConditionError {
  /** The role whose grant stands under it; the grant does not apply. */
  readonly role?: string;
  /** The id of the guardrail: a permit does not apply, a forbid does. */
  readonly guardrail?: string;
  readonly message: string;
}

const errorMessages = new Map([
  [ERROR_OVERFLOW, "a number leaves the 64-bit range"],
  [ERROR_NO_RECORD, "a lookup leads to a record that is not loaded"],
  [ERROR_NO_VALUE, "an attribute has no value"],
]);

function decodeError(kind: number, reference: number, policy: Policy): ConditionError {
  const message = errorMessages.get(kind >>> 8) as string;
  return (kind & 0xff) === SOURCE_ERROR_IN_ROLE
    ? { role: policy.roles[reference]?.name as string, message }
    : { guardrail: policy.guardrails[reference]?.id as string, message };
}

/** What the core writes of a source: SOURCE_*, and whom or what it is of. */
export type SourcePair = readonly [kind: number, reference: number];

/** Kind and reference of what the core wrote, each once, ascending. */
function pairsOf(words: Uint32Array): SourcePair[] {
  const pairs: SourcePair[] = [];
  for (let i = 0; i < words.length; i += 2) pairs.push([words[i] as number, words[i + 1] as number]);
  pairs.sort((a, b) => (a[0] & 0xff) - (b[0] & 0xff) || a[1] - b[1] || a[0] - b[0]);
  return pairs.filter(
    ([kind, reference], i) => i === 0 || pairs[i - 1]?.[0] !== kind || pairs[i - 1]?.[1] !== reference,
  );
}

const isError = (kind: number): boolean => (kind & 0xff) >= SOURCE_ERROR_IN_ROLE;

/** The errors of conditions that the core wrote beside the sources, of roles first, in the order of the policy. */
export function decodeErrors(words: Uint32Array, policy: Policy): ConditionError[] {
  return pairsOf(words)
    .filter(([kind]) => isError(kind))
    .map(([kind, reference]) => decodeError(kind, reference, policy));
}

/**
 * The sources that the core wrote, each once, in the order in which reasons are given: administrator, roles as in the policy,
 * permits as written, owner, team, shares, inherited shares, hierarchy.
 */
export function sourcePairs(words: Uint32Array): SourcePair[] {
  return pairsOf(words).filter(([kind]) => !isError(kind));
}

/** The same by name. */
export function decodeSources(words: Uint32Array, policy: Policy, world: World): Source[] {
  return sourcePairs(words).map(([kind, reference]) => decodeOne(kind, reference, policy, world));
}
