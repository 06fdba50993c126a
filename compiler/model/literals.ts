// The values that Cedar's types hold (language.md section 3).

const LARGEST = 2n ** 63n - 1n;

/** Whether a number fits 64 bits. */
export function isLong(value: bigint): boolean {
  return value >= -LARGEST - 1n && value <= LARGEST;
}

/** Cedar's decimal, in ten-thousandths: a point and one to four fractional digits, within 64 bits. */
export function readDecimal(text: string): bigint | undefined {
  const match = /^(-?)(\d+)\.(\d{1,4})$/.exec(text);
  if (match === null) return undefined;
  // The digits alone already say when a number is too large to be worth counting.
  if ((match[2] as string).replace(/^0+/, "").length > 15) return undefined;
  const digits = BigInt(`${match[2]}${(match[3] as string).padEnd(4, "0")}`);
  const scaled = match[1] === "-" ? -digits : digits;
  return isLong(scaled) ? scaled : undefined;
}

export function isDecimal(text: string): boolean {
  return readDecimal(text) !== undefined;
}

const datetime = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d{3}))?(?:Z|([+-])(\d\d)(\d\d)))?$/;

/**
 * Cedar's datetime, in milliseconds since 1970: a date, or a date and a time with or without milliseconds, in UTC or with
 * an offset.
 */
export function readDatetime(text: string): bigint | undefined {
  const match = datetime.exec(text);
  if (match === null) return undefined;
  const part = (group: number): number => Number(match[group] ?? 0);
  const [year, month, day] = [part(1), part(2), part(3)];
  const [hour, minute, second, millisecond] = [part(4), part(5), part(6), part(7)];
  const [offsetHours, offsetMinutes] = [part(9), part(10)];
  if (hour > 23 || minute > 59 || second > 59 || offsetHours > 23 || offsetMinutes > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // A day that the month does not have would be one of the next month.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const ahead = (offsetHours * 60 + offsetMinutes) * (match[8] === "-" ? -1 : 1);
  return BigInt(date.getTime() + ((hour * 60 + minute - ahead) * 60 + second) * 1000 + millisecond);
}

export function isDatetime(text: string): boolean {
  return readDatetime(text) !== undefined;
}
