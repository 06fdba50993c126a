// What a project may hold that Cedar cannot express as it stands.
import { type Model, printName } from "../../compiler/index.ts";

export function refusalsOf({ policy, world }: Model): readonly string[] {
  return [
    ...(policy.settings.hierarchy === "off"
      ? []
      : ["hierarchy security has no counterpart in Cedar: leave the setting `hierarchy` off"]),
    ...world.records
      .filter(({ owner, unit }) => owner !== undefined && unit === undefined)
      .map(
        ({ entity, id, owner }) =>
          `the business unit of \`${policy.entities[entity]?.name}::${printName(id)}\` is unknown: ` +
          `its owner \`${printName(owner?.name ?? "")}\` is declared nowhere in the project`,
      ),
  ];
}

/** What the export leaves to others, because it decides about no record. */
export function notesOf({ policy }: Model): readonly string[] {
  const secured = policy.entities.flatMap(({ name, attributes }) =>
    attributes.flatMap((attribute) =>
      attribute.secured ? [`${printName(name)}.${printName(attribute.name)}`] : [],
    ),
  );
  const notes: string[] = [];
  if (secured.length > 0)
    notes.push(`column security is not exported: who may read the record, not ${secured.join(", ")}`);
  return notes;
}
