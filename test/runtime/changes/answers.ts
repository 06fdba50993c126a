import type { Engine, ExplainedSource } from "../../../runtime-ts/index.ts";

const actions = ["create", "read", "write", "delete", "assign", "share", "append", "appendTo"];

/** Two engines may have got the same grants from different lines. */
const withoutLine = (source: ExplainedSource): string =>
  JSON.stringify(source, (key, value) => (key === "line" ? undefined : value));

/** Everything that an engine answers, by name: for comparison with another engine. */
export function answersOf(engine: Engine): string[] {
  const answers: string[] = [];
  const users = engine
    .userNames()
    .filter((name) => name !== "")
    .toSorted();
  for (const { name: entity } of engine.entities()) {
    const ids = engine
      .recordIds(entity)
      .filter((id) => id !== "")
      .toSorted();
    for (const action of actions) {
      const privilege = engine.privilege(action, entity);
      for (const id of ids) {
        const record = engine.record(entity, id);
        const who = engine.whoCan(privilege, record).names().toSorted();
        answers.push(`${action} ${entity} ${id}: ${who}`);
        for (const user of users) {
          const number = engine.principal(user);
          if (engine.allows(number, privilege, record) !== who.includes(user))
            throw new Error("allows and whoCan differ");
          const resource = { entity, id };
          const { reason, sources } = engine.explain({ principal: user, action, resource }, { misses: 0 });
          answers.push(
            `${user} ${action} ${entity} ${id}: ${reason}; ${sources.map(withoutLine).toSorted()}`,
          );
        }
      }
      for (const user of users) {
        const list = engine.filter(engine.principal(user), privilege).ids().toSorted();
        answers.push(`${user} ${action} ${entity}: ${list}`);
      }
    }
  }
  for (const task of engine.taskNames()) {
    answers.push(`${task}: ${engine.whoCan(engine.privilege(task)).names().toSorted()}`);
  }
  return answers;
}
