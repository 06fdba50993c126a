// Conditions, from the source to the answers: every entry point, worlds that come in pieces, errors in words.
import { expect, test } from "vitest";
import { type Engine, noRecord } from "../../runtime-ts/index.ts";
import { engineOf } from "./load.ts";
import { thrown } from "./thrown.ts";

const policy = `
  entity Account owned by user or team {
    status: Choice("open", "won"), revenue?: Long, tags?: Set<String>, country?: Country, parent?: Account,
    sold?: Datetime, margin?: Decimal, key?: Bool, contact?: Principal, desk?: Team, unit?: BusinessUnit, boss?: User
  }
  entity Country owned by organization { name: String, open?: Bool }
  entity Line owned by parent account { account: Account, amount?: Long }
  entity User { clearance: Long, home?: Country }
  entity Team { region?: String }
  entity BusinessUnit { country?: String }
  context { mfa: Bool, channel?: String, country?: Country }
  privilege Export;
  role Base { permit write on Account at user; permit read on Country at organization; }
  role Reader {
    permit read on Account at organization when { resource.status == "open" };
    permit read on Account at organization when { resource has revenue && resource.revenue * 2 > 9223372036854775806 };
  }
  role Traveller {
    permit read on Account at organization
      when { resource has country && resource.country has open && resource.country.open };
  }
  role Local { permit delete on Account at organization
    when { resource has country && principal has home && resource.country == principal.home }; }
  role Desk { permit append on Account at organization when { context has channel && context.channel like "desk*" }; }
  role Exporter { permit Export when { principal.clearance > 2 && context has mfa && context.mfa }; }
  @id("frozen") forbid (principal, action == write, resource is Account)
    when { resource.status == "won" } unless { context has channel && context.channel == "back office" };
  @id("sensitive") forbid (principal, action == read, resource is Account)
    when { resource has margin && resource.margin.lessThan(decimal("0.0")) };
`;

const roles = ["Base", "Reader", "Traveller", "Local", "Desk", "Exporter"];
const directory = {
  businessUnits: [
    { id: "Root", attributes: { country: "Earth" } },
    { id: "France", parent: "Root" },
  ],
  users: [
    { id: "alice", businessUnit: "Root", roles, attributes: { clearance: 3, home: "fr" } },
    { id: "bob", businessUnit: "France", roles: ["Base"], attributes: { clearance: 1 } },
  ],
  teams: [
    { id: "EU", businessUnit: "Root", roles: ["Base"], members: ["bob"], attributes: { region: "EU" } },
  ],
};

function engine(): Engine {
  const made = engineOf(policy);
  made.directory.load(directory);
  return made;
}

const ids = ["open", "won", "rich", "abroad", "margin"];

function withAccounts(): Engine {
  const made = engine();
  made.records.load("Account", {
    id: ids,
    owner: ids.map(() => "alice"),
    status: ids.map((id) => (id === "open" ? "open" : "won")),
    revenue: ["1", null, "9223372036854775807", "-5", ""],
    country: ["", "", "", "fr", ""],
    margin: ["0.5", "", "", "", "-0.0001"],
    tags: ['["a"]', "", "[]", "", '["b","a"]'],
  });
  return made;
}

/** What everybody may read, asked by every entry point, which must agree. */
function readers(
  of: Engine,
  context?: Record<string, unknown>,
  action = "read",
): { readonly alice: string[]; readonly bob: string[] } {
  const privilege = of.privilege(action, "Account");
  const options = context === undefined ? {} : { context };
  const records = of.recordNumbers("Account");
  const names = of.recordIds("Account");
  const who = (name: string) => {
    const user = of.principal(name);
    const found = of.filter(user, privilege, options).ids();
    const batch = of.checkBatch({
      principals: Uint32Array.from(records, () => user),
      privileges: Uint32Array.from(records, () => privilege),
      records,
      ...options,
    });
    records.forEach((record, i) => {
      const id = names[i] as string;
      const allowed = found.includes(id);
      const question = { principal: name, action, resource: { entity: "Account", id }, ...options };
      expect(batch.get(i)).toBe(allowed);
      expect(of.whoCan(privilege, record, options).get(user)).toBe(allowed);
      expect(of.reason(user, privilege, record, options).allowed).toBe(allowed);
      expect(of.check(question).allowed).toBe(allowed);
      expect(of.explain(question).allowed).toBe(allowed);
      if (context === undefined) expect(of.allows(user, privilege, record)).toBe(allowed);
    });
    return found;
  };
  return { alice: who("alice"), bob: who("bob") };
}

test("grants and forbids under conditions of the record", () => {
  const of = withAccounts();
  expect(readers(of)).toEqual({ alice: ["open"], bob: [] });
  expect(readers(of, undefined, "write")).toEqual({ alice: ["open"], bob: [] });
  const forbidden = of.check({
    principal: "alice",
    action: "write",
    resource: { entity: "Account", id: "won" },
  });
  expect(forbidden).toEqual({ allowed: false, reason: 'forbid "frozen"' });
});

test("records that lookups lead to may come later, and people lead to them too", () => {
  const of = withAccounts();
  expect(readers(of).alice).toEqual(["open"]);
  expect(readers(of, undefined, "delete").alice).toEqual(["abroad"]);
  of.records.load("Country", { id: ["de", "fr"], name: ["Germany", "France"], open: ["false", "true"] });
  expect(readers(of).alice).toEqual(["open", "abroad"]);
  expect(readers(of, undefined, "delete").alice).toEqual(["abroad"]);
  of.records.load("Account", {
    id: ["german", "french"],
    owner: ["bob", "EU"],
    owner_type: ["user", "team"],
    status: ["won", "won"],
    country: ["de", "fr"],
  });
  expect(readers(of).alice).toEqual(["open", "abroad", "french"]);
  expect(readers(of, undefined, "delete").alice).toEqual(["abroad", "french"]);
});

test("a request context is there for its call alone", () => {
  const of = withAccounts();
  expect(readers(of, { channel: "desk 5" }, "append").alice).toEqual(ids);
  expect(readers(of, undefined, "append").alice).toEqual([]);
  expect(readers(of, { channel: "back office" }, "append").alice).toEqual([]);
  expect(readers(of, { channel: "back office" }, "write").alice).toEqual(ids);
  expect(readers(of, { channel: null }, "write").alice).toEqual(["open"]);
  const alice = of.principal("alice");
  const task = of.privilege("Export");
  const exports = (context?: Record<string, unknown>) => [
    of.reason(alice, task, noRecord, context === undefined ? {} : { context }).reason,
    of
      .whoCan(task, undefined, context === undefined ? {} : { context })
      .names()
      .join(),
  ];
  expect(exports({ mfa: true })).toEqual(["role Exporter", "alice"]);
  expect(exports({ mfa: false })).toEqual(["privilege", ""]);
  expect(exports()).toEqual(["privilege", ""]);
  expect(of.allows(alice, task)).toBe(false);
});

test.each([
  [{ mfaa: true }, "request context: unknown attribute `mfaa`", "did you mean `mfa`?"],
  [{ mfa: 5 }, "request context, attribute `mfa`: expected `true` or `false`, not `5`", undefined],
])("a context that does not fit: %o", (context, message, help) => {
  const of = withAccounts();
  const none = new Uint32Array(0);
  const read = of.privilege("read", "Account");
  const given = context as Record<string, unknown>;
  const asks = [
    () => of.reason(0, read, 0, { context: given }),
    () => of.filter(0, read, { context: given }),
    () => of.whoCan(read, 0, { context: given }),
    () => of.checkBatch({ principals: none, privileges: none, records: none, context: given }),
    () => of.check({ principal: "alice", action: "Export", context: given }),
  ];
  for (const ask of asks) expect(thrown(ask)).toEqual({ code: "BWK442", message, help });
  expect(thrown(() => of.filter(0, read, { context: [] as never }))).toMatchObject({
    code: "BWK441",
    message: "expected a context, not an array",
  });
});

test("a described record has the attributes that it is given", () => {
  const of = engine();
  const ask = (action: string, attributes: object, context: object = {}) =>
    of.check({
      principal: "alice",
      action,
      resource: { entity: "Account", owner: { user: "bob" }, ...attributes },
      context: context as Record<string, unknown>,
    }).reason;
  expect(ask("read", { status: "open" })).toBe("role Reader");
  expect(ask("read", { status: "won" })).toBe("privilege");
  expect(ask("read", { status: "open", margin: "-1.0" })).toBe('forbid "sensitive"');
  expect(ask("read", {})).toBe("privilege");
  expect(ask("delete", { country: "fr" })).toBe("role Local");
  expect(ask("delete", { country: "de" })).toBe("privilege");
  expect(ask("append", {}, { channel: "desk" })).toBe("role Desk");
  const owned = { owner: { user: "alice" }, status: "won" };
  expect(ask("write", owned)).toBe('forbid "frozen"');
  expect(ask("write", owned, { channel: "back office" })).toBe("owner");
  of.records.load("Country", { id: ["fr"], name: ["France"], open: [true] });
  expect(ask("read", { country: "fr" })).toBe("role Traveller");
});

test("explain says which conditions could not be worked out", () => {
  const of = withAccounts();
  const ask = (id: string) =>
    of.explain({ principal: "alice", action: "read", resource: { entity: "Account", id } }, { misses: 0 });
  expect(ask("rich")).toEqual({
    allowed: false,
    reason: "privilege",
    sources: [],
    errors: [{ role: "Reader", message: "a number leaves the 64-bit range" }],
    misses: [],
    missesCut: false,
  });
  expect(ask("won")).toMatchObject({ reason: "privilege", errors: [] });
  expect(ask("open")).toEqual({
    allowed: true,
    reason: "role Reader",
    sources: [
      {
        kind: "role",
        name: "Reader",
        holder: { user: "alice" },
        businessUnit: "Root",
        level: "organization",
        line: "test.bwk:15",
      },
      { kind: "owner" },
    ],
    errors: [],
    misses: [],
    missesCut: false,
  });
  const described = of.explain({
    principal: "alice",
    action: "write",
    resource: { entity: "Account", owner: { user: "alice" } },
  });
  expect(described).toEqual({
    allowed: false,
    reason: 'forbid "frozen"',
    sources: [],
    errors: [{ guardrail: "frozen", message: "an attribute has no value" }],
    misses: [],
    missesCut: false,
  });
});

test.each([
  // The order of the text: what is asked about first, then the groups.
  [
    "resource.country.desk in [resource.desk, resource.team]",
    "a lookup leads to a record that is not loaded",
  ],
  ["resource.desk in [resource.country.desk, resource.team]", "an attribute has no value"],
  ["resource.desk in resource.country.desk", "an attribute has no value"],
  ["resource.country.desk in resource.desk", "a lookup leads to a record that is not loaded"],
])("of two errors the first is told: %s", (condition, message) => {
  const of = engineOf(`
    organization Root;
    entity Account owned by user or team { country: Country, desk: Team, team: Team }
    entity Country owned by organization { desk: Team }
    role Reader { permit read on Account at organization when { ${condition} }; }
    user alice in Root { roles: Reader; }
  `);
  const resource = { entity: "Account", owner: { user: "alice" }, country: "nowhere" };
  expect(of.explain({ principal: "alice", action: "read", resource }).errors).toEqual([
    { role: "Reader", message },
  ]);
});

test("values that the source declares count as loaded ones", () => {
  const of = engineOf(`
    organization Root { unit France; }
    entity Account owned by user or team {
      status: Choice("open", "won"), size?: Long, marks?: Set<Long>, at?: Datetime, margin?: Decimal, hot?: Bool,
      parent?: Account, keeper?: Principal, second?: Principal, desk?: Team, boss?: User, place?: BusinessUnit
    }
    entity User { clearance: Long, partner?: User }
    entity Team { region?: String }
    role Reader {
      permit read on Account at organization when {
        resource.status == "open" && resource has size && resource.size == -3 &&
        resource has marks && resource.marks.contains(9007199254740993) &&
        resource has at && resource.at < datetime("2026-02-01") &&
        resource has margin && resource.margin == decimal("1.5") && resource has hot && resource.hot &&
        resource has parent && resource.parent == Account::"later" &&
        resource has keeper && resource.keeper == User::"same" &&
        resource has second && resource.second == Team::"same" &&
        resource has desk && resource.desk == Team::"same" && resource.desk has region &&
        resource.desk.region like "E*" && resource has boss && resource.boss == principal &&
        resource has place && resource.place in BusinessUnit::"Root"
      };
      permit write on Account at organization
        when { principal.clearance > 1 || principal has partner && principal.partner == resource.owner }
        unless { resource.status == "won" };
    }
    user alice in Root { roles: Reader; clearance: 2; }
    user same in Root { roles: Reader; clearance: 1; partner: alice; }
    team same in Root { roles: Reader; region: "EU"; }
    record full: Account {
      owner: alice; status: "open"; size: -3; marks: [1, 9007199254740993]; at: datetime("2026-01-31"); margin: decimal("1.5");
      hot: true; parent: later; keeper: User::"same"; second: Team::"same"; desk: same; boss: alice; place: France;
    }
    record bare: Account { owner: alice; status: "won"; }
    record later: Account { owner: User::"same"; status: "open"; }
  `);
  const records = (user: string, action: string) =>
    of.filter(of.principal(user), of.privilege(action, "Account")).ids();
  expect(records("alice", "read")).toEqual(["full"]);
  expect(records("same", "read")).toEqual([]);
  expect(records("alice", "write")).toEqual(["full", "later"]);
  expect(records("same", "write")).toEqual(["full"]);
});
