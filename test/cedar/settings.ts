// How much is put to real Cedar: BAILIWICK_WORLDS worlds, BAILIWICK_QUESTIONS of each, from BAILIWICK_SEED.

const whole = (text: string | undefined): number | undefined =>
  text !== undefined && /^[0-9]+$/.test(text) ? Number(text) : undefined;

/** Fewer than the 2,000 that are put to it by hand (`BAILIWICK_WORLDS=2000`), so that the whole suite ends in time on two cores. */
export const worlds: number = whole(process.env.BAILIWICK_WORLDS) ?? 800;

/** Conditions that are put to Cedar by themselves. */
export const expressions: number = whole(process.env.BAILIWICK_EXPRESSIONS) ?? 20_000;

/** Cedar reads the entities again for each question, so that not all that a world allows are asked. */
export const questionsOfAWorld: number = whole(process.env.BAILIWICK_QUESTIONS) ?? 8;

/** Counted, not timed: on a busy machine they take long. */
export const patient = { timeout: 900_000 };

/** The same worlds in every run unless asked otherwise: `BAILIWICK_SEED=new` draws others, a number repeats a run. */
export const seed: number =
  process.env.BAILIWICK_SEED === "new"
    ? Date.now() % 2 ** 31
    : (whole(process.env.BAILIWICK_SEED) ?? 20_261_121);
console.log(`put to Cedar: BAILIWICK_SEED=${seed} BAILIWICK_WORLDS=${worlds}`);
