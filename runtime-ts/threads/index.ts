// The door `bailiwick/threads`: the batch forms of an engine on several cores.
export type { CoreSource } from "../instantiate.ts";
export { threadsCore } from "./core.ts";
export { type JobOptions, type Pool, type PoolOptions, startPool } from "./pool.ts";
