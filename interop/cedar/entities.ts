// The world of a project as Cedar entities: people, places, records and what is shared.
import {
  type Assignment,
  actions,
  type Model,
  type Share,
  type Team,
  type User,
} from "../../compiler/index.ts";
import {
  type AttributesOf,
  attributesOf,
  type CedarValue,
  cedarValue,
  type EntityUid,
  principalValue,
  reference,
} from "./attributes.ts";
import { inMask, shareRights } from "./rights.ts";
import { taskResource, type Vocabulary } from "./vocabulary.ts";

/** One entity in Cedar's JSON format. */
export interface CedarEntity {
  readonly uid: EntityUid;
  readonly attrs: { readonly [name: string]: CedarValue };
  readonly parents: readonly EntityUid[];
}

export function writeEntities(model: Model, names: Vocabulary): CedarEntity[] {
  const { policy, world } = model;
  const memberships = new Memberships(model);
  const sharesOf = groupShares(world.shares);
  return [
    { uid: taskResource, attrs: {}, parents: [] },
    ...policy.roles.map(({ name }) => ({ uid: { type: "Role", id: name }, attrs: {}, parents: [] })),
    ...world.units.map(({ name, parent }) => ({
      uid: { type: "BusinessUnit", id: name },
      attrs: {},
      parents: parent === undefined ? [] : [{ type: "BusinessUnit", id: parent }],
    })),
    ...world.teams.map((team) => teamEntity(team, model, names)),
    ...world.users.map((user) => userEntity(user, memberships, model, names)),
    ...world.records.map((record) => {
      const { entity, id, owner, unit } = record;
      const own: Record<string, CedarValue> = {};
      if (owner !== undefined) {
        own.owner = principalValue(owner);
        own[names.added.record.shares] = sharesValue(sharesOf.get(`${entity}/${id}`) ?? []);
      }
      if (unit !== undefined) own.businessUnit = reference("BusinessUnit", unit);
      return {
        uid: { type: names.entities[entity] as string, id },
        attrs: { ...own, ...declared(entity, record.attributes, model, names) },
        parents: unit === undefined ? [] : [{ type: "BusinessUnit", id: unit }],
      };
    }),
  ];
}

function declared(
  owner: AttributesOf,
  values: User["attributes"],
  model: Model,
  names: Vocabulary,
): Record<string, CedarValue> {
  return Object.fromEntries(
    attributesOf(model, owner).flatMap(({ name, type }) => {
      const value = values.get(name);
      return value === undefined ? [] : [[name, cedarValue(value, type, names)]];
    }),
  );
}

/** Who belongs to which team (semantics.md T5, T6), and who cannot sign in (B2). */
class Memberships {
  readonly #teams = new Map<string, Team[]>();
  readonly #defaults = new Map<string, Team[]>();
  readonly #disabled = new Set<string>();

  constructor({ world }: Model) {
    const add = (map: Map<string, Team[]>, key: string, team: Team) =>
      map.set(key, [...(map.get(key) ?? []), team]);
    for (const team of world.teams) {
      if (team.kind === "default") add(this.#defaults, team.unit, team);
      else for (const member of new Set(team.members)) add(this.#teams, member, team);
    }
    const units = new Map(world.units.map((unit) => [unit.name, unit]));
    for (const { name } of world.units)
      for (let at = units.get(name); at !== undefined; at = units.get(at.parent ?? ""))
        if (at.disabled) this.#disabled.add(name);
  }

  teamsOf({ name, unit }: User): readonly Team[] {
    return [...(this.#teams.get(name) ?? []), ...(this.#defaults.get(unit) ?? [])];
  }

  isDisabled({ disabled, unit }: User): boolean {
    return disabled || this.#disabled.has(unit);
  }
}

function rolesValue(held: readonly Assignment[], names: Vocabulary): CedarValue {
  const units = new Map<string, Set<string>>();
  for (const { role, unit } of held) {
    const key = names.roleKeys[role] as string;
    units.set(key, (units.get(key) ?? new Set()).add(unit));
  }
  return Object.fromEntries(
    [...units].map(([key, of]) => [key, [...of].map((unit) => reference("BusinessUnit", unit))]),
  );
}

function teamEntity(team: Team, model: Model, names: Vocabulary): CedarEntity {
  const added = names.added.team;
  const { administrator } = team;
  return {
    uid: { type: "Team", id: team.name },
    attrs: {
      [added.businessUnit]: reference("BusinessUnit", team.unit),
      [added.roles]: rolesValue(team.roles, names),
      ...(administrator === undefined ? {} : { [added.administrator]: reference("User", administrator) }),
      ...declared("Team", team.attributes, model, names),
    },
    parents: [],
  };
}

function userEntity(user: User, memberships: Memberships, model: Model, names: Vocabulary): CedarEntity {
  const added = names.added.user;
  const teams = memberships.teamsOf(user);
  // T5: an access team gives its members nothing but what is shared with it.
  const held = [...user.roles, ...teams.flatMap((team) => (team.kind === "access" ? [] : team.roles))];
  const roles = new Set(held.map(({ role }) => model.policy.roles[role]?.name as string));
  return {
    uid: { type: "User", id: user.name },
    attrs: {
      [added.disabled]: memberships.isDisabled(user),
      [added.businessUnit]: reference("BusinessUnit", user.unit),
      [added.roles]: rolesValue(held, names),
      [added.ownRoles]: rolesValue(user.roles, names),
      ...declared("User", user.attributes, model, names),
    },
    parents: [
      { type: "BusinessUnit", id: user.unit },
      ...teams.map(({ name }) => ({ type: "Team", id: name })),
      ...[...roles].map((id) => ({ type: "Role", id })),
    ],
  };
}

function groupShares(shares: readonly Share[]): Map<string, Share[]> {
  const groups = new Map<string, Share[]>();
  for (const share of shares) {
    const key = `${share.record.entity}/${share.record.id}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [share]);
    else group.push(share);
  }
  return groups;
}

/** S4: direct and inherited masks add up. */
function sharesValue(rows: readonly Share[]): CedarValue {
  const value: Record<string, CedarValue> = {};
  for (const right of shareRights) {
    const carrying = rows.filter(({ direct, inherited }) =>
      inMask(direct | inherited, actions.indexOf(right)),
    );
    if (carrying.length === 0) continue;
    const names = (kind: "user" | "team") =>
      carrying.flatMap(({ principal }) => (principal?.kind === kind ? [principal.name] : []));
    value[right] = {
      users: names("user").map((name) => reference("User", name)),
      teams: names("team").map((name) => reference("Team", name)),
      organization: carrying.some(({ principal }) => principal === undefined),
    };
  }
  return value;
}
