import type { Change, Step } from "../script.ts";
import { deleteUnit, disableUnit, moveUnit } from "./change-unit.ts";
import { createRecord } from "./create-record.ts";
import { disableUser, editTeam, editUser } from "./edit-holder.ts";
import { editRecord } from "./edit-record.ts";
import { editRole } from "./edit-role.ts";
import { moveHolder } from "./move-holder.ts";
import { setShare } from "./set-share.ts";
import { shareRecord } from "./share-record.ts";
import type { Outcome, State } from "./state.ts";

/** The state after a step of a test; a step that asks a question leaves it as it is. */
export function applyStep(state: State, step: Step): Outcome {
  switch (step.kind) {
    case "record":
      return createRecord(state, step.record);
    case "share":
      return shareRecord(state, step.record, step.principal, step.rights);
    case "set":
      return applyChange(state, step.change);
    default:
      return state;
  }
}

/** The state after an administrator's change, or why the model's rules refuse it. */
export function applyChange(state: State, change: Change): Outcome {
  switch (change.kind) {
    case "move user":
      return moveHolder(state, { kind: "user", name: change.user }, change.unit);
    case "disable user":
      return disableUser(state, change);
    case "edit user":
      return editUser(state, change);
    case "move unit":
      return moveUnit(state, change.unit, change.under);
    case "disable unit":
      return disableUnit(state, change.unit, change.disabled);
    case "delete unit":
      return deleteUnit(state, change.unit);
    case "move team":
      return moveHolder(state, { kind: "team", name: change.team }, change.unit);
    case "edit team":
      return editTeam(state, change);
    case "edit record":
      return editRecord(state, change);
    case "edit role":
      return editRole(state, change);
    case "share":
      return setShare(state, change.record, change.principal, change.rights);
    case "unshare":
      return setShare(state, change.record, change.principal, 0);
    case "share column":
    case "unshare column":
      return state;
  }
}
