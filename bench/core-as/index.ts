// Loops that the benchmarks compare the core with. They share nothing with it and are never shipped; addresses are bytes in this
// module's own memory, which wasm-loops.ts fills.
export { checkEach, readEach } from "./checks";
export { allocate } from "./memory";
