// The share rows of a project: those it declares, and what the cascades of its lookups make of them (semantics.md S5, R1).
// Records come before shares, and a declared record is an unchecked creation by its owner (language.md section 8).
import type { Share } from "../../compiler/model/model.ts";
import { maskOf, type PrincipalPlan, type Project, type RecordPlan, shareRights } from "./project.ts";

interface Row {
  readonly record: RecordPlan;
  readonly principal: PrincipalPlan | undefined;
  direct: number;
  inherited: number;
}

const same = (a: PrincipalPlan | undefined, b: PrincipalPlan | undefined): boolean =>
  a?.kind === b?.kind && a?.name === b?.name;

/** Rows by record and principal; nothing follows from records that a table holds. */
export function cascadeShares(project: Project): Share[] {
  const rows: Row[] = [];
  const row = (record: RecordPlan, principal: PrincipalPlan | undefined): Row => {
    let found = rows.find((candidate) => candidate.record === record && same(candidate.principal, principal));
    if (found === undefined) {
      found = { record, principal, direct: 0, inherited: 0 };
      rows.push(found);
    }
    return found;
  };
  const find = (entity: string, id: string | undefined): RecordPlan | undefined =>
    project.records.find((record) => record.entity === entity && record.id === id);
  const parentBy = (record: RecordPlan, operation: "share" | "reparent"): RecordPlan | undefined => {
    if (!["everything", "records", "directory"].includes(project.placement)) return undefined;
    const lookup = project.entities.find((entity) => entity.name === record.entity)?.lookup;
    const cascades = lookup?.cascade === "parental" || lookup?.cascade.split(/[ ,]+/).includes(operation);
    return lookup !== undefined && cascades ? find(lookup.to, record.parent) : undefined;
  };
  const inherit = (record: RecordPlan, principal: PrincipalPlan | undefined, mask: number): void => {
    row(record, principal).inherited |= mask;
    for (const child of project.records)
      if (parentBy(child, "share") === record) inherit(child, principal, mask);
  };
  for (const record of project.records) {
    // S5: a child created under a shared parent inherits what the parent's rows carry.
    const shared = parentBy(record, "share");
    for (const above of rows.filter((candidate) => candidate.record === shared))
      row(record, above.principal).inherited |= above.direct | above.inherited;
    // R1: the owner of the parent, of its parent and so on, inherits every right but create on what another creates below.
    for (let at = parentBy(record, "reparent"); at !== undefined; at = parentBy(at, "reparent"))
      if (at.owner !== undefined && !same(at.owner, record.owner))
        row(record, at.owner).inherited |= maskOf(shareRights);
  }
  for (const share of project.shares) {
    const record = find(share.entity, share.id);
    if (record === undefined) continue;
    const found = row(record, share.with);
    found.direct |= maskOf(share.direct);
    found.inherited |= maskOf(share.inherited);
    for (const child of project.records)
      if (parentBy(child, "share") === record) inherit(child, share.with, maskOf(share.direct));
  }
  return rows
    .filter(({ direct, inherited }) => (direct | inherited) !== 0)
    .map(({ record, principal, direct, inherited }) => ({
      record: {
        entity: project.entities.findIndex((entity) => entity.name === record.entity),
        id: record.id,
      },
      principal,
      direct,
      inherited,
    }));
}
