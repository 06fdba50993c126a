// The texts of decimals and datetimes, as Cedar reads them.
import { type Datetime, type Decimal, EvaluationError } from "./values.ts";

const largest = 2n ** 63n - 1n;

/** 64-bit, overflow is an error (language.md section 3). */
export function inRange(value: bigint): bigint {
  if (value > largest || value < -largest - 1n)
    throw new EvaluationError("overflow", `${value} does not fit into 64 bits`);
  return value;
}

/** `-12.5`: a point, and one to four digits behind it. */
export function decimalOf(text: string): Decimal {
  const found = /^(-?)([0-9]+)\.([0-9]{1,4})$/.exec(text);
  if (found === null) throw new EvaluationError("type", `"${text}" is no decimal`);
  const [, sign = "", whole = "", fraction = ""] = found;
  const value = BigInt(whole) * 10_000n + BigInt(fraction.padEnd(4, "0"));
  return { kind: "decimal", value: inRange(sign === "-" ? -value : value) };
}

const pattern =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{3}))?(?:Z|([+-])([0-9]{2})([0-9]{2})))?$/;

/** A date, which is its midnight in UTC, or a date with a time, in UTC or with what its clock is ahead. */
export function datetimeOf(text: string): Datetime {
  const found = pattern.exec(text);
  if (found === null) throw new EvaluationError("type", `"${text}" is no datetime`);
  const number = (group: number): number => Number(found[group] ?? 0);
  const [year, month, day] = [number(1), number(2), number(3)];
  const [hour, minute, second, millisecond] = [number(4), number(5), number(6), number(7)];
  const [aheadHours, aheadMinutes] = [number(9), number(10)];
  const days = daysOfMonth(year, month);
  const fits =
    day >= 1 &&
    day <= days &&
    hour < 24 &&
    minute < 60 &&
    second < 60 &&
    aheadHours < 24 &&
    aheadMinutes < 60;
  if (!fits) throw new EvaluationError("type", `"${text}" is no datetime`);
  const ahead = (aheadHours * 60 + aheadMinutes) * (found[8] === "-" ? -1 : 1);
  const seconds = (daysBefore(year, month) + day - 1) * 86_400 + hour * 3600 + (minute - ahead) * 60 + second;
  return { kind: "datetime", value: BigInt(seconds) * 1000n + BigInt(millisecond) };
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** 0 for a month that does not exist. */
function daysOfMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

/** Days from 1970-01-01 to the first of the month, counted year by year. */
function daysBefore(year: number, month: number): number {
  let days = 0;
  for (let y = 1970; y < year; y++) days += isLeap(y) ? 366 : 365;
  for (let y = 1969; y >= year; y--) days -= isLeap(y) ? 366 : 365;
  for (let m = 1; m < month; m++) days += daysOfMonth(year, m);
  return days;
}
