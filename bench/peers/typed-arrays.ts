// The same tables walked by plain JavaScript: the fastest ways that we know.
import type { TenantRequests } from "../generate/tenant-requests.ts";
import { type Contestant, collect } from "../harness/contestant.ts";
import { decideByLevel, decideByReach, type ReachTable, type TypedTables } from "./typed-tables.ts";

export const BY_REACH = "plain JavaScript, typed arrays";
export const BY_LEVEL = "plain JavaScript, typed arrays, by role set";

/** Counting and answering, from a table of all pairs of user and privilege. */
export function typedByReach(
  reaches: ReachTable,
  tables: TypedTables,
  { users, privileges, records, count }: TenantRequests,
  kind: "single" | "batch",
): Contestant {
  const batch = (): Uint32Array => {
    const words = new Uint32Array((count + 31) >>> 5);
    for (let first = 0; first < count; first += 32) {
      const end = Math.min(32, count - first);
      let word = 0;
      for (let bit = 0; bit < end; bit++) {
        const i = first + bit;
        const answer = decideByReach(
          reaches,
          tables,
          users[i] as number,
          privileges[i] as number,
          records[i] as number,
        );
        if (answer) word |= 1 << bit;
      }
      words[first >>> 5] = word;
    }
    return words;
  };
  const single = (): number => {
    let allowed = 0;
    for (let i = 0; i < count; i++) {
      const answer = decideByReach(
        reaches,
        tables,
        users[i] as number,
        privileges[i] as number,
        records[i] as number,
      );
      if (answer) allowed++;
    }
    return allowed;
  };
  return {
    name: BY_REACH,
    answers: count,
    decisions: batch,
    run: kind === "batch" ? () => batch()[0] as number : single,
  };
}

/** The same through role sets. */
export function typedByLevel(
  tables: TypedTables,
  { users, privileges, records, count }: TenantRequests,
  kind: "single" | "batch",
): Contestant {
  const decide = (i: number): boolean =>
    decideByLevel(tables, users[i] as number, privileges[i] as number, records[i] as number);
  const single = (): number => {
    let allowed = 0;
    for (let i = 0; i < count; i++) if (decide(i)) allowed++;
    return allowed;
  };
  return {
    name: BY_LEVEL,
    answers: count,
    decisions: () => collect(count, decide),
    run: kind === "batch" ? () => collect(count, decide)[0] as number : single,
  };
}
