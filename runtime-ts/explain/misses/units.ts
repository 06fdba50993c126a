import { NO_UNIT } from "../../../runtime-as/abi.ts";
import { put, putNumber } from "../../changes/put.ts";
import { type Found, mostTries, search } from "./miss.ts";
import type { Trial } from "./trial.ts";

/** So many records are moved for one question, where conditions may look at each of them. */
const mostCarried = 1_000_000;

/** The user's other units: the record's, those above it from below, then all others. */
function* candidates({ ground, subject }: Trial): Generator<number> {
  const { units, users } = ground.loaded.world;
  const own = users.units[subject.user] as number;
  const seen = new Set([own]);
  for (let unit = subject.unit; unit !== NO_UNIT && unit >= 0; unit--) {
    if (seen.has(unit) || (units.ends[unit] as number) < subject.unit) continue;
    seen.add(unit);
    yield unit;
  }
  for (let unit = 0; unit < units.names.length; unit++) if (!seen.has(unit)) yield unit;
}

/** The records that go with the user (semantics.md B8), as far as the question can look at them. */
function carried({ ground, subject, record }: Trial): readonly number[] {
  const { policy, loaded } = ground;
  if (!loaded.peopleEditor.moving.carriesRecords) return [];
  // A condition may look at another record of his by a lookup.
  if (policy.conditions.names !== undefined) return loaded.editor.owners.each(subject.user);
  return record !== undefined && subject.owner === subject.user ? [record] : [];
}

/** Moves the user as an administrator would (PeopleEditor.moveUser), as far as the question can look. */
function move({ ground, subject }: Trial, unit: number, records: readonly number[]): void {
  const { world, people, peopleEditor, editor } = ground.loaded;
  const { users, units } = world;
  const { user } = subject;
  const from = users.units[user] as number;
  putNumber(editor.journal, users as never, "units", user, unit);
  put(editor.journal, users.enabled, user, units.enabled[unit] === true);
  if (!peopleEditor.moving.keepsRoles) people.setRoles(user, []);
  peopleEditor.changeTeams(user, peopleEditor.defaultTeam(unit), peopleEditor.defaultTeam(from));
  for (const record of records) editor.setUnit(record, unit);
}

/** Another unit for the user. */
export function missingMoves(trial: Trial, limit: number): Found {
  const { units } = trial.ground.loaded.world;
  const records = carried(trial);
  const tries = Math.min(mostTries, Math.ceil(mostCarried / Math.max(records.length, 1)));
  return search(
    candidates(trial),
    limit,
    (unit) => {
      if (!trial.flips(() => move(trial, unit, records))) return undefined;
      return { kind: "move-user", businessUnit: units.names[unit] as string };
    },
    tries,
  );
}
