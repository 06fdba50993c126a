/**
 * What a person must mend before a command can answer: a code, one line of words, and where it helps the mend.
 * Ends the command with exit code 2. Codes BWK460 to BWK499 belong to files, JSON text, tables and arguments.
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
  BWK460: "A file that cannot be read.",
  BWK461: "A file that cannot be written, or a folder that is in the way.",
  BWK462: "A text that is not UTF-8.",
  BWK463: "A path without policy files, or a file of the wrong kind.",
  BWK464: "A text that is not JSON.",
  BWK465: "JSON that is nested too deeply.",
  BWK466: "A JSON object that says one thing twice.",
  BWK467: "A number that JSON cannot carry exactly.",
  BWK470: "A table whose format its name does not tell.",
  BWK471: "A table without a header, or with a header that names a column twice or not at all.",
  BWK472: "A table without a column that it needs.",
  BWK473: "A table with a column that nothing asks for.",
  BWK474: "A row with too few or too many cells.",
  BWK475: "A row that is not well-formed.",
  BWK476: "A Parquet file that cannot be read.",
  BWK477: "A column of a type that a table cannot have.",
  BWK478: "An empty cell where a value is needed, or a value where none belongs.",
  BWK480: "The optional package that reads and writes tables is not installed.",
  BWK481: "A table that DuckDB cannot read or write.",
  BWK484: "A command, option or argument that is missing, unknown or not allowed.",
  BWK485: "An argument that cannot be understood.",
  BWK490: "Something that is not in this version.",
  BWK499: "A defect of Bailiwick itself.",
} as const;

export type TroubleCode = keyof typeof troubles;
