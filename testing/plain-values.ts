import type { Attribute, Value } from "../compiler/index.ts";

/** Values as a caller of the engine would give them; null clears an attribute. */
export function plainValues(
  attributes: readonly Attribute[],
  values: ReadonlyMap<string, Value | "none">,
): Record<string, unknown> {
  const types = new Map(attributes.map(({ name, type }) => [name, type.kind]));
  return Object.fromEntries([...values].map(([name, value]) => [name, plain(value, types.get(name))]));
}

function plain(value: Value | "none", type: string | undefined): unknown {
  if (value === "none") return null;
  switch (value.kind) {
    case "Record":
      return value.id;
    case "Unit":
      return value.name;
    case "Principal": {
      const { kind, name } = value.principal;
      // Only where it may be either, the engine has to be told which.
      return type === "Principal" ? `${kind === "team" ? "Team" : "User"}::${JSON.stringify(name)}` : name;
    }
    default:
      return value.value;
  }
}
