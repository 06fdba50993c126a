// Secured columns on random worlds that change: the engine, by name and in tables, against the twin (semantics.md F1 to F4).
import { expect, test } from "vitest";
import { analyze, compile } from "../../compiler/index.ts";
import { Engine } from "../../runtime-ts/index.ts";
import { Story } from "../oracle/story.ts";

const worlds = Math.max(10, Math.floor(Number(process.env.BAILIWICK_WORLDS ?? 10_000) / 500));
const seed = Number(process.env.BAILIWICK_SEED ?? 11);

/** A seeded generator (mulberry32). */
function generator(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) % below;
  };
}

const users = ["u0", "u1", "u2", "u3", "u4"];
const teams = ["T", "G", "X", "A", "B"];
const accounts = ["a0", "a1", "a2", "a3", "a4"];
const columns = { Account: ["name", "c0", "c1", "c2"], Product: ["p0"], Line: ["l0"] } as const;
const records: readonly (readonly [entity: keyof typeof columns, id: string])[] = [
  ...accounts.map((id) => ["Account", id] as const),
  ["Product", "pr"],
  ["Line", "li"],
];

/** A project of which every owner may read what he owns. */
function sourceOf(next: (below: number) => number): string {
  const pick = <T>(from: readonly T[]): T => from[next(from.length)] as T;
  const some = <T>(from: readonly T[]): T[] => from.filter(() => next(3) === 0);
  const block = (fields: readonly string[]) => `{ ${fields.filter((field) => field !== "").join(" ")} }`;
  const list = (word: string, names: readonly string[]) =>
    names.length === 0 ? "" : `${word}: ${names.join(", ")};`;
  const secured = ["Account.c0", "Account.c1", "Account.c2", "Product.p0", "Line.l0"];
  const actions = ["create", "read", "write", "readUnmasked"];
  const reader = (team: string) => (next(2) === 0 ? "Own" : team);
  return [
    "organization Root { unit A; unit B; }",
    `entity Account owned by user or team { name?: String, c0?: String secured, c1?: String secured masked "[0-9]", c2?: Long secured }`,
    `entity Product owned by organization { p0?: String secured masked "." }`,
    "entity Line owned by parent account { account: Account, l0?: String secured }",
    "role Own { permit create, read, write on Account at user; }",
    "role Wide { permit read on Account at parentChild; permit read on Product at organization; }",
    "team role Crew { permit read, write on Account at user; }",
    "administrator role Boss;",
    ...users.map((user) => {
      const roles = ["Own", ...some(["Wide"]), ...(next(9) === 0 ? ["Boss"] : [])];
      return `user ${user} in ${pick(["A", "B", "Root"])}${next(9) === 0 ? " disabled" : ""} { roles: ${roles.join(", ")}; }`;
    }),
    `team T in A ${block([`roles: Crew${next(9) === 0 ? ", Boss" : ""};`, list("members", some(users)), `administrator: ${pick(users)};`])}`,
    `group team G in B ${block([`roles: ${reader("Crew")};`, list("members", some(users)), next(2) === 0 ? `administrator: ${pick(users)};` : ""])}`,
    `access team X in Root ${block([list("members", some(users))])}`,
    ...["P0", "P1", "P2"].map((name) => {
      const granted = some(actions);
      const on = some(secured);
      const grants =
        granted.length > 0 && on.length > 0 ? `permit ${granted.join(", ")} on ${on.join(", ")};` : "";
      const members = [...some(users), ...some(teams).map((team) => `Team::"${team}"`)];
      return `column profile ${name} ${block([grants, list("members", members)])}`;
    }),
    ...accounts.map(
      (id) => `record ${id}: Account { owner: ${pick([...users, 'Team::"T"', 'Team::"G"'])}; }`,
    ),
    "record pr: Product {}",
    `record li: Line { account: ${pick(accounts)}; }`,
    ...accounts.flatMap((id) => (next(3) === 0 ? [`share ${id} with ${pick(users)}: read, write;`] : [])),
    ...accounts.flatMap((id) =>
      next(2) === 0
        ? [
            `share ${id}.${pick(["c0", "c1"])} with ${pick([...users, 'Team::"T"', 'Team::"X"', "organization"])}: ${pick(["read", "write", "read, write"])};`,
          ]
        : [],
    ),
    next(4) === 0 ? '@id("no") forbid (principal in Team::"G", action == write, resource is Account);' : "",
  ].join("\n");
}

/** Everything about columns that anybody may ask: engine and twin, and the engine with itself. */
function compare(engine: Engine, story: Story): number {
  const entities = story.world.policy.entities.map(({ name }) => name);
  let asked = 0;
  for (const user of users) {
    const number = engine.principal(user);
    for (const [entity, id] of records) {
      const record = { entity: entities.indexOf(entity), id };
      const access = engine.columns(user, { entity, id });
      const place = engine.recordIds(entity).indexOf(id);
      expect(engine.columns(number, engine.recordNumbers(entity)).at(place)).toEqual(access);
      expect(engine.columns(number, engine.record(entity, id))).toEqual(access);
      for (const column of columns[entity]) {
        const answers = (["read", "write", "readUnmasked"] as const).map((action) => {
          const told = story.can(user, { kind: "column", action, record, attribute: column });
          const { allowed, reason } = engine.checkColumn({ principal: user, action, entity, id, column });
          expect({ allowed, reason }, `${user} ${action} ${id}.${column}`).toEqual({
            allowed: told.allowed,
            reason: told.reason,
          });
          asked++;
          return allowed;
        });
        const created = story.can(user, { kind: "create column", entity: record.entity, attribute: column });
        const create = engine.checkColumn({ principal: user, action: "create", entity, column });
        expect([create.allowed, create.reason]).toEqual([created.allowed, created.reason]);
        const of = access.find((each) => each.column === column);
        if (of === undefined) continue;
        const [readable, writable, unmasked] = answers;
        expect(of, `${user} ${id}.${column}`).toEqual({
          column,
          readable,
          writable,
          masked: readable === true && unmasked === false,
          creatable: create.allowed,
        });
      }
    }
  }
  return asked;
}

/** One change, told to both. */
function change(engine: Engine, story: Story, next: (below: number) => number): void {
  const pick = <T>(from: readonly T[]): T => from[next(from.length)] as T;
  const some = <T>(from: readonly T[]): T[] => from.filter(() => next(2) === 0);
  const id = pick(accounts);
  const record = { entity: 0, id };
  if (next(3) === 0) {
    const team = pick(["T", "G", "X"]);
    const members = some(users);
    const edit = { kind: "edit team", team, members } as const;
    const parts = { roles: undefined, administrator: undefined, attributes: new Map() };
    expect(story.set({ ...edit, ...parts })).toBeUndefined();
    engine.update((world) => world.setMembers(team, members));
    return;
  }
  const attribute = pick(["c0", "c1", "c2"]);
  const rights = some(["read", "write"] as const);
  const mask = (rights.includes("read") ? 2 : 0) | (rights.includes("write") ? 4 : 0);
  const [principal, sharee] = pick([
    ...users.map((name) => [{ kind: "user", name }, { user: name }] as const),
    ...["T", "X", "B"].map((name) => [{ kind: "team", name }, { team: name }] as const),
    [undefined, "organization"] as const,
  ]);
  expect(story.set({ kind: "share column", record, attribute, principal, rights: mask })).toBeUndefined();
  engine.update((world) => world.setColumnShare({ entity: "Account", id }, attribute, sharee, rights));
}

test(`${worlds} random worlds of columns, three changes each`, () => {
  let asked = 0;
  for (let world = 0; world < worlds; world++) {
    const next = generator(seed * 1_000_003 + world);
    const file = { name: "columns.bwk", text: sourceOf(next) };
    const { image } = compile([file]);
    const { model, diagnostics } = analyze([file]);
    if (image === undefined || model === undefined) {
      throw new Error(
        `world ${world}: ${diagnostics.map(({ message }) => message).join("; ")}\n${file.text}`,
      );
    }
    const engine = Engine.load(image);
    const story = new Story(model.policy, model.world);
    try {
      asked += compare(engine, story);
      for (let step = 0; step < 3; step++) change(engine, story, next);
      asked += compare(engine, story);
    } catch (error) {
      throw new Error(`seed ${seed}, world ${world}\n${file.text}`, { cause: error });
    }
  }
  expect(asked).toBeGreaterThan(worlds * 500);
});
