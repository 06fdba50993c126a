import { printName } from "../../compiler/index.ts";
import {
  type ConditionError,
  type ExplainedSource,
  type Miss,
  type PrincipalReference,
  type RecordReference,
  reasonOf,
  type Source,
} from "../../runtime-ts/index.ts";

const quoted = (name: string): string => JSON.stringify(name);

/** `user "alice"` */
function principalText(principal: PrincipalReference): string {
  return "user" in principal ? `user ${quoted(principal.user)}` : `team ${quoted(principal.team)}`;
}

const recordText = ({ entity, id }: RecordReference): string => `${entity} ${quoted(id)}`;

/** What stands behind a source: who holds it, at which level, from where it reaches, and where it is written. */
function detailText(source: Source | ExplainedSource): string {
  if (!("holder" in source)) return "";
  const { holder, businessUnit } = source;
  const level = "level" in source ? ` at ${source.level}` : ` by role ${quoted(source.role)}`;
  const line = "line" in source ? `, ${source.line}` : "";
  return `${level}, held by ${principalText(holder)} in ${quoted(businessUnit)}${line}`;
}

function shareText(source: Extract<Source | ExplainedSource, { kind: "share" | "parent" }>): string {
  const to = source.name === undefined ? source.to : `${source.to} ${quoted(source.name)}`;
  if (source.kind === "share") return `share: shared with ${to}`;
  const from =
    "from" in source && source.from.length > 0 ? `, from ${source.from.map(recordText).join(", ")}` : "";
  return `parent: inherited share of ${to}${from}`;
}

/** One source, in full where it is explained. */
export function sourceLine(source: Source | ExplainedSource): string {
  switch (source.kind) {
    case "share":
    case "parent":
      return shareText(source);
    case "hierarchy":
      return `hierarchy: through user ${quoted(source.name)}`;
    default:
      return `${reasonOf(source)}${detailText(source)}`;
  }
}

/** Of a record owned by its parent. */
export function decidedByLine(record: RecordReference): string {
  return `decided by ${recordText(record)}`;
}

/** What a miss would change for a user, in words. */
function changeText(miss: Miss, user: string): string {
  switch (miss.kind) {
    case "share":
      return `share ${recordText(miss.record)} with user ${quoted(user)}: ${miss.right}`;
    case "assign-role":
      return `assign ${reasonOf({ kind: "role", name: miss.role })} in ${quoted(miss.businessUnit)} to user ${quoted(user)}`;
    case "join-team":
      return `add user ${quoted(user)} to team ${quoted(miss.team)}`;
    case "grant": {
      const what = miss.entity === undefined ? miss.action : `${miss.action} on ${printName(miss.entity)}`;
      const instead = miss.insteadOf === undefined ? "" : ` instead of ${miss.insteadOf}`;
      return `permit ${what} at ${miss.level}${instead} in ${reasonOf({ kind: "role", name: miss.role })}`;
    }
    default:
      return `move user ${quoted(user)} to business unit ${quoted(miss.businessUnit)}`;
  }
}

/** A change that would allow, and how much else it would change where that was counted. */
export function missLine(miss: Miss, user: string): string {
  const { effects } = miss;
  const others =
    effects === undefined ? "" : `, changes ${effects} other decision${effects === 1 ? "" : "s"}`;
  return `would allow: ${changeText(miss, user)}${others}`;
}

/** A condition that could not be worked out. */
export function errorLine({ role, guardrail, message }: ConditionError): string {
  const of =
    role === undefined ? `guardrail ${quoted(guardrail as string)}` : reasonOf({ kind: "role", name: role });
  return `error in the condition of ${of}: ${message}`;
}
