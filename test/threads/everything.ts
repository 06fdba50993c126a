import { expect } from "vitest";
import { type Engine, noRecord } from "../../runtime-ts/index.ts";
import type { Pool } from "../../runtime-ts/threads/index.ts";

const actions = ["create", "read", "write", "delete", "assign", "share", "append", "appendTo"];

type Context = Readonly<Record<string, unknown>>;

/** An engine that says what is right, and one that the pool asks; both have the same world. */
export interface Pair {
  readonly right: Engine;
  readonly shared: Engine;
  readonly pool: Pool;
}

/** Requests in numbers: every user, privilege and record, again and again until there are `least`. */
export function everyRequest(engine: Engine, least: number) {
  const users = engine.userNames().length;
  const questions = engine.entities().flatMap(({ name }) => {
    const privileges = actions.map((action) => engine.privilege(action, name));
    return privileges.flatMap((privilege) =>
      [...engine.recordNumbers(name)].map((record) => [privilege, record] as const),
    );
  });
  for (const task of engine.taskNames()) questions.push([engine.privilege(task), noRecord]);
  const count = questions.length === 0 ? 0 : Math.max(least, users * questions.length);
  const ask = (index: number) => questions[Math.floor(index / users) % questions.length] ?? [0, 0];
  return {
    principals: Uint32Array.from({ length: count }, (_, i) => i % users),
    privileges: Uint32Array.from({ length: count }, (_, i) => ask(i)[0]),
    records: Uint32Array.from({ length: count }, (_, i) => ask(i)[1]),
  };
}

/** Holds every answer of the pool against those of the other engine. */
export async function expectSame({ right, shared, pool }: Pair, context?: Context, least = 0): Promise<void> {
  const within = context === undefined ? {} : { context };
  const requests = everyRequest(shared, least);
  const batch = await pool.checkBatch({ ...requests, ...within });
  expect(batch.words).toEqual(right.checkBatch({ ...everyRequest(right, least), ...within }).words);
  const [expected, got]: [string[], string[]] = [[], []];
  for (const { name } of right.entities()) {
    for (const action of actions) {
      const privilege = right.privilege(action, name);
      for (let user = 0; user < right.userNames().length; user++) {
        const asked = `${action} ${name} ${user}: `;
        expected.push(asked + right.filter(user, privilege, within).ids());
        got.push(asked + (await pool.filter(user, privilege, within)).ids());
      }
      for (const record of right.recordNumbers(name)) {
        const asked = `${action} ${record}: `;
        expected.push(asked + right.whoCan(privilege, record, within).names());
        got.push(asked + (await pool.whoCan(privilege, record, within)).names());
      }
    }
  }
  for (const task of right.taskNames()) {
    const privilege = right.privilege(task);
    expected.push(`${task}: ${right.whoCan(privilege, undefined, within).names()}`);
    got.push(`${task}: ${(await pool.whoCan(privilege, undefined, within)).names()}`);
  }
  expect(got).toEqual(expected);
  expect(pool.failures).toBe(0);
}
