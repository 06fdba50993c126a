// `e.attr` and `e has attr` (language.md section 6): attributes of the record, of the principal, of the request, of people,
// places and records named, and of what one lookup leads to.
import { suggest } from "../diagnostics/suggest.ts";
import type { Attribute, Entity } from "../model/model.ts";
import { ownershipPhrase } from "../model/vocabulary.ts";
import type { Span } from "../source.ts";
import type { ExpressionNode, HasNode, MemberNode, NameNode } from "../syntax/ast.ts";
import { printText } from "../syntax/strings.ts";
import {
  boolConstant,
  bothGuards,
  type Checked,
  type Checking,
  type Guards,
  noGuards,
  settled,
  textOf,
  value,
} from "./checked.ts";
import { guardOf } from "./guards.ts";
import { isAbsentResource, isContext } from "./roots.ts";
import type { AttributeOwner, Typed } from "./typed.ts";
import { BOOL, entityType, kindName, typeName, valueType } from "./types.ts";

/** Something that has attributes. */
interface Target {
  readonly object: Typed | "context";
  readonly owner: AttributeOwner;
  /** Whether computing the object cannot fail. */
  readonly safe: boolean;
}

export function checkMember(node: MemberNode, guards: Guards, checking: Checking): Checked | undefined {
  const target = targetOf(node, guards, checking);
  if (target === undefined || node.attribute.value === "") return undefined;
  return access(target, node.attribute, node, guards, checking) ?? missing(target, node.attribute, checking);
}

/** The value of an attribute; undefined where nothing declares it. */
function access(
  target: Target,
  { value: name }: NameNode,
  { span, object }: { readonly span: Span; readonly object?: ExpressionNode },
  guards: Guards,
  checking: Checking,
): Checked | undefined {
  const own = ownField(target, name, span, checking);
  if (own !== undefined) {
    // The record in question has them; another may not be loaded.
    const isThere = !isFollowed(own) || guards.has(guardOf(target.object, name));
    return value(own, target.safe && isThere);
  }
  const attributes = attributesOf(target.owner, checking);
  const number = attributes.findIndex((each) => each.name === name);
  const attribute = attributes[number];
  if (attribute === undefined) return undefined;
  const guard = guardOf(target.object, name);
  const guarded = guards.has(guard);
  if (attribute.optional && !guarded && object !== undefined)
    checking.findings.push({
      code: "BWK308",
      span,
      words: { attribute: name, guard: `${textOf(object.span)} has ${printPathName(name)}` },
    });
  const type = valueType(attribute.type);
  const typed: Typed = { op: "attribute", type, span, ...place(target), attribute: number };
  return value(typed, target.safe && guarded);
}

const place = ({ object, owner }: Target): Pick<Target, "object" | "owner"> => ({ object, owner });

/** `has a.b` is `has a && a has b`. */
export function checkHas(node: HasNode, guards: Guards, checking: Checking): Checked | undefined {
  const { span } = node;
  if (isAbsentResource(node.object, checking)) return settled(span, false);
  let target = targetOf(node, guards, checking, true);
  if (target === "nothing") return settled(span, false);
  let tests: Checked | undefined;
  for (const [step, name] of node.path.entries()) {
    if (target === undefined || target === "nothing" || name.value === "") return undefined;
    const inner: Guards = bothGuards(guards, tests?.proves ?? noGuards);
    const test = hasOne(target, name, span, inner, checking);
    tests = tests === undefined ? test : both(span, tests, test);
    // What has no such attribute has nothing behind it either.
    if (test.truth === false) return tests;
    if (step < node.path.length - 1)
      target = behind(target, name, span, bothGuards(inner, test.proves), checking);
  }
  return tests;
}

function both(span: Span, left: Checked, right: Checked): Checked {
  const truth = right.truth === false ? false : left.truth === true ? right.truth : undefined;
  if (right.truth === false && left.safe) return settled(span, false);
  const typed: Typed =
    left.typed.op === "constant"
      ? right.typed
      : { op: "and", type: BOOL, span, left: left.typed, right: right.typed };
  return { typed, truth, proves: bothGuards(left.proves, right.proves), safe: left.safe && right.safe };
}

function hasOne(
  target: Target,
  { value: name }: NameNode,
  span: Span,
  guards: Guards,
  checking: Checking,
): Checked {
  const own = ownField(target, name, span, checking);
  const guard = guardOf(target.object, name);
  if (own !== undefined) return hasOwn(own, guard, target, guards);
  const number = attributesOf(target.owner, checking).findIndex((each) => each.name === name);
  if (number < 0) return target.safe ? settled(span, false) : unreachable(target, span);
  if (guards.has(guard)) return settled(span, true);
  const typed: Typed = { op: "has", type: BOOL, span, ...place(target), attribute: number };
  return { typed, truth: undefined, proves: new Set([guard]), safe: target.safe };
}

const isFollowed = (own: Typed): boolean => own.op === "ownerOf" || own.op === "unitOf";

/** Whether there is an owner or a unit: of the record in question always, of another where it is loaded. */
function hasOwn(own: Typed, guard: string, { safe }: Target, guards: Guards): Checked {
  const { span } = own;
  if (own.op !== "ownerOf" && own.op !== "unitOf") return value(boolConstant(span, true), true);
  if (guards.has(guard)) return settled(span, true);
  const asked = own.op === "ownerOf" ? "owner" : "businessUnit";
  const typed: Typed = { op: "isLoaded", type: BOOL, span, operand: own.operand, asked };
  return { typed, truth: undefined, proves: new Set([guard]), safe };
}

/** False, once the object has been computed. */
function unreachable({ object }: Target, span: Span): Checked {
  const same: Typed = { op: "equal", type: BOOL, span, left: object as Typed, right: object as Typed };
  const typed: Typed = { op: "not", type: BOOL, span, operand: same };
  return { typed, truth: false, proves: noGuards, safe: false };
}

/** What the attribute of a `has` path leads to. */
function behind(
  target: Target,
  name: NameNode,
  span: Span,
  guards: Guards,
  checking: Checking,
): Target | "nothing" | undefined {
  const checked = access(target, name, { span }, guards, checking);
  return checked === undefined
    ? undefined
    : targetFrom(checked, { at: name.span, whole: span }, checking, false);
}

/** What an expression gives that has attributes. `nothing` is what may be asked with `has` and has none. */
function targetOf(
  node: MemberNode | HasNode,
  guards: Guards,
  checking: Checking,
): Exclude<ReturnType<typeof targetFrom>, "nothing">;
function targetOf(
  node: MemberNode | HasNode,
  guards: Guards,
  checking: Checking,
  asking: true,
): ReturnType<typeof targetFrom>;
function targetOf(
  { object, span }: MemberNode | HasNode,
  guards: Guards,
  checking: Checking,
  asking = false,
): Target | "nothing" | undefined {
  if (isContext(object)) return { object: "context", owner: "context", safe: true };
  const checked = checking.check(object, guards);
  return checked === undefined
    ? undefined
    : targetFrom(checked, { at: object.span, whole: span }, checking, asking);
}

function targetFrom(
  { typed, safe }: Checked,
  { at, whole }: { readonly at: Span; readonly whole: Span },
  { policy, findings }: Checking,
  asking: boolean,
): Target | "nothing" | undefined {
  const { type } = typed;
  const of = type.kind === "Entity" ? type.of : undefined;
  if (asking && (of === "Action" || of === "Role")) return "nothing";
  if (of === undefined || of === "Action" || of === "Role" || of === "Principal") {
    const help =
      of === "Principal"
        ? "it may be a user or a team: compare it, or ask `is User` and `in`"
        : of === "Action"
          ? 'compare it: `action == Action::"read"`'
          : undefined;
    findings.push({
      code: "BWK307",
      span: at,
      words: { problem: "no attributes", type: typeName(type, policy), help },
    });
    return undefined;
  }
  const steps = stepsOf(typed);
  if (steps === undefined || steps > 1) {
    if (steps === undefined) findings.push({ code: "BWK307", span: at, words: { problem: "no object" } });
    else findings.push({ code: "BWK307", span: whole, words: { problem: "too far", text: textOf(whole) } });
    return undefined;
  }
  return { object: typed, owner: of, safe };
}

/** How many lookups lead to an object; what is named outright counts as one. Undefined for what an `if` chooses. */
function stepsOf(typed: Typed): number | undefined {
  switch (typed.op) {
    case "principal":
    case "resource":
      return 0;
    case "entity":
    case "unit":
      return 1;
    case "attribute":
      return 1 + (typed.object === "context" ? 0 : (stepsOf(typed.object) as number));
    case "ownerOf":
    case "unitOf":
      return 1 + (stepsOf(typed.operand) as number);
    default:
      return undefined;
  }
}

/** The owner and the business unit of a record, where the ownership of its entity gives them (language.md section 3). */
function ownField(
  { object, owner }: Target,
  name: string,
  span: Span,
  checking: Checking,
): Typed | undefined {
  if (object === "context" || typeof owner !== "number") return undefined;
  const { ownership } = checking.policy.entities[owner] as Entity;
  const isOfResource = object.op === "resource";
  if (name === "owner" && ownership === "userOrTeam") {
    const type = entityType("Principal");
    return isOfResource ? { op: "owner", type, span } : { op: "ownerOf", type, span, operand: object };
  }
  if (name === "businessUnit" && (ownership === "userOrTeam" || ownership === "businessUnit")) {
    const type = entityType("BusinessUnit");
    return isOfResource ? { op: "unit", type, span } : { op: "unitOf", type, span, operand: object };
  }
  return undefined;
}

function attributesOf(owner: AttributeOwner, { policy }: Checking): readonly Attribute[] {
  if (owner === "context") return policy.context;
  return typeof owner === "number" ? (policy.entities[owner] as Entity).attributes : policy.principals[owner];
}

function missing(target: Target, name: NameNode, checking: Checking): undefined {
  const { owner } = target;
  const { policy, findings } = checking;
  const known = attributesOf(owner, checking).map((attribute) => attribute.name);
  const suggestion = suggest(name.value, known);
  findings.push({
    code: "BWK307",
    span: name.span,
    words: {
      problem: "attribute",
      of: owner === "context" ? "context" : kindName(owner, policy),
      name: name.value,
      suggestion,
      help:
        helpFor(target, name.value, checking) ??
        (suggestion === undefined ? declareIt(owner, name) : undefined),
    },
  });
  return undefined;
}

function helpFor({ owner }: Target, name: string, { policy }: Checking): string | undefined {
  if (name !== "owner" && name !== "businessUnit") return undefined;
  if (owner === "User" && name === "businessUnit") return 'say `principal in BusinessUnit::"…"`';
  if (typeof owner !== "number") return undefined;
  const { ownership, name: entity } = policy.entities[owner] as Entity;
  return `\`${entity}\` is owned by ${ownershipPhrase[ownership]}`;
}

function declareIt(owner: AttributeOwner, { value: name }: NameNode): string | undefined {
  return owner === "context" ? `declare it: \`context { ${printPathName(name)}?: … }\`` : undefined;
}

const word = /^[A-Za-z_][A-Za-z0-9_]*$/;
const printPathName = (name: string): string => (word.test(name) ? name : printText(name));
