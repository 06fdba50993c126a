import type { TestReport } from "../report.ts";

/** `12 passed, 1 failed`, and that tests did not run where the project has errors. */
export function summary({ passed, failed, diagnostics }: TestReport): string {
  const sums = `${passed} passed, ${failed} failed`;
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  if (errors === 0) return sums;
  return `${sums}; the project has ${errors} ${errors === 1 ? "error" : "errors"}, so its tests did not run`;
}
