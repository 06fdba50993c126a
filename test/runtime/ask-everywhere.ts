import { expect } from "vitest";
import type { Engine, Source } from "../../runtime-ts/index.ts";
import { plainSources } from "../plain-sources.ts";

/** The seven rights on a record that a user has, asked at every entry point, which must agree. */
export function rightsOf(engine: Engine, user: string, entity: string, id: string): string {
  const actions = ["read", "write", "delete", "assign", "share", "append", "appendTo"];
  const [p, r] = [engine.principal(user), engine.record(entity, id)];
  const index = engine.recordIds(entity).indexOf(id);
  const held = actions.filter((action) => {
    const privilege = engine.privilege(action, entity);
    const question = { principal: user, action, resource: { entity, id } };
    const allowed = engine.allows(p, privilege, r);
    const batch = engine.checkBatch({
      principals: Uint32Array.of(p),
      privileges: Uint32Array.of(privilege),
      records: Uint32Array.of(r),
    });
    expect(
      {
        check: engine.check(question).allowed,
        explain: engine.explain(question, { misses: 0 }).allowed,
        batch: batch.get(0),
        filter: engine.filter(p, privilege).get(index),
        whoCan: engine.whoCan(privilege, r).get(p),
      },
      `${user} ${action} ${id}`,
    ).toEqual({ check: allowed, explain: allowed, batch: allowed, filter: allowed, whoCan: allowed });
    return allowed;
  });
  return held.join(" ");
}

/** The sources of a read, each as kind and name. */
export function sourcesOf(
  engine: Engine,
  user: string,
  entity: string,
  id: string,
  action = "read",
): string[] {
  const { sources } = engine.explain({ principal: user, action, resource: { entity, id } });
  return plainSources(sources).map((source: Source) =>
    "name" in source ? `${source.kind} ${source.name}` : source.kind,
  );
}
