// How much is tried, and from which seed: BAILIWICK_WORLDS worlds per differential test of each kind, BAILIWICK_SEED to
// see a failure again or `new` for other worlds. Every run prints its seed.

const whole = (text: string | undefined): number | undefined =>
  text !== undefined && /^[0-9]+$/.test(text) ? Number(text) : undefined;

/** Worlds of all kinds together in the differential test. */
export const worlds: number = whole(process.env.BAILIWICK_WORLDS) ?? 10_000;

/** Worlds of each property beside it. */
export const worldsOfAProperty: number = Math.max(1, Math.round(worlds / 50));

/** Stories of thirty changes. */
export const storiesOfARun: number = Math.max(1, Math.round(worlds / 5));

/** Random tests are counted, not timed: on a busy machine they take long. */
export const patient = { timeout: 900_000 };

/** The same worlds in every run unless asked otherwise: `BAILIWICK_SEED=new` draws others, a number repeats a run. */
export const seed: number =
  process.env.BAILIWICK_SEED === "new"
    ? Date.now() % 2 ** 31
    : (whole(process.env.BAILIWICK_SEED) ?? 20_261_121);
console.log(`random worlds: BAILIWICK_SEED=${seed} BAILIWICK_WORLDS=${worlds}`);
