import type { Diagnostic } from "../compiler/index.ts";

/** A project that does not compile: its errors are what the command has to say. Exit code 2. */
export class Diagnosed extends Error {
  override readonly name: string = "Diagnosed";
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super("the project does not compile");
    this.diagnostics = diagnostics;
  }
}
