// Every diagnostic of the compiler, once: its code, its severity, what it is about, and its words.
// Messages: lower case, no final period, user text in backticks, one line; the mend goes into `help`.
// Ranges: 1xx syntax, 2xx names and structure, 3xx meaning, 4xx limits, images and data, 9xx warnings. Codes are never reused.

export type Severity = "error" | "warning";

export interface Words {
  readonly message: string;
  readonly help?: string | undefined;
}

/** One catalog entry: `words` makes message and help from the arguments that the reporting place passes. */
export interface Entry<A> {
  readonly severity: Severity;
  /** One sentence for docs/diagnostics.md. */
  readonly summary: string;
  readonly words: (args: A) => Words;
}

function error<A>(summary: string, words: (args: A) => Words): Entry<A> {
  return { severity: "error", summary, words };
}

function warning<A>(summary: string, words: (args: A) => Words): Entry<A> {
  return { severity: "warning", summary, words };
}

const didYouMean = (suggestion: string | undefined): string | undefined =>
  suggestion === undefined ? undefined : `did you mean \`${suggestion}\`?`;

export const catalog = {
  BWK201: error(
    "A name that nothing declares.",
    (a: { kind: string; name: string; suggestion: string | undefined }) => ({
      message: `unknown ${a.kind} \`${a.name}\``,
      help: didYouMean(a.suggestion),
    }),
  ),
  BWK902: warning(
    "An owner team without a role: it cannot own records (semantics.md T7, A3).",
    (a: { name: string }) => ({
      message: `team \`${a.name}\` has no role, so it cannot own records and gives its members nothing`,
      help: "add `roles: …;`",
    }),
  ),
} as const;

export type Code = keyof typeof catalog;
export type Arguments<C extends Code> = Parameters<(typeof catalog)[C]["words"]>[0];
