import { instantiateSync } from "@assemblyscript/loader";
import { plainCore, simdCore } from "./core-bytes.gen.ts";
import { BailiwickError } from "./errors.ts";

/** The core's exports. Addresses are bytes in `memory`; results are signed, so an address is read with `>>> 0`. */
export interface Core {
  readonly memory: WebAssembly.Memory;
  /** Zeroed bytes, 16-byte aligned; 0 when out of memory. */
  allocate(bytes: number): number;
  /** Everything allocated after a mark is given back by `reset`. */
  mark(): number;
  reset(mark: number): void;
  /** Address of the world header (abi.ts, WORLD_*). */
  world(): number;
  /** Validates an image completely and uses it in place; IMAGE_*. */
  loadImage(address: number, bytes: number): number;
  imageErrorSection(): number;
  /** DECISION_ALLOW or DENY_*, of a forbid with its guardrail number << 8. */
  decide(principal: number, privilege: number, record: number): number;
  /** Whether `decide` allows: 1 or 0, from a table of what users reach. */
  allows(principal: number, privilege: number, record: number): number;
  /** -1 less the code of `decide` where it denies; else the first source, its kind * 2^32 and its reference. */
  reason(principal: number, privilege: number, record: number): number;
  /** The same as `decide` about a record that is not loaded. */
  decideDescribed(principal: number, privilege: number, owner: number, unit: number, parent: number): number;
  /** Whether a user may create a record for this owner, who lies in `ownersUnit`; answers as `decide`. */
  decideCreate(principal: number, privilege: number, owner: number, unit: number, ownersUnit: number): number;
  explainCreate(
    principal: number,
    privilege: number,
    owner: number,
    unit: number,
    ownersUnit: number,
    out: number,
    capacity: number,
  ): number;
  /** Whether a user or team may own a loaded record, by the privilege to read its entity (0 or 1). */
  mayOwn(owner: number, privilege: number, record: number): number;
  /** The same of a record that would lie in `unit`. */
  mayOwnDescribed(owner: number, privilege: number, unit: number): number;
  /** Whether a user has some grant of a privilege on a record, whatever it reaches (0 or 1). */
  holdsGrant(principal: number, privilege: number, record: number): number;
  /** One bit a request into whole words at `out`. */
  checkBatch(principals: number, privileges: number, records: number, count: number, out: number): void;
  /** How many questions of batches have been judged without the table of what users reach. */
  judgedQuestions(): number;
  /** One bit a record of the privilege's entity; returns how many are one. */
  filter(principal: number, privilege: number, out: number): number;
  /** Bytes that `makeWho` needs before `whoCan` may answer by it; 0 while it is up to date. */
  whoBytes(): number;
  /** Works out what `whoCan` knows about all users, into zeroed bytes. */
  makeWho(address: number): void;
  /** One bit a user; returns how many are one. */
  whoCan(privilege: number, record: number, out: number): number;
  /** Two words a source; returns how many there are, also beyond `capacity`. */
  explain(principal: number, privilege: number, record: number, out: number, capacity: number): number;
  explainDescribed(
    principal: number,
    privilege: number,
    owner: number,
    unit: number,
    parent: number,
    out: number,
    capacity: number,
  ): number;
  /** What a program says of the question that was explained last: TRUE, FALSE or ERROR_*. */
  answerOf(program: number): number;
  /** ORs the plane rows of `count` roles into the row at `out`. */
  unionPlanes(out: number, roles: number, count: number): void;
  planeWords(): number;
  /** Address of the plane row of a role. */
  rolePlanes(role: number): number;
  /** Where in a plane row a privilege stands; NONE (as -1) where it does not exist. */
  slotOf(privilege: number): number;
  /** Marks the users whom some guardrail names; called when people have been written. */
  markGuarded(): void;
  /** The same for one user. */
  guardUser(user: number): void;
  /** Gives every record the number that the 65,536 halves at an address have for its unit. */
  remapUnits(map: number): void;
  recordsInUnit(unit: number): number;
  /** Works out the programs that look at the principal alone, for every user (abi.ts, WORLD_USER_FACTS). */
  computeUserFacts(): void;
  /** The same of the record alone, for the records of the page at an address; `first` is its first record's number. */
  computePageFacts(page: number, first: number): void;
  /** The same for one user, and for one record of the page at an address. */
  computeFactsOfUser(user: number): void;
  computeRecordFacts(page: number, record: number): void;
  /** The request context has changed. */
  forgetRequestFacts(): void;
  /** Takes bytes (a multiple of 8) into the four lanes of 64 bits at an address. */
  takeChecksum(lanes: number, at: number, bytes: number): void;
  /** The checksum of the lanes, into the first of them. */
  endChecksum(lanes: number): void;
  /** Adds rows of a table of texts to the three sums of 64 bits at an address; 0 where one goes beyond `units` code units. */
  takeTextRows(sums: number, rows: number, count: number, units: number): number;
  /** The same of slots; 0 where one leads beyond `rows` rows. */
  takeTextSlots(sums: number, slots: number, count: number, rows: number, numberBits: number): number;
  /** Moves the shares of a page, given by their groups, from one row on by so many bytes: a row is added or removed at a place. */
  moveShares(groups: number, shift: number, place: number, row: number, by: number): void;
  /** Whether every owner and unit of every record is one (0 or 1). */
  ownersAreKnown(): number;
}

/** Which core runs: `auto` takes SIMD where WebAssembly has it. Answers are equal, only the speed differs. */
export type CoreKind = "auto" | "plain" | "simd";

/** A core from elsewhere: what `threadsCore` of `bailiwick/threads` gives. */
export interface CoreSource {
  instantiate(): Core;
}

/** Undefined where WebAssembly does not take it. */
const modules = new Map<"plain" | "simd", WebAssembly.Module | undefined>();

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** Compiled once; undefined where WebAssembly has no SIMD. */
function moduleOf(kind: "plain" | "simd"): WebAssembly.Module | undefined {
  if (modules.has(kind)) return modules.get(kind);
  const bytes = bytesOf(kind === "simd" ? simdCore : plainCore);
  const module = kind === "plain" || WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : undefined;
  modules.set(kind, module);
  return module;
}

/** A core with a memory of its own. Each kind is compiled once. */
export function instantiate(kind: CoreKind | CoreSource): Core {
  if (typeof kind === "object" && typeof kind?.instantiate === "function") return kind.instantiate();
  if (kind !== "auto" && kind !== "plain" && kind !== "simd") {
    throw new BailiwickError("BWK415", "unknown core", "say `auto`, `plain` or `simd`");
  }
  const module =
    moduleOf(kind === "plain" ? "plain" : "simd") ?? (kind === "auto" ? moduleOf("plain") : undefined);
  if (module === undefined) {
    throw new BailiwickError("BWK415", "WebAssembly has no SIMD here", "use the core `auto` or `plain`");
  }
  // The instance's own exports: the loader's wrappers around them would cost a call on every check.
  return instantiateSync(module).instance.exports as unknown as Core;
}
