// A policy test -> script (language.md section 8).
import type { Report } from "../diagnostics/report.ts";
import type { DeclarationNode, StatementNode, TestNode } from "../syntax/ast.ts";
import { type Context, scopeOver } from "./context.ts";
import { declarationsByKind } from "./declarations.ts";
import type { Policy, World } from "./model.ts";
import type { Resolution } from "./resolve.ts";
import { resolveChange } from "./resolve-changes.ts";
import { ConditionTable } from "./resolve-conditions.ts";
import { resolveDo, resolveRefuse } from "./resolve-doing.ts";
import { resolveExpect, resolveList, resolveRightsNode, resolveWho } from "./resolve-expectations.ts";
import { declareRecord, resolveRecordNode, resolveShare } from "./resolve-records.ts";
import { resolvePeopleAndPlaces } from "./resolve-world.ts";
import type { ResolvedTest, Step } from "./script.ts";
import { noSites, type Sites } from "./sites.ts";

/** A test and what was written in it, for the rules. */
export interface TestResolution {
  readonly test: ResolvedTest;
  readonly sites: Sites;
}

/** Resolves one test over its project. In a test every name must be declared: no directory stands beside it. */
export function resolveTest(node: TestNode, project: Resolution, report: Report): TestResolution {
  const { model, schema, scope } = project;
  const declared = node.statements.filter(isDeclaration);
  const later = new Set(node.statements.flatMap((statement) => nameOfNew(statement) ?? []));
  const context: Context = {
    report,
    schema,
    scope: scopeOver(scope),
    sites: noSites(),
    openNames: undefined,
    local: true,
    later,
    conditions: new ConditionTable(project.conditions),
    step: undefined,
  };
  const people = resolvePeopleAndPlaces(declarationsByKind(declared), model.policy.roles.length, context);
  const policy: Policy = {
    ...model.policy,
    roles: [...model.policy.roles, ...people.roles],
    columnProfiles: [...model.policy.columnProfiles, ...people.columnProfiles],
  };
  const steps: Step[] = [];
  for (const statement of node.statements) {
    context.step = steps.length;
    const made = nameOfNew(statement);
    if (made !== undefined) later.delete(made);
    const step = resolveStatement(statement, policy, context);
    if (step !== undefined) steps.push(step);
  }
  const test: ResolvedTest = {
    title: node.title,
    span: node.span,
    // Changes of roles bring conditions too, so that the table is complete only now.
    policy: { ...policy, conditions: context.conditions.conditions },
    world: worldOver(model.world, people.world),
    openNames: model.openNames,
    steps,
  };
  return { test, sites: context.sites };
}

function isDeclaration(statement: StatementNode): statement is StatementNode & DeclarationNode {
  return !["Expect", "Rights", "Who", "List", "Do", "Set", "Refuse"].includes(statement.kind);
}

/** The project's world with a test's own people and places. */
function worldOver(world: World, own: Omit<World, "records" | "shares">): World {
  const given = new Set(own.teams.map(({ name }) => name));
  return {
    ...world,
    units: [...world.units, ...own.units],
    users: [...world.users, ...own.users],
    // A default team of the project that the test gives roles stands once.
    teams: [...world.teams.filter(({ name }) => !given.has(name)), ...own.teams],
    positions: [...world.positions, ...own.positions],
    profileMembers: new Map([...world.profileMembers, ...own.profileMembers]),
  };
}

/** The name of the record that a statement brings. */
function nameOfNew(statement: StatementNode): string | undefined {
  if (statement.kind === "Record") return statement.name.value;
  const made = statement.kind === "Do" && statement.operation.kind === "CreateOperation";
  return made ? statement.operation.name?.value : undefined;
}

/** The step of a statement; none for what is there from the first line, and after a diagnostic. */
function resolveStatement(statement: StatementNode, policy: Policy, context: Context): Step | undefined {
  const { span } = statement;
  switch (statement.kind) {
    case "Record": {
      const known = declareRecord(statement, context);
      const entity = context.scope.records.get(statement.name.value)?.entity;
      if (!known || entity === undefined) return undefined;
      return { kind: "record", span, record: resolveRecordNode(statement, entity, context) };
    }
    case "Share": {
      const share = resolveShare(statement, context);
      if (share === undefined) return undefined;
      const { record, principal, rights, column } = share;
      return column === undefined
        ? { kind: "share", span, record, principal, rights }
        : {
            kind: "share column",
            span,
            record,
            attribute: column,
            principal,
            rights,
          };
    }
    case "Set": {
      const change = resolveChange(statement.change, policy.roles, context);
      return change === undefined ? undefined : { kind: "set", span, change };
    }
    case "Expect":
      return resolveExpect(statement, context);
    case "Rights":
      return resolveRightsNode(statement, context);
    case "Who":
      return resolveWho(statement, context);
    case "List":
      return resolveList(statement, context);
    case "Do":
      return resolveDo(statement, context);
    case "Refuse":
      return resolveRefuse(statement, policy.roles, context);
    default:
      return undefined;
  }
}
