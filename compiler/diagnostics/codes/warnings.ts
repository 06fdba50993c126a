import { didYouMean, warning } from "../entry.ts";

const conditionHelp = (what: string, form: string, holds: boolean): string =>
  holds
    ? `leave the \`${form}\` out: it changes nothing`
    : `this ${what} never applies: leave it out, or mend the condition`;

/** BWK9xx: what is allowed and hardly meant. */
export const warnings = {
  BWK901: warning(
    "A user without a role assigned directly: personal settings, views and dashboards need one (semantics.md T2, section 9).",
    (a: { name: string }) => ({
      message: `user \`${a.name}\` has no role assigned directly`,
      help: "add `roles: …;`",
    }),
  ),
  BWK902: warning(
    "An owner team without a role: it cannot own records (semantics.md T7, A3).",
    (a: { name: string }) => ({
      message: `team \`${a.name}\` has no role, so it cannot own records and gives its members nothing`,
      help: "add `roles: …;`",
    }),
  ),
  BWK903: warning(
    "A privilege that needs another one that is never granted with it (semantics.md A4, A5, A7, A10).",
    (a: { action: string; needs: string; entity: string; role: string }) => ({
      message: `\`${a.action}\` on \`${a.entity}\` needs \`${a.needs}\`, which is never granted together with role \`${a.role}\``,
      help: `add \`permit ${a.needs} on ${a.entity} at …;\``,
    }),
  ),
  BWK904: warning(
    "Append on a child without appendTo on any parent that it can be attached to, or the reverse (semantics.md A7).",
    (a: { action: string; needs: string; entity: string; others: readonly string[]; role: string }) => ({
      message: `\`${a.action}\` on \`${a.entity}\` needs \`${a.needs}\` on ${a.others
        .map((name) => `\`${name}\``)
        .join(" or ")}, which is never granted together with role \`${a.role}\``,
      help: `add \`permit ${a.needs} on ${a.others[0]} at …;\``,
    }),
  ),
  BWK905: warning(
    "A grant that another grant of the role already covers.",
    (a: { what: string; level: string; role: string }) => ({
      message: `${a.what} at \`${a.level}\` is already covered by another grant of role \`${a.role}\``,
      help: "remove it, or raise its level",
    }),
  ),
  BWK906: warning("A guardrail that can match nothing.", (a: { effect: string; because: string }) => ({
    message: `this ${a.effect} can match nothing: ${a.because}`,
    help: undefined,
  })),
  BWK907: warning(
    "A business unit given to a record in the classic mode, where a record is always in its owner's unit (semantics.md B7).",
    (a: { record: string; unit: string; own: string }) => ({
      message: `record \`${a.record}\` is in \`${a.own}\`, the unit of its owner: \`${a.unit}\` is ignored`,
      help: "leave `businessUnit` out, or set `ownershipAcrossBusinessUnits: true`",
    }),
  ),
  BWK908: warning(
    "A condition that is always false, whatever the record, the principal and the request.",
    (a: { what: string; form: "when" | "unless" }) => ({
      message: "this condition is always false",
      help: conditionHelp(a.what, a.form, a.form === "unless"),
    }),
  ),
  BWK909: warning(
    "A condition that is always true, whatever the record, the principal and the request.",
    (a: { what: string; form: "when" | "unless" }) => ({
      message: "this condition is always true",
      help: conditionHelp(a.what, a.form, a.form === "when"),
    }),
  ),
  BWK910: warning(
    "A mask on a column that is not secured: everybody sees its whole value (semantics.md F4).",
    (_: object) => ({
      message: "this mask hides nothing: the column is not secured",
      help: "say `secured masked …`",
    }),
  ),
  BWK911: warning(
    "A grant on entities without an access level: the level is then `none`, and nothing is granted (language.md section 2).",
    (a: { levels: readonly string[] }) => ({
      message: "this grant has no access level, so it grants nothing",
      help: `say ${a.levels.map((level) => `\`at ${level}\``).join(" or ")}`,
    }),
  ),
  BWK912: warning(
    "A `Choice` compared with a text that is none of its options: no record ever has it.",
    (a: { text: string; attribute: string; options: readonly string[]; suggestion: string | undefined }) => ({
      message: `\`${a.text}\` is no option of \`${a.attribute}\``,
      help:
        didYouMean(a.suggestion) ?? `its options are ${a.options.map((each) => `\`${each}\``).join(", ")}`,
    }),
  ),
} as const;
