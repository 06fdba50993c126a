import {
  DENY_ACCESS,
  DENY_DISABLED,
  DENY_FORBID,
  ORGANIZATION,
  SOURCE_ADMINISTRATOR,
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
  | { readonly kind: "parent"; readonly to: "user" | "team" | "organization"; readonly name?: string };

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
  const name = isTeam ? world.teams.names[principal & ~TEAM_BIT] : world.users.names[principal];
  return { to: isTeam ? "team" : "user", name: name as string };
}

function decodeOne(kind: number, reference: number, policy: Policy, world: World): Source {
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
    default:
      return { kind: "owner" };
  }
}

/**
 * The sources that the core wrote (kind, reference), each once, in the order in which reasons are given: administrator,
 * roles as in the policy, permits as written, owner, team, shares, inherited shares.
 */
export function decodeSources(words: Uint32Array, policy: Policy, world: World): Source[] {
  const pairs: (readonly [kind: number, reference: number])[] = [];
  for (let i = 0; i < words.length; i += 2) pairs.push([words[i] as number, words[i + 1] as number]);
  pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return pairs
    .filter(
      ([kind, reference], i) => i === 0 || pairs[i - 1]?.[0] !== kind || pairs[i - 1]?.[1] !== reference,
    )
    .map(([kind, reference]) => decodeOne(kind, reference, policy, world));
}
