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

export function error<A>(summary: string, words: (args: A) => Words): Entry<A> {
  return { severity: "error", summary, words };
}

export function warning<A>(summary: string, words: (args: A) => Words): Entry<A> {
  return { severity: "warning", summary, words };
}

export const didYouMean = (suggestion: string | undefined): string | undefined =>
  suggestion === undefined ? undefined : `did you mean \`${suggestion}\`?`;
