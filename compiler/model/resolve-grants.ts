// Grants of roles (language.md section 4): words become numbers, and one grant a privilege is what counts.
import { suggest } from "../diagnostics/suggest.ts";
import type { Span } from "../source.ts";
import type { GrantNode, NameNode } from "../syntax/ast.ts";
import { type Context, GRANT_LIMIT } from "./context.ts";
import { actions, type ConditionalGrant, type Grant, type PrivilegeSet, type Role } from "./model.ts";
import { actionExists, levelExists } from "./privileges.ts";
import { resolveConditions } from "./resolve-conditions.ts";
import type { ActionWord, EntityWord, GrantSite } from "./sites.ts";
import { actionNumber, actionWords, levelNumber, levelWords } from "./vocabulary.ts";

/** Reads the grants of one role and hands them to the rules. */
/** `none`, the default (language.md section 2): a grant on entities that does not say its level grants nothing. */
const NO_LEVEL = 0;

export function resolveGrants(
  nodes: readonly GrantNode[],
  role: { readonly name: string; readonly form: Role["form"] },
  context: Context,
): readonly GrantSite[] {
  return nodes.flatMap((node) => {
    const onEntities = node.star || node.entities.length > 0;
    const site: GrantSite = {
      role,
      global: !context.local,
      node,
      actions: onEntities ? resolveActions(node.actions, context) : [],
      entities: node.star ? [] : node.entities.flatMap((name) => resolveEntityWord(name, context) ?? []),
      star: node.star,
      tasks: onEntities ? [] : node.actions.flatMap((name) => resolveTask(name, context) ?? []),
      level: onEntities && node.level === undefined ? NO_LEVEL : resolveLevel(node.level, context),
      condition: resolveConditions(node.conditions, context),
    };
    if (!withinLimit(site, context)) return [];
    context.sites.grants.push(site);
    return site;
  });
}

/** Counts the privileges that a grant names; the grant that passes the limit is reported, and none counts any more. */
function withinLimit({ node, actions: words, entities, star }: GrantSite, context: Context): boolean {
  const { schema, report } = context;
  const before = schema.grants;
  const each = words.reduce((count, { action }) => count + (action === "all" ? actions.length : 1), 0);
  schema.grants += each * (star ? schema.privilegeSets.length : entities.length);
  if (schema.grants <= GRANT_LIMIT) return true;
  if (before <= GRANT_LIMIT) report.add("BWK404", node.span, { limit: GRANT_LIMIT });
  return false;
}

function resolveActions(names: readonly NameNode[], context: Context): readonly ActionWord[] {
  return names.flatMap((node): ActionWord[] => {
    if (node.value === "all") return [{ node, action: "all" }];
    const action = actionNumber(node.value);
    if (action !== undefined) return [{ node, action }];
    if (node.value !== "")
      context.report.add("BWK201", node.span, {
        kind: "action",
        name: node.value,
        suggestion: suggest(node.value, actionWords),
        help: context.schema.taskNames.has(node.value)
          ? `\`${node.value}\` is a task privilege: grant it without \`on\``
          : undefined,
      });
    return [];
  });
}

function resolveTask(node: NameNode, context: Context): { node: NameNode; task: number } | undefined {
  const record = node.value === "all" || actionNumber(node.value) !== undefined;
  const help = record ? `say on which entities: \`permit ${node.value} on … at …\`` : undefined;
  const task = context.schema.taskNames.resolve(node, context.report, help);
  return task === undefined ? undefined : { node, task };
}

/** A privilege set by its name, or an entity that shares one (the rule SharedSetIsNamed judges that). */
export function resolveEntityWord(node: NameNode, { schema, report }: Context): EntityWord | undefined {
  const set = schema.setNames.get(node.value);
  if (set !== undefined) return { node, set, sharing: false };
  const entity = schema.entityNames.resolve(node, report);
  const privilegeSet = schema.entities[entity ?? -1]?.privilegeSet;
  return privilegeSet === undefined ? undefined : { node, set: privilegeSet, sharing: true };
}

/** Absent = organization, which task privileges and guardrails may leave out. */
export function resolveLevel(node: NameNode | undefined, { report }: Context): number {
  if (node === undefined) return 4;
  const level = levelNumber(node.value);
  if (level === undefined && node.value !== "")
    report.add("BWK201", node.span, {
      kind: "access level",
      name: node.value,
      suggestion: suggest(node.value, levelWords),
    });
  return level ?? 4;
}

/** Calls `visit` for every privilege that a word pair of a grant names and that exists at its level. */
export function forEachPrivilege(
  action: ActionWord["action"],
  entity: EntityWord | "*",
  level: number,
  schema: { readonly privilegeSets: readonly PrivilegeSet[] },
  visit: (set: number, action: number) => void,
): void {
  const first = entity === "*" ? 0 : entity.set;
  const last = entity === "*" ? schema.privilegeSets.length - 1 : entity.set;
  for (let set = first; set <= last; set++) {
    const { ownership } = schema.privilegeSets[set] as PrivilegeSet;
    if (!levelExists(ownership, level)) continue;
    if (action !== "all") {
      if (actionExists(ownership, action)) visit(set, action);
    } else
      for (let each = 0; each < actions.length; each++) if (actionExists(ownership, each)) visit(set, each);
  }
}

/** What the grants of a role come to. */
export type LoweredGrants = Pick<
  Role,
  "grants" | "tasks" | "taskSpans" | "conditionalGrants" | "conditionalTasks"
>;

/**
 * The highest grant of each privilege (language.md section 4: the higher wins), and the tasks. What has a condition stands
 * for itself: it covers nothing and nothing covers it.
 */
export function lowerGrants(
  sites: readonly GrantSite[],
  schema: { readonly privilegeSets: readonly PrivilegeSet[] },
): LoweredGrants {
  const grants: Grant[] = [];
  const conditionalGrants: ConditionalGrant[] = [];
  const conditionalTasks: Role["conditionalTasks"][number][] = [];
  const places = placesFor(schema.privilegeSets);
  const taskSpans = new Map<number, Span>();
  for (const { node, actions: words, entities, star, tasks: taskWords, level, condition } of sites) {
    if (level === 0) continue;
    const { span } = node;
    // A level below organization is BWK303 and grants nothing.
    if (level === 4)
      for (const { task } of taskWords)
        if (condition !== undefined) conditionalTasks.push({ task, condition, span });
        else if (!taskSpans.has(task)) taskSpans.set(task, span);
    for (const { action } of words)
      for (const entity of star ? (["*"] as const) : entities)
        forEachPrivilege(action, entity, level, schema, (privilegeSet, each) => {
          const key = privilegeSet * actions.length + each;
          const place = places[key] as number;
          const grant = { action: each, privilegeSet, level, span };
          if (condition !== undefined) {
            conditionalGrants.push({ ...grant, condition });
            return;
          }
          if (place === 0) places[key] = grants.push(grant);
          else if ((grants[place - 1] as Grant).level < level) grants[place - 1] = grant;
        });
  }
  for (const { privilegeSet, action } of grants) places[privilegeSet * actions.length + action] = 0;
  return { grants, tasks: new Set(taskSpans.keys()), taskSpans, conditionalGrants, conditionalTasks };
}

const places = new WeakMap<readonly PrivilegeSet[], Int32Array>();

/** Where the grant of each privilege stands in a role's grants, from 1: one array for all roles, left clean by each. */
function placesFor(sets: readonly PrivilegeSet[]): Int32Array {
  let array = places.get(sets);
  if (array === undefined) {
    array = new Int32Array(sets.length * actions.length);
    places.set(sets, array);
  }
  return array;
}
