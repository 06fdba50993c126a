// A small world for the tests of expressions, and how they ask in it.
import type { Value } from "../../../compiler/model/model.ts";
import { type Plan, policyOf, worldOf } from "../build.ts";
import { expressionOf, valuesOf } from "../build-conditions.ts";
import { Facts } from "../facts.ts";
import type { ValuesPlan } from "../plan.ts";
import { evaluate, type Outcome } from "./interpret.ts";
import type { ExpressionValue } from "./values.ts";

export const record = (entity: number, id: string): Value => ({ kind: "Record", entity, id });
const user = (name: string): Value => ({ kind: "Principal", principal: { kind: "user", name } });
const team = (name: string): Value => ({ kind: "Principal", principal: { kind: "team", name } });

const plan: Plan = {
  units: { Root: undefined, A: "Root", A1: "A", B: "Root" },
  entities: {
    Account: "userOrTeam",
    Product: "organization",
    Facility: "businessUnit",
    Line: "parent Account",
  },
  tasks: ["Export"],
  roles: { R: [], Inherited: [], None: [] },
  users: {
    ann: { in: "A", roles: ["R"], attributes: { department: "Sales", clearance: 3n, boss: user("bob") } },
    bob: { in: "B", attributes: { department: "Board" } },
    cleo: { in: "A1" },
  },
  teams: {
    T: { in: "B", roles: ["Inherited"], members: ["ann"], attributes: { region: "EU" } },
    Access: { in: "B", kind: "access", members: ["ann"] },
    Other: { in: "A1", roles: ["None"], administrator: "ann" },
  },
  records: {
    acc: {
      entity: "Account",
      owner: "ann",
      attributes: {
        name: "Zoë 🦊 & Co",
        status: { kind: "Choice", value: "open" },
        amount: 7n,
        huge: 9_223_372_036_854_775_807n,
        lowest: -9_223_372_036_854_775_808n,
        vip: true,
        price: { kind: "Decimal", value: "12.5" },
        due: { kind: "Datetime", value: "2026-01-31" },
        tags: ["red", "blue", "red"],
        codes: [1n, 2n],
        empty: [],
        product: record(1, "p1"),
        lost: record(1, "nowhere"),
        parent: record(0, "other"),
        seller: user("bob"),
        group: team("T"),
        keeper: team("Other"),
        place: { kind: "Unit", name: "A1" },
      },
    },
    other: { entity: "Account", owner: "team Other", attributes: { name: "" } },
    p1: { entity: "Product", attributes: { name: "Paper" } },
    hall: { entity: "Facility", unit: "A1" },
    line: { entity: "Line", parent: "acc", attributes: { order: record(0, "acc") } },
  },
};
export const facts = new Facts(policyOf(plan), worldOf(plan));

export interface Ask {
  readonly principal?: string;
  readonly action?: string;
  /** `Account acc`; "" for a task privilege. */
  readonly resource?: string;
  readonly context?: ValuesPlan;
}

export function ask(
  text: string,
  { principal = "ann", action = "read", resource = "Account acc", context }: Ask = {},
): Outcome<ExpressionValue> {
  const [entity = "", id = ""] = resource.split(" ");
  const subject = resource === "" ? undefined : facts.loaded(facts.entity(entity), id);
  const found = { facts, user: facts.user(principal), action, record: subject, context: valuesOf(context) };
  return evaluate(expressionOf(text), found);
}

/** The value, or the kind of error in words. */
export function worth(text: string, asked?: Ask): ExpressionValue {
  const outcome = ask(text, asked);
  return "value" in outcome ? outcome.value : `error: ${outcome.fault}`;
}

/** Expressions and what each is worth. */
export type Rows = readonly (readonly [expression: string, worth: ExpressionValue])[];
