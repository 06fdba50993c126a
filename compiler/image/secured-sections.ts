import * as abi from "../../runtime-as/abi.ts";
import { compileMask } from "../masks/index.ts";
import type { Policy, PrincipalName, World } from "../model/model.ts";
import type { Sections } from "./sections.ts";

const actionBits = {
  create: abi.COLUMN_CREATE,
  read: abi.COLUMN_READ,
  write: abi.COLUMN_WRITE,
  readUnmasked: abi.COLUMN_READ_UNMASKED,
} as const;

const principalKind = (principal: PrincipalName | undefined): number => {
  if (principal === undefined) return abi.PRINCIPAL_ORGANIZATION;
  return principal.kind === "team" ? abi.PRINCIPAL_TEAM : abi.PRINCIPAL_USER;
};

/** Adds what a mask's pattern becomes; returns its row, NONE where there is no mask. */
export function addMask(pattern: string | undefined, sections: Sections): number {
  if (pattern === undefined) return abi.NONE;
  const mask = compileMask(pattern);
  // Rules let no other pattern come this far.
  if (mask.kind !== "mask") throw new Error(`the mask ${JSON.stringify(pattern)} cannot be run`);
  const first = sections.rows(abi.SECTION_MASK_CODE);
  for (const { op, a, b, ranges } of mask.instructions) {
    if (op !== abi.MASK_CHARACTER) {
      sections.add(abi.SECTION_MASK_CODE, [op, a, b]);
      continue;
    }
    sections.add(abi.SECTION_MASK_CODE, [op, sections.rows(abi.SECTION_MASK_RANGES), ranges.length]);
    for (const range of ranges) sections.add(abi.SECTION_MASK_RANGES, range);
  }
  const row = sections.rows(abi.SECTION_MASKS);
  sections.add(abi.SECTION_MASKS, [sections.name(pattern), first, mask.instructions.length]);
  return row;
}

/** Column profiles, one grant for each column, and their declared members. */
export function addColumnProfiles(
  { columnProfiles }: Policy,
  { profileMembers }: World,
  sections: Sections,
): void {
  for (const { name, grants } of columnProfiles) {
    const firstGrant = sections.rows(abi.SECTION_COLUMN_GRANTS);
    const columns = new Map<string, [entity: number, attribute: number, actions: number]>();
    for (const { action, entity, attribute } of grants) {
      const key = `${entity} ${attribute}`;
      const actions = (columns.get(key)?.[2] ?? 0) | actionBits[action];
      columns.set(key, [entity, attribute, actions]);
    }
    for (const column of columns.values()) sections.add(abi.SECTION_COLUMN_GRANTS, column);
    const firstMember = sections.rows(abi.SECTION_PROFILE_MEMBERS);
    const members = profileMembers.get(name) ?? [];
    for (const member of members) {
      sections.add(abi.SECTION_PROFILE_MEMBERS, [principalKind(member), sections.name(member.name)]);
    }
    sections.add(abi.SECTION_COLUMN_PROFILES, [
      sections.name(name),
      firstGrant,
      columns.size,
      firstMember,
      members.length,
    ]);
  }
}

/** Declared shares of columns (semantics.md F3). */
export function addColumnShares(
  { entities }: Policy,
  { columnShares = [] }: World,
  sections: Sections,
): void {
  for (const { record, attribute, principal, rights } of columnShares) {
    const number = entities[record.entity]?.attributes.findIndex(({ name }) => name === attribute) ?? -1;
    sections.add(abi.SECTION_COLUMN_SHARES, [
      record.entity,
      sections.name(record.id),
      number,
      principalKind(principal),
      sections.name(principal?.name),
      // Actions and column rights have the same bits (abi.ts, COLUMN_*).
      rights & (abi.COLUMN_READ | abi.COLUMN_WRITE),
    ]);
  }
}
