// The policy and the world as the rules speak of them: who is where, who belongs to what. Maps and recursion, no tables.
// The slow twin takes only types from the compiler: the rules are read from semantics.md once more, by themselves.
import type {
  Entity,
  Policy,
  PrincipalName,
  Role,
  Share,
  Team,
  Unit,
  User,
  Value,
  World,
  WorldRecord,
} from "../../compiler/model/model.ts";

/** The record a question is about, loaded or described; `id` is absent in a described one. */
export interface RecordFacts {
  readonly entity: Entity;
  readonly id: string | undefined;
  readonly owner: PrincipalName | undefined;
  readonly unit: string | undefined;
  /** Of parent-owned entities: the id of the parent record. */
  readonly parent: string | undefined;
  readonly attributes: ReadonlyMap<string, Value>;
  /** The question is not what its owner may do: T8 has no part in it. */
  readonly ownerAside?: boolean;
}

/** A record that no table holds, as a question describes it. */
export interface RecordDescription {
  readonly entity: string;
  readonly owner?: PrincipalName | undefined;
  readonly unit?: string | undefined;
  readonly parent?: string | undefined;
  readonly attributes?: ReadonlyMap<string, Value> | undefined;
}

function mapOf<T>(items: readonly T[], key: (item: T) => string): Map<string, T> {
  return new Map(items.map((item) => [key(item), item]));
}

function groupsOf<T>(pairs: Iterable<readonly [string, T]>): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}

const recordKey = (entity: number, id: string): string => `${entity}/${id}`;

export class Facts {
  readonly policy: Policy;
  readonly world: World;
  readonly #units: Map<string, Unit>;
  readonly #users: Map<string, User>;
  readonly #teams: Map<string, Team>;
  readonly #records: Map<string, WorldRecord>;
  readonly #shares: Map<string, Share[]>;
  readonly #memberships: Map<string, Team[]>;
  readonly #defaultTeams: Map<string, Team[]>;
  readonly #administered: Map<string, Team[]>;

  constructor(policy: Policy, world: World) {
    this.policy = policy;
    this.world = world;
    this.#units = mapOf(world.units, (unit) => unit.name);
    this.#users = mapOf(world.users, (user) => user.name);
    this.#teams = mapOf(world.teams, (team) => team.name);
    this.#records = mapOf(world.records, (record) => recordKey(record.entity, record.id));
    this.#shares = groupsOf(
      world.shares.map((share) => [recordKey(share.record.entity, share.record.id), share] as const),
    );
    const usual = world.teams.filter((team) => team.kind !== "default");
    this.#memberships = groupsOf(
      usual.flatMap((team) => [...new Set(team.members)].map((member) => [member, team] as const)),
    );
    // T6: the members of a default team are exactly the users of its unit.
    this.#defaultTeams = groupsOf(
      world.teams.filter((team) => team.kind === "default").map((team) => [team.unit, team] as const),
    );
    this.#administered = groupsOf(
      usual.flatMap((team) =>
        team.administrator === undefined ? [] : [[team.administrator, team] as const],
      ),
    );
  }

  findUser(name: string): User | undefined {
    return this.#users.get(name);
  }

  findTeam(name: string): Team | undefined {
    return this.#teams.get(name);
  }

  findRecord(entity: string, id: string): RecordFacts | undefined {
    return this.#find(this.entity(entity), id);
  }

  hasUnit(name: string): boolean {
    return this.#units.has(name);
  }

  user(name: string): User {
    const user = this.#users.get(name);
    if (user === undefined) throw new Error(`the world has no user ${name}`);
    return user;
  }

  role(index: number): Role {
    const role = this.policy.roles[index];
    if (role === undefined) throw new Error(`the policy has no role number ${index}`);
    return role;
  }

  entity(name: string): Entity {
    const entity = this.policy.entities.find((candidate) => candidate.name === name);
    if (entity === undefined) throw new Error(`the policy has no entity ${name}`);
    return entity;
  }

  /** B1: every unit but the root has one parent. */
  unit(name: string): Unit {
    const unit = this.#units.get(name);
    if (unit === undefined) throw new Error(`the world has no business unit ${name}`);
    return unit;
  }

  /** Whether `unit` is `ancestor` or lies below it. */
  isAtOrBelow(unit: string, ancestor: string): boolean {
    if (unit === ancestor) return true;
    const { parent } = this.unit(unit);
    return parent !== undefined && this.isAtOrBelow(parent, ancestor);
  }

  /** Every team that the user belongs to in a question about `record` (a task question has none). */
  teamsOf(user: User, record: RecordFacts | undefined): readonly Team[] {
    const teams = new Set([
      ...(this.#memberships.get(user.name) ?? []),
      ...(this.#defaultTeams.get(user.unit) ?? []),
    ]);
    for (const team of this.#administered.get(user.name) ?? []) {
      // T8: where the record is owned by the team, the administrator of an owner or group team counts as a member.
      const mayOwn = team.kind === "owner" || team.kind === "group";
      if (
        record?.ownerAside !== true &&
        mayOwn &&
        record?.owner?.kind === "team" &&
        record.owner.name === team.name
      )
        teams.add(team);
    }
    return [...teams];
  }

  /** T5: the teams that may hold roles and own records. A default team is an owner team (T6). */
  ownerTeamsOf(user: User, record: RecordFacts | undefined): readonly Team[] {
    return this.teamsOf(user, record).filter((team) => team.kind !== "access");
  }

  sharesOf(record: RecordFacts): readonly Share[] {
    if (record.id === undefined) return [];
    return this.#shares.get(recordKey(this.policy.entities.indexOf(record.entity), record.id)) ?? [];
  }

  loaded(entity: Entity, id: string): RecordFacts {
    const found = this.#find(entity, id);
    if (found === undefined) throw new Error(`the world has no record ${entity.name}/${id}`);
    return found;
  }

  /** E2: the record that decides for a parent-owned one; undefined where the lookup is empty. */
  parentOf(record: RecordFacts): RecordFacts | undefined {
    const over = record.entity.parent;
    const entity = over === undefined ? undefined : this.policy.entities[over.entity];
    if (entity === undefined || record.parent === undefined) return undefined;
    return this.#find(entity, record.parent);
  }

  /** A described record, its unit filled in by B7. */
  described(description: RecordDescription): RecordFacts {
    const entity = this.entity(description.entity);
    const owner = entity.ownership === "userOrTeam" ? description.owner : undefined;
    if (entity.ownership === "userOrTeam" && owner === undefined)
      throw new Error(`a described ${entity.name} needs an owner`);
    if (entity.ownership === "businessUnit" && description.unit === undefined)
      throw new Error(`a described ${entity.name} needs a business unit`);
    let unit: string | undefined;
    if (entity.ownership === "businessUnit") unit = description.unit;
    if (owner !== undefined) {
      // B7: classic, always the owner's unit; modern, set on its own, and the owner's where nothing is said.
      const ownersUnit = this.unitOfPrincipal(owner);
      const modern = this.policy.settings.ownershipAcrossBusinessUnits;
      unit = modern ? (description.unit ?? ownersUnit) : ownersUnit;
    }
    const parent = entity.ownership === "parent" ? description.parent : undefined;
    return { entity, id: undefined, owner, unit, parent, attributes: description.attributes ?? new Map() };
  }

  unitOfPrincipal(principal: PrincipalName): string {
    if (principal.kind === "user") return this.user(principal.name).unit;
    const team = this.#teams.get(principal.name);
    if (team === undefined) throw new Error(`the world has no team ${principal.name}`);
    return team.unit;
  }

  #find(entity: Entity, id: string): RecordFacts | undefined {
    const record = this.#records.get(recordKey(this.policy.entities.indexOf(entity), id));
    if (record === undefined) return undefined;
    const { owner, unit, parent, attributes } = record;
    return { entity, id, owner, unit, parent, attributes };
  }
}
