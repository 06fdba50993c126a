// Equality and membership of users, teams, units, records and actions (semantics.md T6, T8), with users and teams that
// share one attribute: there a Cedar record holds the one or the other.
import { actions, type Entity, type Model, type Typed } from "../../compiler/index.ts";
import { attributeName, entityId, member } from "./names.ts";
import { all, any, binary, type Text, wrapped } from "./precedence.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Where a condition stands: the record that it is about, and whether that has an owner. */
export interface Place {
  readonly model: Model;
  readonly names: Vocabulary;
  /** Cedar's expression for the record; of task privileges there is none. */
  readonly record: string;
  /** undefined: a task privilege. */
  readonly entity: number | undefined;
}

type Write = (typed: Typed) => Text;

export function entityOf({ of, id }: Typed & { op: "entity" }, { names, model, entity }: Place): string {
  if (of === "Action") return actionOf(id, entity === undefined, model, names);
  return entityId(typeof of === "number" ? (names.entities[of] as string) : of, id);
}

/** A task privilege may have the name of a record privilege: then it has another id. */
function actionOf(id: string, task: boolean, { policy }: Model, names: Vocabulary): string {
  const number = policy.tasks.findIndex(({ name }) => name === id);
  const named = (actions as readonly string[]).includes(id);
  return number >= 0 && (task || !named) ? (names.tasks[number] as string) : entityId("Action", id);
}

const kindOf = ({ type }: Typed): unknown => (type.kind === "Entity" ? type.of : undefined);
const isPrincipal = (typed: Typed): boolean => kindOf(typed) === "Principal";

/** A text that is true wherever the expression can be evaluated: it stands for evaluating it. */
function evaluated(text: Text, typed: Typed): readonly Text[] {
  const simple = ["constant", "entity", "principal", "resource", "action", "owner", "unit"];
  return simple.includes(typed.op) ? [] : [binary("==", text, text)];
}

const has = (text: Text, name: string): Text => ({
  text: `${wrapped(text, "member")} has ${name}`,
  level: "relation",
});
const dot = (text: Text, name: string): Text => ({
  text: member(wrapped(text, "member"), name),
  level: "member",
});

export function equalText({ left, right }: { left: Typed; right: Typed }, write: Write): Text {
  // What the checker compares with itself is true by its type, and stands for evaluating it: in Cedar, a record of one
  // field has that field. Cedar's types must see it as well, for what they conclude about guards.
  if (left === right) return { text: `{value: ${write(left).text}} has value`, level: "relation" };
  return equal(write(left), left, write(right), right);
}

function equal(a: Text, left: Typed, b: Text, right: Typed): Text {
  if (isPrincipal(left) === isPrincipal(right)) return binary("==", a, b);
  if (!isPrincipal(left)) return equal(b, right, a, left);
  const field = kindOf(right) === "User" ? "user" : "team";
  return all([...evaluated(b, right), has(a, field), binary("==", dot(a, field), b)]);
}

/** `contains` and the like; where one side may hold users and teams and the other holds one of them, pair by pair. */
export function setText(
  { op, left, right }: Typed & { op: "contains" | "containsAll" | "containsAny" },
  write: Write,
): Text {
  const element = left.type.kind === "Set" ? left.type.element : undefined;
  const sought = right.type.kind === "Set" ? right.type.element : right.type;
  const mixed =
    [element, sought].filter((type) => type?.kind === "Entity" && type.of === "Principal").length === 1;
  if (!mixed || left.op !== "set")
    return { text: `${wrapped(write(left), "member")}.${op}(${write(right).text})`, level: "member" };
  const candidates = right.op === "set" ? right.elements : [right];
  const everything = [...left.elements, ...candidates].flatMap((each) => evaluated(write(each), each));
  const found = candidates.map((each) =>
    any(left.elements.map((member) => equal(write(member), member, write(each), each))),
  );
  const result = op === "containsAll" ? all(found) : any(found);
  return all([...everything, result]);
}

/** `left in right` of people, units and records: records and actions that can only be equal have become so before. */
export function membershipText(
  { left, right }: { left: Typed; right: Typed },
  place: Place,
  write: Write,
): Text {
  const member: Side = { text: write(left), typed: left, of: kindOf(left) };
  const group: Side = { text: write(right), typed: right, of: kindOf(right) };
  return inText(member, group, place) ?? { text: "false", level: "member" };
}

interface Side {
  readonly text: Text;
  readonly typed: Typed;
  /** The kind of entity, which for a principal is settled step by step. */
  readonly of: unknown;
}

/** undefined: never. */
function inText(left: Side, right: Side, place: Place): Text | undefined {
  if (left.of === "Principal") return either(left, right, (one) => inText(one, right, place));
  if (right.of === "Principal") return either(right, left, (one) => inText(left, one, place));
  if (left.of === "Team" && right.of === "BusinessUnit") return teamInUnit(left, right, place);
  if (left.of === right.of && left.of !== "BusinessUnit") return binary("==", left.text, right.text);
  if (left.of === "Team" || right.of === "User") return undefined;
  const plain = binary("in", left.text, right.text);
  return left.of === "User" && right.of !== "BusinessUnit"
    ? any([plain, ...asAdministrator(left, right, place)])
    : plain;
}

/** A user or a team: whichever is there, once the other side can be evaluated too. */
function either(principal: Side, other: Side, test: (one: Side) => Text | undefined): Text | undefined {
  const { text } = principal;
  const one = (field: "user" | "team", of: "User" | "Team"): Text[] => {
    const tested = test({ ...principal, text: dot(text, field), of });
    return tested === undefined ? [] : [all([has(text, field), tested])];
  };
  const ways = [...one("user", "User"), ...one("team", "Team")];
  return ways.length === 0 ? undefined : all([...evaluated(other.text, other.typed), any(ways)]);
}

function teamInUnit({ text }: Side, unit: Side, { names }: Place): Text {
  const name = names.added.team.businessUnit;
  const tests = [has(text, attributeName(name)), binary("in", dot(text, name), unit.text)];
  return all([...evaluated(unit.text, unit.typed), ...tests]);
}

/** T8: where the record in question is owned by a team, its administrator counts as a member and holds its roles. */
function asAdministrator(user: Side, group: Side, { record, entity, model, names }: Place): readonly Text[] {
  if (entity === undefined || (model.policy.entities[entity] as Entity).ownership !== "userOrTeam") return [];
  const owner: Text = { text: `${record}.owner`, level: "member" };
  const team = dot(owner, "team");
  const { administrator, roles } = names.added.team;
  const administers = [
    has(owner, "team"),
    has(team, attributeName(administrator)),
    binary("==", dot(team, administrator), user.text),
  ];
  if (group.of === "Team") return [all([...administers, binary("==", team, group.text)])];
  const role = group.typed.op === "entity" ? group.typed.id : undefined;
  const key = names.roleKeys[model.policy.roles.findIndex(({ name }) => name === role)];
  return key === undefined ? [] : [all([...administers, has(dot(team, roles), attributeName(key))])];
}
