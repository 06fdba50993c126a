// A policy test -> script (language.md section 8).
import type { Report } from "../diagnostics/report.ts";
import type { DeclarationNode, StatementNode, TestNode } from "../syntax/ast.ts";
import { type Context, scopeOver } from "./context.ts";
import { declarationsByKind } from "./declarations.ts";
import type { Policy, World } from "./model.ts";
import { resolveUser } from "./references.ts";
import type { Resolution } from "./resolve.ts";
import { resolveChange } from "./resolve-changes.ts";
import { ConditionTable } from "./resolve-conditions.ts";
import {
  resolveExpect,
  resolveList,
  resolveRequest,
  resolveRightsNode,
  resolveWho,
} from "./resolve-expectations.ts";
import { resolveOperation } from "./resolve-operations.ts";
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
  const later = new Set(
    node.statements.flatMap((statement) => (statement.kind === "Record" ? statement.name.value : [])),
  );
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
    if (statement.kind === "Record") later.delete(statement.name.value);
    steps.push(...resolveStatement(statement, policy, context));
  }
  const waitsFor = new Set(steps.flatMap((step) => (step.kind === "wait" ? step.what : [])));
  const test: ResolvedTest = {
    title: node.title,
    span: node.span,
    // Changes of roles bring conditions too, so that the table is complete only now.
    policy: { ...policy, conditions: context.conditions.conditions },
    world: worldOver(model.world, people.world),
    openNames: model.openNames,
    steps,
    waitsFor: [...waitsFor],
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

/** The steps of a statement; none for what is there from the first line, and after a diagnostic. */
function resolveStatement(statement: StatementNode, policy: Policy, context: Context): readonly Step[] {
  const { span } = statement;
  const wait = (what: string, changes: boolean): Step => ({ kind: "wait", span, what, changes });
  switch (statement.kind) {
    case "Record": {
      const known = declareRecord(statement, context);
      const entity = context.scope.records.get(statement.name.value)?.entity;
      if (!known || entity === undefined) return [];
      return [{ kind: "record", span, record: resolveRecordNode(statement, entity, context) }];
    }
    case "Share": {
      const share = resolveShare(statement, context);
      if (share === undefined) return [];
      if (share.column !== undefined) return [wait("column security", false)];
      const { record, principal, rights } = share;
      return [{ kind: "share", span, record, principal, rights }];
    }
    case "Set":
      return resolveChange(statement.change, policy.roles, context).map((change) =>
        change.kind === "wait" ? wait(change.what, true) : { kind: "set", span, change },
      );
    case "Expect":
      return one(resolveExpect(statement, context));
    case "Rights":
      return one(resolveRightsNode(statement, context));
    case "Who":
      return one(resolveWho(statement, context));
    case "List":
      return one(resolveList(statement, context));
    case "Do":
      resolveUser(statement.principal, "people", context);
      resolveOperation(statement.operation, context);
      resolveRequest(statement.context, context);
      return [wait("`do`", true)];
    case "Refuse": {
      // What is refused need not be possible: only its names and values are judged.
      const { mistyped, handings, grants } = context.sites;
      const sites = { ...noSites(), mistyped, handings, grants };
      if (statement.change !== undefined)
        resolveChange(statement.change, policy.roles, { ...context, sites });
      if (statement.operation !== undefined) resolveOperation(statement.operation, context);
      if (statement.principal !== undefined) resolveUser(statement.principal, "people", context);
      return [wait("`refuse`", false)];
    }
    default:
      return [];
  }
}

const one = (step: Step | undefined): readonly Step[] => (step === undefined ? [] : [step]);
