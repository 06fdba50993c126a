// Tables that are loaded in the middle of a story, good ones and such as the engine refuses.
import { scatter } from "./design-attributes.ts";
import { bits } from "./design-policy.ts";
import { type RecordPlan, type SharePlan, shareRights } from "./project.ts";
import type { Cast, StepSketch } from "./script-cast.ts";
import type { ChangePlan } from "./script-plan.ts";

export function designTable(cast: Cast, sketch: StepSketch): ChangePlan | undefined {
  return sketch.more % 2 === 0 ? designRecords(cast, sketch) : designShares(cast, sketch);
}

/** One to three rows of one entity; now and then one of an access team, or an id that is taken. */
function designRecords(cast: Cast, sketch: StepSketch): ChangePlan {
  const { who, more, to } = sketch;
  const first = cast.newRecord(sketch);
  const rows: RecordPlan[] = [first];
  for (let row = 1; row < 1 + (who % 3); row++) {
    const salt = scatter(more, row);
    const record = cast.newRecord({ ...sketch, who: salt, to: scatter(to, row), more: salt });
    const access = salt % 11 === 10 ? cast.sharee(0) : undefined;
    const owner = record.owner && (access ?? record.owner);
    rows.push({ ...record, owner, id: salt % 13 === 12 ? first.id : record.id });
  }
  return { kind: "load records", records: rows };
}

/** Rows for records of any kind: what has no owner cannot be shared. */
function designShares(cast: Cast, { what, to, who, more }: StepSketch): ChangePlan | undefined {
  const shares: SharePlan[] = [];
  for (let row = 0; row < 1 + (who % 3); row++) {
    const salt = scatter(what, row);
    const record = cast.record(salt, ({ owned }) => owned || salt % 17 === 16);
    if (record === undefined) continue;
    const direct = bits(shareRights, scatter(more, row));
    const inherited = salt % 3 === 0 ? bits(shareRights, scatter(more, row + 7)) : [];
    if (direct.length + inherited.length > 0)
      shares.push({ ...record, with: cast.sharee(scatter(to, row)), direct, inherited });
  }
  return shares.length === 0 ? undefined : { kind: "load shares", shares };
}
