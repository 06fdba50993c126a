// What small worlds cannot show: numbers of users beyond the bits of a record's mark, more pairs of user and privilege than
// the table of reaches has slots, blocks that miss it and blocks that find everything. Every entry point says what the
// judgment with its reason says.
import { expect, test } from "vitest";
import { Random } from "../../bench/generate/random.ts";
import type { CoreKind, Engine } from "../../runtime-ts/index.ts";
import { engineOf } from "./load.ts";

const USERS = 40_000;
const UNITS = 300;
const TEAMS = 500;
const RECORDS = 6_000;
/** Users whose numbers differ by this have the same bits in a mark. */
const ALIKE = 16_384;

const text = `
entity Account owned by user or team { size: Long, weight?: Long, city: String }
entity Facility owned by business unit;
entity User { clearance: Long, city: String }
role Own { permit read, write, delete on Account at user; permit read on Facility at businessUnit; }
role Unit { permit read, append on Account at businessUnit; permit write on Account at user; }
role Deep { permit read on Account at parentChild; permit read on Facility at parentChild; }
role Small { permit write, share on Account at parentChild when { resource.size < 3 }; }
role Cleared { permit delete on Account at organization when { resource.size < principal.clearance }; }
role Ranged {
  permit append on Account at parentChild when { resource.size < principal.clearance && resource.city != principal.city };
  permit write on Account at user
    when { resource has weight && resource.weight + principal.clearance > 2 && resource.size <= 6 };
}
@id("big-stays")
forbid (principal, action == delete, resource is Account) when { resource.size > 7 };
`;
const roles = ["Own", "Unit", "Deep", "Small", "Cleared", "Ranged"];
const cities = ["Lyon", "Nice", "Metz"];

function large(core: CoreKind): { engine: Engine; owners: readonly string[] } {
  const random = new Random(11);
  const engine = engineOf(text, { core });
  const units = Array.from({ length: UNITS }, (_, i) => `b${i}`);
  const user = (i: number) => `u${i}`;
  engine.directory.load({
    businessUnits: units.map((id, i) => (i === 0 ? { id } : { id, parent: `b${random.below(i)}` })),
    users: Array.from({ length: USERS }, (_, i) => ({
      id: user(i),
      businessUnit: random.pick(units),
      roles: random.sample(roles, 1 + random.below(2)),
      attributes: { clearance: random.below(6), city: random.pick(cities) },
    })),
    teams: Array.from({ length: TEAMS }, (_, i) => ({
      id: `t${i}`,
      businessUnit: random.pick(units),
      roles: i % 3 === 0 ? [random.pick(roles)] : [],
      members: Array.from({ length: 40 }, () => user(random.below(USERS))),
      ...(i % 5 === 0 ? { administrator: user(random.below(USERS)) } : {}),
    })),
  });
  const ids = Array.from({ length: RECORDS }, (_, i) => `a${i}`);
  const byTeam = ids.map(() => random.chance(0.3));
  const owners = byTeam.map((isTeam) => (isTeam ? `t${random.below(TEAMS)}` : user(random.below(USERS))));
  engine.records.load("Account", {
    id: ids,
    owner: owners,
    owner_type: byTeam.map((isTeam) => (isTeam ? "team" : "user")),
    size: ids.map(() => String(random.below(10))),
    weight: ids.map(() => (random.chance(0.3) ? "" : String(random.below(4)))),
    city: ids.map(() => random.pick(cities)),
  });
  engine.records.load("Facility", {
    id: units.map((id) => `f-${id}`),
    business_unit: units,
  });
  const shared = random.sample(ids, 300);
  engine.shares.load({
    entity: shared.map(() => "Account"),
    id: shared,
    principal: shared.map((_, i) => (i % 2 === 0 ? user(random.below(USERS)) : `t${random.below(TEAMS)}`)),
    principal_type: shared.map((_, i) => (i % 2 === 0 ? "user" : "team")),
    rights: shared.map(() => "read|write"),
  });
  return { engine, owners };
}

interface Asked {
  readonly principals: Uint32Array;
  readonly privileges: Uint32Array;
  readonly records: Uint32Array;
}

function mismatches(engine: Engine, asked: Asked): number {
  const answers = engine.checkBatch(asked);
  let wrong = 0;
  asked.principals.forEach((principal, i) => {
    const [privilege, record] = [asked.privileges[i] as number, asked.records[i] as number];
    const { allowed } = engine.reason(principal, privilege, record);
    if (answers.get(i) !== allowed || engine.allows(principal, privilege, record) !== allowed) wrong++;
  });
  return wrong;
}

for (const core of ["simd", "plain"] as const) {
  test(`every entry point agrees on ${USERS.toLocaleString("en-US")} users: ${core}`, () => {
    const { engine, owners } = large(core);
    const random = new Random(5);
    const actions = ["read", "write", "delete", "append", "share"].map((action) =>
      engine.privilege(action, "Account"),
    );
    const records = engine.recordNumbers("Account");
    const some = [...records.subarray(0, 2_000)];
    const draw = (count: number, principals: () => number): Asked => ({
      principals: Uint32Array.from({ length: count }, principals),
      privileges: Uint32Array.from({ length: count }, () => random.pick(actions)),
      records: Uint32Array.from({ length: count }, () => random.pick(some)),
    });
    const anybody = draw(20_000, () => random.below(USERS));
    const few = draw(20_000, () => 100 + random.below(60));
    // Questions of one user and privilege in rows, which a block answers together.
    const rows: Asked = {
      principals: anybody.principals.map((_, i) => anybody.principals[i >> 5] as number),
      privileges: anybody.privileges.map((_, i) => anybody.privileges[i >> 4] as number),
      records: anybody.records,
    };
    // The owners of records, and users whose marks are the same as theirs.
    const owned = records.filter((_, i) => owners[i]?.startsWith("u"));
    const ofOwners = owners.filter((name) => name.startsWith("u")).map((name) => engine.principal(name));
    const alike = {
      principals: Uint32Array.from(ofOwners, (owner, i) => (i % 2 === 0 ? owner : (owner + ALIKE) % USERS)),
      privileges: Uint32Array.from(ofOwners, () => random.pick(actions)),
      records: owned,
    };
    for (const asked of [anybody, few, few, rows, rows, alike, alike, anybody])
      expect(mismatches(engine, asked)).toBe(0);
    for (const privilege of [...actions, engine.privilege("read", "Facility")]) {
      const entity = actions.includes(privilege) ? "Account" : "Facility";
      const numbers = engine.recordNumbers(entity);
      for (const user of [3, 107, 20_011, 107 + ALIKE]) {
        const list = engine.filter(user, privilege);
        numbers.forEach((record, i) => {
          if (list.get(i) !== engine.reason(user, privilege, record).allowed)
            throw new Error(`filter: ${user}, ${entity} ${i}`);
        });
      }
      for (const i of [1, 7, 42]) {
        const record = numbers[i] as number;
        const who = engine.whoCan(privilege, record);
        for (let user = i; user < USERS; user += 11) {
          if (who.get(user) !== engine.reason(user, privilege, record).allowed)
            throw new Error(`whoCan: ${entity} ${i}, ${user}`);
        }
      }
    }
  });
}
