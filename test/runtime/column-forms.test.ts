// Columns of any form: packed texts, dictionaries, numbers. They make the world that arrays and rows make.
import { expect, test } from "vitest";
import { Random } from "../../bench/generate/random.ts";
import {
  type DictionaryColumn,
  Engine,
  type PackedTexts,
  wholeOrganization,
} from "../../runtime-ts/index.ts";
import { engineOf } from "./load.ts";
import { thrown } from "./thrown.ts";

const text = `
entity User { clearance: Long }
entity Account owned by user or team { name?: String, size: Long }
entity Line owned by parent account { account: Account }
entity Facility owned by business unit;
entity Country owned by organization;
role Base { permit read, write, share on Account at user; permit read on Facility at businessUnit; }
role Deep { permit read on Account at parentChild when { resource.size > principal.clearance }; }
`;

function packed(texts: readonly string[]): PackedTexts {
  const encoded = texts.map((item) => new TextEncoder().encode(item));
  const offsets = new Int32Array(texts.length + 1);
  encoded.forEach((bytes, i) => {
    offsets[i + 1] = (offsets[i] as number) + bytes.length;
  });
  const bytes = new Uint8Array(offsets[texts.length] as number);
  encoded.forEach((item, i) => {
    bytes.set(item, offsets[i]);
  });
  return { bytes, offsets };
}

function dictionary<T>(cells: readonly (T | null)[]): DictionaryColumn<T> {
  const values = [...new Set(cells.filter((cell) => cell !== null))] as T[];
  return { values, indices: Int32Array.from(cells, (cell) => (cell === null ? -1 : values.indexOf(cell))) };
}

const random = new Random(3);
const many = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const businessUnits = [{ id: "Root" }, { id: "A", parent: "Root" }, { id: "B", parent: "A" }];
const lists = [["Base"], ["Base", "Deep"], ["Deep"]];
const users = many(60, (i) => ({
  id: i % 7 === 0 ? `zoé ${i}` : `user ${i}`,
  businessUnit: (businessUnits[random.below(3)] as { id: string }).id,
  roles: lists[random.below(3)] as string[],
  manager: i === 0 ? null : `user ${i % 7 === 1 ? i + 1 : 1}`,
  disabled: random.below(9) === 0,
  attributes: { clearance: String(random.below(5)) },
}));
const teams = [{ id: "T", businessUnit: "A", roles: ["Base"], members: ["user 3", "zoé 7"] }];
const owner = (i: number) => (users[(i * 31) % 60] as { id: string }).id;
const ids = many(500, (i) => (i % 50 === 0 ? `ü ${i}` : `acc ${i}`));
const sizes = many(500, () => String(random.below(9)));
const shares = many(300, (i) => ({
  id: ids[random.below(500)] as string,
  principal: i % 20 === 0 ? "T" : i % 20 === 1 ? "" : owner(random.below(500)),
  principal_type: i % 20 === 0 ? "team" : i % 20 === 1 ? "organization" : "user",
  rights: i % 3 === 0 ? "read" : "read|write",
}));

function loadRows(): Engine {
  const engine = engineOf(text);
  engine.directory.load({ businessUnits, users, teams });
  engine.records.load("Account", { id: ids, owner: ids.map((_, i) => owner(i)), size: sizes });
  engine.records.load("Line", { id: ["l1", "l2"], account: [ids[3] as string, ids[50] as string] });
  const column = (key: keyof (typeof shares)[number]) => shares.map((share) => share[key]);
  engine.shares.load({
    entity: shares.map(() => "Account"),
    id: column("id"),
    principal: column("principal"),
    principal_type: column("principal_type"),
    rights: column("rights"),
  });
  return engine;
}

function loadColumns(numbered: boolean): Engine {
  const engine = engineOf(text);
  const units = users.map(({ businessUnit }) => businessUnit);
  engine.directory.load({
    businessUnits,
    teams,
    users: {
      id: packed(users.map(({ id }) => id)),
      businessUnit: numbered ? dictionary(units) : packed(units),
      roles: numbered ? dictionary(users.map(({ roles }) => roles)) : users.map(({ roles }) => roles),
      manager: numbered
        ? dictionary(users.map(({ manager }) => manager))
        : packed(users.map(({ manager }) => manager ?? "")),
      disabled: numbered
        ? Uint8Array.from(users, ({ disabled }) => Number(disabled))
        : users.map((u) => u.disabled),
      attributes: { clearance: packed(users.map(({ attributes }) => attributes.clearance)) },
    },
  });
  const owners = ids.map((_, i) => owner(i));
  engine.records.load("Account", {
    id: packed(ids),
    owner: numbered ? Uint32Array.from(owners, (name) => engine.principal(name)) : packed(owners),
    size: numbered ? dictionary(sizes) : packed(sizes),
  });
  engine.records.load("Line", {
    id: packed(["l1", "l2"]),
    account: packed([ids[3] as string, ids[50] as string]),
  });
  const column = (key: keyof (typeof shares)[number]) => shares.map((share) => share[key]);
  const team = (engine.teamNames().indexOf("T") | 0x8000_0000) >>> 0;
  engine.shares.load(
    numbered
      ? {
          id: Uint32Array.from(shares, ({ id }) => engine.record("Account", id)),
          principal: Uint32Array.from(shares, ({ principal, principal_type }) =>
            principal_type === "team"
              ? team
              : principal_type === "user"
                ? engine.principal(principal)
                : wholeOrganization,
          ),
          rights: dictionary(column("rights")),
        }
      : {
          entity: dictionary(shares.map(() => "Account")),
          id: packed(column("id")),
          principal: packed(column("principal")),
          principal_type: dictionary(column("principal_type")),
          rights: packed(column("rights")),
        },
  );
  return engine;
}

/** Every answer about every user, record and action. */
function answers(engine: Engine): string {
  const privileges = ["read", "write", "share"].map((action) => engine.privilege(action, "Account"));
  const told: string[] = [];
  for (const user of engine.userNames()) {
    for (const privilege of [...privileges, engine.privilege("read", "Line")]) {
      told.push(`${user} ${privilege}: ${engine.filter(engine.principal(user), privilege).ids().join()}`);
    }
  }
  return told.join("\n");
}

test("packed texts, dictionaries and numbers make the world that rows and arrays make", () => {
  const rows = loadRows();
  const expected = answers(rows);
  expect(expected).toContain("ü 50");
  for (const numbered of [false, true]) {
    const columns = loadColumns(numbered);
    expect(columns.userNames()).toEqual(rows.userNames());
    expect(columns.recordIds("Account")).toEqual(rows.recordIds("Account"));
    expect(answers(columns)).toBe(expected);
    expect(columns.memoryBytes).toBe(rows.memoryBytes);
    // The world may be saved and changed as any other, and what was asked before stays as it was.
    expect(answers(Engine.restore(columns.snapshot()))).toBe(expected);
    const read = columns.privilege("read", "Account");
    const asked = columns.filter(columns.principal("user 3"), read);
    const before = asked.ids();
    columns.update((world) => world.delete({ entity: "Account", id: before[0] as string }));
    expect(asked.ids()).toEqual(before);
    expect(columns.filter(columns.principal("user 3"), read).ids()).toEqual(before.slice(1));
  }
});

test("mistakes in columns of users name the column and the row", () => {
  const load = (columns: object) => () =>
    engineOf(text).directory.load({
      businessUnits,
      users: { id: ["a", "b"], businessUnit: ["A", "B"], ...columns },
    });
  expect(load({})).not.toThrow();
  const cases: [columns: object, code: string, message: string][] = [
    [{ id: undefined }, "BWK420", "users.id: a column is missing"],
    [{ nam: [] }, "BWK420", "users: unknown property `nam`"],
    [{ id: ["a"] }, "BWK420", "users.businessUnit: 2 rows, the users have 1"],
    [{ id: ["a", ""] }, "BWK420", "users.id[1]: expected a name, not ``"],
    [{ id: packed(["a", ""]) }, "BWK420", "users.id[1]: expected a name, not ``"],
    [{ id: ["a", "a"] }, "BWK422", "users.id[1]: user `a` is declared twice"],
    [{ id: packed(["b", "b"]) }, "BWK422", "users.id[1]: user `b` is declared twice"],
    [
      { id: { bytes: Uint8Array.of(255, 97), offsets: Uint32Array.of(0, 1, 2) } },
      "BWK420",
      "users.id[0]: expected a name, not an object",
    ],
    [{ businessUnit: ["A", "C"] }, "BWK421", "users.businessUnit[1]: unknown business unit `C`"],
    [
      { businessUnit: { values: ["A", "C"], indices: Uint8Array.of(0, 1) } },
      "BWK421",
      "users.businessUnit[1]: unknown business unit `C`",
    ],
    [
      { businessUnit: { values: ["A"], indices: Int32Array.of(0, -1) } },
      "BWK420",
      "users.businessUnit[1]: a name is missing",
    ],
    [
      { businessUnit: { values: ["A"], indices: Uint8Array.of(0, 1) } },
      "BWK420",
      "users.businessUnit: index 1 of the dictionary is 1, it has 1 value",
    ],
    [
      { businessUnit: { bytes: new Uint8Array(1), offsets: Uint32Array.of(0, 1, 2) } },
      "BWK420",
      "users.businessUnit: offset 2 of the packed texts is 2",
    ],
    [
      { businessUnit: { bytes: new Uint8Array(1), offsets: Int32Array.of(-1, 1, 1) } },
      "BWK420",
      "users.businessUnit: offset 0 of the packed texts is -1",
    ],
    [
      { businessUnit: { bytes: [], offsets: Uint32Array.of(0) } },
      "BWK420",
      "users.businessUnit: the bytes of packed texts are a Uint8Array",
    ],
    [
      { businessUnit: { bytes: new Uint8Array(1), offsets: [0, 1] } },
      "BWK420",
      "users.businessUnit: the offsets of packed texts are a Uint32Array or Int32Array with one offset more than rows",
    ],
    [
      { businessUnit: { values: "A", indices: Uint8Array.of(0) } },
      "BWK420",
      "users.businessUnit: the values of a dictionary are an array",
    ],
    [
      { businessUnit: { values: ["A"], indices: [0, 0] } },
      "BWK420",
      "users.businessUnit: the indices of a dictionary are an Int32Array, Uint32Array, Uint16Array or Uint8Array",
    ],
    [
      { businessUnit: "A" },
      "BWK420",
      "users.businessUnit: an array, packed texts or a dictionary is expected, not `A`",
    ],
    [
      { businessUnit: {} },
      "BWK420",
      "users.businessUnit: an array, packed texts or a dictionary is expected, not an object",
    ],
    [{ roles: [["Base"], ["Bas"]] }, "BWK421", "users.roles[1][0]: unknown role `Bas`"],
    [{ roles: [["Base"], "Base"] }, "BWK420", "users.roles[1]: expected an array of roles, not `Base`"],
    [{ manager: ["b", "c"] }, "BWK421", "users.manager[1]: unknown user `c`"],
    [{ position: ["CEO", null] }, "BWK421", "users.position[0]: unknown position `CEO`"],
    [{ disabled: [false, "no"] }, "BWK420", "users.disabled[1]: expected true or false, not `no`"],
    [{ attributes: { rank: ["1", "2"] } }, "BWK425", "users.attributes: unknown attribute `rank`"],
    [
      { attributes: { clearance: ["1", "x"] } },
      "BWK425",
      "users.attributes.clearance[1]: expected a 64-bit whole number, not `x`",
    ],
  ];
  for (const [columns, code, message] of cases) {
    const error = thrown(load(columns));
    expect([error.code, error.message], message).toEqual([code, message]);
  }
});

test("mistakes in tables of numbers and of packed texts name the row", () => {
  const engine = loadRows();
  const records = (columns: object) => () => engine.records.load("Account", columns as never);
  const shared = (columns: object) => () => engine.shares.load({ rights: ["read"], ...columns });
  const record = Uint32Array.of(engine.record("Account", "acc 1"));
  const user = Uint32Array.of(0);
  engine.records.load("Facility", { id: ["f"], business_unit: ["A"] });
  const facility = Uint32Array.of(engine.record("Facility", "f"));
  const cases: [work: () => void, code: string, message: string][] = [
    [
      records({ id: packed(["x", ""]), owner: Uint32Array.of(0, 0), size: ["1", "1"] }),
      "BWK433",
      "`Account`, row 2, column `id`: the cell is empty",
    ],
    [
      records({ id: packed(["x", "acc 9"]), owner: Uint32Array.of(0, 0), size: ["1", "1"] }),
      "BWK432",
      "`Account`, row 2, column `id`: record `acc 9` of `Account` occurs twice",
    ],
    [
      records({ id: packed(["x"]), owner: Uint32Array.of(60), size: ["1"] }),
      "BWK431",
      "`Account`, row 1, column `owner`: there is no user with number 60",
    ],
    [
      records({ id: packed(["x"]), owner: packed(["nobody"]), size: ["1"] }),
      "BWK431",
      "`Account`, row 1, column `owner`: unknown user `nobody`",
    ],
    [
      records({ id: packed(["x"]), owner: packed([""]), size: ["1"] }),
      "BWK433",
      "`Account`, row 1, column `owner`: the cell is empty",
    ],
    [
      shared({ id: record, principal: Uint32Array.of(60) }),
      "BWK431",
      "`shares`, row 1, column `principal`: there is no user with number 60",
    ],
    [
      shared({ id: record, principal: Uint32Array.of(0x8000_0009) }),
      "BWK431",
      "`shares`, row 1, column `principal`: there is no team with number 9",
    ],
    [
      shared({ id: Uint32Array.of(99_999), principal: user }),
      "BWK431",
      "`shares`, row 1, column `id`: there is no record with number 99999",
    ],
    [
      shared({ id: Uint32Array.of((record[0] as number) + 600), principal: user }),
      "BWK431",
      "`shares`, row 1, column `id`: there is no record with number 600",
    ],
    [
      shared({ id: facility, principal: user }),
      "BWK435",
      "`shares`, row 1, column `id`: records of `Facility` cannot be shared",
    ],
    [
      shared({ id: record, principal: user, entity: ["Account"] }),
      "BWK434",
      "`shares`, row 1, column `entity`: numbers say it themselves: leave the column out",
    ],
    [
      shared({ id: record, principal: user, principal_type: ["user"] }),
      "BWK434",
      "`shares`, row 1, column `principal_type`: numbers say it themselves: leave the column out",
    ],
    [shared({ id: record, principal: ["user 1"] }), "BWK430", "`shares`: column `principal_type` is missing"],
  ];
  const before = answers(engine);
  for (const [work, code, message] of cases) {
    const error = thrown(work);
    expect(
      [
        error.code,
        error.message.replace(/number \d{3,}$/, (found) => (found === "number 99999" ? found : "number 600")),
      ],
      message,
    ).toEqual([code, message]);
  }
  expect(answers(engine)).toBe(before);
});
