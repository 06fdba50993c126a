import type { Action } from "./privilege-name.ts";
import type { RawRelationship, RawTable } from "./solution.ts";
import { stockTables } from "./stock-tables.ts";

export type Ownership = "userOrTeam" | "organization" | "businessUnit";

/** Access levels of RolePrivilege, as the model numbers them. */
export const levelNames = ["none", "user", "businessUnit", "parentChild", "organization"] as const;
export type Level = 1 | 2 | 3 | 4;

/** A resolved row that concerns a table. */
export interface TableRow {
  readonly action: Action;
  readonly level: Level;
  /** `prvAssignTerritory at Deep in role "X"`, for comments. */
  readonly witness: string;
}

/** What an ownership was taken from, most certain first. */
export type Basis = "mask" | "columns" | "stock" | "rows" | "rows against stock" | "unowned" | "nothing";

export interface OwnershipFinding {
  readonly ownership: Ownership;
  readonly basis: Basis;
  /** The row that decided. */
  readonly witness: string | undefined;
}

const masks: Readonly<Record<string, Ownership | "none">> = {
  userowned: "userOrTeam",
  teamowned: "userOrTeam",
  orgowned: "organization",
  businessowned: "businessUnit",
  businessparented: "businessUnit",
  unowned: "none",
  none: "none",
};

/** The ownership that an OwnershipTypeMask names; undefined for a word that is not known. */
export function ownershipOfMask(mask: string): Ownership | "none" | undefined {
  const key = mask.toLowerCase();
  return Object.hasOwn(masks, key) ? masks[key] : undefined;
}

/** Tables whose ownership no row can put in question: users and teams are never anybody's own, units and roles neither. */
const certain: ReadonlySet<string> = new Set(["systemuser", "team", "businessunit", "role"]);

/** Whether a table of this ownership can have the grant (language.md BWK301, BWK302). */
export function exists(ownership: Ownership, action: Action, level: Level): boolean {
  if (ownership === "userOrTeam") return true;
  if (action === "assign" || action === "share") return false;
  return ownership === "organization" ? level === 4 : level > 1;
}

/**
 * Who owns the records of a table. The mask of a solution decides; then its owner columns; then the list of stock
 * tables, unless a row cannot exist for what the list says (the list is from documentation, the row from a system);
 * then the rows: assign, share or a level below organization exist only where records have owners.
 */
export function findOwnership(
  table: string,
  declarations: readonly RawTable[],
  relationships: readonly RawRelationship[],
  rows: readonly TableRow[],
): OwnershipFinding {
  const masked = declarations.map(({ mask }) => (mask === undefined ? undefined : ownershipOfMask(mask)));
  const owned = masked.find((each) => each !== undefined && each !== "none");
  if (owned !== undefined) return { ownership: owned, basis: "mask", witness: undefined };
  const stock = stockTables.get(table);
  const unowned = masked.includes("none") || stock?.ownership === "none";
  if (!unowned) {
    const shaped = ownershipOfColumns(declarations, relationships);
    if (shaped !== undefined) return { ownership: shaped, basis: "columns", witness: undefined };
  }
  const ownedRow = rows.find(({ action, level }) => !exists("organization", action, level));
  if (stock !== undefined && stock.ownership !== "none" && !unowned) {
    const listed = stock.ownership;
    const against = certain.has(table)
      ? undefined
      : rows.find(({ action, level }) => !exists(listed, action, level));
    if (against === undefined) return { ownership: stock.ownership, basis: "stock", witness: undefined };
    return { ownership: "userOrTeam", basis: "rows against stock", witness: against.witness };
  }
  if (ownedRow !== undefined) return { ownership: "userOrTeam", basis: "rows", witness: ownedRow.witness };
  if (rows.length > 0) return { ownership: "organization", basis: "rows", witness: undefined };
  // Without privileges nobody but an administrator reaches the records, whoever owns them.
  return unowned
    ? { ownership: "organization", basis: "unowned", witness: undefined }
    : { ownership: "userOrTeam", basis: "nothing", witness: undefined };
}

/** Only owned tables have OwnerId, only the organization's have OrganizationId, only units' have a bare OwningBusinessUnit. */
function ownershipOfColumns(
  declarations: readonly RawTable[],
  relationships: readonly RawRelationship[],
): Ownership | undefined {
  const columns = new Set([
    ...declarations.flatMap((each) => each.columns.map(({ name }) => name.toLowerCase())),
    ...relationships.map(({ attribute }) => attribute.toLowerCase()),
  ]);
  if (columns.has("ownerid")) return "userOrTeam";
  if (columns.has("owningbusinessunit")) return "businessUnit";
  if (columns.has("organizationid")) return "organization";
  return undefined;
}
