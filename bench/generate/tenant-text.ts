import { actions, type SourceFile } from "../../compiler/index.ts";
import { ACTIONS, type Tenant, type TenantSizes } from "./tenant.ts";

/** What things of a tenant are called, everywhere. */
export const names = {
  unit: (unit: number): string => `Unit ${unit}`,
  user: (user: number): string => `user-${user}`,
  team: (team: number): string => `Team ${team}`,
  role: (role: number): string => `Role ${role}`,
  entity: (entity: number): string => `Entity${entity}`,
  record: (ordinal: number): string => `rec-${ordinal}`,
};

const levelWords = ["none", "user", "businessUnit", "parentChild", "organization"];

/** A role's grants: of each entity a line a level. */
function roleText(levels: Uint8Array, role: number): string {
  const lines: string[] = [];
  for (let entity = 0; entity * ACTIONS < levels.length; entity++) {
    const own = levels.subarray(entity * ACTIONS, (entity + 1) * ACTIONS);
    for (let level = 1; level < levelWords.length; level++) {
      const granted = actions.filter((_, action) => own[action] === level);
      if (granted.length > 0)
        lines.push(`  permit ${granted.join(", ")} on ${names.entity(entity)} at ${levelWords[level]};`);
    }
  }
  return `role "${names.role(role)}" {\n${lines.join("\n")}\n}\n`;
}

/** The policy of a tenant as files: the schema (`attributes` in each entity), then one a role. */
export function tenantText(
  { sizes, roles }: { readonly sizes: Pick<TenantSizes, "entities">; readonly roles: Tenant["roles"] },
  attributes = "",
): SourceFile[] {
  const body = attributes === "" ? ";" : ` { ${attributes} }`;
  const schema = Array.from(
    { length: sizes.entities },
    (_, entity) => `entity ${names.entity(entity)} owned by user or team${body}`,
  );
  return [
    { name: "schema.bwk", text: `${schema.join("\n")}\n` },
    ...roles.map((levels, role) => ({ name: `roles/${role}.bwk`, text: roleText(levels, role) })),
  ];
}
