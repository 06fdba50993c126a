// What differs between Node and browsers: how a worker starts and ends, how many processors there are, where a notice goes,
// and how the event loop gets a turn.
import { workerText } from "./bytes.gen.ts";
import type { Equipment } from "./worker.ts";

/** A worker that waits for jobs. */
export interface Thread {
  /** Ends it, whatever it does. */
  end(): Promise<void>;
}

interface NodeWorker {
  on(event: string, listener: (value: unknown) => void): void;
  unref(): void;
  terminate(): Promise<unknown>;
}

/** What of Node is used; it comes without an import, so that bundlers for browsers find nothing to resolve. */
interface NodeModules {
  readonly "node:worker_threads": { readonly Worker: new (url: URL, options: object) => NodeWorker };
  readonly "node:os": { availableParallelism(): number };
}

interface NodeProcess {
  getBuiltinModule?<Name extends keyof NodeModules>(name: Name): NodeModules[Name];
  emitWarning?(text: string, options: object): void;
}

const node = (globalThis as { readonly process?: NodeProcess }).process;
/** A module of Node; undefined elsewhere. */
const nodeModule = <Name extends keyof NodeModules>(name: Name): NodeModules[Name] | undefined =>
  node?.getBuiltinModule?.(name);
const threadsOfNode = nodeModule("node:worker_threads");

/** Whether this platform has workers. */
export function hasWorkers(): boolean {
  return threadsOfNode !== undefined || typeof Worker !== "undefined";
}

interface NodeBuffer {
  allocUnsafeSlow(bytes: number): { readonly buffer: ArrayBuffer };
}

const bufferOfNode = (globalThis as { readonly Buffer?: NodeBuffer }).Buffer;

/**
 * Words that are all going to be written before anybody reads them. Where the platform gives memory as it is, it is not cleared
 * first, by the main thread alone while others could work.
 */
export function wordsToFill(count: number): Uint32Array {
  if (bufferOfNode === undefined) return new Uint32Array(count);
  return new Uint32Array(bufferOfNode.allocUnsafeSlow(count * 4).buffer);
}

/** How many threads run at once here. */
export function processors(): number {
  const ofBrowser = typeof navigator === "undefined" ? 1 : navigator.hardwareConcurrency;
  return nodeModule("node:os")?.availableParallelism() ?? ofBrowser;
}

/** Says something to whoever looks after the program. */
export function say(text: string): void {
  if (node?.emitWarning !== undefined) node.emitWarning(text, { type: "BailiwickWarning" });
  else console.warn(text);
}

/** Lets everything run that has been waiting. */
export function nextTurn(): Promise<void> {
  if (typeof setImmediate !== "undefined") return new Promise((resolve) => setImmediate(resolve));
  // A timer would wait four milliseconds.
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** Whether this thread may sleep until another wakes it: the page's own thread may not. */
export function maySleep(): boolean {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1, 0);
    return true;
  } catch {
    return false;
  }
}

const inNodeText = `${workerText}
const { parentPort, workerData } = process.getBuiltinModule("node:worker_threads");
parentPort.postMessage(0);
work(workerData);`;

const inBrowserText = `${workerText}
onmessage = ({ data }) => {
  postMessage(0);
  work(data);
  close();
};`;

function startInNode(
  NodeWorker: new (url: URL, options: object) => NodeWorker,
  equipment: Equipment,
): Promise<Thread> {
  const url = new URL(`data:text/javascript,${encodeURIComponent(inNodeText)}`);
  return new Promise((resolve, reject) => {
    const worker = new NodeWorker(url, { workerData: equipment, execArgv: [], name: "bailiwick" });
    worker.on("error", reject);
    worker.on("exit", () => reject(new Error("it ended")));
    worker.on("message", () => {
      // Whoever forgets to close the pool can still end the program.
      worker.unref();
      resolve({ end: async () => void (await worker.terminate()) });
    });
  });
}

function startInBrowser(equipment: Equipment): Promise<Thread> {
  const url = URL.createObjectURL(new Blob([inBrowserText], { type: "text/javascript" }));
  return new Promise<Thread>((resolve, reject) => {
    const worker = new Worker(url, { type: "module", name: "bailiwick" });
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = () => resolve({ end: async () => worker.terminate() });
    worker.postMessage(equipment);
  }).finally(() => URL.revokeObjectURL(url));
}

/** Starts a worker; settles when it waits for jobs. */
export function startThread(equipment: Equipment): Promise<Thread> {
  return threadsOfNode === undefined
    ? startInBrowser(equipment)
    : startInNode(threadsOfNode.Worker, equipment);
}
