import { medianAbsoluteDeviation, type SortedSamples } from "tinybench";

/** Of many rounds: the median, and how far they lie apart. */
export interface Spread {
  readonly median: number;
  readonly firstQuartile: number;
  readonly thirdQuartile: number;
  /** Median absolute deviation from the median. */
  readonly deviation: number;
  readonly least: number;
  readonly rounds: number;
}

/** The value below which a part of the values lies, between neighbours in proportion. `sorted` ascends. */
export function quantile(sorted: ArrayLike<number>, part: number): number {
  const place = (sorted.length - 1) * part;
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (above - below) * (place - Math.floor(place));
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    firstQuartile: quantile(sorted, 0.25),
    thirdQuartile: quantile(sorted, 0.75),
    deviation: medianAbsoluteDeviation(sorted as unknown as SortedSamples),
    least: sorted[0] as number,
    rounds: sorted.length,
  };
}
