import type { Journal } from "./journal.ts";

/** Appends to, or writes into, an array of people; undone with the update. */
export function put<T>(journal: Journal, array: T[], index: number, value: T): void {
  const length = array.length;
  const before = array[index] as T;
  array[index] = value;
  journal.done(() => {
    if (index < length) array[index] = before;
    else array.length = length;
  });
}

/** The same of an array of numbers, `holder[key]`, which is made anew where it is too short. */
export function putNumber<T extends Int32Array | Uint16Array | Uint8Array>(
  journal: Journal,
  holder: { [key in string]: unknown },
  key: string,
  index: number,
  value: number,
): void {
  const array = holder[key] as T;
  if (index < array.length) {
    const before = array[index] as number;
    array[index] = value;
    journal.done(() => {
      (holder[key] as T)[index] = before;
    });
    return;
  }
  const Kind = array.constructor as new (length: number) => T;
  const larger = new Kind(index + 1);
  larger.set(array);
  larger[index] = value;
  holder[key] = larger;
  journal.done(() => {
    holder[key] = array;
  });
}
