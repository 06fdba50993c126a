/** Whether a JSON number survives being read as a double: `9007199254740993` and `0.12345678901234567` do not. */
export function isExactNumber(token: string): boolean {
  // Fifteen significant digits always survive, and most numbers have fewer characters than that.
  if (token.length <= 15) return true;
  const value = Number(token);
  return Number.isFinite(value) && canonical(token) === canonical(String(value));
}

/** A decimal as sign, digits without outer zeros, and exponent: equal texts are equal numbers. */
function canonical(token: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(token);
  if (match === null) return token;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const digits = (whole + fraction).replace(/^0+/, "");
  const kept = digits.replace(/0+$/, "");
  if (kept === "") return "0";
  return `${sign}${kept}e${Number(exponent) - fraction.length + (digits.length - kept.length)}`;
}
