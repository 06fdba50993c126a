// Expressions beside one schema: what is wrong with them, and what they become.
import { expect } from "vitest";
import { analyze } from "../../compiler/compile.ts";
import { judgeCondition, type Typed } from "../../compiler/expressions/index.ts";
import type { Condition, Policy } from "../../compiler/model/model.ts";

export const schema = `
organization Root { unit A; }
entity Account owned by user or team {
  name?: String,
  title: String,
  size: Long,
  limit?: Long,
  open: Bool,
  revenue: Decimal,
  since: Datetime,
  status: Choice("open", "won"),
  tags: Set<String>,
  codes: Set<Long>,
  country?: Country,
  home: Country,
  parent?: Account,
  manager: User,
  deputy?: User,
  team: Team,
  contact: Principal,
  branch: BusinessUnit,
  "odd name"?: String,
}
entity Contact owned by user or team { account: Account, title: Long }
entity Country owned by organization { name: String, region?: Region, team?: Team }
entity Region owned by organization { title: String }
entity Facility owned by business unit { title: String }
entity Order owned by user or team { title: String }
entity Line owned by parent order { order: Order, amount: Long }
entity User { department?: String, clearance: Long, country?: Country }
entity Team { note?: String }
entity BusinessUnit { region?: String }
privilege ExportToExcel;
role R;
user ann in A { clearance: 1; }
team T in A;
context { mfa: Bool, channel?: String, account?: Account }
`;

const MARK = /<\|([\s\S]*?)\|>/g;

/** The text without its marks, and what stands in them. */
export function unmarked(source: string): { text: string; marks: { start: number; end: number }[] } {
  const marks: { start: number; end: number }[] = [];
  const text = source.replace(MARK, (_, inside: string, offset: number) => {
    const start = offset - 4 * marks.length;
    marks.push({ start, end: start + inside.length });
    return inside;
  });
  return { text, marks };
}

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly help: string | undefined;
  /** The text at the place, and where it begins. */
  readonly at: string;
  readonly start: number;
}

/** What is reported in a source beside the schema; warnings of other rules are left out. */
export function problems(text: string): Problem[] {
  const file = { name: "p.bwk", text };
  const { diagnostics } = analyze([{ name: "schema.bwk", text: schema }, file]);
  return diagnostics
    .filter(({ code }) => !/^BWK90[1-7]$/.test(code))
    .map(({ code, message, help, span }) => ({
      code,
      message,
      help,
      at: span.file === file ? text.slice(span.start, span.end) : `in ${span.file.name}`,
      start: span.start,
    }));
}

/** A guardrail over accounts with this condition. */
export const onAccount = (expression: string): string =>
  `@id("g") forbid (principal, action, resource is Account) when { ${expression} };`;

/** Expects the problems at the marks of an expression about accounts, in order. */
export function expectProblems(
  marked: string,
  expected: readonly {
    readonly code: string;
    readonly message: string;
    readonly help?: string | undefined;
  }[],
): void {
  const { text, marks } = unmarked(onAccount(marked));
  expect(problems(text)).toEqual(
    expected.map(({ code, message, help }, number) => {
      const { start, end } = marks[number] ?? { start: -1, end: -1 };
      return { code, message, help, at: text.slice(start, end), start };
    }),
  );
}

/** The policy of a source beside the schema; it must have no errors. */
export function policyOf(text: string): Policy {
  const { model, diagnostics } = analyze([
    { name: "schema.bwk", text: schema },
    { name: "p.bwk", text },
  ]);
  if (model === undefined)
    throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n"));
  return model.policy;
}

export function entityNumber(policy: Policy, name: string): number {
  return policy.entities.findIndex((entity) => entity.name === name);
}

/** The typed form of an expression about an entity, or where a task privilege is asked for and there is no record. */
export function typedOf(expression: string, entity: string | "no record" = "Account"): Typed {
  const source =
    entity === "no record"
      ? `forbid (principal, action == ExportToExcel, resource) when { ${expression} };`
      : `forbid (principal, action, resource is ${entity}) when { ${expression} };`;
  const policy = policyOf(source);
  const number = entity === "no record" ? undefined : entityNumber(policy, entity);
  const { typed } = judgeCondition(policy.conditions[0] as Condition, { entity: number }, policy);
  if (typed === undefined) throw new Error(`${expression} has no type`);
  return typed;
}

/** A typed expression on one line: `less(size, 3)`. */
export function show(typed: Typed | "context", policy: Policy): string {
  if (typed === "context") return "context";
  const one = (part: Typed | "context"): string => show(part, policy);
  switch (typed.op) {
    case "constant":
      return typeof typed.value === "string" ? JSON.stringify(typed.value) : String(typed.value);
    case "entity":
      return `${typeof typed.of === "number" ? policy.entities[typed.of]?.name : typed.of}::${typed.id}`;
    case "attribute":
    case "has": {
      const list =
        typeof typed.owner === "number"
          ? policy.entities[typed.owner]?.attributes
          : typed.owner === "context"
            ? policy.context
            : policy.principals[typed.owner];
      return `${one(typed.object)}${typed.op === "has" ? " has " : "."}${list?.[typed.attribute]?.name}`;
    }
    case "not":
    case "negate":
    case "isEmpty":
    case "isUser":
    case "ownerOf":
    case "unitOf":
    case "isLoaded":
      return `${typed.op}(${one(typed.operand)})`;
    case "like":
      return `like(${one(typed.operand)}, ${JSON.stringify(typed.pattern)})`;
    case "if":
      return `if(${one(typed.condition)}, ${one(typed.consequent)}, ${one(typed.otherwise)})`;
    case "set":
      return `[${typed.elements.map(one).join(", ")}]`;
    case "principal":
    case "resource":
    case "action":
    case "owner":
    case "unit":
      return typed.op;
    default:
      return `${typed.op}(${one(typed.left)}, ${one(typed.right)})`;
  }
}

/** An expression about accounts as it stands after checking and folding. */
export function shown(expression: string, entity: string | "no record" = "Account"): string {
  return show(typedOf(expression, entity), policyOf(""));
}
