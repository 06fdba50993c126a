// Questions by name: described records, request contexts, and what is wrong with them.
import { expect, test } from "vitest";
import { type CheckRequest, Engine } from "../../runtime-ts/index.ts";
import * as contoso from "./contoso.ts";
import { engineOf, imageOf } from "./load.ts";
import { thrown } from "./thrown.ts";

const engine = Engine.load(imageOf(contoso.policy));
engine.directory.load(contoso.directory);
engine.records.load("Account", contoso.accounts);
engine.records.load("Line", { id: ["l1"], account: ["acc2"] });

const check = (principal: string, action: string, resource: CheckRequest["resource"]) =>
  engine.check({ principal, action, ...(resource === undefined ? {} : { resource }) }).reason;

test.each<[string, string, CheckRequest["resource"], string]>([
  ["bob", "create", { entity: "Account", owner: { user: "bob" } }, "privilege"],
  ["bob", "write", { entity: "Account", owner: { user: "bob" }, name: "x", revenue: 1.5 }, "owner"],
  ["bob", "write", { entity: "Account", owner: { user: "alice" } }, "access"],
  ["alice", "read", { entity: "Account", owner: { user: "bob" }, stage: "won", tags: ["a"] }, "role Manager"],
  ["alice", "read", { entity: "Account", owner: { user: "root" }, businessUnit: "France" }, "access"],
  ["dora", "read", { entity: "Account", owner: { team: "EU" } }, "team EU"],
  ["alice", "read", { entity: "Account", owner: { team: "EU" }, primary: "any" }, "role Manager"],
  ["bob", "read", { entity: "Country" }, "role Seller"],
  ["alice", "write", { entity: "Facility", businessUnit: "Analytics" }, "role Manager"],
  ["alice", "write", { entity: "Facility", businessUnit: "France" }, "access"],
  ["bob", "write", { entity: "Line", account: "acc2" }, "owner"],
  ["bob", "write", { entity: "Line", account: "acc1" }, "access"],
  ["bob", "write", { entity: "Note", line: "l1" }, "owner"],
  ["root", "write", { entity: "Note" }, "access"],
  ["root", "delete", { entity: "Account", owner: { user: "bob" } }, 'forbid "frozen"'],
  ["carol", "read", { entity: "Account", owner: { user: "carol" }, name: undefined }, "role Manager"],
])("a described record: %s %s %o: %s", (principal, action, resource, reason) => {
  expect(check(principal, action, resource)).toBe(reason);
});

test("a described record in the modern mode lies where it is said to lie", () => {
  const modern = engineOf(`
    settings { ownershipAcrossBusinessUnits: true; }
    organization Root { unit A; unit B; }
    entity Account owned by user or team;
    role R { permit read on Account at businessUnit; }
    user a in A; user b in B { roles: R; }`);
  const ask = (businessUnit?: string) =>
    modern.check({
      principal: "b",
      action: "read",
      resource: {
        entity: "Account",
        owner: { user: "a" },
        ...(businessUnit === undefined ? {} : { businessUnit }),
      },
    }).reason;
  expect([ask(), ask("B"), ask("A")]).toEqual(["access", "role R", "access"]);
});

test("an attribute called id", () => {
  const odd = engineOf(`
    organization Root;
    entity Thing owned by organization { id?: String, kind?: String }
    role R { permit read on Thing at organization; }
    user a in Root { roles: R; }
    record t: Thing { }`);
  const ask = (resource: CheckRequest["resource"]) =>
    odd.check({ principal: "a", action: "read", ...(resource === undefined ? {} : { resource }) });
  expect(ask({ entity: "Thing", id: "t" }).allowed).toBe(true);
  expect(thrown(() => ask({ entity: "Thing", id: "u" })).code).toBe("BWK440");
  expect(ask({ entity: "Thing", id: "u", kind: "x" }).allowed).toBe(true);
});

test.each<[string, unknown, code: string, message: string, help?: string]>([
  ["no request", null, "BWK441", "expected a request, not null"],
  ["a list", [], "BWK441", "expected a request, not an array"],
  [
    "a misspelt property",
    { principal: "bob", action: "read", resouce: {} },
    "BWK441",
    "request: unknown property `resouce`",
    "did you mean `resource`?",
  ],
  ["no principal", { action: "read" }, "BWK441", "request: expected a name in `principal`, not undefined"],
  [
    "an action that is no name",
    { principal: "bob", action: 1 },
    "BWK441",
    "request: expected a name in `action`, not `1`",
  ],
  [
    "an unknown user",
    { principal: "bib", action: "read" },
    "BWK440",
    "unknown user `bib`",
    "did you mean `bob`?",
  ],
  ["a team as principal", { principal: "EU", action: "Export" }, "BWK440", "unknown user `EU`"],
  [
    "a record action without record",
    { principal: "bob", action: "read" },
    "BWK441",
    "`read` is asked of a record",
    "name its entity",
  ],
  [
    "a task privilege with record",
    { principal: "bob", action: "Export", resource: { entity: "Account", id: "acc1" } },
    "BWK441",
    "`Export` is a task privilege",
    "ask it without entity and record",
  ],
  [
    "a resource that is none",
    { principal: "bob", action: "read", resource: "acc1" },
    "BWK441",
    "expected a resource, not `acc1`",
  ],
  [
    "a resource without entity",
    { principal: "bob", action: "read", resource: { id: "acc1" } },
    "BWK441",
    "resource: expected a name in `entity`, not undefined",
  ],
  [
    "an id that is no name",
    { principal: "bob", action: "read", resource: { entity: "Account", id: 1 } },
    "BWK441",
    "resource: expected a name in `id`, not `1`",
  ],
  [
    "a record that is not loaded",
    { principal: "bob", action: "read", resource: { entity: "Account", id: "acc9" } },
    "BWK440",
    "record `acc9` of `Account` is not loaded",
    "did you mean `acc1`?",
  ],
  [
    "loaded and described",
    { principal: "bob", action: "read", resource: { entity: "Account", id: "acc1", name: "x" } },
    "BWK441",
    "resource: `name` beside `id`",
    "a record is either loaded, and has an id, or described",
  ],
])("not a question: %s", (_, request, code, message, help) => {
  const error = thrown(() => engine.check(request as CheckRequest));
  expect(error).toMatchObject({ code, message });
  if (help !== undefined) expect(error.help).toBe(help);
});

const owner = { user: "bob" };

test.each<[string, object, code: string, message: string, help?: string]>([
  [
    "no owner",
    { entity: "Account" },
    "BWK442",
    "described `Account`: expected an owner `{ user: name }` or `{ team: name }`, not undefined",
  ],
  [
    "an owner that is a name",
    { entity: "Account", owner: "bob" },
    "BWK442",
    "described `Account`: expected an owner `{ user: name }` or `{ team: name }`, not `bob`",
  ],
  [
    "two owners",
    { entity: "Account", owner: { user: "bob", team: "EU" } },
    "BWK442",
    "described `Account`: expected an owner `{ user: name }` or `{ team: name }`, not an object",
  ],
  [
    "an unknown owner",
    { entity: "Account", owner: { user: "bib" } },
    "BWK440",
    "unknown user `bib`",
    "did you mean `bob`?",
  ],
  ["an unknown team", { entity: "Account", owner: { team: "bob" } }, "BWK440", "unknown team `bob`"],
  [
    "an access team",
    { entity: "Account", owner: { team: "Deal" } },
    "BWK442",
    "described `Account`: access team `Deal` cannot own records",
  ],
  [
    "an unknown unit",
    { entity: "Account", owner, businessUnit: "Frnace" },
    "BWK440",
    "unknown business unit `Frnace`",
    "did you mean `France`?",
  ],
  [
    "a unit that is no name",
    { entity: "Account", owner, businessUnit: 1 },
    "BWK442",
    "described `Account`: expected the name of a business unit, not `1`",
  ],
  [
    "an unknown attribute",
    { entity: "Account", owner, nane: "x" },
    "BWK442",
    "described `Account`: unknown attribute `nane`",
    "did you mean `name`?",
  ],
  [
    "an attribute of the wrong type",
    { entity: "Account", owner, revenue: "much" },
    "BWK442",
    "described `Account`, attribute `revenue`: expected a decimal with up to four fractional digits, not `much`",
  ],
  [
    "an owner of what the organization owns",
    { entity: "Country", owner },
    "BWK442",
    "described `Country` has no owner",
  ],
  [
    "a unit of what the organization owns",
    { entity: "Country", businessUnit: "France" },
    "BWK442",
    "described `Country` has no business unit",
  ],
  [
    "a unit of what its parent owns",
    { entity: "Line", account: "acc1", businessUnit: "France" },
    "BWK442",
    "described `Line` has no business unit",
  ],
  ["no unit", { entity: "Facility" }, "BWK442", "described `Facility`: `businessUnit` is missing"],
  [
    "no parent",
    { entity: "Line" },
    "BWK442",
    "described `Line`: its parent decides, and `account` is missing",
  ],
  [
    "an unknown parent",
    { entity: "Line", account: "acc9" },
    "BWK440",
    "described `Line`: record `acc9` of `Account` is not loaded",
    "did you mean `acc1`?",
  ],
])("not a record: %s", (_, resource, code, message, help) => {
  const error = thrown(() => engine.check({ principal: "bob", action: "read", resource: resource as never }));
  expect(error).toMatchObject({ code, message });
  if (help !== undefined) expect(error.help).toBe(help);
});

test.each<[string, unknown, message: string, code?: string]>([
  ["a list", [], "expected a context, not an array", "BWK441"],
  ["null", null, "expected a context, not null", "BWK441"],
  ["an unknown attribute", { mfaa: true }, "request context: unknown attribute `mfaa`"],
  ["a prototype", JSON.parse('{ "__proto__": 1 }'), "request context: unknown attribute `__proto__`"],
  ["a wrong type", { mfa: 1 }, "request context, attribute `mfa`: expected `true` or `false`, not `1`"],
  [
    "an unknown user",
    { reviewer: "bib" },
    "request context, attribute `reviewer`: unknown user `bib`, did you mean `bob`?",
  ],
])("not a context: %s", (_, context, message, code) => {
  const error = thrown(() =>
    engine.check({ principal: "alice", action: "Export", context: context as never }),
  );
  expect(error).toMatchObject({ code: code ?? "BWK442", message });
});

test("a context that fits, and one that is not there", () => {
  for (const context of [
    { mfa: true, channel: "web", level: "7", reviewer: "bob" },
    { mfa: false, channel: null },
    {},
  ]) {
    expect(engine.check({ principal: "alice", action: "Export", context }).allowed).toBe(true);
  }
});

test("contexts by the column", () => {
  const place = { table: "requests.csv", rows: [5, 6] };
  expect(() =>
    engine.context.validate({ mfa: ["true", ""], level: [null, "5"], reviewer: ["bob", undefined] }),
  ).not.toThrow();
  expect(thrown(() => engine.context.validate({ level: ["5", "x"] }, place))).toMatchObject({
    code: "BWK434",
    message: "`requests.csv`, row 6, column `level`: expected a 64-bit whole number, not `x`",
  });
  expect(thrown(() => engine.context.validate({ levl: [] }, place))).toMatchObject({
    code: "BWK430",
    message: "`requests.csv`: unknown column `levl`",
    help: "did you mean `level`?",
  });
});

test("a plain question is answered as it is explained; unusual objects and wrong names go the long way", () => {
  const users = engine.userNames();
  const asked = (resource?: CheckRequest["resource"]) => (resource === undefined ? {} : { resource });
  for (const principal of users) {
    for (const action of ["read", "write", "update", "delete", "share", "create"]) {
      for (const id of engine.recordIds("Account")) {
        const request = { principal, action, resource: { entity: "Account", id } };
        const { allowed, reason } = engine.explain(request);
        expect(engine.check(request)).toEqual({ allowed, reason });
        const bare = Object.assign(Object.create(null), request);
        expect(engine.check(bare)).toEqual({ allowed, reason });
        expect(engine.check({ ...request, context: {} })).toEqual({ allowed, reason });
      }
      const line = { principal, action, resource: { entity: "Line", id: "l1" } };
      const { allowed, reason } = engine.explain(line);
      expect(engine.check(line)).toEqual({ allowed, reason });
    }
    for (const task of engine.taskNames()) {
      const { allowed, reason } = engine.explain({ principal, action: task });
      expect(engine.check({ principal, action: task })).toEqual({ allowed, reason });
    }
  }
  const fine = { principal: "bob", action: "read" };
  const resource = { entity: "Account", id: "acc1" };
  const wrong = (request: unknown) => thrown(() => engine.check(request as CheckRequest));
  expect(wrong({ ...fine, resource: { ...resource, id: "nobody" } }).code).toBe("BWK440");
  expect(wrong({ ...fine, resource: { ...resource, entity: "Nothing" } }).code).toBe("BWK440");
  expect(wrong({ ...fine, principal: "nobody", ...asked(resource) }).code).toBe("BWK440");
  expect(wrong({ ...fine, action: "fly", ...asked(resource) }).code).toBe("BWK440");
  expect(wrong({ ...fine, ...asked(resource), more: 1 }).code).toBe("BWK441");
  expect(wrong({ ...fine, resource: { ...resource, owner: { user: "bob" } } }).code).toBe("BWK441");
  expect(wrong({ ...fine, resource: { entity: "Account", id: 5 } }).code).toBe("BWK441");
  expect(wrong({ action: "read", ...asked(resource) }).code).toBe("BWK441");
  // Nor is what somebody has added to all objects, whether a loop finds it or not.
  const task = engine.taskNames()[0] as string;
  for (const enumerable of [true, false]) {
    const added = { value: "bob", enumerable, configurable: true, writable: true };
    Object.defineProperty(Object.prototype, "principal", added);
    try {
      expect(wrong({ action: task }).code).toBe("BWK441");
      expect(wrong({ action: task, more: 1 }).code).toBe("BWK441");
    } finally {
      delete (Object.prototype as { principal?: unknown }).principal;
    }
  }
  // What is inherited is not part of a request.
  expect(wrong(Object.create({ ...fine, resource })).code).toBe("BWK441");
  class Request {
    readonly principal = "bob";
    readonly action = "read";
    readonly resource = resource;
  }
  expect(engine.check(new Request())).toEqual(engine.check({ ...fine, resource }));
  const inherited = Object.prototype as { resource?: unknown };
  inherited.resource = resource;
  try {
    expect(wrong(fine).code).toBe("BWK441");
  } finally {
    delete inherited.resource;
  }
});
