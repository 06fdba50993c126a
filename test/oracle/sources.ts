// How a decision names its reasons: language.md section 8.
import type { Policy } from "../../compiler/model/model.ts";
import type { ConditionError } from "./conditions.ts";

/** One thing that allows. The order of the kinds is the order in which a decision names them. */
export interface Source {
  readonly kind:
    | "administrator"
    | "role"
    | "permit"
    | "owner"
    | "team"
    | "share"
    | "parent"
    | "hierarchy"
    /** Of a column that is set at creation: there is no record that anything else could give access to. */
    | "column";
  /** Of roles and teams their name, of permits their id, of shares whom they name, of hierarchy the report. */
  readonly name?: string;
  /** Of shares, direct and inherited: to whom. */
  readonly to?: "user" | "team" | "organization";
}

export interface Decision {
  readonly allowed: boolean;
  /** The first source, or the step that failed. */
  readonly reason: string;
  /** Every source that would allow (section 1), each once; none in a denial. */
  readonly sources: readonly Source[];
  /** Conditions of every guardrail and role in scope that could not be evaluated, whatever decided; none where "disabled" did. */
  readonly errors: readonly ConditionError[];
}

const kinds: readonly Source["kind"][] = [
  "administrator",
  "role",
  "permit",
  "owner",
  "team",
  "share",
  "parent",
  "hierarchy",
  "column",
];

/** A name as the formatter writes it. */
function written(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : JSON.stringify(name);
}

/** The words after `because`. */
export function wordsOf({ kind, name }: Source): string {
  if (name === undefined || kind === "share" || kind === "parent" || kind === "hierarchy") return kind;
  return `${kind} ${kind === "permit" ? JSON.stringify(name) : written(name)}`;
}

export function deny(reason: string): Decision {
  return { allowed: false, reason, sources: [], errors: [] };
}

export function denyBy(forbid: string): Decision {
  return deny(`forbid ${JSON.stringify(forbid)}`);
}

/** Allows through `found`, roles and permits in the order of the policy; at least one source is needed. */
export function allow(policy: Policy, found: readonly Source[]): Decision {
  const place = ({ kind, name }: Source): number => {
    if (kind === "role") return policy.roles.findIndex((role) => role.name === name);
    if (kind === "permit") return policy.guardrails.findIndex((guardrail) => guardrail.id === name);
    return 0;
  };
  const once = [
    ...new Map(
      found.map((source) => [JSON.stringify([source.kind, source.to, source.name]), source]),
    ).values(),
  ];
  const sources = once.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || place(a) - place(b));
  const first = sources[0];
  if (first === undefined) throw new Error("an allow without a source");
  return { allowed: true, reason: wordsOf(first), sources, errors: [] };
}
