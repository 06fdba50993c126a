// What a project may hold that Cedar cannot express as it stands.
import { type Model, type PrincipalName, printName, type Value } from "../../compiler/index.ts";

export function refusalsOf(model: Model): readonly string[] {
  const { policy, world } = model;
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
    ...userOrTeam(model),
  ];
}

/** Bare names of which only a directory says whether they are a user's or a team's (language.md section 1). */
function userOrTeam({ world, openNames }: Model): readonly string[] {
  const open = new Set(openNames.flatMap(({ kind, name }) => (kind === "principal" ? [name] : [])));
  const of = (values: Iterable<Value>): PrincipalName[] =>
    [...values].flatMap((value) => (value.kind === "Principal" ? [value.principal] : []));
  const named = [
    ...world.shares.flatMap(({ principal }) => principal ?? []),
    ...[...world.records, ...world.users, ...world.teams].flatMap(({ attributes }) =>
      of(attributes.values()),
    ),
  ];
  const unknown = new Set(
    named.flatMap(({ kind, name }) => (kind === "user" && open.has(name) ? [name] : [])),
  );
  return [...unknown].map((name) => {
    const quoted = JSON.stringify(name);
    return (
      `whether \`${printName(name)}\` is a user or a team is unknown: it is declared nowhere in the project ` +
      `(say \`User::${quoted}\` or \`Team::${quoted}\`)`
    );
  });
}

/** What the export leaves to others, because it decides about no record. */
export function notesOf({ policy }: Model): readonly string[] {
  const nameOf = (entity: number): string => printName(policy.entities[entity]?.name ?? "");
  const secured = policy.entities.flatMap(({ attributes }, entity) =>
    attributes.flatMap((attribute) =>
      attribute.secured ? [`${nameOf(entity)}.${printName(attribute.name)}`] : [],
    ),
  );
  const ruled = (policy.ownerRules ?? []).map(({ entity }) => nameOf(entity));
  return [
    ...(secured.length === 0
      ? []
      : [`column security is not exported: who may read the record, not ${secured.join(", ")}`]),
    ...(ruled.length === 0
      ? []
      : [
          `owner rules are not exported: whose the records are, not whose new ones become (${ruled.join(", ")})`,
        ]),
  ];
}
