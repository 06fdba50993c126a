import { levels, type Policy } from "../model/model.ts";
import { forEachPrivilege } from "../model/resolve-grants.ts";
import type { ActionWord, EntityWord, GrantSite } from "../model/sites.ts";
import type { Rule } from "./project.ts";

/** One action word with one entity word of a grant: the least that a grant can say. */
interface Pair {
  readonly site: GrantSite;
  readonly action: ActionWord;
  readonly entity: EntityWord | "*";
  readonly number: number;
}

/** BWK905: a grant whose every privilege another grant of the role gives at the same or a higher level. */
export const GrantAddsSomething: Rule = ({ stages }, report) => {
  for (const { policy, sites } of stages)
    for (const grants of byRole(sites.grants)) {
      const pairs = pairsOf(grants);
      const covered = coveredPairs(pairs, policy);
      const bySite = new Map<GrantSite, Pair[]>(grants.map((site) => [site, []]));
      for (const pair of pairs) bySite.get(pair.site)?.push(pair);
      const add = (site: GrantSite, span: GrantSite["node"]["span"], what: string): void =>
        report.add("BWK905", span, {
          what,
          level: levels[site.level] as string,
          role: site.role.name,
        });
      for (const [site, own] of bySite) {
        if (own.length > 0 && own.every((pair) => covered.has(pair))) add(site, site.node.span, "this grant");
        else
          for (const { action, entity } of own.filter((pair) => covered.has(pair)))
            add(
              site,
              entity === "*" ? action.node.span : entity.node.span,
              `\`${action.node.value}\` on \`${entity === "*" ? "*" : entity.node.value}\``,
            );
      }
      reportTasks(grants, (node) =>
        report.add("BWK905", node.span, {
          what: `\`${node.value}\``,
          level: "organization",
          role: grants[0]?.role.name ?? "",
        }),
      );
    }
};

/** The grants of each role; what `set role` replaces in a test is a role's grants of its own. */
function byRole(grants: readonly GrantSite[]): Iterable<readonly GrantSite[]> {
  const roles = new Map<GrantSite["role"], GrantSite[]>();
  for (const grant of grants) {
    const list = roles.get(grant.role);
    if (list === undefined) roles.set(grant.role, [grant]);
    else list.push(grant);
  }
  return roles.values();
}

function pairsOf(grants: readonly GrantSite[]): readonly Pair[] {
  let number = 0;
  return grants
    .filter(({ level }) => level > 0)
    .flatMap((site) =>
      site.actions.flatMap((action) =>
        (site.star ? (["*"] as const) : site.entities).map((entity) => ({
          site,
          action,
          entity,
          number: number++,
        })),
      ),
    );
}

/** The pairs that give nothing: of two that are equal, the later one. */
function coveredPairs(pairs: readonly Pair[], policy: Policy): ReadonlySet<Pair> {
  const best = new Map<number, Pair>();
  const visit = (pair: Pair, each: (privilege: number) => void): void =>
    forEachPrivilege(pair.action.action, pair.entity, pair.site.level, policy, (set, action) =>
      each(set * 8 + action),
    );
  for (const pair of pairs)
    visit(pair, (privilege) => {
      const before = best.get(privilege);
      if (before === undefined || before.site.level < pair.site.level) best.set(privilege, pair);
    });
  const covered = new Set<Pair>();
  for (const pair of pairs) {
    let gives = 0;
    let adds = 0;
    visit(pair, (privilege) => {
      gives++;
      if (best.get(privilege) === pair) adds++;
    });
    if (gives > 0 && adds === 0) covered.add(pair);
  }
  return covered;
}

function reportTasks(
  grants: readonly GrantSite[],
  add: (node: GrantSite["tasks"][number]["node"]) => void,
): void {
  const seen = new Set<number>();
  for (const { tasks, level } of grants)
    for (const { node, task } of level > 0 ? tasks : []) {
      if (seen.has(task)) add(node);
      seen.add(task);
    }
}
