import { didYouMean, error } from "../entry.ts";
import { type TypeProblem, typeWords, type Where, whereWords } from "./type-problems.ts";

/** BWK3xx: what can be read and whose names are known, but cannot mean anything. */
export const meaning = {
  BWK301: error(
    "An access level that does not exist for the entity's ownership (language.md section 2, semantics.md E1, E3).",
    (a: { level: string; entity: string; ownership: string; levels: readonly string[] }) => ({
      message: `access level \`${a.level}\` does not exist for \`${a.entity}\`, which is owned by ${a.ownership}`,
      help: `say ${a.levels.map((level) => `\`at ${level}\``).join(" or ")}`,
    }),
  ),
  BWK302: error(
    "An action that does not exist for the entity's ownership (semantics.md E1 to E3).",
    (a: { action: string; entity: string; ownership: string; help?: string | undefined }) => ({
      message: `\`${a.action}\` does not exist for \`${a.entity}\`, which is owned by ${a.ownership}`,
      help: a.help,
    }),
  ),
  BWK303: error(
    "A task privilege at another level than organization.",
    (a: { privilege: string; level: string }) => ({
      message: `task privilege \`${a.privilege}\` has no access level \`${a.level}\``,
      help: "leave the level out, or say `at organization`",
    }),
  ),
  BWK304: error(
    "A role whose copy the user or team cannot hold: from another business unit in the classic mode, or from where the role has no copy (semantics.md B5, B6).",
    (
      a:
        | { problem: "classic"; role: string; unit: string; holder: string; own: string }
        | { problem: "no copy"; role: string; unit: string; home: string },
    ) =>
      a.problem === "classic"
        ? {
            message: `role \`${a.role}\` in \`${a.unit}\` cannot be held by \`${a.holder}\`, who is in \`${a.own}\``,
            help: `say \`${a.role}\` alone, or set \`ownershipAcrossBusinessUnits: true\``,
          }
        : {
            message: `role \`${a.role}\` belongs to \`${a.home}\` and has no copy in \`${a.unit}\``,
            help: `a role is available in its own business unit and below: declare it in \`${a.unit}\` or above`,
          },
  ),
  BWK305: error(
    "An access team that holds a role, owns a record or is given a permit (semantics.md T5).",
    (a: { team: string; what: "roles" | "owner" | "permit" }) => ({
      message: `access team \`${a.team}\` cannot ${
        { roles: "hold roles", owner: "own records", permit: "be given a permit" }[a.what]
      }`,
      help: "make it a `team`, or share records with it",
    }),
  ),
  BWK306: error(
    "A grant that names an entity which shares a privilege set (semantics.md E4).",
    (a: { entity: string; set: string }) => ({
      message: `\`${a.entity}\` has no privileges of its own: it shares those of \`${a.set}\``,
      help: `say \`${a.set}\``,
    }),
  ),
  BWK307: error(
    "A type error in an expression, or a value of another type than its place asks for (language.md sections 3 and 6).",
    (
      a:
        | {
            readonly expected: string;
            readonly found: string;
            readonly suggestion?: string | undefined;
            readonly help?: string | undefined;
            readonly problem?: undefined;
          }
        | TypeProblem,
    ) =>
      a.problem === undefined
        ? { message: `expected ${a.expected}, found ${a.found}`, help: a.help ?? didYouMean(a.suggestion) }
        : typeWords(a),
  ),
  BWK308: error(
    "An optional attribute used where nothing says that it is there (language.md section 6).",
    (a: { readonly attribute: string; readonly guard: string } & Where) => ({
      message: `${whereWords(a)}\`${a.attribute}\` is optional and may be absent here`,
      help: `guard it: \`${a.guard} && …\``,
    }),
  ),
  BWK309: error(
    "The root business unit disabled, deleted or moved (semantics.md B1).",
    (a: { unit: string; change: "disabled" | "deleted" | "moved" }) => ({
      message: `\`${a.unit}\` is the root business unit and cannot be ${a.change}`,
      help: a.change === "disabled" ? "disable the units below it" : undefined,
    }),
  ),
  BWK310: error(
    "An owner declared in source that has no read privilege on the entity (semantics.md A3).",
    (a: { kind: "user" | "team"; owner: string; entity: string; help: string }) => ({
      message: `${a.kind} \`${a.owner}\` cannot own \`${a.entity}\` records: no read privilege on \`${a.entity}\``,
      help: a.help,
    }),
  ),
  BWK311: error(
    "A declared record without a value that its entity asks for.",
    (a: { record: string; entity: string; missing: readonly string[]; attributes: number }) => ({
      message: `record \`${a.record}\` lacks ${a.missing.map((name) => `\`${name}\``).join(", ")}`,
      help: `add ${a.missing.map((name) => `\`${name}: …\``).join(", ")}${
        // An owner and a business unit cannot be made optional.
        a.attributes < a.missing.length
          ? ""
          : `, or make ${a.missing.length === 1 ? "it" : "them"} optional in \`${a.entity}\``
      }`,
    }),
  ),
  BWK312: error(
    "A forbid with an access level: it concerns every record of its scope (language.md section 5).",
    (a: { level: string }) => ({
      message: `a forbid has no access level: \`at ${a.level}\` would change nothing`,
      help: "leave it out; which records it concerns is said by its resource scope and by `when`",
    }),
  ),
  BWK313: error(
    "Column security, a mask or a cascade on an attribute that is no column of a record (language.md section 3, semantics.md F1).",
    (a: { flag: string; attribute: string; bearer: string }) => ({
      message: `\`${a.flag}\` has no meaning for \`${a.attribute}\`, an attribute of \`${a.bearer}\``,
      help: `leave \`${a.flag}\` out: only records have columns that are secured, and lookups that are followed`,
    }),
  ),
} as const;
