import { instantiateSync } from "@assemblyscript/loader";
import { bytesOf, type Core, type CoreKind, type CoreSource } from "../instantiate.ts";
import { threadsBytes } from "./bytes.gen.ts";
import type { PartsCore } from "./worker.ts";

/** The exports of the core for threads. */
export interface ThreadsCore extends Core, PartsCore {
  /** Where the image lies that `loadImage` has taken. */
  imageAddress(): number;
  /** Bytes that the area of a worker's instance needs for the world as it is now. */
  workerBytes(): number;
}

/** As asconfig.json has it. */
const initialPages = 16;
const maximumPages = 65_536;

let module: WebAssembly.Module | undefined;
let canShare: boolean | undefined;

/** The compiled module, one for all instances. */
export function threadsModule(): WebAssembly.Module {
  module ??= new WebAssembly.Module(bytesOf(threadsBytes));
  return module;
}

function compiles(): boolean {
  try {
    return threadsModule() !== undefined;
  } catch {
    return false;
  }
}

/** Whether memory can be shared between threads here: a browser wants the page to be cross-origin isolated. */
export function memoryCanBeShared(): boolean {
  canShare ??= typeof SharedArrayBuffer !== "undefined" && compiles();
  return canShare;
}

export function isThreadsCore(core: Core): core is ThreadsCore {
  return "workerBytes" in core;
}

function instantiate(): Core {
  const memory = new WebAssembly.Memory({ initial: initialPages, maximum: maximumPages, shared: true });
  const imports = { env: { memory }, area: { given: 0 } };
  return instantiateSync(threadsModule(), imports).instance.exports as unknown as Core;
}

const source: CoreSource = { instantiate };

/**
 * The core for `Engine.load` and `Engine.restore` whose memory several threads can share: `startPool` needs it. Every answer
 * is the same. Where memory cannot be shared it is the ordinary core, and a pool has one thread.
 */
export function threadsCore(): CoreKind | CoreSource {
  return memoryCanBeShared() ? source : "auto";
}
