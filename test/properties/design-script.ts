// Random stories: every operation and every change, about things that the project has or that the story made before.
import type { AttributePlan, ValuesPlan } from "./attribute-plan.ts";
import { designValues, scatter } from "./design-attributes.ts";
import { namedIn } from "./design-conditions.ts";
import { actionExists, at, bits, grantable } from "./design-policy.ts";
import { principalsThatOwn } from "./design-world.ts";
import {
  type AssignmentPlan,
  type EntityPlan,
  type GrantPlan,
  levelWords,
  type PrincipalPlan,
  type Project,
  type RecordPlan,
  recordActions,
  shareRights,
} from "./project.ts";
import type { ChangePlan, OperationPlan, RecordName, ScriptStep, Written } from "./script-plan.ts";

/** What a step is made of: numbers. */
export interface StepSketch {
  readonly kind: number;
  readonly who: number;
  readonly what: number;
  readonly to: number;
  readonly more: number;
}

type Known = RecordName & { readonly owned: boolean; readonly owner: string | undefined };

const reference = ({ kind, name }: PrincipalPlan): { user: string } | { team: string } =>
  kind === "user" ? { user: name } : { team: name };

const known = ({ entity, id, owner }: RecordPlan): Known => ({
  entity,
  id,
  owned: owner !== undefined,
  owner: owner?.kind === "user" ? owner.name : undefined,
});

/** Designs steps one after the other; records that were made take part from then on. */
class Designer {
  readonly #project: Project;
  readonly #records: Known[];
  #made = 0;

  constructor(project: Project) {
    this.#project = project;
    this.#records = project.records.map(known);
  }

  step(sketch: StepSketch): ScriptStep | undefined {
    const { kind, who } = sketch;
    if (kind % 2 === 0) {
      const operation = this.#operation(sketch);
      // Every other time whoever owned the record at first: others are mostly refused.
      const record = operation !== undefined && "record" in operation ? operation.record : undefined;
      const owner = this.#records.find(
        ({ entity, id }) => entity === record?.entity && id === record.id,
      )?.owner;
      const user = at(this.#project.users, who).name;
      return operation && { kind: "do", user: who % 2 === 0 ? (owner ?? user) : user, operation };
    }
    const change = this.#change(sketch);
    return change && { kind: "set", change };
  }

  #entity(name: string): EntityPlan {
    return this.#project.entities.find((entity) => entity.name === name) as EntityPlan;
  }

  #record(pick: number, of: (record: Known) => boolean = () => true): RecordName | undefined {
    const fitting = this.#records.filter(of);
    if (fitting.length === 0) return undefined;
    const { entity, id } = at(fitting, pick);
    return { entity, id };
  }

  #principal(pick: number): PrincipalPlan {
    return at(principalsThatOwn(this.#project), pick);
  }

  #sharee(pick: number): PrincipalPlan | undefined {
    const access = this.#project.teams.filter(({ kind }) => kind === "access");
    const all = [
      ...access.map(({ name }) => ({ kind: "team", name }) as const),
      ...principalsThatOwn(this.#project),
    ];
    return pick % 9 === 8 ? undefined : at(all, pick);
  }

  /** Lookups lead to records that are there, or were. */
  #values(attributes: readonly AttributePlan[], pick: number): ValuesPlan {
    const named = namedIn(this.#project);
    const records = (entity: string) => this.#records.filter((r) => r.entity === entity).map(({ id }) => id);
    return designValues(attributes, pick, { ...named, records }, () => false);
  }

  #newRecord({ who, what, to, more }: StepSketch): RecordPlan {
    const entity = at(this.#project.entities, what);
    const parents = this.#records.filter((record) => record.entity === entity.lookup?.to);
    const unit = at(this.#project.units, more >> 2).name;
    const owned = entity.ownership === "userOrTeam";
    const id = `new ${this.#made++}`;
    const record: RecordPlan = {
      entity: entity.name,
      id,
      owner: owned ? this.#principal(to) : undefined,
      unit: entity.ownership === "businessUnit" || (owned && more % 4 === 3) ? unit : undefined,
      parent: parents.length === 0 || who % 4 === 3 ? undefined : at(parents, who).id,
      attributes: this.#values(entity.attributes, more),
    };
    this.#records.push(known(record));
    return record;
  }

  #operation(sketch: StepSketch): OperationPlan | undefined {
    const { kind, what, to, more } = sketch;
    const isOwned = (record: Known): boolean => record.owned;
    const record = this.#record(what);
    const owned = this.#record(what, isOwned);
    const other = this.#record(to);
    if (record === undefined) return this.#creation(sketch);
    const { entity } = record;
    switch ((kind >> 1) % 12) {
      case 0:
      case 1:
        return this.#creation(sketch);
      case 2:
        return this.#update(record, sketch);
      case 3:
      case 4:
        return owned && { kind: "assign", record: owned, to: reference(this.#principal(to)) };
      case 5:
      case 6: {
        const sharee = this.#sharee(to);
        const rights = bits(shareRights, more);
        if (owned === undefined || rights.length === 0) return undefined;
        return { kind: "share", record: owned, with: sharee ? reference(sharee) : "organization", rights };
      }
      case 7: {
        const sharee = this.#sharee(to);
        return owned && { kind: "unshare", record: owned, with: sharee ? reference(sharee) : "organization" };
      }
      case 8: {
        const plan = this.#entity(entity);
        const lookups = [
          ...(plan.lookup === undefined ? [] : [plan.lookup]),
          ...plan.attributes.flatMap(({ name, type }) =>
            type.kind === "Lookup" ? [{ name, to: type.entity }] : [],
          ),
        ];
        if (lookups.length === 0) return undefined;
        const lookup = at(lookups, more);
        const target = this.#record(to, (candidate) => candidate.entity === lookup.to);
        return target && { kind: "append", record, to: target, lookup: lookup.name };
      }
      case 9:
        return other && { kind: more % 2 === 0 ? "associate" : "disassociate", record, with: other };
      case 10:
        return more % 2 === 0 ? { kind: "delete", record } : this.#update(record, sketch);
      default: {
        const master = this.#record(to, (candidate) => candidate.entity === owned?.entity);
        return owned && master && { kind: "merge", record: owned, into: master };
      }
    }
  }

  #creation(sketch: StepSketch): OperationPlan {
    const { entity, id, owner, unit, parent, attributes } = this.#newRecord(sketch);
    // Half of the owned records are for the creator himself.
    const named = owner !== undefined && sketch.more % 2 === 1 ? { owner: reference(owner) } : {};
    return {
      kind: "create",
      entity,
      id,
      ...named,
      ...(unit === undefined ? {} : { businessUnit: unit }),
      attributes,
      clear: [],
      ...(parent === undefined ? {} : { parent }),
    };
  }

  /** Some values of a record, and for every other one a new place. */
  #written(record: RecordName, { what, to, more }: StepSketch): Written {
    const plan = this.#entity(record.entity);
    const some = plan.attributes.filter((_, index) => (more >> index) % 2 === 1);
    const attributes = this.#values(some, scatter(more, what));
    const clear = some.filter(({ name, optional }) => optional && attributes[name] === undefined);
    const parent = this.#record(to, (candidate) => candidate.entity === plan.lookup?.to);
    const moves = plan.lookup !== undefined && more % 3 !== 0;
    return {
      attributes,
      clear: clear.map(({ name }) => name),
      ...(moves ? { parent: more % 3 === 1 ? (parent?.id ?? null) : null } : {}),
    };
  }

  #update(record: RecordName, sketch: StepSketch): OperationPlan {
    const { to, more } = sketch;
    const plan = this.#entity(record.entity);
    const owned = plan.ownership === "userOrTeam";
    const modern = this.#project.settings.ownershipAcrossBusinessUnits === true;
    const placed = plan.ownership === "businessUnit" || (owned && modern);
    return {
      kind: "update",
      record,
      ...this.#written(record, sketch),
      ...(owned && to % 4 === 1 ? { owner: reference(this.#principal(to >> 2)) } : {}),
      ...(placed && more % 5 === 4 ? { businessUnit: at(this.#project.units, to >> 1).name } : {}),
    };
  }

  /** Copies that are there and copies that are not (B5, B6). */
  #roles(pick: number): AssignmentPlan[] {
    const modern = this.#project.settings.ownershipAcrossBusinessUnits === true;
    const held = new Map<string, AssignmentPlan>();
    for (const part of [pick, pick >> 5].slice(0, (pick >> 10) % 3)) {
      const role = at(this.#project.roles, part).name;
      const unit = modern && part % 3 === 0 ? at(this.#project.units, part >> 2).name : undefined;
      held.set(JSON.stringify([role, unit]), { role, unit });
    }
    return [...held.values()];
  }

  #grant(pick: number): GrantPlan {
    const targets = [...grantable(this.#project.entities)];
    const [name, ownership] = at(targets, pick);
    const actions = bits(recordActions, pick >> 3).filter((action) => actionExists(action, ownership));
    const wanted = at(levelWords, pick >> 11);
    const level = ownership === "organization" ? (wanted === "none" ? "none" : "organization") : wanted;
    return {
      actions: actions.length === 0 ? ["read"] : actions,
      on: [name],
      level: ownership === "businessUnit" && level === "user" ? "businessUnit" : level,
      condition: [],
    };
  }

  #change(sketch: StepSketch): ChangePlan | undefined {
    const { kind, who, what, to, more } = sketch;
    const { users, units, teams, positions = [] } = this.#project;
    const user = at(users, who).name;
    const unit = at(units, what).name;
    const owned = this.#record(what, (record) => record.owned);
    const defaults = units.map(({ name }) => name);
    const team = at([...teams.map(({ name }) => name), ...teams.map(({ name }) => name), ...defaults], who);
    switch ((kind >> 1) % 18) {
      case 0:
      case 1:
        return { kind: "move user", user, unit };
      case 2:
        return { kind: "disable user", user, disabled: more % 8 === 0 };
      case 3:
      case 4:
        return { kind: "edit user", user, roles: this.#roles(more) };
      case 5:
        return { kind: "edit user", user, manager: to % 4 === 0 ? null : at(users, to >> 2).name };
      case 6:
        if (positions.length === 0) return undefined;
        return { kind: "edit user", user, position: to % 4 === 0 ? null : at(positions, to >> 2).name };
      case 7:
      case 8:
        return { kind: "move unit", unit, under: at(units, to).name };
      case 9:
        return { kind: "disable unit", unit, disabled: more % 8 === 0 };
      case 10:
        return more % 2 === 0
          ? { kind: "delete unit", unit }
          : { kind: "move team", team, unit: at(units, to).name };
      case 11:
        return { kind: "edit team", team, roles: this.#roles(more) };
      case 12:
        return {
          kind: "edit team",
          team,
          members: bits(users, more).map(({ name }) => name),
          administrator: to % 3 === 0 ? null : at(users, to >> 2).name,
        };
      case 13: {
        const role = at(this.#project.roles, who);
        if (role.form === "administrator role") return undefined;
        return { kind: "edit role", role: role.name, grants: [this.#grant(more)] };
      }
      case 14:
        return this.#edit(sketch);
      case 15: {
        if (more % 3 === 0) return { kind: "create record", record: this.#newRecord(sketch) };
        const record = this.#record(what);
        return more % 3 === 1 && record !== undefined
          ? { kind: "delete record", record }
          : this.#edit(sketch);
      }
      case 16: {
        const rights = bits(shareRights, more);
        return owned && rights.length > 0
          ? { kind: "share", record: owned, with: this.#sharee(to), rights }
          : undefined;
      }
      default:
        return owned && { kind: "unshare", record: owned, with: this.#sharee(to) };
    }
  }

  #edit(sketch: StepSketch): ChangePlan | undefined {
    const { what, to, more } = sketch;
    const record = this.#record(what);
    if (record === undefined) return undefined;
    const plan = this.#entity(record.entity);
    const owned = plan.ownership === "userOrTeam";
    const modern = this.#project.settings.ownershipAcrossBusinessUnits === true;
    const placed = plan.ownership === "businessUnit" || (owned && modern);
    return {
      kind: "edit record",
      record,
      ...(owned && to % 4 === 1 ? { owner: this.#principal(to >> 2) } : {}),
      ...(placed && more % 3 === 1 ? { unit: at(this.#project.units, to >> 1).name } : {}),
      written: this.#written(record, sketch),
    };
  }
}

export function designScript(project: Project, sketches: readonly StepSketch[]): ScriptStep[] {
  const designer = new Designer(project);
  return sketches.flatMap((sketch) => designer.step(sketch) ?? []);
}
