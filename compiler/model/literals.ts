// The values that Cedar's types hold (language.md section 3).

const LARGEST = 2n ** 63n - 1n;

function isLong(value: bigint): boolean {
  return value >= -LARGEST - 1n && value <= LARGEST;
}

/** Cedar's decimal: a point and one to four fractional digits, within 64 bits of ten-thousandths. */
export function isDecimal(text: string): boolean {
  const match = /^(-?)(\d+)\.(\d{1,4})$/.exec(text);
  if (match === null) return false;
  // The digits alone already say when a number is too large to be worth counting.
  if ((match[2] as string).replace(/^0+/, "").length > 15) return false;
  const scaled = BigInt(`${match[2]}${(match[3] as string).padEnd(4, "0")}`);
  return isLong(match[1] === "-" ? -scaled : scaled);
}

const datetime = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.\d{3})?(?:Z|[+-](\d\d)(\d\d)))?$/;

/** Cedar's datetime: a date, or a date and a time with or without milliseconds, in UTC or with an offset. */
export function isDatetime(text: string): boolean {
  const match = datetime.exec(text);
  if (match === null) return false;
  const [year, month, day, hour, minute, second, offsetHours, offsetMinutes] = match
    .slice(1)
    .map((part) => Number(part ?? 0)) as [number, number, number, number, number, number, number, number];
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] as number;
  return day <= days && hour < 24 && minute < 60 && second < 60 && offsetHours < 24 && offsetMinutes < 60;
}
