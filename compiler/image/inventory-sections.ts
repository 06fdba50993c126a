import * as abi from "../../runtime-as/abi.ts";
import type { Policy } from "../model/model.ts";
import type { Sections } from "./sections.ts";

/** Who owns the records of which entity, by which rule (runtime-as/abi/inventory.ts). */
export function addOwnerRules({ ownerRules = [] }: Policy, sections: Sections): void {
  for (const { entity, owner } of ownerRules) {
    const first = sections.rows(abi.SECTION_OWNER_STEPS);
    const add = (kind: number, name: string | undefined, steps: readonly string[]) => {
      for (const step of steps) sections.add(abi.SECTION_OWNER_STEPS, [sections.name(step)]);
      sections.add(abi.SECTION_OWNER_RULES, [entity, kind, sections.name(name), first, steps.length]);
    };
    if (owner.kind === "creator") add(abi.OWNER_CREATOR, undefined, []);
    else if (owner.kind === "path") add(abi.OWNER_PATH, undefined, owner.attributes);
    else {
      const { kind, name } = owner.principal;
      add(kind === "team" ? abi.OWNER_TEAM : abi.OWNER_USER, name, []);
    }
  }
}
