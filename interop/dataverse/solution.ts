// What the files of solutions say, as they say it: nothing is resolved or judged yet.

/** The file that said it. */
export interface Origin {
  readonly file: string;
}

/** From Other/Solution.xml or solution.xml. `root` is the folder that holds the solution's files, "" or ending in "/". */
export interface SolutionManifest extends Origin {
  readonly root: string;
  readonly uniqueName: string;
  readonly version: string | undefined;
}

export interface RawRole extends Origin {
  readonly id: string | undefined;
  readonly name: string;
  /** The attribute `isinherited` as written. */
  readonly inherited: string | undefined;
  /** A reference to a role that the target system already has. */
  readonly unmodified: boolean;
  readonly description: string | undefined;
  readonly rows: readonly RawRow[];
}

/** One RolePrivilege. */
export interface RawRow {
  readonly privilege: string;
  readonly level: string | undefined;
}

export interface RawTable extends Origin {
  readonly schemaName: string;
  readonly displayName: string | undefined;
  /** OwnershipTypeMask as written. */
  readonly mask: string | undefined;
  readonly activity: boolean;
  readonly columns: readonly RawColumn[];
}

export interface RawColumn {
  /** PhysicalName: the schema name. */
  readonly name: string;
  /** `nvarchar`, `lookup`, … */
  readonly type: string;
  readonly systemRequired: boolean;
  readonly secured: boolean;
  /** Computed from other records; the platform keeps its date and state in columns beside it. */
  readonly rollup: boolean;
  /** The labels of a local choice, in the order of the file; empty where the choice is global or there is none. */
  readonly options: readonly string[];
  /** Fractional digits. */
  readonly accuracy: number | undefined;
}

export const cascadeNames = ["Assign", "Share", "Unshare", "Reparent", "Delete", "Merge"] as const;
export type CascadeName = (typeof cascadeNames)[number];

export interface RawRelationship extends Origin {
  readonly name: string;
  readonly kind: "many-to-one" | "many-to-many";
  /** Many-to-one: the table with the lookup, and the table it leads to. Many-to-many: the two sides. */
  readonly from: string;
  readonly to: string;
  /** ReferencingAttributeName; of many-to-one. */
  readonly attribute: string;
  readonly cascades: Readonly<Partial<Record<CascadeName, string>>>;
}

export interface RawProfile extends Origin {
  readonly id: string | undefined;
  readonly name: string;
  readonly permissions: readonly RawPermission[];
}

/** One FieldPermission; the four values as written, undefined where absent. */
export interface RawPermission {
  readonly table: string;
  readonly column: string;
  readonly read: string | undefined;
  readonly update: string | undefined;
  readonly create: string | undefined;
  readonly unmasked: string | undefined;
}

export interface Contents {
  readonly solutions: SolutionManifest[];
  readonly roles: RawRole[];
  readonly tables: RawTable[];
  readonly relationships: RawRelationship[];
  readonly profiles: RawProfile[];
  /** Files at the place of a role, table, … that are something else: their root element. */
  readonly foreign: { readonly file: string; readonly root: string }[];
}
