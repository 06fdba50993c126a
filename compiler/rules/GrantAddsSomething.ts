import { actions as actionNames, levels, type Policy } from "../model/model.ts";
import { forEachPrivilege } from "../model/resolve-grants.ts";
import type { ActionWord, EntityWord, GrantSite } from "../model/sites.ts";
import type { Rule } from "./project.ts";

/**
 * BWK905: a grant whose every privilege another grant of the role gives at the same or a higher level. What has a
 * condition stands for itself: it covers nothing and nothing covers it.
 */
export const GrantAddsSomething: Rule = ({ global, stages }, report) => {
  const best = noBest(global.policy);
  for (const { policy, sites } of stages)
    for (const grants of byRole(sites.grants.filter(({ condition }) => condition === undefined))) {
      let number = findBest(grants, policy, best);
      for (const site of grants) {
        const add = (span: GrantSite["node"]["span"], what: string): void =>
          report.add("BWK905", span, { what, level: levels[site.level] as string, role: site.role.name });
        let adding = 0;
        const covered: { action: ActionWord; entity: EntityWord | "*" }[] = [];
        forEachPair(site, (action, entity) => {
          if (addsNothing(site, action, entity, number++, best.pairs, policy))
            covered.push({ action, entity });
          else adding++;
        });
        if (adding === 0 && covered.length > 0) add(site.node.span, "this grant");
        else
          for (const { action, entity } of covered)
            if (entity === "*") add(action.node.span, `\`${action.node.value}\` on \`*\``);
            else add(entity.node.span, `\`${action.node.value}\` on \`${entity.node.value}\``);
      }
      for (const { name, node } of repeatedTasks(grants))
        report.add("BWK905", node.span, { what: `\`${node.value}\``, level: "organization", role: name });
    }
};

/** The grants of each role; what `set role` gives in a test is compared with itself only, since it replaces. */
function byRole(grants: readonly GrantSite[]): Iterable<readonly GrantSite[]> {
  const roles = new Map<GrantSite["role"], GrantSite[]>();
  for (const grant of grants) {
    const list = roles.get(grant.role);
    if (list === undefined) roles.set(grant.role, [grant]);
    else list.push(grant);
  }
  return roles.values();
}

/** Every action word with every entity word of a grant: the least that a grant can say. */
function forEachPair(site: GrantSite, visit: (action: ActionWord, entity: EntityWord | "*") => void): void {
  if (site.level === 0) return;
  for (const action of site.actions)
    if (site.star) visit(action, "*");
    else for (const entity of site.entities) visit(action, entity);
}

/**
 * For each privilege the number of the pair that gives it at the highest level, of two equal ones the first. One pair of
 * arrays for all roles: numbers go on from role to role, so that what is below a role's first is an earlier role's.
 */
interface Best {
  readonly pairs: Int32Array;
  readonly levels: Uint8Array;
  next: number;
}

function noBest({ privilegeSets }: Policy): Best {
  const size = privilegeSets.length * actionNames.length;
  return { pairs: new Int32Array(size), levels: new Uint8Array(size), next: 1 };
}

/** Enters the pairs of one role; returns the number of the first. */
function findBest(grants: readonly GrantSite[], policy: Policy, best: Best): number {
  const { pairs, levels: reached } = best;
  const first = best.next;
  for (const site of grants)
    forEachPair(site, ({ action }, entity) => {
      const own = best.next++;
      forEachPrivilege(action, entity, site.level, policy, (set, each) => {
        const privilege = set * actionNames.length + each;
        if ((pairs[privilege] as number) >= first && (reached[privilege] as number) >= site.level) return;
        reached[privilege] = site.level;
        pairs[privilege] = own;
      });
    });
  return first;
}

/** Whether a pair names privileges and gives none of them: what does not exist is another rule's matter. */
function addsNothing(
  site: GrantSite,
  { action }: ActionWord,
  entity: EntityWord | "*",
  number: number,
  best: Int32Array,
  policy: Policy,
): boolean {
  let given = 0;
  let added = 0;
  forEachPrivilege(action, entity, site.level, policy, (set, each) => {
    given++;
    if (best[set * actionNames.length + each] === number) added++;
  });
  return given > 0 && added === 0;
}

function repeatedTasks(
  grants: readonly GrantSite[],
): readonly { name: string; node: GrantSite["tasks"][number]["node"] }[] {
  const seen = new Set<number>();
  return grants.flatMap(({ role, tasks, level }) =>
    (level > 0 ? tasks : []).flatMap(({ node, task }) => {
      const repeated = seen.has(task);
      seen.add(task);
      return repeated ? { name: role.name, node } : [];
    }),
  );
}
