/** What an import did with something that did not go over as it stood. */
export interface ImportNote {
  /**
   * `left out`: not in the result. `changed`: in the result, but not as it stood. `assumed`: the files do not say it,
   * the importer decided.
   */
  readonly kind: "left out" | "changed" | "assumed";
  /** The thing, as the file names it: `prvReadX at Deep`. */
  readonly what: string;
  /** Where it stands: a role, table or relationship, and its file. */
  readonly where: string;
  readonly why: string;
}

/** How much an import carried over. */
export interface CarriedOver {
  solutions: number;
  roles: number;
  /** Grants on tables, one for each privilege. */
  grants: number;
  /** Task privileges granted, one for each role and privilege. */
  taskGrants: number;
  tables: number;
  activities: number;
  /** Lookup attributes; a lookup to several tables becomes one for each. */
  lookups: number;
  /** Other attributes. */
  columns: number;
  columnProfiles: number;
  columnPermissions: number;
}

export interface ImportReport {
  readonly carriedOver: Readonly<CarriedOver>;
  readonly notes: readonly ImportNote[];
}

/**
 * The written file at whose end a note is repeated as a comment; of a role, its name there. `report` is no file: the
 * note is said elsewhere in the result already.
 */
export type NoteHome = "schema" | "column profiles" | "report" | { readonly role: string };

/** Collects notes; the same note is kept once. */
export class Notes {
  readonly #notes = new Map<string, { readonly note: ImportNote; readonly home: string }>();

  add(kind: ImportNote["kind"], what: string, where: string, why: string, home: NoteHome = "schema"): void {
    const key = JSON.stringify([kind, what, where, why]);
    if (!this.#notes.has(key))
      this.#notes.set(key, { note: { kind, what, where, why }, home: JSON.stringify(home) });
  }

  all(): ImportNote[] {
    return [...this.#notes.values()].map(({ note }) => note);
  }

  of(home: NoteHome): ImportNote[] {
    const key = JSON.stringify(home);
    return [...this.#notes.values()].filter((each) => each.home === key).map(({ note }) => note);
  }
}
