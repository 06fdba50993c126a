// The question being answered: who, and what is known of the record. Set once a check, read by the steps.
import { NO_UNIT, PAGE_OWNERS, PAGE_UNITS } from "./constants";
import { NO } from "./image";
import { placeInPage } from "./pages";
import { administeredOwner, userRow } from "./principals";
import { firstShare } from "./shares";

/** The user asked about, and his row. */
export let principal: u32 = 0;
export let principalRow: usize = 0;
/** The record: owner (principal, or parent record of a parent-owned entity), unit, first share row, number. */
export let owner: u32 = NO;
export let unit: u32 = NO_UNIT;
export let shares: usize = 0;
export let record: u32 = NO;
/** The page of a loaded record. */
export let recordPage: usize = 0;
/** A team that the principal administers and that owns the record: he counts as its member (semantics.md T8). */
export let administered: u32 = NO;

export function askAs(user: u32): void {
  principal = user;
  principalRow = userRow(user);
}

/** A record that is not loaded, or none (tasks). */
export function askAboutDescribed(itsOwner: u32, itsUnit: u32): void {
  owner = itsOwner;
  unit = itsUnit;
  shares = 0;
  record = NO;
  administered = administeredOwner(principalRow, itsOwner);
}

/** A loaded record, in its page. */
export function askAboutLoaded(page: usize, number: u32): void {
  const place = placeInPage(number);
  owner = load<u32>(page + place * 4, PAGE_OWNERS);
  unit = load<u16>(page + place * 2, PAGE_UNITS);
  shares = firstShare(page, place);
  record = number;
  recordPage = page;
  administered = administeredOwner(principalRow, owner);
}

/** The question is not about what the record's owner may do: administering the team that owns it counts for nothing. */
export function disregardAdministered(): void {
  administered = NO;
}
