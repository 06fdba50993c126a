import type { Engine } from "../../runtime-ts/index.ts";
import { append } from "../tables/append.ts";
import { type Database, literal } from "../tables/database.ts";
import type { Table } from "../tables/table.ts";

/** Record actions, with the other word for `write`. */
export const actions = [
  "create",
  "read",
  "write",
  "update",
  "delete",
  "assign",
  "share",
  "append",
  "appendTo",
];

/** Names that travel to the database at once. */
const namesAtOnce = 65_536;

/** Tables of the engine's names and their numbers: with them the database turns the names in requests into numbers. */
export interface NameTables {
  /** `name`, `number` */
  readonly users: string;
  /** `action`, `entity` ("" of a task privilege), `number` */
  readonly privileges: string;
  /** `entity`, `id`, `place`: which of its entity's records it is. */
  readonly records: string;
  /** Record numbers by entity and place. */
  readonly numbers: ReadonlyMap<string, Uint32Array>;
  /** The entity of each privilege number; undefined of a task privilege. */
  readonly entities: ReadonlyMap<number, string>;
}

function* parts<T>(items: readonly T[]): Generator<readonly T[], void, undefined> {
  for (let first = 0; first < items.length; first += namesAtOnce)
    yield items.slice(first, first + namesAtOnce);
}

/** A table of names with their places from 0. */
async function placed(db: Database, names: readonly string[]): Promise<string> {
  const table = db.newName();
  await db.run(`CREATE TABLE ${table} (name VARCHAR)`);
  for (const part of parts(names)) await append(db, table, "VARCHAR", part);
  return table;
}

/** Tables of everything that these requests may name; records of entities that they do not name stay out. */
export async function makeNameTables(
  engine: Engine,
  db: Database,
  requests: Table,
  entityColumn: string,
): Promise<NameTables> {
  const users = db.newName();
  const names = await placed(db, engine.userNames());
  await db.run(
    `CREATE TABLE ${users} AS SELECT name, rowid::INTEGER AS number FROM ${names} WHERE name <> ''`,
  );
  await db.run(`DROP TABLE ${names}`);

  const entities = new Map<number, string>();
  const privileges = db.newName();
  await db.run(`CREATE TABLE ${privileges} (action VARCHAR, entity VARCHAR, number INTEGER)`);
  const rows: string[] = [];
  const add = (action: string, entity: string, number: number): void => {
    rows.push(`(${literal(action)}, ${literal(entity)}, ${number})`);
  };
  for (const { name } of engine.entities()) {
    for (const action of actions) {
      const number = engine.privilege(action, name);
      entities.set(number, name);
      add(action, name, number);
    }
  }
  for (const task of engine.taskNames()) add(task, "", engine.privilege(task));
  for (const part of parts(rows)) await db.run(`INSERT INTO ${privileges} VALUES ${part.join(", ")}`);

  const records = db.newName();
  const numbers = new Map<string, Uint32Array>();
  await db.run(`CREATE TABLE ${records} (entity VARCHAR, id VARCHAR, place INTEGER)`);
  const named = await db.rows(`SELECT DISTINCT ${entityColumn} FROM ${requests.name}`);
  const known = new Set(entities.values());
  for (const [entity] of named as [string | null][]) {
    if (entity === null || !known.has(entity)) continue;
    numbers.set(entity, engine.recordNumbers(entity));
    const ids = await placed(db, engine.recordIds(entity));
    await db.run(
      `INSERT INTO ${records} SELECT ${literal(entity)}, name, rowid::INTEGER FROM ${ids} WHERE name <> ''`,
    );
    await db.run(`DROP TABLE ${ids}`);
  }
  return { users, privileges, records, numbers, entities };
}
