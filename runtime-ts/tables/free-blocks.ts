/** Blocks that nobody looks at when one is taken: what they cost is more than what is lost. */
const mostLookedAt = 256;

/** Memory that was given back, by address: neighbours become one block, and of a larger block than is wanted the rest stays. */
export class FreeBlocks {
  readonly #addresses: number[] = [];
  readonly #sizes: number[] = [];
  /** Where the search for a block goes on. */
  #next = 0;

  /** Address of so many bytes, a multiple of 16; 0 where there is no such block, or none was found soon. */
  take(bytes: number): number {
    const count = this.#sizes.length;
    for (let looked = Math.min(count, mostLookedAt); looked > 0; looked--) {
      if (this.#next >= count) this.#next = 0;
      const size = this.#sizes[this.#next] as number;
      if (size >= bytes) return this.#cut(this.#next, bytes);
      this.#next++;
    }
    return 0;
  }

  #cut(index: number, bytes: number): number {
    const address = this.#addresses[index] as number;
    const rest = (this.#sizes[index] as number) - bytes;
    if (rest === 0) {
      this.#addresses.splice(index, 1);
      this.#sizes.splice(index, 1);
    } else {
      this.#addresses[index] = address + bytes;
      this.#sizes[index] = rest;
    }
    return address;
  }

  /** Gives a block back. */
  put(address: number, bytes: number): void {
    if (bytes === 0) return;
    const addresses = this.#addresses;
    const sizes = this.#sizes;
    let low = 0;
    let high = addresses.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((addresses[middle] as number) < address) low = middle + 1;
      else high = middle;
    }
    const joinsNext = addresses[low] === address + bytes;
    const joinsLast = low > 0 && (addresses[low - 1] as number) + (sizes[low - 1] as number) === address;
    const size = bytes + (joinsNext ? (sizes[low] as number) : 0);
    if (joinsLast) {
      sizes[low - 1] = (sizes[low - 1] as number) + size;
      if (!joinsNext) return;
      addresses.splice(low, 1);
      sizes.splice(low, 1);
    } else if (joinsNext) {
      addresses[low] = address;
      sizes[low] = size;
    } else {
      addresses.splice(low, 0, address);
      sizes.splice(low, 0, size);
    }
  }
}
