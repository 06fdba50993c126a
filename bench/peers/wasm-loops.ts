// Straightforward loops in WebAssembly over the same tables, and limits: loops that only read what no answer can do without.
import type { TenantRequests } from "../generate/tenant-requests.ts";
import type { Contestant } from "../harness/contestant.ts";
import { LoopMemory } from "./loop-memory.ts";
import type { TypedTables } from "./typed-tables.ts";

export const WASM_LOOP = "straightforward loop in WebAssembly";
export const WASM_LIMIT = "limit: reads only";

/** Requests that are copied into the module's memory at once: so many stay in the cache. */
const CHUNK = 16_384;

/**
 * Both take the requests from JavaScript, a chunk at a time, and give the answers back: what `Engine.checkBatch` has to do as
 * well.
 */
export function wasmChecks(tables: TypedTables, requests: TenantRequests): Contestant[] {
  const memory = new LoopMemory();
  const { loops } = memory;
  const { count, users, privileges, records } = requests;
  const at = {
    users: memory.put(tables.users),
    levels: memory.put(tables.levels),
    owners: memory.put(tables.owners),
    units: memory.put(tables.units),
    shared: memory.put(tables.shared),
    userTeams: memory.put(tables.userTeams),
    shareRecords: memory.put(tables.shareRecords),
    sharees: memory.put(tables.sharees),
    shareRights: memory.put(tables.shareRights),
    requests: memory.allocate(CHUNK * 12),
    out: memory.allocate(CHUNK / 8),
  };
  const [first, second, third] = [at.requests, at.requests + CHUNK * 4, at.requests + CHUNK * 8];
  const inChunks = (answer: (count: number) => void): Uint32Array => {
    const answers = new Uint32Array((count + 31) >>> 5);
    const words = new Uint32Array(loops.memory.buffer);
    for (let from = 0; from < count; from += CHUNK) {
      const to = Math.min(count, from + CHUNK);
      words.set(users.subarray(from, to), first >>> 2);
      words.set(privileges.subarray(from, to), second >>> 2);
      words.set(records.subarray(from, to), third >>> 2);
      answer(to - from);
      answers.set(memory.words(at.out, (to - from + 31) >>> 5), from >>> 5);
    }
    return answers;
  };
  const check = () =>
    inChunks((some) =>
      loops.checkEach(
        at.users,
        at.levels,
        tables.levelBytes,
        at.owners,
        at.units,
        at.shared,
        tables.teamsPerUser,
        at.userTeams,
        at.shareRecords,
        at.sharees,
        at.shareRights,
        tables.shareRecords.length,
        first,
        second,
        third,
        some,
        at.out,
      ),
    );
  const read = () =>
    inChunks((some) =>
      loops.readEach(at.users, at.levels, tables.levelBytes, at.units, first, second, third, some, at.out),
    );
  return [
    { name: WASM_LOOP, answers: count, decisions: check, run: () => check()[0] as number },
    { name: WASM_LIMIT, answers: count, isLimit: true, decisions: read, run: () => read()[0] as number },
  ];
}
