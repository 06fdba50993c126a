// Lowering, operator by operator: a condition as written, and for which records the engine finds it true.
import { expect, test } from "vitest";
import { compile } from "../../compiler/index.ts";
import { Engine } from "../../runtime-ts/index.ts";

const world = `
entity Country owned by organization { name: String, population?: Long }
entity Site owned by user or team { name?: String }
entity Account owned by user or team {
  name: String, size: Long, city?: String, rate?: Decimal, due?: Datetime, open?: Bool,
  tags?: Set<String>, numbers?: Set<Long>, country?: Country, site?: Site,
  keeper?: User, crew?: Team, place?: BusinessUnit, contact?: Principal,
}
entity User { rank: Long, city?: String, crew?: Team }
entity Team { grade: Long }
entity BusinessUnit { }
context { mfa?: Bool, limit?: Long, ids?: Set<Long> }
privilege Export;
role Reader { permit read on Account, Country, Site at organization; }
role Boss;
organization Root { unit North { unit Oslo; } unit South; }
user ann in North { roles: Reader, Tested; rank: 5; city: "Oslo"; crew: Team::"crew"; }
user ben in Oslo { roles: Reader, Boss; rank: 2; }
team crew in South { roles: Reader; members: ann; grade: 7; }
record norway: Country { name: "Norway"; population: 5; }
record shop: Site { owner: ben; name: "shop"; }
record full: Account {
  owner: ben; name: "Acme & Sons"; size: 10; city: "Oslo"; rate: decimal("1.5"); due: datetime("2026-01-31"); open: true;
  tags: ["a", "b"]; numbers: [3, 1, 2]; country: norway; site: shop; keeper: ben; crew: Team::"crew"; place: Oslo; contact: ann;
}
record bare: Account { owner: Team::"crew"; name: "x"; size: 3; }
`;

/** The records that ann may write when \`permit write\` stands under the condition. */
function holdsFor(condition: string, context: Record<string, unknown> = {}): string[] {
  const role = `role Tested { permit write on Account at organization when { ${condition} }; }`;
  const { image, diagnostics } = compile([{ name: "world.bwk", text: world + role }]);
  if (image === undefined)
    throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n"));
  const engine = Engine.load(image);
  const [ann, write] = [engine.principal("ann"), engine.privilege("write", "Account")];
  const ids = engine.filter(ann, write, { context }).ids();
  for (const id of ["full", "bare"]) {
    const { allowed } = engine.check({
      principal: "ann",
      action: "write",
      resource: { entity: "Account", id },
      context,
    });
    expect(allowed, `${condition} on ${id}`).toBe(ids.includes(id));
  }
  return ids;
}

test.each([
  ["resource.size > 5", ["full"]],
  ["resource.size <= 3 || resource.size == 10", ["full", "bare"]],
  ["!(resource.size >= 4)", ["bare"]],
  ["resource.size + 1 == 11 && resource.size - 1 == 9 && resource.size * 2 == 20", ["full"]],
  ["-resource.size < -5", ["full"]],
  ['resource.name like "*me & S*s"', ["full"]],
  ['resource.name like "x"', ["bare"]],
  ['resource has city && resource["city"] == principal.city', undefined],
  ["principal has city && resource has city && resource.city == principal.city", ["full"]],
  ['resource has rate && resource.rate.lessThan(decimal("1.6"))', ["full"]],
  ['resource has rate && resource.rate.greaterThanOrEqual(decimal("1.6"))', []],
  ['resource has due && resource.due > datetime("2026-01-30")', ["full"]],
  ["resource has open && resource.open", ["full"]],
  ['resource has tags && resource.tags.contains("b")', ["full"]],
  ['resource has tags && resource.tags.containsAll(["b", "a"]) && !resource.tags.isEmpty()', ["full"]],
  ['resource has tags && resource.tags.containsAny(["z", "a"])', ["full"]],
  ['resource has tags && resource.tags == ["b", "a", "b"]', ["full"]],
  ["resource has numbers && resource.numbers == [1, 2, 3]", ["full"]],
  ["[3, resource.size].contains(3) && [resource.size, 4] != [3, 4]", ["full"]],
  ['resource has country && resource.country.name == "Norway"', ["full"]],
  ["resource has country.population && resource.country.population == principal.rank", ["full"]],
  ['resource has country && resource.country == Country::"norway"', ["full"]],
  ['resource == Account::"bare"', ["bare"]],
  ['resource has site && resource.site in BusinessUnit::"North"', ["full"]],
  ['resource has site && resource.site.owner == User::"ben"', ["full"]],
  ["resource has site && resource.site.owner == principal", []],
  ["resource has site && resource.site.owner == resource.owner && resource.site.owner is User", ["full"]],
  ['resource has site.owner && resource.site.owner in BusinessUnit::"North"', ["full"]],
  ['resource has site.businessUnit && resource.site.businessUnit == BusinessUnit::"Oslo"', ["full"]],
  ["resource has site && principal in resource.site.businessUnit", []],
  ['Site::"gone" has owner || Site::"gone".owner == principal', []],
  ['!(Site::"gone" has businessUnit) && Site::"shop" has businessUnit', ["full", "bare"]],
  ['resource in BusinessUnit::"North"', ["full"]],
  ['resource.businessUnit in BusinessUnit::"South"', ["bare"]],
  [
    'resource has place && resource.place in BusinessUnit::"North" && resource.place != BusinessUnit::"North"',
    ["full"],
  ],
  ["resource has keeper && resource.keeper.rank < principal.rank", ["full"]],
  ["resource has crew && resource.crew.grade == 7 && principal in resource.crew", ["full"]],
  ['resource.owner is User && resource.owner == User::"ben"', ["full"]],
  ["resource.owner is Team && principal in resource.owner", ["bare"]],
  ['resource.owner in Team::"crew"', ["bare"]],
  ['resource.owner in BusinessUnit::"South"', ["bare"]],
  ["resource has contact && resource.contact == principal", ["full"]],
  ['resource has keeper && resource.keeper in Role::"Boss"', ["full"]],
  [
    'principal in Role::"Reader" && principal in BusinessUnit::"Root" && principal in Team::"crew"',
    ["full", "bare"],
  ],
  ["principal has crew && principal.crew.grade > 6 && resource.size == 3", ["bare"]],
  ["if resource has open then resource.size > 9 else principal.rank > 4", ["full", "bare"]],
  ["(if resource.size > 5 then 1 else 2) == 2", ["bare"]],
  ['resource.owner in [User::"ben", Team::"other", BusinessUnit::"South"]', undefined],
  ['[User::"ann", User::"ben"].contains(principal)', ["full", "bare"]],
  ["resource.size + 9223372036854775800 > 0", ["bare"]],
  ['action == Action::"write" && resource.size > 5', ["full"]],
  ['action == Action::"read" || resource.size == 3', ["bare"]],
  ['action in [Action::"read", Action::"write"]', ["full", "bare"]],
  ['!(action == Action::"write")', []],
  ['(if action == Action::"write" then resource.size else 0) > 5', ["full"]],
  ['if action == Action::"read" then resource.size > 5 else resource.size < 5', ["bare"]],
  ['(if action == Action::"write" then resource.name else "q") like "A*"', ["full"]],
  ['[(if action == Action::"write" then resource.size else 0), 4].contains(3)', ["bare"]],
  ["resource has keeper && [resource.size > 5, false].contains(true)", ["full"]],
  ['[resource.businessUnit].contains(BusinessUnit::"Oslo")', ["full"]],
  ['resource has site && [resource.site].contains(Site::"shop")', ["full"]],
  ['resource.size < (if action == Action::"write" && resource.size > 0 then 5 else 20)', ["bare"]],
] as const)("%s", (condition, ids) => {
  if (ids === undefined) expect(() => holdsFor(condition)).toThrow(/BWK/);
  else expect(holdsFor(condition)).toEqual(ids);
});

test("the context is there for the question that brings it, and gone after it", () => {
  const condition = "context has mfa && context.mfa && context has limit && resource.size < context.limit";
  expect(holdsFor(condition, { mfa: true, limit: 5 })).toEqual(["bare"]);
  expect(holdsFor(condition, { mfa: true, limit: 50 })).toEqual(["full", "bare"]);
  expect(holdsFor(condition, { mfa: false, limit: 50 })).toEqual([]);
  expect(holdsFor(condition)).toEqual([]);
  expect(holdsFor("context has ids && context.ids.contains(resource.size)", { ids: [10, 11] })).toEqual([
    "full",
  ]);
});

test("a condition that always holds grants, one that never does not", () => {
  expect(holdsFor("true")).toEqual(["full", "bare"]);
  expect(holdsFor("1 > 2")).toEqual([]);
});

test("a task privilege under a condition, and guardrails under constant ones", () => {
  const { image } = compile([
    {
      name: "world.bwk",
      text: `${world}
role Tested { permit Export when { action == Action::"Export" && context has mfa && context.mfa }; }
@id("never") forbid (principal, action, resource) when { false };
@id("always") forbid (principal == User::"ben", action == read, resource is Site) unless { false };`,
    },
  ]);
  const engine = Engine.load(image as Uint8Array);
  expect(engine.check({ principal: "ann", action: "Export", context: { mfa: true } }).reason).toBe(
    "role Tested",
  );
  expect(engine.check({ principal: "ann", action: "Export" }).reason).toBe("privilege");
  const site = { entity: "Site", id: "shop" };
  expect(engine.check({ principal: "ben", action: "read", resource: site }).reason).toBe('forbid "always"');
  expect(engine.check({ principal: "ann", action: "read", resource: site }).reason).toBe("role Reader");
});
