// Loops that the benchmarks compare the core with. They share nothing with it and are never shipped; addresses are bytes in this
// module's own memory, which peers/loop-memory.ts fills.
export { checkEach, readEach } from "./checks";
export { readRecords, readUnits, readUsers } from "./lists";
export { allocate } from "./memory";
