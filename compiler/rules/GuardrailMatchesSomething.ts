import { guardrailCovers, guardrailCoversTask } from "../model/guardrails.ts";
import type { Guardrail, Policy } from "../model/model.ts";
import { existingActions } from "../model/privileges.ts";
import type { GuardrailSite } from "../model/sites.ts";
import type { Rule } from "./project.ts";

/** BWK906: a guardrail whose scope contains no privilege and no record that could ever be asked about. */
export const GuardrailMatchesSomething: Rule = ({ global }, report) => {
  for (const site of global.sites.guardrails) {
    const because = site.guardrail === undefined ? undefined : nothing(site, site.guardrail, global.policy);
    if (because !== undefined) report.add("BWK906", site.node.span, { effect: site.node.effect, because });
  }
};

/** Why it matches nothing; undefined where it may match something or where an error says what is wrong with it. */
function nothing(site: GuardrailSite, guardrail: Guardrail, policy: Policy): string | undefined {
  const { effect, resource, tasks, actions } = guardrail;
  if (effect === "permit" && guardrail.level === 0) return "it permits at `none`";
  const entities = resource.entities ?? [...policy.entities.keys()];
  if (resource.unit !== undefined && !entities.some((entity) => hasUnit(policy, entity)))
    return "no record in its scope has a business unit";
  if ([...tasks].some((task) => guardrailCoversTask(guardrail, task))) return undefined;
  if (actions === 0 && tasks.size > 0 && resource.entities !== undefined)
    return "a task privilege has no resource";
  if (actions === 0 && tasks.size > 0 && (resource.unit !== undefined || resource.record !== undefined))
    return "a task privilege has no resource";
  if (effect === "permit" && site.entity !== undefined) return undefined;
  const some = entities.some((entity) =>
    Array.from({ length: 8 }, (_, action) => action).some(
      (action) =>
        guardrailCovers(policy, guardrail, entity, action) && rootActions(policy, entity) & (1 << action),
    ),
  );
  return some ? undefined : "no entity in its scope has such a privilege";
}

const hasUnit = ({ entities }: Policy, entity: number): boolean => {
  const ownership = entities[entity]?.ownership;
  return ownership === "userOrTeam" || ownership === "businessUnit";
};

/** The rights that exist on a record of an entity: its parent's where it is owned by that (semantics.md E2). */
function rootActions({ entities }: Policy, start: number): number {
  let entity = entities[start];
  for (let steps = 0; entity?.parent !== undefined && steps <= entities.length; steps++)
    entity = entities[entity.parent.entity];
  return entity === undefined ? 0 : existingActions(entity.ownership);
}
