// What becomes of secured columns in a story (semantics.md section 8): shares of columns, members of profiles.
import type { AttributePlan } from "./attribute-plan.ts";
import { at, bits } from "./design-policy.ts";
import type { PrincipalPlan } from "./project.ts";
import { type Cast, reference, type StepSketch } from "./script-cast.ts";
import type { ChangePlan, OperationPlan, RecordName } from "./script-plan.ts";

/** A secured column of a record that has an owner. */
function columnOf(cast: Cast, pick: number): { record: RecordName; column: AttributePlan } | undefined {
  const securedOf = (entity: string) => cast.entity(entity).attributes.filter(({ secured }) => secured);
  const record = cast.record(pick, ({ entity, owned }) => owned && securedOf(entity).length > 0);
  return record && { record, column: at(securedOf(record.entity), pick >> 4) };
}

export function designColumnOperation(cast: Cast, { what, to, more }: StepSketch): OperationPlan | undefined {
  const found = columnOf(cast, what);
  if (found === undefined) return undefined;
  const sharee = cast.sharee(to);
  const about = {
    record: found.record,
    column: found.column.name,
    with: sharee === undefined ? ("organization" as const) : reference(sharee),
  };
  if (more % 3 === 0) return { kind: "unshareColumn", ...about };
  return {
    kind: "shareColumn",
    ...about,
    rights: bits(["read", "write"], more % 3 === 1 ? 3 : 1 + (more % 2)),
  };
}

export function designColumnChange(cast: Cast, { what, to, more }: StepSketch): ChangePlan | undefined {
  const { profiles = [] } = cast.project;
  if (profiles.length > 0 && more % 2 === 0) {
    const members = new Map<string, PrincipalPlan>();
    for (const pick of [to, to >> 5].slice(0, (more >> 1) % 3)) {
      const member = cast.sharee(pick);
      if (member !== undefined) members.set(JSON.stringify(member), member);
    }
    return { kind: "profile members", profile: at(profiles, what).name, members: [...members.values()] };
  }
  const found = columnOf(cast, what);
  if (found === undefined) return undefined;
  const rights = bits(["read", "write"], more >> 2);
  return {
    kind: "share column",
    record: found.record,
    attribute: found.column.name,
    with: cast.sharee(to),
    rights,
  };
}
