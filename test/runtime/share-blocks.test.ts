// Shares lie in blocks that move and are used again: whatever is added, replaced, removed, loaded and taken back, they are what a
// Map of them says, in TypeScript and in the core.
import { expect, test } from "vitest";
import { Random } from "../../bench/generate/random.ts";
import { ORGANIZATION, PAGE_RECORDS, TEAM_BIT } from "../../runtime-as/abi.ts";
import { transaction } from "../../runtime-ts/changes/transaction.ts";
import { FreeBlocks } from "../../runtime-ts/tables/free-blocks.ts";
import { type Host, host } from "./changes/host.ts";

const users = 60;
const pages = 3;
const source = [
  "entity Account owned by user or team;",
  "role Own { permit read on Account at user; }",
  "organization Root;",
  ...Array.from({ length: users }, (_, i) => `user u${i} in Root { roles: Own; }`),
  ...Array.from({ length: users / 2 }, (_, i) => `team t${i} in Root { members: u${i}, u${i + 30}; }`),
].join("\n");

/** Record -> principal -> direct mask and inherited mask in one word. */
type Model = Map<number, Map<number, number>>;

function loadedHost(): Host {
  const made = host(source);
  const count = pages * PAGE_RECORDS - 100;
  const id = Array.from({ length: count }, (_, i) => `a${i}`);
  made.loaded.records.load(0, { id, owner: new Uint32Array(count).fill(users - 1) }, undefined);
  made.loaded.getReady();
  return made;
}

const copyOf = (model: Model): Model =>
  new Map(Array.from(model, ([record, rows]) => [record, new Map(rows)]));

function put(model: Model, record: number, principal: number, masks: number): void {
  const rows = model.get(record) ?? new Map<number, number>();
  if (masks === 0) rows.delete(principal);
  else rows.set(principal, masks);
  model.set(record, rows);
}

/** Rights of semantics.md S8, by the numbers of actions; create is none in a share. */
const rightsOfActions = [0, 1, 2, 65_536, 524_288, 262_144, 4, 16];

const numbers = (masks: Uint32Array, shift: number): number[] =>
  Array.from(masks, (mask) =>
    rightsOfActions.reduce((sum, right, action) => sum + ((mask >>> (shift + action)) & 1) * right, 0),
  );

class Play {
  readonly host = loadedHost();
  model: Model = new Map();
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  /** Some records are shared much more often than others. */
  #record(): number {
    const page = this.#random.below(pages) * PAGE_RECORDS;
    return page + this.#random.pick([7, 8, 3_900, this.#random.below(64), this.#random.below(3_900)]);
  }

  #team(number: number): number {
    return (TEAM_BIT + (this.host.loaded.world.teams.numbers.get(`t${number}`) as number)) >>> 0;
  }

  #principal(): number {
    const team = this.#team(this.#random.below(users / 2));
    return this.#random.pick([this.#random.below(users), team, this.#random.below(users), ORGANIZATION]);
  }

  #masks(): number {
    return this.#random.below(3) === 0 ? 0 : this.#random.below(65_536);
  }

  /** Many replacements as one update, some of them in an update within, either of which may fail. */
  change(count: number): void {
    const { loaded } = this.host;
    const { journal } = loaded.editor;
    const before = copyOf(this.model);
    const some = (left: number) => {
      for (let i = 0; i < left; i++) {
        const [record, principal, masks] = [this.#record(), this.#principal(), this.#masks()];
        const both = { direct: masks & 255, inherited: masks >>> 8 };
        loaded.shares.set(record, principal, both, journal);
        put(this.model, record, principal, masks);
      }
    };
    const orFail = (work: () => void, saved: Model) => {
      try {
        transaction(loaded, () => {
          work();
          if (this.#random.below(3) === 0) throw new Error("taken back");
        });
      } catch (error) {
        if ((error as Error).message !== "taken back") throw error;
        this.model = saved;
      }
    };
    orFail(() => {
      some(count);
      orFail(() => some(count), copyOf(this.model));
      some(count);
    }, before);
  }

  load(count: number): void {
    const rows = Array.from({ length: count }, () => [this.#record(), this.#principal(), this.#masks()]);
    const column = (at: number) => Uint32Array.from(rows, (row) => row[at] as number);
    const masks = { rights: numbers(column(2), 0), inherited_rights: numbers(column(2), 8) };
    this.host.loaded.shares.load({ id: column(0), principal: column(1), ...masks }, undefined);
    for (const [record = 0, principal = 0, mask = 0] of rows) {
      put(this.model, record, principal, (this.model.get(record)?.get(principal) ?? 0) | (mask & 0xfefe));
    }
  }

  removeAll(): void {
    const { loaded } = this.host;
    transaction(loaded, () => {
      for (const [record, rows] of this.model) {
        for (const principal of rows.keys())
          loaded.shares.set(record, principal, { direct: 0, inherited: 0 }, loaded.editor.journal);
      }
    });
    this.model.clear();
  }

  check(): void {
    const { shares } = this.host.loaded;
    for (const [record, rows] of this.model) {
      const expected = Array.from(rows, ([principal, masks]) => [principal, masks]);
      const given = shares.of(record).map((row) => [row.principal, row.direct | (row.inherited << 8)]);
      expect(given).toEqual(expected.sort(([a = 0], [b = 0]) => a - b));
    }
    let count = 0;
    for (let record = 0; record < pages * PAGE_RECORDS; record++) count += shares.of(record).length;
    expect(count).toBe([...this.model.values()].reduce((sum, rows) => sum + rows.size, 0));
    const user = this.#random.below(users - 1);
    const reads = (masks = 0) => ((masks | (masks >>> 8)) & 2) !== 0;
    const team = this.#team(user % (users / 2));
    const mine = [...this.model].filter(([, rows]) =>
      [user, team, ORGANIZATION].some((one) => reads(rows.get(one))),
    );
    const { core, memory } = this.host;
    const found = memory.scratch(pages * 512, (out) => {
      core.filter(user, 1, out);
      return memory.words.slice(out >>> 2, (out >>> 2) + pages * 128);
    });
    const numbersFound: number[] = [];
    for (let record = 0; record < pages * PAGE_RECORDS; record++) {
      if ((((found[record >>> 5] as number) >>> (record & 31)) & 1) !== 0) numbersFound.push(record);
    }
    expect(numbersFound).toEqual(mine.map(([record]) => record).sort((a, b) => a - b));
    for (const [record, rows] of this.model) {
      expect(core.allows(user, 1, record) !== 0, `${user} ${record}`).toBe(
        [user, team, ORGANIZATION].some((one) => reads(rows.get(one))),
      );
    }
    const shared = shares.recordsSharedWith(team);
    expect(shared).toEqual(
      [...this.model]
        .filter(([, rows]) => rows.has(team))
        .map(([record]) => record)
        .sort((a, b) => a - b),
    );
  }
}

test.each([1, 2, 3, 4, 5, 6])("updates, tables and what is taken back, world %i", (seed) => {
  const play = new Play(seed);
  for (let round = 0; round < 12; round++) {
    if (round % 3 === 2) play.load(2 ** (round + 1));
    play.change(2 ** round);
    play.check();
  }
  play.removeAll();
  play.check();
  play.load(3_000);
  play.change(30);
  play.check();
});

test("what is free is joined to its neighbours, and cut where less is wanted", () => {
  const free = new FreeBlocks();
  expect(free.take(16)).toBe(0);
  for (const address of [64, 16, 48, 128]) free.put(address, 16);
  expect(free.take(32)).toBe(48);
  free.put(32, 16);
  free.put(144, 0);
  free.put(48, 32);
  expect(free.take(80)).toBe(0);
  expect(free.take(64)).toBe(16);
  expect([free.take(16), free.take(16)]).toEqual([128, 0]);
  // Taken back in any order the bytes are one block again.
  const random = new Random(5);
  const blocks = Array.from({ length: 2_000 }, (_, i) => i * 16);
  while (blocks.length > 0) free.put(blocks.splice(random.below(blocks.length), 1)[0] as number, 16);
  expect(free.take(2_000 * 16 + 16)).toBe(0);
  expect(free.take(2_000 * 16)).toBe(0);
});

test("memory that shares have left is used again", () => {
  const { loaded, memory } = loadedHost();
  const random = new Random(3);
  const count = 6_000;
  const id = Uint32Array.from({ length: count }, () => random.below(pages * PAGE_RECORDS - 100));
  const principal = Uint32Array.from(id, () => random.below(users));
  const each = (masks: number) =>
    transaction(loaded, () => {
      for (let i = 0; i < count; i++) {
        const both = { direct: masks, inherited: 0 };
        loaded.shares.set(id[i] as number, principal[i] as number, both, loaded.editor.journal);
      }
    });
  each(2);
  const most = memory.mark();
  for (let round = 0; round < 20; round++) {
    each(0);
    each(2);
  }
  loaded.shares.load(
    { id, principal, rights: { values: ["write"], indices: new Uint8Array(count) } },
    undefined,
  );
  expect(memory.mark()).toBe(most);
  // One update a share, page after page: what stays is little more than the rows.
  each(0);
  const { loaded: other, memory: its } = loadedHost();
  const before = its.mark();
  for (let i = 0; i < count; i++) {
    transaction(other, () =>
      other.shares.set(
        id[i] as number,
        principal[i] as number,
        { direct: 2, inherited: 0 },
        other.editor.journal,
      ),
    );
  }
  expect((its.mark() - before) / count).toBeLessThan(16);
});

test("what a snapshot says of shares is taken over where it fits the world, and refused where it does not", () => {
  const { loaded } = loadedHost();
  const random = new Random(11);
  const id = Uint32Array.from({ length: 500 }, () => random.below(pages * PAGE_RECORDS - 100));
  const principal = Uint32Array.from(id, (_, i) => (i % 5 === 0 ? ORGANIZATION : random.below(users)));
  loaded.shares.load({ id, principal, rights: new Array<string>(500).fill("read|write") }, undefined);
  const image = loaded.shares.image();
  const shared = image.pages.slice();
  const rows = new Uint32Array(image.rows.flatMap((part) => [...new Uint32Array(part.slice().buffer)]));
  const restored = (its = shared, words = rows) => {
    const other = loadedHost().loaded.shares;
    return other.restore(its, new Uint8Array(words.buffer)) ? other : undefined;
  };
  const found = restored();
  for (const record of id) expect(found?.of(record)).toEqual(loaded.shares.of(record));
  expect(restored(new Uint32Array(0), new Uint32Array(0))?.recordsSharedWith(1)).toEqual([]);
  const { length } = rows;
  const wrong: [shared: Uint32Array, rows: Uint32Array][] = [
    [shared.subarray(1), rows],
    [shared.with(0, pages), rows],
    [shared.with(2, 0), rows],
    [shared.with(1, (shared[1] as number) + 1), rows],
    [Uint32Array.of(...shared, 2 ** 32 - 1, 0), rows],
    [shared, rows.slice(2)],
    // A principal that nobody is, no rights, a place that is none, an order that is not that of places or principals.
    [shared, rows.with(0, users)],
    [shared, rows.with(0, TEAM_BIT + 40)],
    [shared, rows.with(0, 2 ** 32 - 1)],
    [shared, rows.with(1, (rows[1] as number) & 0xffff0000)],
    [shared, rows.with(length - 1, 0xffff0002)],
    [shared, rows.with(length - 1, ((PAGE_RECORDS - 100) << 16) | 2)],
    [shared, rows.with(length - 1, 2)],
    [shared, rows.with(3, rows[1] as number).with(2, rows[0] as number)],
  ];
  wrong.forEach(([its, words], i) => {
    expect(
      restored(its as Uint32Array<ArrayBuffer>, words as Uint32Array<ArrayBuffer>),
      `${i}`,
    ).toBeUndefined();
  });
});
