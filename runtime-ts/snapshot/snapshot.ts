import {
  TYPE_SET,
  WORLD_TEAM_COLUMNS,
  WORLD_TEAM_ROOM,
  WORLD_UNIT_COLUMNS,
  WORLD_UNIT_ROOM,
  WORLD_USER_COLUMNS,
  WORLD_USER_ROOM,
} from "../../runtime-as/abi.ts";
import { columnBytes } from "../columns/column-buffer.ts";
import type { ConditionalGrant } from "../conditions.ts";
import { LoadedWorld } from "../loaded-world.ts";
import type { Attribute } from "../policy.ts";
import { type ChunkReader, ChunkWriter, damaged } from "./chunks.ts";
import { Checksum, type Machine, readBytes, writeBytes } from "./format.ts";
import type { Parts } from "./parts.ts";
import { readPeople, writePeople } from "./people.ts";
import { checkColumn, readRecords, writeRecords } from "./records.ts";
import { readTexts, writeTexts } from "./texts.ts";

/** Nothing large takes more memory for each of its bytes in a snapshot; what is small and does is found room for later. */
const mostBytesOfByte = 16;

/** The planes of all roles: edits write into them. */
function planesOf({ core, memory, policy }: Parts): Uint32Array<ArrayBuffer> {
  const first = core.rolePlanes(0) >>> 2;
  return memory.words.subarray(first, first + policy.roles.length * core.planeWords());
}

function holderColumns({ policy: { conditions } }: Parts): [readonly Attribute[], number, number][] {
  return [
    [conditions.users, WORLD_USER_ROOM, WORLD_USER_COLUMNS],
    [conditions.teams, WORLD_TEAM_ROOM, WORLD_TEAM_COLUMNS],
    [conditions.units, WORLD_UNIT_ROOM, WORLD_UNIT_COLUMNS],
  ];
}

/** The image and the whole loaded world as bytes. The world must be ready to be asked. */
export function writeSnapshot(
  image: Uint8Array<ArrayBuffer>,
  parts: Parts,
  loaded: LoadedWorld,
): Uint8Array<ArrayBuffer> {
  const used = parts.memory.mark();
  return Checksum.during(parts, (sum) => writeBytes(collect(image, parts, loaded, used), sum));
}

/** All tables of texts: most of a large snapshot. */
function textsOf({ policy }: Parts, { conditions, records, world }: LoadedWorld): ChunkWriter {
  const writer = new ChunkWriter();
  const { strings, sets, ghosts } = conditions.interned;
  writeTexts(writer, strings.texts);
  writeTexts(writer, sets.keys);
  writeTexts(writer, ghosts.state.table);
  writeTexts(writer, world.users.names);
  policy.entities.forEach((_, entity) => {
    writeTexts(writer, records.tableOf(entity));
  });
  return writer;
}

function collect(
  image: Uint8Array<ArrayBuffer>,
  parts: Parts,
  loaded: LoadedWorld,
  usedBytes: number,
): ChunkWriter {
  const { core, memory, policy } = parts;
  const writer = new ChunkWriter();
  writer.put(image);
  writer.put(Uint32Array.of(usedBytes));
  writer.nest(textsOf(parts, loaded));
  writer.put(planesOf(parts));
  writer.putJson(
    Array.from(policy.conditions.grants, ([role, grants]) => [
      role,
      grants.map(({ privilege, level, program }) => [privilege, level, program]),
    ]),
  );
  writePeople(writer, loaded);
  const { sets, ghosts } = loaded.conditions.interned;
  writer.put(ghosts.state.resolved);
  writeRecords(writer, memory, policy, loaded);
  const word = (offset: number) => memory.words[(core.world() + offset) >>> 2] as number;
  const numbers = sets.numbers();
  for (const [attributes, room, table] of holderColumns(parts)) {
    attributes.forEach(({ type }, column) => {
      const address = memory.words[(word(table) >>> 2) + column] as number;
      const copy = memory.words.slice(address >>> 2, (address + columnBytes(word(room))) >>> 2);
      for (let row = 0; type === TYPE_SET && row < word(room); row++) {
        copy[row * 2] = numbers.get(copy[row * 2] as number) ?? 0;
      }
      writer.put(Uint32Array.of(word(room)));
      writer.put(copy);
    });
  }
  const { members, shares } = loaded.columns.image();
  writer.putJson(members);
  writer.put(Uint32Array.from(shares));
  return writer;
}

/** Grants under conditions that some role of the image has: no other program may stand for a privilege. */
function readGrants(given: unknown, { policy }: Parts): void {
  const known = new Map<string, ConditionalGrant>();
  for (const grants of policy.conditions.grants.values()) {
    for (const grant of grants) known.set(`${grant.privilege} ${grant.level} ${grant.program}`, grant);
  }
  const ofRoles = policy.conditions.grants as Map<number, readonly ConditionalGrant[]>;
  if (!Array.isArray(given)) throw damaged("grants that do not fit");
  const restored = given.map((entry: unknown) => {
    const [role, grants] = Array.isArray(entry) ? entry : [];
    if (policy.roles[role] === undefined || !Array.isArray(grants)) throw damaged("grants that do not fit");
    return [
      role as number,
      grants.map((grant: unknown) => {
        const found = Array.isArray(grant) ? known.get(grant.join(" ")) : undefined;
        if (found === undefined) throw damaged("a grant that the policy does not know");
        return { ...found, role };
      }),
    ] as const;
  });
  ofRoles.clear();
  for (const [role, grants] of restored) ofRoles.set(role, grants);
}

/** The image of a snapshot, and what restores the rest once the image is loaded. Throws BWK417 to BWK419. */
export function openSnapshot(
  machine: Machine,
  bytes: Uint8Array,
  takesOver: boolean,
): {
  readonly image: Uint8Array<ArrayBuffer>;
  readonly restore: (parts: Parts) => LoadedWorld;
} {
  const reader = readBytes(machine, bytes, takesOver);
  return { image: reader.bytes(), restore: (parts) => readWorld(reader, parts) };
}

function readWorld(reader: ChunkReader, parts: Parts): LoadedWorld {
  const { core, memory, policy } = parts;
  const [usedBytes = 0] = reader.words();
  memory.expect(Math.min(usedBytes, reader.length * mostBytesOfByte));
  // The largest first: while little else is there, the garbage collector has little to look through.
  const texts = reader.nested();
  const next = () => readTexts(texts, parts);
  const [ofStrings, ofSets, ofGhosts, userNames] = [next(), next(), next(), next()];
  const ids = policy.entities.map(next);
  const planes = reader.words();
  if (planes.length !== planesOf(parts).length) throw damaged("roles that do not fit");
  planesOf(parts).set(planes);
  readGrants(reader.json(), parts);
  const world = readPeople(reader, policy, userNames);
  const nothing = { declarations: undefined as never, records: [], shares: [], columnShares: [] };
  const loaded = new LoadedWorld(core, memory, policy, nothing, world);
  const { strings, sets, ghosts } = loaded.conditions.interned;
  if (!strings.restore(ofStrings)) throw damaged("texts of another policy");
  if (!sets.restore(ofSets)) throw damaged("a set that is none");
  ghosts.restore(ofGhosts, reader.words());
  readRecords(reader, parts, loaded, ids);
  for (const [attributes, room, table] of holderColumns(parts)) {
    readHolderColumns(reader, parts, loaded, attributes, room, table);
  }
  readColumnState(reader, loaded);
  return loaded;
}

/** Columns of users, teams or units: of as many rows as there were, into as many as there are. */
function readHolderColumns(
  reader: ChunkReader,
  { core, memory }: Parts,
  loaded: LoadedWorld,
  attributes: readonly Attribute[],
  room: number,
  table: number,
): void {
  const word = (offset: number) => memory.words[(core.world() + offset) >>> 2] as number;
  attributes.forEach((attribute, column) => {
    const [before = 0] = reader.words();
    const values = reader.words();
    const rows = word(room);
    if (before < rows || values.length * 4 !== columnBytes(before)) throw damaged("a column that is cut");
    const address = memory.words[(word(table) >>> 2) + column] as number;
    memory.words.set(values.subarray(0, rows * 2), address >>> 2);
    const bits = (rows + 31) >>> 5;
    memory.words.set(values.subarray(before * 2, before * 2 + bits), (address >>> 2) + rows * 2);
    checkColumn(memory, address, rows, attribute, loaded);
  });
}

function readColumnState(reader: ChunkReader, loaded: LoadedWorld): void {
  const members = reader.json();
  const shares = reader.words();
  const isList = (list: unknown): list is number[] =>
    Array.isArray(list) && list.every((item) => item >>> 0 === item);
  const profiles = loaded.world.profileMembers.length;
  if (
    !Array.isArray(members) ||
    members.length !== profiles ||
    !members.every(isList) ||
    shares.length % 4 !== 0
  ) {
    throw damaged("columns that do not fit");
  }
  loaded.columns.restore({ members, shares });
}
