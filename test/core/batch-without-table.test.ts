// Batches with more pairs of user and privilege than the table of what users reach has room for: blocks are then judged without
// it (runtime-as/batch-judge.ts). What `check` says of each question, which never looks at the table, is what they must say.
import { expect, test } from "vitest";
import { Random } from "../../bench/generate/random.ts";
import { compile } from "../../compiler/index.ts";
import { Engine, noRecord } from "../../runtime-ts/index.ts";

const USERS = 2_000;
const ENTITIES = 24;
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

function directory(random: Random): unknown {
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
      roles: user % 97 === 0 ? ["Administrator"] : some(random.below(4)),
      ...(user % 41 === 0 ? { disabled: true } : {}),
    })),
    teams: Array.from({ length: 60 }, (_, team) => ({
      id: `t${team}`,
      businessUnit: unitName(random.below(40)),
      roles: team % 2 === 0 ? some(2) : [],
      members: [...new Set(Array.from({ length: 25 }, () => `u${random.below(USERS)}`))],
    })),
  };
}

function makeEngine(random: Random, core: "simd" | "plain"): Engine {
  const { image, diagnostics } = compile([{ name: "many.bwk", text: policyText(random) }]);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (image === undefined) throw new Error(errors.map(({ message }) => message).join("\n"));
  const engine = Engine.load(image, { core });
  engine.directory.load(directory(random));
  for (let entity = 0; entity < ENTITIES; entity++) {
    const id = Array.from({ length: entity === 0 ? RECORDS : 300 }, (_, i) => `r${i}`);
    const isOwned = entity % 8 < 6;
    engine.records.load(`E${entity}`, {
      id,
      size: id.map(() => (random.chance(0.2) ? "" : String(random.below(10)))),
      ...(isOwned
        ? {
            owner: id.map((_, i) => (i % 7 === 0 ? `t${random.below(60)}` : `u${random.below(USERS)}`)),
            owner_type: id.map((_, i) => (i % 7 === 0 ? "team" : "user")),
          }
        : {}),
      ...(entity % 8 === 7 ? { business_unit: id.map(() => unitName(random.below(40))) } : {}),
    });
  }
  const shares = Array.from({ length: 400 }, () => random.below(RECORDS));
  engine.shares.load({
    entity: shares.map(() => "E0"),
    id: shares.map((record) => `r${record}`),
    principal: shares.map((_, i) => (i % 3 === 0 ? `t${random.below(60)}` : `u${random.below(USERS)}`)),
    principal_type: shares.map((_, i) => (i % 3 === 0 ? "team" : "user")),
    rights: shares.map(() => "read|write"),
  });
  return engine;
}

test.each(["simd", "plain"] as const)("what the table has no room for: %s", { timeout: 120_000 }, (core) => {
  const random = new Random(17);
  const engine = makeEngine(random, core);
  engine.update((world) => {
    for (let i = 0; i < 50; i++) world.delete({ entity: "E0", id: `r${i * 7}` });
  });
  const questions = Array.from({ length: 120_000 }, (_, i) => {
    const principal = `u${random.below(USERS)}`;
    if (i % 50 === 0) return { principal, action: "Export" };
    const number = random.chance(0.2) ? 0 : random.below(ENTITIES);
    const entity = `E${number}`;
    const records = number === 0 ? RECORDS : 300;
    const possible = number % 8 < 6 ? rights : rights.slice(0, 6);
    return {
      principal,
      action: random.pick(possible),
      resource: { entity, id: `r${random.below(records)}` },
    };
  }).filter(({ resource }) => resource?.entity !== "E0" || Number(resource.id.slice(1)) % 7 !== 0);
  const principals = Uint32Array.from(questions, ({ principal }) => engine.principal(principal));
  const privileges = Uint32Array.from(questions, ({ action, resource }) =>
    resource === undefined ? engine.privilege(action) : engine.privilege(action, resource.entity),
  );
  const numbers = Array.from({ length: ENTITIES }, (_, entity) => engine.recordNumbers(`E${entity}`));
  const records = Uint32Array.from(questions, ({ resource }) =>
    resource === undefined ? noRecord : engine.record(resource.entity, resource.id),
  );
  const answers = engine.checkBatch({ principals, privileges, records });
  const wrong = questions.filter((question, i) => answers.get(i) !== engine.check(question).allowed);
  expect(wrong.slice(0, 5)).toEqual([]);
  const tasks = questions.filter(({ resource }, i) => resource === undefined && answers.get(i));
  expect(tasks.length).toBeGreaterThan(100);

  // Numbers of nobody and nothing, of records of other entities and of deleted ones, among the others.
  const odd = [0xffffffff, USERS, 0x7fffffff];
  const strange = (column: Uint32Array, others: readonly number[]): Uint32Array =>
    column.map((number) => (random.chance(0.1) ? random.pick(others) : number));
  const batch = {
    principals: strange(principals, odd),
    privileges: strange(privileges, [0xffffffff, 5_000]),
    records: strange(records, [...odd, ...[1, 3, 7].map((entity) => numbers[entity]?.[5] ?? 0), 0, 7, 14]),
  };
  const many = engine.checkBatch(batch);
  const differ = Array.from(batch.records.keys()).filter(
    (i) =>
      many.get(i) !==
      engine.allows(batch.principals[i] as number, batch.privileges[i] as number, batch.records[i] as number),
  );
  expect(differ.slice(0, 5)).toEqual([]);
});
