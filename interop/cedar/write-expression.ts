// A typed condition in Cedar's syntax. Most of it is the same language; what differs is users and teams in one attribute
// (the common type `Principal`), membership (semantics.md T8), and attributes that are declared but not there.
import type { Attribute, Typed } from "../../compiler/index.ts";
import { type AttributesOf, attributesOf, mayBeAbsent } from "./attributes.ts";
import { entityOf, equalText, membershipText, type Place, setText } from "./entity-tests.ts";
import { literal, missingValue } from "./literals.ts";
import { attributeName, member, quotedPattern } from "./names.ts";
import { binary, type Text, wrapped } from "./precedence.ts";

/** The condition as an operand of `&&`. */
export function writeExpression(typed: Typed, place: Place): string {
  return wrapped(write(typed, place), "and");
}

function write(typed: Typed, place: Place): Text {
  const part = (each: Typed): Text => write(each, place);
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
    case "attribute":
      return attributeText(typed, place, operand);
    case "has":
      return { text: hasText(typed, place, operand), level: "relation" };
    case "not":
      return { text: `!${operand(typed.operand)}`, level: "unary" };
    case "negate":
      return { text: `-(${part(typed.operand).text})`, level: "unary" };
    case "isEmpty":
      return { text: `${operand(typed.operand)}.isEmpty()`, level: "member" };
    case "and":
      return binary("&&", part(typed.left), part(typed.right));
    case "or":
      return binary("||", part(typed.left), part(typed.right));
    case "if": {
      const [test, then, otherwise] = [typed.condition, typed.consequent, typed.otherwise].map(part);
      return { text: `if ${test?.text} then ${then?.text} else ${otherwise?.text}`, level: "if" };
    }
    case "equal":
      return equalText(typed, place, part);
    case "less":
    case "lessOrEqual":
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

function orderText(typed: Typed & { op: "less" | "lessOrEqual" }, part: (typed: Typed) => Text): Text {
  const { op, left, right } = typed;
  if (left.type.kind !== "Decimal") return binary(op === "less" ? "<" : "<=", part(left), part(right));
  const method = op === "less" ? "lessThan" : "lessThanOrEqual";
  return { text: `${wrapped(part(left), "member")}.${method}(${part(right).text})`, level: "member" };
}

type Access = Typed & { op: "attribute" | "has" };

function declaredAttribute({ owner, attribute }: Access, { model }: Place): Attribute {
  const attributes = owner === "context" ? model.policy.context : attributesOf(model, owner);
  return attributes[attribute] as Attribute;
}

function objectText({ object }: Access, operand: (typed: Typed) => string): string {
  return object === "context" ? "context" : operand(object);
}

function hasText(typed: Access, place: Place, operand: (typed: Typed) => string): string {
  return `${objectText(typed, operand)} has ${attributeName(declaredAttribute(typed, place).name)}`;
}

function attributeText(typed: Access, place: Place, operand: (typed: Typed) => string): Text {
  const attribute = declaredAttribute(typed, place);
  const text = member(objectText(typed, operand), attribute.name);
  if (!isPatchy(typed, place)) return { text, level: "member" };
  // Declared as always there, and yet not: using it is an error, which Cedar's strict types want to be told.
  const missing = missingValue(attribute.type, place.names);
  return { text: `if ${hasText(typed, place, operand)} then ${text} else ${missing}`, level: "if" };
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
  if (["add", "subtract", "multiply", "negate"].includes(typed.op)) return true;
  return partsOf(typed).some((part) => mayFail(part, place));
}

function partsOf(typed: Typed): readonly Typed[] {
  switch (typed.op) {
    case "attribute":
    case "has":
      return typed.object === "context" ? [] : [typed.object];
    case "not":
    case "negate":
    case "isEmpty":
    case "like":
    case "isUser":
      return [typed.operand];
    case "if":
      return [typed.condition, typed.consequent, typed.otherwise];
    case "set":
      return typed.elements;
    case "constant":
    case "entity":
    case "principal":
    case "resource":
    case "action":
    case "owner":
    case "unit":
      return [];
    default:
      return [typed.left, typed.right];
  }
}
