// What takes part in a story: the project's people, places and records, and those that the story made before. Which of them are
// there nobody knows while a story is designed: what was to happen may have been refused.
import type { AttributePlan, ValuesPlan } from "./attribute-plan.ts";
import { designValues, type Named } from "./design-attributes.ts";
import { at } from "./design-policy.ts";
import type { AssignmentPlan, EntityPlan, PrincipalPlan, Project, RecordPlan, TeamPlan } from "./project.ts";
import type { RecordName } from "./script-plan.ts";

/** What a step is made of: numbers. */
export interface StepSketch {
  readonly kind: number;
  readonly who: number;
  readonly what: number;
  readonly to: number;
  readonly more: number;
}

export type Known = RecordName & { readonly owned: boolean; readonly owner: string | undefined };

export const reference = ({ kind, name }: PrincipalPlan): { user: string } | { team: string } =>
  kind === "user" ? { user: name } : { team: name };

const known = ({ entity, id, owner }: RecordPlan): Known => ({
  entity,
  id,
  owned: owner !== undefined,
  owner: owner?.kind === "user" ? owner.name : undefined,
});

export class Cast {
  readonly project: Project;
  readonly records: Known[];
  readonly users: string[];
  readonly units: string[];
  readonly teams: Pick<TeamPlan, "name" | "kind">[];
  /** Names that a step was to free. */
  readonly #left: Record<Kind, string[]> = { user: [], team: [], unit: [], record: [] };
  #made = 0;

  constructor(project: Project) {
    this.project = project;
    this.records = project.records.map(known);
    this.users = project.users.map(({ name }) => name);
    this.units = project.units.map(({ name }) => name);
    this.teams = project.teams.map(({ name, kind }) => ({ name, kind }));
  }

  get modern(): boolean {
    return this.project.settings.ownershipAcrossBusinessUnits === true;
  }

  entity(name: string): EntityPlan {
    return this.project.entities.find((entity) => entity.name === name) as EntityPlan;
  }

  record(pick: number, of: (record: Known) => boolean = () => true): RecordName | undefined {
    const fitting = this.records.filter(of);
    if (fitting.length === 0) return undefined;
    const { entity, id } = at(fitting, pick);
    return { entity, id };
  }

  /** Who may own, as far as his kind goes. */
  principals(): PrincipalPlan[] {
    const teams = this.teams.filter(({ kind }) => kind !== "access").map(({ name }) => name);
    return [
      ...this.users.map((name) => ({ kind: "user", name }) as const),
      ...[...teams, ...this.units].map((name) => ({ kind: "team", name }) as const),
    ];
  }

  principal(pick: number): PrincipalPlan {
    return at(this.principals(), pick);
  }

  sharee(pick: number): PrincipalPlan | undefined {
    const access = this.teams.filter(({ kind }) => kind === "access");
    const all = [...access.map(({ name }) => ({ kind: "team", name }) as const), ...this.principals()];
    return pick % 9 === 8 ? undefined : at(all, pick);
  }

  /** Lookups lead to records that are there, or were. */
  values(
    attributes: readonly AttributePlan[],
    pick: number,
    missing: (attribute: AttributePlan, pick: number) => boolean = () => false,
  ): ValuesPlan {
    const named: Named = {
      users: this.users,
      teams: [...this.teams.map(({ name }) => name), ...this.units],
      units: this.units,
      records: (entity) => this.records.filter((record) => record.entity === entity).map(({ id }) => id),
    };
    return designValues(attributes, pick, named, missing);
  }

  /** Copies that are there and copies that are not (B5, B6). */
  roles(pick: number): AssignmentPlan[] {
    const held = new Map<string, AssignmentPlan>();
    for (const part of [pick, pick >> 5].slice(0, (pick >> 10) % 3)) {
      const role = at(this.project.roles, part).name;
      const unit = this.modern && part % 3 === 0 ? at(this.units, part >> 2) : undefined;
      held.set(JSON.stringify([role, unit]), { role, unit });
    }
    return [...held.values()];
  }

  /** A name that nobody had, or of one who may have gone. */
  newName(kind: Kind, pick: number): string {
    const left = this.#left[kind];
    const name =
      left.length > 0 && pick % 3 > 0
        ? (left.at(-1 - ((pick >> 2) % Math.min(2, left.length))) as string)
        : `new ${kind} ${this.#made++}`;
    return name;
  }

  /** Of which kind the last was that was to leave. */
  lastLeft: Kind | undefined;

  /** The name may be free from now on. */
  leave(kind: Kind, name: string): void {
    this.lastLeft = kind;
    if (!this.#left[kind].includes(name)) this.#left[kind].push(name);
  }

  newRecord({ who, what, to, more }: StepSketch): RecordPlan {
    const entity = at(this.project.entities, what);
    const parents = this.records.filter((record) => record.entity === entity.lookup?.to);
    const unit = at(this.units, more >> 2);
    const owned = entity.ownership === "userOrTeam";
    const record: RecordPlan = {
      entity: entity.name,
      id: this.newName("record", who),
      owner: owned ? this.principal(to) : undefined,
      unit: entity.ownership === "businessUnit" || (owned && more % 4 === 3) ? unit : undefined,
      parent: parents.length === 0 || who % 4 === 3 ? undefined : at(parents, who).id,
      attributes: this.values(entity.attributes, more),
    };
    this.records.push(known(record));
    return record;
  }
}

type Kind = "user" | "team" | "unit" | "record";
