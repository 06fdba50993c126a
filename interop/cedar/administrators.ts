// Step 2: administrator roles, for every privilege that exists.
import { existingActions, type Ownership, printName } from "../../compiler/index.ts";
import type { Export } from "./context.ts";
import { actionsIn, placeOf } from "./grants.ts";
import { holdingOfRole, ownership } from "./holding.ts";
import type { CedarPolicy } from "./policy.ts";
import { isOwned, targetsOf } from "./targets.ts";

const ownerships: readonly Ownership[] = ["userOrTeam", "organization", "businessUnit"];
const everywhere = { unit: undefined, record: undefined };

export function administratorPolicies(context: Export): readonly CedarPolicy[] {
  const { policy, names } = context;
  return policy.roles.flatMap(({ form, name, span }, role) => {
    if (form !== "administrator role") return [];
    const { scope, owningTeam } = holdingOfRole(role, policy, names);
    const base = {
      effect: "permit",
      comments: [`${placeOf(span)}: administrator role ${printName(name)}`],
      reason: "administrator",
      principal: scope,
      unless: [],
    } as const;
    const tasks: CedarPolicy = {
      ...base,
      actions: [],
      tasks: [...policy.tasks.keys()],
      target: undefined,
      when: [],
    };
    const records = ownerships.flatMap((form) => {
      const deciders = [...policy.entities.keys()].filter(
        (entity) => policy.entities[entity]?.ownership === form,
      );
      const actions = actionsIn(existingActions(form));
      return targetsOf(deciders, everywhere, { policy, names, alone: false }).flatMap((target) => {
        const held: CedarPolicy = { ...base, actions, tasks: [], target, when: [] };
        if (owningTeam === undefined || !isOwned(target, policy)) return [held];
        // T8: the administrator of the owning team holds its roles.
        const { ofTeam, administers } = ownership(target.record, names);
        const when = [ofTeam, administers, owningTeam(target.record)];
        return [held, { ...held, principal: "principal", when }];
      });
    });
    return [...records, tasks];
  });
}
