// Trees -> model: every name gets its meaning (language.md sections 1 to 5 and 7). Chapters in the order in which they
// need each other: schema, settings, people and places with their roles, guardrails, records, shares.
import type { Report } from "../diagnostics/report.ts";
import type { FileNode } from "../syntax/ast.ts";
import { type Context, type Schema, type Scope, scopeOver } from "./context.ts";
import { type Declarations, declarationsByKind } from "./declarations.ts";
import type { Model, OpenName, Policy, World } from "./model.ts";
import { NameSpace } from "./name-space.ts";
import { ConditionTable } from "./resolve-conditions.ts";
import { declareGuardrails, resolveGuardrail } from "./resolve-guardrails.ts";
import { resolveOwnerRule } from "./resolve-profiles.ts";
import { declareRecord, resolveRecordNode, resolveShare } from "./resolve-records.ts";
import { emptySchema, resolveSchema } from "./resolve-schema.ts";
import { resolveSettings } from "./resolve-settings.ts";
import { type PeopleAndPlaces, resolvePeopleAndPlaces } from "./resolve-world.ts";
import { noSites, type Sites } from "./sites.ts";
import { declaredShares } from "./world/declared-shares.ts";
import { placed } from "./world/placed.ts";

export interface ResolveOptions {
  /** `open` (default): a directory may declare what the source does not. `closed`: every open name is BWK201. */
  readonly world?: "open" | "closed" | undefined;
}

/** A project as its tests and the rules need it: the model, its names, and what was written. */
export interface Resolution {
  readonly model: Model;
  readonly schema: Schema;
  readonly scope: Scope;
  readonly sites: Sites;
  readonly conditions: ConditionTable;
}

/** Resolves a project. Never throws; where a name is unknown the model lacks what it stands for. */
export function resolve(
  files: readonly FileNode[],
  report: Report,
  options: ResolveOptions = {},
): Resolution {
  const nodes = declarationsByKind(files.flatMap((file) => file.declarations));
  const openNames: OpenName[] = [];
  const context: Context = {
    report,
    schema: emptySchema(),
    scope: scopeOver(undefined),
    sites: noSites(),
    openNames: options.world === "closed" ? undefined : openNames,
    local: false,
    later: new Set(),
    conditions: new ConditionTable(),
    step: undefined,
  };
  const { schema, scope, sites, conditions } = context;
  resolveSchema({ entities: nodes.Entity, privileges: nodes.Privilege, contexts: nodes.Context }, context);
  // Attributes of people may lead to records, and records are owned by people: all names first.
  const declared = nodes.Record.filter((node) => declareRecord(node, context));
  const people = resolvePeopleAndPlaces(nodes, 0, context);
  const policy = resolvePolicy(nodes, people, context);
  const world = resolveRecords(declared, nodes.Share, policy, people.world, context);
  return { model: { policy, world, openNames }, schema, scope, sites, conditions };
}

function resolvePolicy(nodes: Declarations, people: PeopleAndPlaces, context: Context): Policy {
  const { schema, sites, report } = context;
  const settings = resolveSettings(nodes.Settings, schema.entityNames, sites, report);
  const guardrails = nodes.Guardrail.flatMap((node) => resolveGuardrail(node, context) ?? []);
  declareGuardrails(nodes.Guardrail, context);
  const ruled = new NameSpace<true>("the owner rule of");
  const ownerRules = nodes.OwnerRule.flatMap((node) => resolveOwnerRule(node, ruled, context) ?? []);
  return {
    settings,
    entities: schema.entities,
    privilegeSets: schema.privilegeSets,
    tasks: schema.tasks,
    roles: people.roles,
    guardrails,
    conditions: context.conditions.conditions,
    context: schema.context,
    principals: schema.principals,
    columnProfiles: people.columnProfiles,
    ...(ownerRules.length === 0 ? {} : { ownerRules }),
  };
}

/** Records come before shares, wherever they stand (language.md section 8). */
function resolveRecords(
  declared: Declarations["Record"],
  shareNodes: Declarations["Share"],
  policy: Policy,
  people: PeopleAndPlaces["world"],
  context: Context,
): World {
  const peopled: World = { ...people, records: [], shares: [] };
  const records = declared.flatMap((node) => {
    const entity = context.scope.records.get(node.name.value)?.entity;
    return entity === undefined ? [] : placed(policy, peopled, resolveRecordNode(node, entity, context));
  });
  const resolved = shareNodes.flatMap((node) => resolveShare(node, context) ?? []);
  const shares = declaredShares(
    policy,
    records,
    resolved.filter(({ column }) => column === undefined),
  );
  const columnShares = resolved.flatMap(({ record, column, principal, rights }) =>
    column === undefined ? [] : [{ record, attribute: column, principal, rights }],
  );
  return { ...peopled, records, shares, ...(columnShares.length === 0 ? {} : { columnShares }) };
}
