// semantics.md section 1, rules E1 to E6.
import { expect, test } from "vitest";
import { oracleOf, type Plan } from "./build.ts";

const base: Plan = {
  units: { Root: undefined, A: "Root", A1: "A", B: "Root" },
  entities: {
    Account: "userOrTeam",
    Product: "organization",
    Facility: "businessUnit",
    Line: "parent Account",
    Sub: "parent Line",
    Price: "parent Product",
    Email: "userOrTeam as Activity",
    Task: "userOrTeam as Activity",
  },
  tasks: ["Export"],
};

test("E1 an organization-owned record needs the privilege and nothing more", () => {
  const oracle = oracleOf({
    ...base,
    roles: { P: ["read Product organization"], Q: ["read Account user"] },
    users: { a: { in: "A", roles: ["P"] }, b: { in: "B", roles: ["Q"] } },
    teams: { T: { in: "B", roles: ["P"], members: ["b"] } },
    records: { p: { entity: "Product" } },
  });
  const record = { entity: "Product", id: "p" };
  expect(oracle.check({ principal: "a", action: "read", record }).sources).toEqual([
    { kind: "role", name: "P" },
  ]);
  expect(oracle.check({ principal: "b", action: "read", record }).reason).toBe("role P");
  expect(oracle.check({ principal: "a", action: "write", record }).reason).toBe("privilege");
  expect(oracle.check({ principal: "a", action: "read", record: { entity: "Product" } }).allowed).toBe(true);
});

const lines: Plan = {
  ...base,
  roles: { R: ["read Account businessUnit", "read Product organization"] },
  administratorRoles: ["Admin"],
  users: { a: { in: "A", roles: ["R"] }, b: { in: "B", roles: ["R"] }, adm: { in: "B", roles: ["Admin"] } },
  records: {
    acc: { entity: "Account", owner: "a" },
    line: { entity: "Line", parent: "acc" },
    sub: { entity: "Sub", parent: "line" },
    loose: { entity: "Line" },
    prod: { entity: "Product" },
    price: { entity: "Price", parent: "prod" },
  },
  shares: [{ record: "acc", with: "b", direct: ["read"] }],
};

test("E2 the parent decides, through every generation", () => {
  const oracle = oracleOf({ ...lines, shares: [] });
  for (const record of [
    { entity: "Line", id: "line" },
    { entity: "Sub", id: "sub" },
    { entity: "Sub", parent: "line" },
  ]) {
    expect(oracle.check({ principal: "a", action: "read", record }).sources).toEqual([
      { kind: "role", name: "R" },
      { kind: "owner" },
    ]);
    expect(oracle.check({ principal: "b", action: "read", record }).reason).toBe("access");
    expect(oracle.check({ principal: "a", action: "write", record }).reason).toBe("privilege");
    expect(oracle.check({ principal: "adm", action: "assign", record }).reason).toBe("administrator");
  }
  expect(
    oracleOf(lines).check({ principal: "b", action: "read", record: { entity: "Sub", id: "sub" } }).reason,
  ).toBe("share");
});

test("E2 the parent's ownership says which rights there are", () => {
  const record = { entity: "Price", id: "price" };
  const oracle = oracleOf(lines);
  expect(oracle.check({ principal: "a", action: "read", record }).reason).toBe("role R");
  expect(oracle.check({ principal: "adm", action: "assign", record }).reason).toBe("privilege");
});

test("E2 a record without a parent is out of everybody's reach", () => {
  const oracle = oracleOf(lines);
  for (const principal of ["a", "adm"]) {
    expect(oracle.check({ principal, action: "read", record: { entity: "Line", id: "loose" } }).reason).toBe(
      "access",
    );
    expect(oracle.check({ principal, action: "read", record: { entity: "Line" } }).reason).toBe("access");
  }
});

test("E2 a forbid on the line and a forbid on the parent both apply", () => {
  const onLine = oracleOf({ ...lines, guardrails: [{ effect: "forbid", id: "f", entities: ["Line"] }] });
  expect(
    onLine.check({ principal: "a", action: "read", record: { entity: "Line", id: "line" } }).reason,
  ).toBe('forbid "f"');
  expect(onLine.check({ principal: "a", action: "read", record: { entity: "Sub", id: "sub" } }).reason).toBe(
    'forbid "f"',
  );
  expect(
    onLine.check({ principal: "a", action: "read", record: { entity: "Line", id: "loose" } }).reason,
  ).toBe('forbid "f"');
  expect(
    onLine.check({ principal: "a", action: "read", record: { entity: "Account", id: "acc" } }).allowed,
  ).toBe(true);
  const onParent = oracleOf({ ...lines, guardrails: [{ effect: "forbid", id: "g", entities: ["Account"] }] });
  expect(
    onParent.check({ principal: "adm", action: "read", record: { entity: "Sub", id: "sub" } }).reason,
  ).toBe('forbid "g"');
});

test("E2 a bare permit does not name the line, yet reaches it through its parent", () => {
  const oracle = oracleOf({
    ...lines,
    guardrails: [{ effect: "permit", id: "p", actions: ["write"], level: "user" }],
  });
  expect(
    oracle.check({ principal: "a", action: "write", record: { entity: "Line", id: "line" } }).reason,
  ).toBe("owner");
  expect(
    oracle.check({ principal: "b", action: "write", record: { entity: "Line", id: "line" } }).reason,
  ).toBe("access");
});

test("E3 a business-unit-owned record is reached by level and by nothing else", () => {
  const at = (level: string) =>
    oracleOf({
      ...base,
      roles: { R: [`read Facility ${level}`] },
      administratorRoles: ["Admin"],
      users: { a: { in: "A", roles: ["R"] }, adm: { in: "B", roles: ["Admin"] } },
      records: {
        inA: { entity: "Facility", unit: "A" },
        inA1: { entity: "Facility", unit: "A1" },
        inB: { entity: "Facility", unit: "B" },
      },
      shares: [{ record: "inB", with: "a", direct: ["read"] }],
    });
  expect(at("businessUnit").filter("a", "read", "Facility")).toEqual(["inA"]);
  expect(at("parentChild").filter("a", "read", "Facility")).toEqual(["inA", "inA1"]);
  expect(at("organization").filter("a", "read", "Facility")).toEqual(["inA", "inA1", "inB"]);
  const oracle = at("businessUnit");
  expect(
    oracle.check({ principal: "a", action: "read", record: { entity: "Facility", unit: "A" } }).reason,
  ).toBe("role R");
  expect(
    oracle.check({ principal: "a", action: "read", record: { entity: "Facility", unit: "B" } }).reason,
  ).toBe("access");
  for (const action of ["assign", "share"])
    expect(oracle.check({ principal: "adm", action, record: { entity: "Facility", id: "inA" } }).reason).toBe(
      "privilege",
    );
});

test("E3 a permit at user level does not exist for it", () => {
  const oracle = oracleOf({
    ...base,
    users: { a: { in: "A" } },
    records: { inA: { entity: "Facility", unit: "A" } },
    guardrails: [{ effect: "permit", id: "p", level: "user" }],
  });
  expect(
    oracle.check({ principal: "a", action: "read", record: { entity: "Facility", id: "inA" } }).reason,
  ).toBe("privilege");
});

test("E4 entities that share a privilege set share every grant; a forbid names one of them alone", () => {
  const oracle = oracleOf({
    ...base,
    roles: { R: ["read Activity organization"] },
    users: { a: { in: "A", roles: ["R"] } },
    records: { e: { entity: "Email", owner: "a" }, t: { entity: "Task", owner: "a" } },
    guardrails: [{ effect: "forbid", id: "no mail", entities: ["Email"] }],
  });
  expect(oracle.check({ principal: "a", action: "read", record: { entity: "Task", id: "t" } }).reason).toBe(
    "role R",
  );
  expect(oracle.check({ principal: "a", action: "read", record: { entity: "Email", id: "e" } }).reason).toBe(
    'forbid "no mail"',
  );
});

test("E6 a right that the ownership does not have is `privilege`, and a forbid is still asked first", () => {
  const plan: Plan = {
    ...base,
    administratorRoles: ["Admin"],
    users: { a: { in: "A", roles: ["Admin"] } },
    records: { p: { entity: "Product" } },
    guardrails: [{ effect: "permit", id: "p" }],
  };
  const question = { principal: "a", action: "share", record: { entity: "Product", id: "p" } };
  expect(oracleOf(plan).check(question).reason).toBe("privilege");
  expect(oracleOf({ ...plan, guardrails: [{ effect: "forbid", id: "f" }] }).check(question).reason).toBe(
    'forbid "f"',
  );
});

test("E6 delete, assign, share and create are plain rights", () => {
  const oracle = oracleOf({
    ...base,
    roles: {
      R: ["create Account user", "delete Account user", "assign Account user", "share Account user"],
    },
    users: { a: { in: "A", roles: ["R"] }, b: { in: "A", roles: ["R"] } },
    records: { o: { entity: "Account", owner: "a" } },
  });
  const record = { entity: "Account", id: "o" };
  for (const action of ["create", "delete", "assign", "share"]) {
    expect(oracle.check({ principal: "a", action, record }).reason).toBe("owner");
    expect(oracle.check({ principal: "b", action, record }).reason).toBe("access");
    const described = { entity: "Account", owner: { kind: "user", name: "b" } } as const;
    expect(oracle.check({ principal: "b", action, record: described }).reason).toBe("owner");
  }
  expect(oracle.rights("a", record)).toEqual(["delete", "assign", "share"]);
  expect(oracle.whoCan("delete", record)).toEqual(["a"]);
});
