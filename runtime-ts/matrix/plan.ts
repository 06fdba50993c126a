import {
  ACTIONS,
  NONE,
  OWNED_BY_PARENT,
  PAGE_OWNERS,
  PAGE_RECORDS,
  USER_ADMINISTERS,
  USER_BYTES,
  USER_CONDITIONAL,
  USER_FLAGS,
  USER_GUARDED,
  USER_MANAGES,
  WORLD_USERS,
} from "../../runtime-as/abi.ts";
import { checkRequests } from "../bulk.ts";
import type { Host } from "../host.ts";
import type { LoadedWorld } from "../loaded-world.ts";
import type { InContext } from "../questions.ts";

/** Principals, and questions that each is asked: a privilege and a record, `noRecord` for a task privilege. */
export interface MatrixRequest extends InContext {
  readonly principals: Uint32Array;
  readonly privileges: Uint32Array;
  readonly records: Uint32Array;
}

/** Which principals are asked, and whose answers each principal has. */
export interface MatrixPlan {
  readonly asked: Uint32Array;
  readonly rowOf: Uint32Array;
}

/** Whether something beside what a user's row points at may matter, for every user: then nobody is like another. */
function mayAllDiffer({ policy }: Host, { privileges }: MatrixRequest): boolean {
  // A condition may look at anything; who owns what lies above a record is found on the way alone.
  if (policy.guardrails.length > 0 && policy.conditions.names !== undefined) return true;
  return privileges.some(
    (privilege) => policy.entities[Math.floor(privilege / ACTIONS)]?.ownership === OWNED_BY_PARENT,
  );
}

/** Users who own one of the records or have a share of it themselves. */
function concerned({ memory }: Host, { records, shares }: LoadedWorld, numbers: Uint32Array): Set<number> {
  const { words } = memory;
  const found = new Set<number>();
  const { pages } = records;
  for (const record of new Set(numbers)) {
    if (record === NONE || pages.entityOf(record) === undefined) continue;
    const page = pages.pageAddress(record);
    const place = record % PAGE_RECORDS;
    found.add(words[((page + PAGE_OWNERS) >>> 2) + place] as number);
    for (const { principal } of shares.of(record)) found.add(principal);
  }
  return found;
}

/** Finds principals who hold the same in the same places: one of them answers for all. */
export function planOf(host: Host, loaded: LoadedWorld, request: MatrixRequest): MatrixPlan {
  const { principals } = request;
  const { words, halves } = host.memory;
  const users = loaded.world.users.names.length;
  const rows = words[(host.core.world() + WORLD_USERS) >>> 2] as number;
  const allDiffer = mayAllDiffer(host, request);
  const special = allDiffer ? new Set<number>() : concerned(host, loaded, request.records);
  const alone = USER_GUARDED | USER_CONDITIONAL | USER_MANAGES;
  const kinds = new Map<string, number>();
  const asked: number[] = [];
  const rowOf = Uint32Array.from(principals, (user) => {
    const row = rows + user * USER_BYTES;
    const isKnown = user < users;
    const isAlone =
      allDiffer ||
      special.has(user) ||
      (isKnown &&
        (((halves[(row + USER_FLAGS) >>> 1] as number) & alone) !== 0 ||
          (words[(row + USER_ADMINISTERS) >>> 2] as number) !== 0));
    const key = !isKnown
      ? "nobody"
      : isAlone
        ? `${user}`
        : words.subarray(row >>> 2, (row + USER_BYTES) >>> 2).join();
    let kind = kinds.get(key);
    if (kind === undefined) {
      kind = asked.length;
      kinds.set(key, kind);
      asked.push(user);
    }
    return kind;
  });
  return { asked: Uint32Array.from(asked), rowOf };
}

/** Throws BWK441 for arrays that do not fit. */
export function checkMatrixRequest({ principals, privileges, records }: MatrixRequest): void {
  checkRequests({ principals: privileges, privileges, records });
  checkRequests({ principals, privileges: principals, records: principals });
}
