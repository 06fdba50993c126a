/**
 * What a person must mend before a command can answer: a code, one line of words, and where it helps the mend.
 * Ends the command with exit code 2. Codes BWK450 to BWK499 belong to files, JSON text, tables and arguments.
 */
export class Trouble extends Error {
  override readonly name: string = "Trouble";
  readonly code: TroubleCode;
  readonly help: string | undefined;

  constructor(code: TroubleCode, message: string, help?: string) {
    super(message);
    this.code = code;
    this.help = help;
  }
}

/** Every code of the command line, once, with what it is about. */
export const troubles = {
  BWK450: "A file that cannot be read.",
  BWK451: "A file that cannot be written, or a folder that is in the way.",
  BWK452: "A text that is not UTF-8.",
  BWK453: "A path without policy files, or a file of the wrong kind.",
  BWK454: "A text that is not JSON.",
  BWK455: "JSON that is nested too deeply.",
  BWK456: "A JSON object that says one thing twice.",
  BWK457: "A number that JSON cannot carry exactly.",
  BWK460: "A table whose format its name does not tell.",
  BWK461: "A table without a header, or with a header that names a column twice or not at all.",
  BWK462: "A table without a column that it needs.",
  BWK463: "A table with a column that nothing asks for.",
  BWK464: "A row with too few or too many cells.",
  BWK465: "A row that is not well-formed.",
  BWK466: "A Parquet file that cannot be read.",
  BWK467: "A column of a type that a table cannot have.",
  BWK468: "An empty cell where a value is needed, or a value where none belongs.",
  BWK470: "The optional package that reads and writes tables is not installed.",
  BWK471: "A table that DuckDB cannot read or write.",
  BWK480: "An argument that cannot be understood.",
  BWK490: "Something that is not in this version.",
  BWK499: "A defect of Bailiwick itself.",
} as const;

export type TroubleCode = keyof typeof troubles;
