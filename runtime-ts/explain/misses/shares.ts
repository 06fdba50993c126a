import {
  ACTION_CREATE,
  ACTIONS,
  OWNED_BY_PRINCIPAL,
  PAGE_MARKS,
  PAGE_RECORDS,
} from "../../../runtime-as/abi.ts";
import type { Ground } from "../../operations/ground.ts";
import { actionNames } from "../../tables/rights.ts";
import { referenceTo } from "../subject.ts";
import { type Found, search } from "./miss.ts";
import type { Trial } from "./trial.ts";

/** The mark that a record has been shared, which nobody takes away again, is put back with the rest. */
export function keepMark({ loaded }: Ground, record: number): void {
  const page = loaded.records.pages.pageAddress(record);
  loaded.editor.journal.note((page + PAGE_MARKS + (record & (PAGE_RECORDS - 1)) * 2) & ~3);
}

/** A share of the record that decides, to the user himself. */
export function missingShares(trial: Trial, limit: number): Found {
  const { ground, subject, record } = trial;
  const action = subject.privilege % ACTIONS;
  const canBeShared = subject.kind === OWNED_BY_PRINCIPAL && action !== ACTION_CREATE;
  return search(canBeShared && record !== undefined ? [record] : [], limit, (shared) => {
    const { direct, inherited } = ground.editor.shareOf(shared, subject.user);
    const flips = trial.flips(() => {
      keepMark(ground, shared);
      ground.editor.setShare(shared, subject.user, direct | (1 << action), inherited);
    });
    const right = actionNames[action] as string;
    return flips ? { kind: "share", record: referenceTo(ground, shared), right } : undefined;
  });
}
