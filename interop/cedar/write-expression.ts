// A typed condition in Cedar's syntax. Most of it is the same language; what differs is users and teams in one attribute
// (the common type `Principal`), membership (semantics.md T8), and attributes that are declared but not there.
import { type Attribute, partsOf, type Typed } from "../../compiler/index.ts";
import { type AttributesOf, attributesOf, mayBeAbsent } from "./attributes.ts";
import { entityOf, equalText, membershipText, type Place, setText } from "./entity-tests.ts";
import { combined, type Guards, noGuards, provesOf } from "./guards.ts";
import { literal, missingValue } from "./literals.ts";
import { attributeName, member, quotedPattern } from "./names.ts";
import { binary, type Text, wrapped } from "./precedence.ts";

/** The condition as an operand of `&&`. */
export function writeExpression(typed: Typed, place: Place): string {
  return wrapped(write(typed, place, noGuards), "and");
}

/** `guards` is what Cedar's validator knows to be there. */
function write(typed: Typed, place: Place, guards: Guards): Text {
  const part = (each: Typed): Text => write(each, place, guards);
  /** Behind a test that holds. */
  const behind = (test: Typed, each: Typed): Text =>
    write(
      each,
      place,
      combined(
        guards,
        provesOf(test, (access) => hasText(access, place, guards)),
      ),
    );
  const operand = (each: Typed): string => wrapped(part(each), "member");
  switch (typed.op) {
    case "constant":
      return literal(typed);
    case "entity":
      return { text: entityOf(typed, place), level: "member" };
    case "principal":
    case "action":
      return { text: typed.op, level: "member" };
    case "resource":
      return { text: place.record, level: "member" };
    case "owner":
      return { text: `${place.record}.owner`, level: "member" };
    case "unit":
      return { text: `${place.record}.businessUnit`, level: "member" };
    case "ownerOf":
      return { text: member(operand(typed.operand), "owner"), level: "member" };
    case "unitOf":
      return { text: member(operand(typed.operand), "businessUnit"), level: "member" };
    case "isLoaded":
      return { text: `${operand(typed.operand)} has ${typed.asked}`, level: "relation" };
    case "attribute":
      return attributeText(typed, place, guards);
    case "has":
      return { text: hasText(typed, place, guards), level: "relation" };
    case "not":
      return { text: `!${operand(typed.operand)}`, level: "unary" };
    case "negate":
      return { text: `-(${part(typed.operand).text})`, level: "unary" };
    case "isEmpty":
      return { text: `${operand(typed.operand)}.isEmpty()`, level: "member" };
    case "and":
      return binary("&&", part(typed.left), behind(typed.left, typed.right));
    case "or":
      return binary("||", part(typed.left), part(typed.right));
    case "if": {
      const { condition, consequent, otherwise } = typed;
      const branches = `then ${behind(condition, consequent).text} else ${part(otherwise).text}`;
      return { text: `if ${part(condition).text} ${branches}`, level: "if" };
    }
    case "equal":
      return equalText(typed, part);
    case "less":
    case "lessOrEqual":
    case "greater":
    case "greaterOrEqual":
      return orderText(typed, part);
    case "add":
      return binary("+", part(typed.left), part(typed.right));
    case "subtract":
      return binary("-", part(typed.left), part(typed.right));
    case "multiply":
      return binary("*", part(typed.left), part(typed.right));
    case "in":
      return membershipText(typed, place, part);
    case "like":
      return { text: `${operand(typed.operand)} like ${quotedPattern(typed.pattern)}`, level: "relation" };
    case "isUser":
      return { text: `${operand(typed.operand)} has user`, level: "relation" };
    case "set":
      return { text: `[${typed.elements.map((element) => part(element).text).join(", ")}]`, level: "member" };
    case "contains":
    case "containsAll":
    case "containsAny":
      return setText(typed, part);
  }
}

const orders = {
  less: { operator: "<", method: "lessThan" },
  lessOrEqual: { operator: "<=", method: "lessThanOrEqual" },
  greater: { operator: ">", method: "greaterThan" },
  greaterOrEqual: { operator: ">=", method: "greaterThanOrEqual" },
} as const;

function orderText(typed: Typed & { op: keyof typeof orders }, part: (typed: Typed) => Text): Text {
  const { op, left, right } = typed;
  const { operator, method } = orders[op];
  if (left.type.kind !== "Decimal") return binary(operator, part(left), part(right));
  return { text: `${wrapped(part(left), "member")}.${method}(${part(right).text})`, level: "member" };
}

type Access = Typed & { op: "attribute" | "has" };

function declaredAttribute({ owner, attribute }: Access, { model }: Place): Attribute {
  const attributes = owner === "context" ? model.policy.context : attributesOf(model, owner);
  return attributes[attribute] as Attribute;
}

function objectText({ object }: Access, place: Place, guards: Guards): string {
  return object === "context" ? "context" : wrapped(write(object, place, guards), "member");
}

function hasText(typed: Access, place: Place, guards: Guards): string {
  return `${objectText(typed, place, guards)} has ${attributeName(declaredAttribute(typed, place).name)}`;
}

function attributeText(typed: Access, place: Place, guards: Guards): Text {
  const attribute = declaredAttribute(typed, place);
  const text = member(objectText(typed, place, guards), attribute.name);
  if (!attribute.optional && !isPatchy(typed, place)) return { text, level: "member" };
  const guard = hasText(typed, place, guards);
  if (guards.has(guard)) return { text, level: "member" };
  // Declared as always there, and yet not; or guarded in a way that Cedar's validator does not follow.
  return { text: `if ${guard} then ${text} else ${missingValue(attribute.type, place)}`, level: "if" };
}

/** Whether the attribute is not optional, but something in the world lacks it. */
function isPatchy(typed: Access, place: Place): boolean {
  const attribute = declaredAttribute(typed, place);
  if (attribute.optional || typed.owner === "context") return false;
  return mayBeAbsent(place.model, typed.owner as AttributesOf, attribute);
}

/** Whether evaluation may end with an error: a number that grows too large, a record or attribute that is not there. */
export function mayFail(typed: Typed, place: Place): boolean {
  if (typed.op === "attribute") {
    // What is optional is used behind its guard only (BWK308).
    const guarded = declaredAttribute(typed, place).optional;
    const root =
      typed.object !== "context" && (typed.object.op === "principal" || typed.object.op === "resource");
    if (!guarded && (!root || isPatchy(typed, place))) return true;
  }
  if (["add", "subtract", "multiply", "negate", "ownerOf", "unitOf"].includes(typed.op)) return true;
  return partsOf(typed).some((part) => mayFail(part, place));
}
