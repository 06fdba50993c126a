import { BailiwickError } from "./errors.ts";
import type { Core } from "./instantiate.ts";

/** Memory grows by such pages. */
const pageBytes = 65_536;

/**
 * The one WebAssembly memory. Growing detaches its views (they have no length then), so take a view after the last `allocate`
 * before it is used. Memory that threads share keeps its views, which then end where it ended.
 */
export class Memory {
  readonly #core: Core;
  #bytes = new Uint8Array(0);
  #halves = new Uint16Array(0);
  #words = new Uint32Array(0);
  readonly #isShared: boolean;

  constructor(core: Core) {
    this.#core = core;
    this.#isShared =
      typeof SharedArrayBuffer !== "undefined" &&
      (core.memory.buffer as unknown) instanceof SharedArrayBuffer;
    this.#renew();
  }

  #renew(): void {
    const { buffer } = this.#core.memory;
    this.#bytes = new Uint8Array(buffer);
    this.#halves = new Uint16Array(buffer);
    this.#words = new Uint32Array(buffer);
  }

  get #isOld(): boolean {
    return this.#bytes.length === 0 || (this.#isShared && this.#bytes.buffer !== this.#core.memory.buffer);
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    if (this.#isOld) this.#renew();
    return this.#bytes;
  }

  /** 16-bit view: index = address / 2. */
  get halves(): Uint16Array<ArrayBuffer> {
    if (this.#isOld) this.#renew();
    return this.#halves;
  }

  /** 32-bit view: index = address / 4. */
  get words(): Uint32Array<ArrayBuffer> {
    if (this.#isOld) this.#renew();
    return this.#words;
  }

  /** Address of zeroed bytes, 16-byte aligned. Throws BWK414 where the memory cannot grow. */
  allocate(bytes: number): number {
    // The core takes a 32-bit size: a larger one must not wrap around.
    const address = bytes > 0xffff_fff0 ? 0 : this.#core.allocate(bytes) >>> 0;
    if (address === 0) {
      throw new BailiwickError(
        "BWK414",
        `out of memory: ${bytes} more bytes do not fit`,
        "load fewer records",
      );
    }
    return address;
  }

  /**
   * Lets the memory grow at once to so many bytes, where they are known to come: every step of growing is a new buffer to
   * JavaScript, and makes it look for garbage. What is too much is found out by `allocate`.
   */
  expect(bytes: number): void {
    const missing = bytes - this.#core.memory.buffer.byteLength;
    if (missing <= 0) return;
    try {
      this.#core.memory.grow(Math.ceil(missing / pageBytes));
    } catch {}
  }

  mark(): number {
    return this.#core.mark() >>> 0;
  }

  reset(mark: number): void {
    this.#core.reset(mark);
  }

  /** Runs `use` with `bytes` bytes of scratch, which are given back afterwards. */
  scratch<T>(bytes: number, use: (address: number) => T): T {
    const mark = this.mark();
    try {
      return use(this.allocate(bytes));
    } finally {
      this.reset(mark);
    }
  }
}
