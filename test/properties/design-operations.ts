// What users set out to do in a story: every operation of semantics.md section 6.
import { scatter } from "./design-attributes.ts";
import { designColumnOperation } from "./design-columns.ts";
import { at, bits } from "./design-policy.ts";
import { shareRights } from "./project.ts";
import { type Cast, type Known, reference, type StepSketch } from "./script-cast.ts";
import type { OperationPlan, RecordName, Written } from "./script-plan.ts";

export function designOperation(cast: Cast, sketch: StepSketch): OperationPlan | undefined {
  const { kind, what, to, more } = sketch;
  const isOwned = (record: Known): boolean => record.owned;
  const record = cast.record(what);
  const owned = cast.record(what, isOwned);
  const other = cast.record(to);
  if (record === undefined) return designCreation(cast, sketch);
  const { entity } = record;
  switch ((kind >> 1) % 13) {
    case 0:
    case 1:
      return designCreation(cast, sketch);
    case 2:
      return designUpdate(cast, record, sketch);
    case 3:
    case 4:
      return owned && { kind: "assign", record: owned, to: reference(cast.principal(to)) };
    case 5:
    case 6: {
      const sharee = cast.sharee(to);
      const rights = bits(shareRights, more);
      if (owned === undefined || rights.length === 0) return undefined;
      return { kind: "share", record: owned, with: sharee ? reference(sharee) : "organization", rights };
    }
    case 7: {
      const sharee = cast.sharee(to);
      return owned && { kind: "unshare", record: owned, with: sharee ? reference(sharee) : "organization" };
    }
    case 8: {
      const plan = cast.entity(entity);
      const lookups = [
        ...(plan.lookup === undefined ? [] : [plan.lookup]),
        ...plan.attributes.flatMap(({ name, type }) =>
          type.kind === "Lookup" ? [{ name, to: type.entity }] : [],
        ),
      ];
      if (lookups.length === 0) return undefined;
      const lookup = at(lookups, more);
      const target = cast.record(to, (candidate) => candidate.entity === lookup.to);
      return target && { kind: "append", record, to: target, lookup: lookup.name };
    }
    case 9:
      return other && { kind: more % 2 === 0 ? "associate" : "disassociate", record, with: other };
    case 10:
      if (more % 2 === 1) return designUpdate(cast, record, sketch);
      cast.leave("record", record.id);
      return { kind: "delete", record };
    case 11:
      return designColumnOperation(cast, sketch);
    default: {
      const master = cast.record(to, (candidate) => candidate.entity === owned?.entity);
      return owned && master && { kind: "merge", record: owned, into: master };
    }
  }
}

function designCreation(cast: Cast, sketch: StepSketch): OperationPlan {
  const { entity, id, owner, unit, parent, attributes } = cast.newRecord(sketch);
  // Half of the owned records are for the creator himself, or for whom a rule names.
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
export function designWritten(cast: Cast, record: RecordName, { what, to, more }: StepSketch): Written {
  const plan = cast.entity(record.entity);
  const some = plan.attributes.filter((_, index) => (more >> index) % 2 === 1);
  const attributes = cast.values(some, scatter(more, what));
  const clear = some.filter(({ name, optional }) => optional && attributes[name] === undefined);
  const parent = cast.record(to, (candidate) => candidate.entity === plan.lookup?.to);
  const moves = plan.lookup !== undefined && more % 3 !== 0;
  return {
    attributes,
    clear: clear.map(({ name }) => name),
    ...(moves ? { parent: more % 3 === 1 ? (parent?.id ?? null) : null } : {}),
  };
}

function designUpdate(cast: Cast, record: RecordName, sketch: StepSketch): OperationPlan {
  const { to, more } = sketch;
  const plan = cast.entity(record.entity);
  const owned = plan.ownership === "userOrTeam";
  const placed = plan.ownership === "businessUnit" || (owned && cast.modern);
  return {
    kind: "update",
    record,
    ...designWritten(cast, record, sketch),
    ...(owned && to % 4 === 1 ? { owner: reference(cast.principal(to >> 2)) } : {}),
    ...(placed && more % 5 === 4 ? { businessUnit: at(cast.units, to >> 1) } : {}),
  };
}
