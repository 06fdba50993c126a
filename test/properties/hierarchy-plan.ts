// Who reports to whom, as plain data (semantics.md section 7).
export interface HierarchyPlan {
  readonly model: "manager" | "position";
  readonly depth: number;
  /** undefined: as it is where nothing is said. */
  readonly level: string | undefined;
  readonly ancestorUnits: boolean;
  readonly anyUnit: boolean;
  /** Names of entities. */
  readonly excludes: readonly string[];
  readonly disabledReports: boolean;
}

export interface PositionPlan {
  readonly name: string;
  readonly parent: string | undefined;
}
