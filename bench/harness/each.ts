/** Nanoseconds of each request, once: `repeats` asks together where one is shorter than the clock sees. */
export function timeEach(count: number, repeats: number, ask: (request: number) => boolean): Float64Array {
  const times = new Float64Array(count);
  let allowed = 0;
  for (let request = 0; request < count; request++) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < repeats; i++) if (ask(request)) allowed++;
    times[request] = Number(process.hrtime.bigint() - start) / repeats;
  }
  if (allowed < 0) throw new Error("nothing was counted");
  return times;
}

/** Of each request the median over the rounds. */
export function medianOfEach(rounds: readonly Float64Array[]): Float64Array {
  const [first] = rounds as [Float64Array, ...Float64Array[]];
  return first.map((_, request) => {
    const times = rounds.map((round) => round[request] as number).sort((a, b) => a - b);
    return times[times.length >> 1] as number;
  });
}
