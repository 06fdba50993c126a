import { type Change, editedRole, type Policy, type ResolvedTest, type Role } from "../compiler/index.ts";

/** A role as a `set role` leaves it stands in the image under a name of its own; the engine then takes it over. */
export interface EditedRoles {
  readonly policy: Policy;
  /** The hidden role of each change that edits one. */
  readonly names: ReadonlyMap<Change, string>;
}

/**
 * The policy of a test with every state that its roles will come to: what the compiler makes of grants and conditions,
 * it makes when the image is written.
 */
export function withEditedRoles({ policy, steps }: ResolvedTest): EditedRoles {
  const current = new Map(policy.roles.entries());
  const taken = new Set(policy.roles.map(({ name }) => name));
  const hidden: Role[] = [];
  const names = new Map<Change, string>();
  for (const step of steps) {
    if ((step.kind !== "set" && step.kind !== "refuse") || step.change.kind !== "edit role") continue;
    const { change } = step;
    const edited = editedRole(current.get(change.role) as Role, change);
    // A change that must be refused leaves nothing behind.
    if (step.kind === "set") current.set(change.role, edited);
    let name = `${edited.name} as edited`;
    for (let number = 2; taken.has(name); number++) name = `${edited.name} as edited ${number}`;
    taken.add(name);
    hidden.push({ ...edited, name });
    names.set(change, name);
  }
  return { policy: { ...policy, roles: [...policy.roles, ...hidden] }, names };
}
