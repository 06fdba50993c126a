/** As grep and diff do. */
export const exitCodes = {
  /** allow, tests pass, clean */
  yes: 0,
  /** deny, a test failed, findings */
  no: 1,
  /** bad usage, bad input */
  trouble: 2,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
