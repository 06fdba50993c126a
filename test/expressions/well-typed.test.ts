// Every operator, method and root, and what it becomes.
import { expect, test } from "vitest";
import { shown } from "./harness.ts";

test.each<readonly [string, string]>([
  // Roots and attributes
  ["resource.open", "resource.open"],
  ['resource["open"]', "resource.open"],
  ["context.mfa", "context.mfa"],
  ["principal.clearance == 1", "equal(principal.clearance, 1)"],
  ["resource.home.name == resource.title", "equal(resource.home.name, resource.title)"],
  ["resource.manager.clearance < 3", "less(resource.manager.clearance, 3)"],
  ['User::"ann".clearance < 3', "less(User::ann.clearance, 3)"],
  ['Country::"no".name == "Norway"', 'equal(Country::no.name, "Norway")'],
  ["resource.owner == principal", "equal(owner, principal)"],
  ["resource.businessUnit == resource.branch", "equal(unit, resource.branch)"],
  ["resource.contact == resource.owner", "equal(resource.contact, owner)"],
  ["resource == resource", "equal(resource, resource)"],
  ['Account::"a".owner == principal', "equal(ownerOf(Account::a), principal)"],
  [
    "resource has parent && resource.parent.owner == principal",
    "and(resource has parent, equal(ownerOf(resource.parent), principal))",
  ],
  [
    'resource has parent && resource.parent.businessUnit in BusinessUnit::"A"',
    "and(resource has parent, in(unitOf(resource.parent), BusinessUnit::A))",
  ],
  // Presence
  ["resource has parent.owner", "and(resource has parent, isLoaded(resource.parent))"],
  ['Account::"a" has businessUnit && Account::"a" has businessUnit', "isLoaded(Account::a)"],
  ["resource has name", "resource has name"],
  [
    'resource has "odd name" && resource["odd name"] == "x"',
    'and(resource has odd name, equal(resource.odd name, "x"))',
  ],
  ["context has channel", "context has channel"],
  ["principal has country.region", "and(principal has country, principal.country has region)"],
  ["resource.home has region", "resource.home has region"],
  ["resource has owner && resource.open", "resource.open"],
  ["resource has businessUnit.region", "unit has region"],
  ["resource.home has nope || resource.open", "or(not(equal(resource.home, resource.home)), resource.open)"],
  // Comparisons
  ["resource.size != 1", "not(equal(resource.size, 1))"],
  ["resource.size <= 1", "lessOrEqual(resource.size, 1)"],
  ["resource.size > 1", "greater(resource.size, 1)"],
  ["resource.size >= 1", "greaterOrEqual(resource.size, 1)"],
  ['resource.since < datetime("1970-01-02")', "less(resource.since, 86400000)"],
  ['resource.revenue.lessThan(decimal("1.5"))', "less(resource.revenue, 15000)"],
  ['resource.revenue.lessThanOrEqual(decimal("1.5"))', "lessOrEqual(resource.revenue, 15000)"],
  ['resource.revenue.greaterThan(decimal("1.5"))', "greater(resource.revenue, 15000)"],
  ['resource.revenue.greaterThanOrEqual(decimal("1.5"))', "greaterOrEqual(resource.revenue, 15000)"],
  ['resource.status == "won"', 'equal(resource.status, "won")'],
  ["resource.tags == [resource.title]", "equal(resource.tags, [resource.title])"],
  // Logic and arithmetic: precedence and association
  ["resource.open || context.mfa && resource.open", "or(resource.open, and(context.mfa, resource.open))"],
  ["!resource.open", "not(resource.open)"],
  ["!!resource.open", "not(not(resource.open))"],
  ["resource.size + 2 * resource.size == 1", "equal(add(resource.size, multiply(2, resource.size)), 1)"],
  ["resource.size - 1 - 2 == 1", "equal(subtract(subtract(resource.size, 1), 2), 1)"],
  ["-resource.size < -1", "less(negate(resource.size), -1)"],
  ["-9223372036854775808 < resource.size", "less(-9223372036854775808, resource.size)"],
  [
    'if resource.open then resource.title == "a" else context.mfa',
    'if(resource.open, equal(resource.title, "a"), context.mfa)',
  ],
  ["(if resource.open then 1 else 2) == resource.size", "equal(if(resource.open, 1, 2), resource.size)"],
  // Texts and sets
  ['resource.title like "a*b\\*"', 'like(resource.title, ["a","b*"])'],
  ['["a", "b"].contains(resource.title)', 'contains(["a", "b"], resource.title)'],
  ['resource.tags.contains("a")', 'contains(resource.tags, "a")'],
  ["resource.codes.containsAll([1, 2])", "containsAll(resource.codes, [1, 2])"],
  ["resource.codes.containsAny([1, resource.size])", "containsAny(resource.codes, [1, resource.size])"],
  ["resource.tags.isEmpty()", "isEmpty(resource.tags)"],
  ["[resource.title].isEmpty()", "not(equal([resource.title], [resource.title]))"],
  ['[User::"ann"].contains(resource.owner)', "contains([User::ann], owner)"],
  // Membership
  ['principal in Team::"T"', "in(principal, Team::T)"],
  ['principal in Role::"R"', "in(principal, Role::R)"],
  ['principal in BusinessUnit::"A"', "in(principal, BusinessUnit::A)"],
  ['principal in User::"ann"', "equal(principal, User::ann)"],
  ["principal in resource.owner", "in(principal, owner)"],
  ["resource.owner in resource.contact", "in(owner, resource.contact)"],
  ['resource.owner in Role::"R"', "in(owner, Role::R)"],
  ['resource.team in Team::"T"', "equal(resource.team, Team::T)"],
  ['resource.team in BusinessUnit::"A"', "in(resource.team, BusinessUnit::A)"],
  ["resource.team in resource.owner", "equal(resource.team, owner)"],
  ['resource.branch in BusinessUnit::"A"', "in(resource.branch, BusinessUnit::A)"],
  ['resource in BusinessUnit::"A"', "in(resource, BusinessUnit::A)"],
  ['resource in Account::"a"', "equal(resource, Account::a)"],
  ["principal in resource.team", "in(principal, resource.team)"],
  [
    'principal in [Team::"T", Team::"U", Team::"V"]',
    "or(in(principal, Team::T), or(in(principal, Team::U), in(principal, Team::V)))",
  ],
  // A team that cannot be read fails, even behind one in which he is.
  [
    'principal in [Team::"T", resource.team]',
    "and(equal(resource.team, resource.team), or(in(principal, Team::T), in(principal, resource.team)))",
  ],
  // What is asked about is computed before what it is looked for in.
  [
    'resource.contact in [Team::"T", resource.team]',
    "and(and(equal(resource.contact, resource.contact), equal(resource.team, resource.team)), or(in(resource.contact, Team::T), in(resource.contact, resource.team)))",
  ],
  ["principal in [resource.team]", "in(principal, resource.team)"],
  // Kinds
  ["resource.owner is User", "isUser(owner)"],
  ["resource.owner is Team", "not(isUser(owner))"],
  ['resource.owner is Team in BusinessUnit::"A"', "and(not(isUser(owner)), in(owner, BusinessUnit::A))"],
  ['resource is Account in BusinessUnit::"A"', "in(resource, BusinessUnit::A)"],
  // Actions stay until it is known which is asked for.
  ['action == Action::"read"', "equal(action, Action::read)"],
  ['action == Action::"update"', "equal(action, Action::write)"],
  ['action == Action::"ExportToExcel"', "equal(action, Action::ExportToExcel)"],
  [
    'action in [Action::"read", Action::"write"]',
    "or(equal(action, Action::read), equal(action, Action::write))",
  ],
  [
    '[Action::"read", Action::"write"].contains(action)',
    "or(equal(action, Action::read), equal(action, Action::write))",
  ],
])("%s", (expression, expected) => {
  expect(shown(expression)).toBe(expected);
});

test.each<readonly [string, string]>([
  ["resource.amount < 1", "less(resource.amount, 1)"],
  ['resource in BusinessUnit::"A" || resource.amount < 1', "less(resource.amount, 1)"],
  ["resource has owner || resource.amount < 1", "less(resource.amount, 1)"],
  ['resource.order.title == "x"', 'equal(resource.order.title, "x")'],
])("of a record that its parent owns: %s", (expression, expected) => {
  expect(shown(expression, "Line")).toBe(expected);
});

test("of a record that a business unit owns there is a unit and no owner", () => {
  expect(shown('resource.businessUnit in BusinessUnit::"A"', "Facility")).toBe("in(unit, BusinessUnit::A)");
  expect(shown('resource has owner || resource.title == "x"', "Facility")).toBe('equal(resource.title, "x")');
});

test.each<readonly [string, string]>([
  ["context.mfa || resource has title", "context.mfa"],
  ['context.mfa || resource in BusinessUnit::"A"', "context.mfa"],
  ["context.mfa || resource is Account", "context.mfa"],
  ['context.mfa || resource is Account in BusinessUnit::"A"', "context.mfa"],
  ['context.mfa || resource == Account::"a"', "context.mfa"],
  ['context.mfa && Account::"a" != resource', "context.mfa"],
  ["context.mfa && resource == resource", "context.mfa"],
  ['context.mfa && principal in Team::"T"', "and(context.mfa, in(principal, Team::T))"],
  ["context.mfa || context has account && resource == context.account", "context.mfa"],
])("where a task privilege is asked for there is no record: %s", (expression, expected) => {
  expect(shown(expression, "no record")).toBe(expected);
});
