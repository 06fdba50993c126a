// Conditions of grants and guardrails: semantics.md E5 and step 3, language.md section 5.
import { describe, expect, test } from "vitest";
import { type GuardrailPlan, oracleOf, type Plan } from "./build.ts";

const base: Plan = {
  units: { Root: undefined, A: "Root", B: "Root" },
  entities: {
    Email: "userOrTeam as Activity",
    Call: "userOrTeam as Activity",
    Line: "parent Email",
    Product: "organization",
  },
  tasks: ["Export"],
  users: {
    ann: { in: "A", roles: ["R"], attributes: { clearance: 3n } },
    bob: { in: "B", roles: ["R"] },
    out: { in: "B" },
  },
  records: {
    open: { entity: "Email", owner: "ann", attributes: { status: "open", amount: 5n } },
    closed: { entity: "Email", owner: "ann", attributes: { status: "closed", amount: 5n } },
    bare: { entity: "Email", owner: "ann" },
    call: { entity: "Call", owner: "bob", attributes: { status: "open" } },
    line: { entity: "Line", parent: "open", attributes: { status: "closed" } },
    lineOfBare: { entity: "Line", parent: "bare", attributes: { status: "open" } },
    p: { entity: "Product", attributes: { status: "open" } },
  },
};
const isOpen = 'when { resource.status == "open" }';
const missing = { fault: "missing attribute", message: 'Email::"bare" has no status' };

const entityOf = (id: string) => base.records?.[id]?.entity ?? "";
const ask = (plan: Plan, principal: string, id: string, action = "read") =>
  oracleOf({ ...base, ...plan }).check({ principal, action, record: { entity: entityOf(id), id } });
const reason = (plan: Plan, principal: string, id: string, action = "read") =>
  ask(plan, principal, id, action).reason;

describe("conditional grants", () => {
  const plan: Plan = { roles: { R: [`read Activity organization ${isOpen}`] } };

  test("E5: they count in step 4 only where the condition holds", () => {
    expect(reason(plan, "bob", "open")).toBe("role R");
    expect(reason(plan, "bob", "closed")).toBe("privilege");
    expect(reason(plan, "ann", "closed")).toBe("privilege");
    expect(reason(plan, "bob", "open", "write")).toBe("privilege");
  });

  test("an error: the grant does not exist, and the decision says so", () => {
    const { allowed, reason, errors } = ask(plan, "bob", "bare");
    expect([allowed, reason]).toEqual([false, "privilege"]);
    expect(errors).toEqual([{ kind: "role", name: "R", ...missing }]);
    expect(ask(plan, "bob", "open").errors).toEqual([]);
  });

  test("E4: entities of a shared set share them", () => {
    expect(reason(plan, "ann", "call")).toBe("role R");
  });

  test("E2: of a line the order's own attributes count", () => {
    expect(reason(plan, "bob", "line")).toBe("role R");
    expect(reason(plan, "bob", "lineOfBare")).toBe("privilege");
  });

  test("E1: organization-owned", () => {
    const roles = { R: [`read Product organization ${isOpen}`, `write Product organization when { false }`] };
    expect(reason({ roles }, "bob", "p")).toBe("role R");
    expect(reason({ roles }, "bob", "p", "write")).toBe("privilege");
  });

  test("they serve owners and sharees like any other, where they exist", () => {
    const own: Plan = { roles: { R: [`read Activity user ${isOpen}`] } };
    expect(reason(own, "ann", "open")).toBe("owner");
    expect(reason(own, "ann", "closed")).toBe("privilege");
    const shares = ["open", "closed"].map((record) => ({ record, with: "bob", direct: ["read"] }));
    expect(reason({ ...own, shares }, "bob", "open")).toBe("share");
    expect(reason({ ...own, shares }, "bob", "closed")).toBe("privilege");
  });

  test("an unconditional grant stays beside them, and errors do not touch it", () => {
    const roles = { R: ["read Activity user", `read Activity organization ${isOpen}`] };
    expect(reason({ roles }, "bob", "open")).toBe("role R");
    expect(reason({ roles }, "bob", "closed")).toBe("access");
    expect(ask({ roles }, "ann", "bare")).toMatchObject({
      allowed: true,
      reason: "owner",
      errors: [{ kind: "role", name: "R", ...missing }],
    });
  });

  test("B9: a conditional grant at user level is one only where it holds", () => {
    const settings = { ownershipAcrossBusinessUnits: true, recomputeOwnership: false };
    const roles = { R: ["read Activity businessUnit", `read Activity user ${isOpen}`] };
    const users = { ann: { in: "A", roles: [["R", "B"]] as const }, bob: { in: "B" } };
    expect(reason({ settings, roles, users }, "ann", "open")).toBe("owner");
    expect(reason({ settings, roles, users }, "ann", "closed")).toBe("access");
  });

  test("every copy of a role is asked, and one error is named once", () => {
    const teams = { T: { in: "B", roles: ["R"], members: ["bob"] } };
    expect(ask({ ...plan, teams }, "bob", "bare").errors).toHaveLength(1);
    expect(ask({ ...plan, teams }, "bob", "open").sources).toEqual([{ kind: "role", name: "R" }]);
  });

  test("administrators need none, and still see what would allow", () => {
    const administrator: Plan = {
      ...plan,
      administratorRoles: ["Admin"],
      users: { ann: { in: "A", roles: ["Admin", "R"] }, bob: { in: "B" } },
    };
    expect(ask(administrator, "ann", "closed").sources).toEqual([{ kind: "administrator" }]);
    expect(ask(administrator, "ann", "open").sources).toEqual([
      { kind: "administrator" },
      { kind: "role", name: "R" },
      { kind: "owner" },
    ]);
  });

  test("the action is the one in question", () => {
    const roles = { R: ['read Activity organization when { action == Action::"write" }'] };
    expect(reason({ roles }, "bob", "open")).toBe("privilege");
  });
});

describe("conditional task privileges", () => {
  const plan: Plan = { ...base, roles: { R: ["Export when { principal.clearance > 2 }"] } };
  const decide = (principal: string) => oracleOf(plan).check({ principal, action: "Export" });

  test("they exist where the condition holds", () => {
    expect(decide("ann")).toMatchObject({ reason: "role R", errors: [] });
    expect(decide("bob")).toMatchObject({
      reason: "privilege",
      errors: [{ kind: "role", name: "R", fault: "missing attribute" }],
    });
    expect(decide("out")).toMatchObject({ reason: "privilege", errors: [] });
  });
});

describe("when and unless", () => {
  const holds = (condition: string) =>
    reason({ roles: { R: [`read Activity organization ${condition}`] } }, "bob", "open");

  test.each([
    ["when { true }", true],
    ["unless { false }", true],
    ["when { false }", false],
    ["unless { true }", false],
    ["when { true } when { true } unless { false }", true],
    ["when { true } when { false }", false],
    ["when { true } unless { true }", false],
    // In order: what follows the clause that decides is not evaluated.
    ["when { false } when { resource.missing }", false],
    ["unless { true } when { resource.missing }", false],
  ])("%s", (condition, expected) => {
    expect(holds(condition)).toBe(expected ? "role R" : "privilege");
  });

  test("an error in a clause before is an error of the whole", () => {
    const roles = { R: ["read Activity organization when { resource.missing } when { false }"] };
    expect(ask({ roles }, "bob", "open").errors).toHaveLength(1);
  });
});

describe("guardrails", () => {
  const rail = (plan: Omit<GuardrailPlan, "id">, more: Plan = {}): Plan => ({
    roles: { R: ["read Activity organization", "write Activity user"] },
    guardrails: [{ id: "g", ...plan }],
    ...more,
  });

  test("a forbid applies where its condition holds", () => {
    const plan = rail({ effect: "forbid", condition: isOpen });
    expect(reason(plan, "bob", "open")).toBe('forbid "g"');
    expect(reason(plan, "bob", "closed")).toBe("role R");
  });

  test("a forbid with an error applies, and says so", () => {
    const plan = rail({ effect: "forbid", condition: isOpen });
    expect(ask(plan, "bob", "bare")).toMatchObject({
      reason: 'forbid "g"',
      errors: [{ kind: "guardrail", name: "g", ...missing }],
    });
  });

  test("of several, the first that applies is named, by its condition or by its error", () => {
    const guardrails: GuardrailPlan[] = [
      {
        effect: "forbid",
        id: "closed",
        condition: 'when { resource has status && resource.status == "closed" }',
      },
      { effect: "forbid", id: "open", condition: isOpen },
      { effect: "forbid", id: "all" },
    ];
    const plan = rail({ effect: "forbid" }, { guardrails });
    expect(reason(plan, "bob", "closed")).toBe('forbid "closed"');
    expect(reason(plan, "bob", "open")).toBe('forbid "open"');
    expect(reason(plan, "bob", "bare")).toBe('forbid "open"');
    // Not asked where the scope does not match.
    expect(
      reason(
        { ...plan, guardrails: [{ ...guardrails[1], id: "g", effect: "forbid", principal: "user ann" }] },
        "bob",
        "bare",
      ),
    ).toBe("role R");
  });

  test("a forbid on lines looks at the line, and then at its parent", () => {
    const plan = rail({
      effect: "forbid",
      entities: ["Line"],
      condition: 'when { resource.status == "closed" }',
    });
    expect(reason(plan, "bob", "line")).toBe('forbid "g"');
    expect(reason(plan, "bob", "lineOfBare")).toBe("role R");
  });

  test("E6: with a condition, a forbid concerns only rights that exist; without one, every right", () => {
    const reasonOf = (plan: Omit<GuardrailPlan, "id" | "effect">, action: string) =>
      reason(rail({ effect: "forbid", entities: ["Product"], ...plan }), "bob", "p", action);
    expect(reasonOf({ condition: "when { true }" }, "read")).toBe('forbid "g"');
    expect(reasonOf({ condition: "when { true }" }, "assign")).toBe("privilege");
    expect(reasonOf({}, "assign")).toBe('forbid "g"');
  });

  test("a permit exists where its condition holds, and not where it errs", () => {
    const plan: Plan = {
      roles: { R: [] },
      guardrails: [{ effect: "permit", id: "g", actions: ["read"], condition: isOpen }],
    };
    expect(reason(plan, "out", "open")).toBe('permit "g"');
    expect(reason(plan, "out", "closed")).toBe("privilege");
    expect(ask(plan, "out", "bare")).toMatchObject({
      reason: "privilege",
      errors: [{ kind: "guardrail", name: "g", fault: "missing attribute" }],
    });
  });

  test("at user level it serves owners", () => {
    const plan: Plan = {
      roles: { R: [] },
      guardrails: [{ effect: "permit", id: "g", level: "user", condition: isOpen }],
    };
    expect(reason(plan, "ann", "open")).toBe("owner");
    expect(reason(plan, "bob", "open")).toBe("access");
  });

  test("a task privilege is judged without a record", () => {
    const task = (condition: string, effect: "permit" | "forbid") =>
      oracleOf({ ...base, roles: { R: ["Export"] }, guardrails: [{ effect, id: "g", condition }] }).check({
        principal: effect === "permit" ? "out" : "ann",
        action: "Export",
      }).reason;
    expect(task("when { resource has status }", "forbid")).toBe("role R");
    expect(task("unless { resource has status }", "forbid")).toBe('forbid "g"');
    expect(task('when { action == Action::"Export" }', "permit")).toBe('permit "g"');
  });

  test("context: what the request carries, and nothing where it carries nothing", () => {
    const oracle = oracleOf({
      ...base,
      roles: { R: [] },
      guardrails: [{ effect: "permit", id: "g", condition: "when { context.mfa }" }],
    });
    const question = { principal: "out", action: "read", record: { entity: "Email", id: "open" } };
    const mfa = { kind: "Bool", value: true } as const;
    expect(oracle.check({ ...question, context: { mfa } }).reason).toBe('permit "g"');
    expect(oracle.check({ ...question, context: new Map([["mfa", mfa]]) }).reason).toBe('permit "g"');
    expect(oracle.check({ ...question, context: { mfa: { ...mfa, value: false } } }).reason).toBe(
      "privilege",
    );
    expect(oracle.check(question)).toMatchObject({ reason: "privilege", errors: [{ name: "g" }] });
    expect(oracle.filter("out", "read", "Email", { mfa })).toEqual(["open", "closed", "bare"]);
    expect(oracle.filter("out", "read", "Email")).toEqual([]);
    expect(oracle.whoCan("read", question.record, { mfa })).toEqual(["ann", "bob", "out"]);
    expect(oracle.rights("out", question.record, { mfa })).toHaveLength(7);
  });

  test("nobody who is disabled is asked anything else", () => {
    const plan = rail({ effect: "forbid", condition: isOpen }, { disabled: ["bob"] });
    expect(ask(plan, "bob", "bare")).toMatchObject({ reason: "disabled", errors: [] });
  });
});
