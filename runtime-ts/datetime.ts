const minute = 60_000;

const form =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{3}))?(?:Z|([+-])([0-9]{2})([0-9]{2})))?$/;

/**
 * A datetime as Cedar accepts it, in milliseconds since 1970: `2026-01-31`, or date and time with seconds, with or without
 * milliseconds, with `Z` or an offset such as `+0100`. Days and times that do not exist are none. A Date stands for itself.
 */
export function parseDatetime(value: unknown): number | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.getTime();
  const match = typeof value === "string" ? form.exec(value) : null;
  if (match === null) return undefined;
  const part = (group: number) => Number(match[group] ?? 0);
  const [year, month, day, hour, minutes, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  if (hour > 23 || minutes > 59 || second > 59 || part(9) > 23 || part(10) > 59) return undefined;
  // Years below 100 mean themselves to setUTCFullYear, not to Date.UTC.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  date.setUTCHours(hour, minutes, second, part(7));
  const offset = (part(9) * 60 + part(10)) * minute * (match[8] === "-" ? -1 : 1);
  return date.getTime() - offset;
}
