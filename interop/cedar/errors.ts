// What an export cannot say in Cedar. It is refused by name: an export that leaves something out would decide otherwise.

/** Every fault of an export and what it means; the command line prints the code before the message. */
export const exportFaults = {
  BWK445: "the project holds something that Cedar cannot express",
} as const;

export type ExportCode = keyof typeof exportFaults;

/** An export that cannot be made. `refusals` names each thing that Cedar cannot express, in the order of the project. */
export class ExportError extends Error {
  readonly code: ExportCode = "BWK445";
  readonly refusals: readonly string[];
  readonly help: string | undefined;

  constructor(refusals: readonly string[]) {
    const [first = "", ...others] = refusals;
    super(`${first}${others.length === 0 ? "" : ` (and ${others.length} more)`}`);
    this.name = "ExportError";
    this.refusals = refusals;
    this.help = others.length === 0 ? undefined : others.join("; ");
  }
}
