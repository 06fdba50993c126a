import type { CoreKind, CoreSource } from "./instantiate.ts";

export interface LoadOptions {
  /** Which core runs; `auto` takes SIMD where WebAssembly has it. */
  readonly core?: CoreKind | CoreSource;
}

export interface RestoreOptions extends LoadOptions {
  /**
   * The snapshot's buffer is taken over, not copied: faster, and half the memory while it happens. The array that was given is
   * empty afterwards. Bytes that are part of a larger buffer are copied all the same.
   */
  readonly transfer?: boolean;
}
