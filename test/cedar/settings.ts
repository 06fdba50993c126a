// How much is put to real Cedar: BAILIWICK_WORLDS worlds, BAILIWICK_QUESTIONS of each, from BAILIWICK_SEED.

const whole = (text: string | undefined): number | undefined =>
  text !== undefined && /^[0-9]+$/.test(text) ? Number(text) : undefined;

/** Worlds from the source and worlds that were loaded, together. */
export const worlds: number = whole(process.env.BAILIWICK_WORLDS) ?? 2_000;

/** Conditions that are put to Cedar by themselves. */
export const expressions: number = whole(process.env.BAILIWICK_EXPRESSIONS) ?? 20_000;

/** Cedar reads the entities again for each question, so that not all that a world allows are asked. */
export const questionsOfAWorld: number = whole(process.env.BAILIWICK_QUESTIONS) ?? 6;

/** Counted, not timed: on a busy machine they take long. */
export const patient = { timeout: 900_000 };

/** The same worlds in every run unless asked otherwise: `BAILIWICK_SEED=new` draws others, a number repeats a run. */
export const seed: number =
  process.env.BAILIWICK_SEED === "new"
    ? Date.now() % 2 ** 31
    : (whole(process.env.BAILIWICK_SEED) ?? 20_261_121);
console.log(`put to Cedar: BAILIWICK_SEED=${seed} BAILIWICK_WORLDS=${worlds}`);
