// Batches with more pairs of user and privilege than the table of what users reach has room for: blocks are then judged without
// it (runtime-as/batch-judge.ts). What `check` says of each question, which never looks at the table, is what they must say.
import { expect, test } from "vitest";
import { Random } from "../../bench/generate/random.ts";
import { compile } from "../../compiler/index.ts";
import { hostOf } from "../../runtime-ts/engine.ts";
import { type BatchRequests, Engine, noRecord } from "../../runtime-ts/index.ts";

/** With eight privileges on each entity eight times what the table has room for. */
const USERS = 6_000;
/** The last one is owned by principals: what lies behind its page must not be taken for it. */
const ENTITIES = 22;
const RECORDS = 5_000;
const levels = ["none", "user", "businessUnit", "parentChild", "organization"];
const rights = ["create", "read", "write", "delete", "append", "appendTo", "assign", "share"];
const ownership = ["user or team", "organization", "business unit"];

/** Entities of each ownership; one under a guardrail, one with conditions, and tasks. */
function policyText(random: Random): string {
  const entities = Array.from({ length: ENTITIES }, (_, entity) => {
    const owned = ownership[entity % 8 < 6 ? 0 : (entity % 8) - 5];
    return `entity E${entity} owned by ${owned} { size?: Long }`;
  });
  const grantsOf = (entity: number): string => {
    const owned = entity % 8 < 6;
    const possible = owned ? rights : rights.slice(0, 6);
    const condition = entity === 3 ? " when { resource has size && resource.size > 5 }" : "";
    return possible
      .map((right) => {
        const level = entity % 8 === 6 ? random.pick(["none", "organization"]) : random.pick(levels);
        return `permit ${right} on E${entity} at ${level === "user" && !owned ? "none" : level}${condition};`;
      })
      .join(" ");
  };
  const roles = Array.from({ length: 12 }, (_, role) => {
    const grants = Array.from({ length: ENTITIES }, (_, entity) =>
      random.chance(0.4) ? grantsOf(entity) : "",
    );
    return `role R${role} { ${grants.join("\n")} ${role % 3 === 0 ? "permit Export;" : ""} }`;
  });
  return `
    privilege Export;
    ${entities.join("\n")}
    ${roles.join("\n")}
    administrator role Administrator;
    @id("closed") forbid (principal, action == Action::"delete", resource is E5);
  `;
}

const unitName = (unit: number): string => `unit ${unit}`;

/** For each team the users in it. */
function makeMembers(random: Random, teams: number): string[][] {
  const size = teams < 100 ? 25 : 2;
  return Array.from({ length: teams }, () => [
    ...new Set(Array.from({ length: size }, () => `u${random.below(USERS)}`)),
  ]);
}

function directory(random: Random, members: readonly string[][]): unknown {
  const some = (count: number): string[] => [
    ...new Set(Array.from({ length: count }, () => `R${random.below(12)}`)),
  ];
  return {
    businessUnits: Array.from({ length: 40 }, (_, unit) =>
      unit === 0 ? { id: unitName(0) } : { id: unitName(unit), parent: unitName(random.below(unit)) },
    ),
    users: Array.from({ length: USERS }, (_, user) => ({
      id: `u${user}`,
      businessUnit: unitName(random.below(40)),
      // The last one holds something: who is not there must not be taken for him.
      roles: user % 97 === 0 ? ["Administrator"] : some(user === USERS - 1 ? 6 : random.below(4)),
      ...(user % 41 === 0 ? { disabled: true } : {}),
    })),
    teams: members.map((ofTeam, team) => ({
      id: `t${team}`,
      businessUnit: unitName(random.below(40)),
      roles: team % 2 === 0 && team < 60 ? some(2) : [],
      members: ofTeam,
    })),
  };
}

const recordsOf = (entity: number): number => (entity === 0 ? RECORDS : 300);
const isOwned = (entity: number): boolean => entity % 8 < 6;

interface Loaded {
  readonly engine: Engine;
  readonly members: readonly string[][];
  /** Of each entity, where its records have owners. */
  readonly owners: readonly string[][];
  /** Whom a record of E0 is shared with. */
  readonly sharees: ReadonlyMap<number, string>;
}

function makeEngine(random: Random, core: "simd" | "plain", teams: number): Loaded {
  const { image, diagnostics } = compile([{ name: "many.bwk", text: policyText(random) }]);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (image === undefined) throw new Error(errors.map(({ message }) => message).join("\n"));
  const engine = Engine.load(image, { core });
  const members = makeMembers(random, teams);
  engine.directory.load(directory(random, members));
  const owners: string[][] = [];
  for (let entity = 0; entity < ENTITIES; entity++) {
    const id = Array.from({ length: recordsOf(entity) }, (_, i) => `r${i}`);
    owners[entity] = id.map((_, i) => (i % 7 === 0 ? `t${random.below(teams)}` : `u${random.below(USERS)}`));
    engine.records.load(`E${entity}`, {
      id,
      size: id.map(() => (random.chance(0.2) ? "" : String(random.below(10)))),
      ...(isOwned(entity)
        ? { owner: owners[entity], owner_type: id.map((_, i) => (i % 7 === 0 ? "team" : "user")) }
        : {}),
      ...(entity % 8 === 7 ? { business_unit: id.map(() => unitName(random.below(40))) } : {}),
    });
  }
  const shares = Array.from({ length: 4_000 }, () => random.below(RECORDS));
  const principals = shares.map((_, i) =>
    i % 3 === 0 ? `t${random.below(teams)}` : `u${random.below(USERS)}`,
  );
  engine.shares.load({
    entity: shares.map(() => "E0"),
    id: shares.map((record) => `r${record}`),
    principal: principals,
    principal_type: shares.map((_, i) => (i % 3 === 0 ? "team" : "user")),
    rights: shares.map(() => "read|write|delete|append|assign"),
  });
  return {
    engine,
    members,
    owners,
    sharees: new Map(shares.map((record, i) => [record, principals[i] ?? ""])),
  };
}

/** Who asks about a record: anybody, or somebody to whom it matters who owns it or whom it is shared with. */
function whoAsks(random: Random, loaded: Loaded, entity: number, record: number): string {
  const { members, owners, sharees } = loaded;
  const draw = random.below(4);
  const principal =
    draw === 0 ? owners[entity]?.[record] : draw === 1 && entity === 0 ? sharees.get(record) : undefined;
  if (principal?.startsWith("t")) return random.pick(members[Number(principal.slice(1))] as string[]);
  return principal ?? `u${random.below(USERS)}`;
}

/** Questions of `users` users about everything. */
function anything(engine: Engine, random: Random, users: number, count: number): BatchRequests {
  const numbers = Array.from({ length: ENTITIES }, (_, entity) => engine.recordNumbers(`E${entity}`));
  const entities = Uint32Array.from({ length: count }, () => random.below(ENTITIES));
  return {
    principals: entities.map(() => random.below(users)),
    privileges: entities.map((entity) => engine.privilege("create", `E${entity}`) + random.below(6)),
    records: entities.map((entity) => random.pick(Array.from(numbers[entity]?.slice(0, 9) ?? []))),
  };
}

/** The questions from one on, so many of them. */
function part(
  { principals, privileges, records }: BatchRequests,
  from: number,
  count: number,
): BatchRequests {
  const cut = (column: Uint32Array): Uint32Array => column.subarray(from, from + count);
  return { principals: cut(principals), privileges: cut(privileges), records: cut(records) };
}

/**
 * The answers, some at a time: before that so many other pairs of user and privilege are asked about that the table is left. So
 * much of the questions must have been judged without it, at least.
 */
function answersOf(engine: Engine, requests: BatchRequests, others: BatchRequests, least: number): boolean[] {
  const { core } = hostOf(engine);
  const answers: boolean[] = [];
  let judged = 0;
  for (let from = 0; from < requests.records.length; from += 8_192) {
    engine.checkBatch(others);
    const before = core.judgedQuestions();
    const some = engine.checkBatch(part(requests, from, 8_192));
    judged += core.judgedQuestions() - before;
    for (let i = 0; i < some.length; i++) answers.push(some.get(i));
  }
  expect(judged / answers.length).toBeGreaterThanOrEqual(least);
  return answers;
}

// With more teams than a mark can tell apart owners are looked at.
test.each([
  ["simd", 60],
  ["simd", 17_000],
  ["plain", 60],
] as const)("what the table has no room for: %s, %d teams", { timeout: 120_000 }, (core, teams) => {
  const random = new Random(17);
  const loaded = makeEngine(random, core, teams);
  const { engine } = loaded;
  const others = anything(engine, random, USERS, 1 << 19);
  const least = core === "simd" ? 0.5 : 0;
  engine.update((world) => {
    for (let i = 0; i < 50; i++) world.delete({ entity: "E0", id: `r${i * 7}` });
  });
  const questions = Array.from({ length: 120_000 }, (_, i) => {
    if (i % 50 === 0) return { principal: `u${random.below(USERS)}`, action: "Export" };
    const number = random.chance(0.2) ? 0 : random.below(ENTITIES);
    const record = random.below(recordsOf(number));
    return {
      principal: whoAsks(random, loaded, number, record),
      action: random.pick(isOwned(number) ? rights : rights.slice(0, 6)),
      resource: { entity: `E${number}`, id: `r${record}` },
    };
  }).filter(
    ({ resource }) =>
      resource?.entity !== "E0" ||
      Number(resource.id.slice(1)) >= 50 * 7 ||
      Number(resource.id.slice(1)) % 7 !== 0,
  );
  const principals = Uint32Array.from(questions, ({ principal }) => engine.principal(principal));
  const privileges = Uint32Array.from(questions, ({ action, resource }) =>
    resource === undefined ? engine.privilege(action) : engine.privilege(action, resource.entity),
  );
  const numbers = Array.from({ length: ENTITIES }, (_, entity) => engine.recordNumbers(`E${entity}`));
  const records = Uint32Array.from(questions, ({ resource }) =>
    resource === undefined ? noRecord : engine.record(resource.entity, resource.id),
  );
  const answers = answersOf(engine, { principals, privileges, records }, others, least);
  const wrong = questions.filter((question, i) => answers[i] !== engine.check(question).allowed);
  expect(wrong.slice(0, 5)).toEqual([]);
  const tasks = questions.filter(({ resource }, i) => resource === undefined && answers[i]);
  expect(tasks.length).toBeGreaterThan(100);

  // Numbers of nobody and nothing, of records of other entities and of deleted ones, among the others.
  const odd = [0xffffffff, USERS, 0x7fffffff];
  const last = numbers[ENTITIES - 1]?.at(-1) ?? 0;
  const behind = [last + 1, last + 4_096, (numbers[0]?.at(-1) ?? 0) + 1];
  const strange = (column: Uint32Array, others: readonly number[]): Uint32Array =>
    column.map((number) => (random.chance(0.1) ? random.pick(others) : number));
  const batch = {
    principals: strange(principals, odd),
    privileges: strange(privileges, [0xffffffff, 5_000]),
    records: strange(records, [
      ...odd,
      ...behind,
      ...[1, 3, 7].map((entity) => numbers[entity]?.[5] ?? 0),
      0,
      7,
      14,
    ]),
  };
  const many = answersOf(engine, batch, others, least);
  const differ = Array.from(batch.records.keys()).filter(
    (i) =>
      many[i] !==
      engine.allows(batch.principals[i] as number, batch.privileges[i] as number, batch.records[i] as number),
  );
  expect(differ.slice(0, 5)).toEqual([]);

  // Behind the last page of all there is nothing for anybody.
  const isBehind = (i: number): boolean => i % 8 === 7;
  const first = engine.privilege("create", `E${ENTITIES - 1}`);
  const behindAll = {
    principals,
    privileges: privileges.map((privilege, i) =>
      isBehind(i) ? first + random.below(rights.length) : privilege,
    ),
    records: records.map((record, i) => (isBehind(i) ? last + 4_096 : record)),
  };
  const someBehind = answersOf(engine, behindAll, others, least);
  expect(questions.filter((_, i) => isBehind(i) && someBehind[i])).toEqual([]);
});

test("users who ask again come back into the table; as many as it has room for never leave it", () => {
  const random = new Random(18);
  const { engine } = makeEngine(random, "simd", 60);
  const judged = (): number => hostOf(engine).core.judgedQuestions();
  const few = anything(engine, random, 50, 1 << 14);
  for (let i = 0; i < 20; i++) engine.checkBatch(few);
  expect(judged()).toBe(0);
  engine.checkBatch(anything(engine, random, USERS, 1 << 20));
  const before = judged();
  expect(before).toBeGreaterThan(900_000);
  for (let i = 0; i < 12; i++) engine.checkBatch(few);
  const after = judged();
  engine.checkBatch(few);
  expect(after - before).toBeLessThan(12 << 14);
  expect(judged()).toBe(after);
});
