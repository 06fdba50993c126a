// Figures as people read them: three digits that count.

const units: readonly [number, string][] = [
  [1e9, "s"],
  [1e6, "ms"],
  [1e3, "µs"],
  [1, "ns"],
];

export function threeDigits(value: number): string {
  if (value >= 1000) return Math.round(Number(value.toPrecision(3))).toLocaleString("en-US");
  return String(Number(value.toPrecision(3)));
}

/** Nanoseconds in the unit that suits them. */
export function duration(nanoseconds: number): string {
  const [size, word] = units.find(([size]) => nanoseconds >= size) ?? [1, "ns"];
  return `${threeDigits(nanoseconds / size)} ${word}`;
}

/** "2.1 billion", "140 million", "3,200". */
export function many(value: number): string {
  if (value >= 1e9) return `${threeDigits(value / 1e9)} billion`;
  if (value >= 1e6) return `${threeDigits(value / 1e6)} million`;
  return threeDigits(value);
}

export const times = (ratio: number): string => `${threeDigits(ratio)} x`;

export const whole = (value: number): string => Math.round(value).toLocaleString("en-US");
