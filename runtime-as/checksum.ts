// The checksum of a snapshot: four lanes of 64 bits, a word each in turn (docs/image-format.md, "A snapshot").

const PRIME: u64 = ((<u64>0x9e3779b1) << 32) | 0x85ebca87;

function mixed(lane: u64, word: u64): u64 {
  return rotl<u64>((lane ^ word) * PRIME, 29);
}

/**
 * Takes `bytes` bytes (a multiple of 8) into the four lanes at `lanes`. Every step can be undone, so one word that is another
 * one always leaves another lane.
 */
export function takeChecksum(lanes: usize, at: usize, bytes: usize): void {
  let a = load<u64>(lanes);
  let b = load<u64>(lanes, 8);
  let c = load<u64>(lanes, 16);
  let d = load<u64>(lanes, 24);
  const end = at + bytes;
  for (; at + 32 <= end; at += 32) {
    a = mixed(a, load<u64>(at));
    b = mixed(b, load<u64>(at, 8));
    c = mixed(c, load<u64>(at, 16));
    d = mixed(d, load<u64>(at, 24));
  }
  for (; at < end; at += 8) a = mixed(a, load<u64>(at));
  store<u64>(lanes, a);
  store<u64>(lanes, b, 8);
  store<u64>(lanes, c, 16);
  store<u64>(lanes, d, 24);
}

/** The lanes together, into the first of them. */
export function endChecksum(lanes: usize): void {
  let sum: u64 = 0;
  for (let lane: usize = 0; lane < 32; lane += 8) sum = mixed(sum, load<u64>(lanes + lane));
  store<u64>(lanes, (sum ^ (sum >> 32)) * PRIME);
}
