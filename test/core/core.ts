import { readFileSync } from "node:fs";

/** The core without the host: what its own tests need of the exports. */
export interface Core {
  readonly memory: WebAssembly.Memory;
  allocate(bytes: number): number;
  mark(): number;
  reset(mark: number): void;
  loadImage(address: number, bytes: number): number;
  imageErrorSection(): number;
  planeWords(): number;
  unionPlanes(out: number, roles: number, count: number): void;
}

const file = { debug: "build/debug.wasm", plain: "build/core.wasm", simd: "build/core-simd.wasm" };

export function instantiateCore(kind: keyof typeof file): Core {
  const module = new WebAssembly.Module(readFileSync(file[kind]));
  return new WebAssembly.Instance(module).exports as unknown as Core;
}

/** Copies bytes to fresh memory of the core. */
export function place(core: Core, bytes: Uint8Array): number {
  const address = core.allocate(bytes.length);
  new Uint8Array(core.memory.buffer).set(bytes, address);
  return address;
}
