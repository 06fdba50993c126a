// What can be wrong with the files of an import. One code each, never reused; the words are made where the fault is found.

/** Every fault of an import and what it means; the command line prints the code before the message. */
export const importFaults = {
  BWK450: "the path cannot be read",
  BWK451: "nothing of a Dataverse solution is there",
  BWK452: "the XML is malformed",
  BWK453: "the XML declares a document type or uses an entity that XML does not define",
  BWK454: "a limit of the importer is exceeded",
  BWK455: "the zip is damaged",
  BWK456: "the zip is encrypted or compressed in a way that solutions are not",
  BWK457: "the zip holds a name that leads out of it, or a name twice",
  BWK458: "the text encoding is unknown or the bytes do not follow it",
  BWK459: "an element lacks what it must have",
} as const;

export type ImportCode = keyof typeof importFaults;

/**
 * An import that cannot go on. `message` names the file and what was expected, in one line; `help` says how to mend it.
 * Nothing has been written when it is thrown: the importer writes nothing at all.
 */
export class ImportError extends Error {
  readonly code: ImportCode;
  readonly help: string | undefined;

  constructor(code: ImportCode, message: string, help?: string) {
    super(message);
    this.name = "ImportError";
    this.code = code;
    this.help = help;
  }
}
