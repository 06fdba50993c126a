// Conditions over numbers of the record and of the user, of every kind that a batch answers in its own way: facts of one side,
// ranges of columns, few and many, programs that hold of no record for some users, that are steps for some, and errors.
import type { AttributePlan } from "./attribute-plan.ts";
import { designValues, type Named, scatter } from "./design-attributes.ts";
import { actionExists, at, bits, grantable } from "./design-policy.ts";
import {
  and,
  type BinaryOperator,
  type ConditionPlan,
  type ExpressionPlan,
  root,
} from "./expression-plan.ts";
import { type GrantPlan, type GuardrailPlan, type Project, recordActions } from "./project.ts";

const long = { kind: "Long" } as const;
/** Of every entity. Names that design-attributes.ts does not give. */
const ofRecords: readonly AttributePlan[] = [
  { name: "size", type: long, optional: false },
  { name: "weight", type: long, optional: true },
  { name: "open", type: { kind: "Bool" }, optional: false },
];
const ofUsers: readonly AttributePlan[] = [
  { name: "level", type: long, optional: false },
  { name: "rank", type: long, optional: true },
];

const ofRequests: readonly AttributePlan[] = [{ name: "limit", type: long, optional: true }];

type Side = "resource" | "principal" | "context";

const get = (from: Side, name: string): ExpressionPlan => ({
  op: "get",
  of: root(from),
  name,
});
const has = (from: Side, name: string): ExpressionPlan => ({
  op: "has",
  of: root(from),
  path: [name],
});
const digit = (pick: number): ExpressionPlan => ({ op: "long", value: `${pick % 4}` });
const binary = (op: BinaryOperator, left: ExpressionPlan, right: ExpressionPlan): ExpressionPlan => ({
  op,
  left,
  right,
});
const relations = ["<", "<=", ">", ">=", "==", "!="] as const;
const sums = ["+", "-", "*"] as const;

const size = get("resource", "size");
const level = get("principal", "level");

/** One comparison of the record's number with what the user's makes of it, either side first. */
function comparison(pick: number): ExpressionPlan {
  const mine = pick % 3 === 0 ? level : binary(at(sums, pick >> 2), level, digit(pick >> 4));
  const its = pick % 5 === 0 ? binary(at(sums, pick >> 6), size, digit(pick >> 8)) : size;
  const relation = at(relations, pick >> 3);
  return pick % 2 === 0 ? binary(relation, its, mine) : binary(relation, mine, its);
}

type Shape = (pick: number) => ExpressionPlan;

/** By what becomes of them. */
export const shapes: Readonly<Record<string, Shape>> = {
  range: comparison,
  "range of what may be wanting": (pick) =>
    and(
      and(has("resource", "weight"), has("principal", "rank")),
      binary(at(relations, pick), get("resource", "weight"), get("principal", "rank")),
    ),
  // What is unequal is a range of its own: more of them than are looked for together, or than a frame has room for.
  "many ranges": (pick) =>
    Array.from({ length: 3 + (pick % 11) }, (_, index) =>
      binary("!=", size, binary("+", level, { op: "long", value: `${index + 1}` })),
    ).reduceRight((rest, each) => and(each, rest), comparison(pick >> 4)),
  "never for some": (pick) => and(binary(">", level, digit(pick)), comparison(pick >> 2)),
  "never for anybody": (pick) =>
    and(binary("<", size, level), binary(">", size, binary("+", level, digit(pick)))),
  steps: (pick) => binary("||", comparison(pick), comparison(pick >> 3)),
  "fact of the record": (pick) => binary(at(relations, pick), size, digit(pick >> 3)),
  "fact of the user": (pick) => binary(at(relations, pick), level, digit(pick >> 3)),
  "fact once the user is known": (pick) =>
    and(get("resource", "open"), binary(at(relations, pick), level, digit(pick >> 3))),
  "fact and range": (pick) => and(get("resource", "open"), comparison(pick)),
  // Nothing of the record, and yet no fact; or nothing of the user.
  "of the request": (pick) =>
    and(
      has("context", "limit"),
      binary(at(relations, pick), get("context", "limit"), pick % 3 === 0 ? size : level),
    ),
  error: (pick) => binary(at(relations, pick), binary(at(sums, pick >> 3), size, level), digit(pick >> 5)),
};

function condition(pick: number): ConditionPlan {
  const shape = at(Object.values(shapes), pick);
  return [{ form: pick % 13 === 12 ? "unless" : "when", expression: shape(pick >> 4) }];
}

function grantOf(project: Project, pick: number): GrantPlan {
  const [name, ownership] = at([...grantable(project.entities)], pick);
  const actions = bits(recordActions, pick >> 2).filter((action) => actionExists(action, ownership));
  const levels = {
    organization: ["organization"],
    businessUnit: ["businessUnit", "parentChild", "organization"],
    userOrTeam: ["user", "businessUnit", "organization", "parentChild"],
    parent: [],
  }[ownership];
  return {
    actions: actions.length === 0 ? ["read"] : actions,
    on: [name],
    level: at(levels, pick >> 5),
    condition: condition(scatter(pick, 7)),
  };
}

function forbidOf(project: Project, pick: number, index: number): GuardrailPlan {
  const roles = project.roles.map(({ name }) => ({ kind: "role", name }) as const);
  return {
    effect: "forbid",
    id: `forbid ${index}`,
    principal: pick % 3 === 0 ? { kind: "any" } : at(roles, pick >> 2),
    actions: pick % 7 === 0 ? ["read", "write", "delete"] : [at(recordActions, pick >> 3)],
    entity: at(project.entities, pick >> 4).name,
    unit: undefined,
    record: undefined,
    level: undefined,
    condition: condition(scatter(pick, 11)),
  };
}

/** The project with such attributes, and with grants and forbids under such conditions. */
export function withRanges(project: Project, picks: readonly number[]): Project {
  const nobody: Named = { users: [], teams: [], units: [], records: () => [] };
  const pick = (index: number): number => picks[index % picks.length] ?? 0;
  const recordsInSource = ["everything", "records", "directory"].includes(project.placement);
  // A table may leave out the column of what is not optional.
  const leavesOut = ({ name }: AttributePlan): boolean =>
    !recordsInSource && pick(0) % 5 === 4 && name === "size";
  const more = {
    ...project,
    entities: project.entities.map((entity) => ({
      ...entity,
      attributes: [...entity.attributes, ...ofRecords],
    })),
    principals: { ...project.principals, User: [...project.principals.User, ...ofUsers] },
    context: [...project.context, ...ofRequests],
    contexts: [...project.contexts, {}].map((carried, index) => ({
      ...carried,
      ...designValues(ofRequests, scatter(pick(5), index), nobody, () => false),
    })),
    records: project.records.map((record, index) => ({
      ...record,
      attributes: {
        ...record.attributes,
        ...designValues(ofRecords, scatter(pick(1), index), nobody, leavesOut),
      },
    })),
    users: project.users.map((user, index) => ({
      ...user,
      attributes: {
        ...user.attributes,
        ...designValues(ofUsers, scatter(pick(2), index), nobody, (_, at) => at % 11 === 10),
      },
    })),
  };
  return {
    ...more,
    roles: more.roles.map((role, index) =>
      role.form === "administrator role"
        ? role
        : {
            ...role,
            grants: [...role.grants, ...[0, 1, 2].map((grant) => grantOf(more, scatter(pick(index), grant)))],
          },
    ),
    guardrails: [
      ...more.guardrails,
      ...Array.from({ length: pick(3) % 4 }, (_, index) => forbidOf(more, scatter(pick(4), index), index)),
    ],
  };
}
