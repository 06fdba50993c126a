// A miss as the change that it is, with everything that follows from it: what an administrator would do.
import { CASCADE_SHARE, SLOTS_PER_WORD } from "../../../runtime-as/abi.ts";
import { replaceShare } from "../../operations/effects/share.ts";
import type { Ground } from "../../operations/ground.ts";
import { withAllBelow } from "../../operations/relations.ts";
import { actionNumber } from "../../tables/rights.ts";
import { levelNames } from "../copies.ts";
import type { Miss } from "../misses/miss.ts";
import { keepMark } from "../misses/shares.ts";
import type { Subject } from "../subject.ts";

type MissOf<Kind extends Miss["kind"]> = Extract<Miss, { readonly kind: Kind }>;

function share(ground: Ground, { user, record }: Subject, { right }: MissOf<"share">): void {
  for (const shared of withAllBelow(ground, record, CASCADE_SHARE)) keepMark(ground, shared);
  const { direct } = ground.editor.shareOf(record, user);
  replaceShare(ground, record, user, direct | (1 << (actionNumber(right) as number)));
}

/** Beside what the role grants under conditions; `editRole` would replace that. */
function grant({ core, memory, policy, loaded }: Ground, { slot }: Subject, miss: MissOf<"grant">): void {
  const role = policy.roleNumbers.get(miss.role) as number;
  const [level] = [...levelNames].find(([, name]) => name === miss.level) as [number, string];
  const at = (core.rolePlanes(role) >>> 0) + Math.floor(slot / SLOTS_PER_WORD) * 4;
  const shift = (slot % SLOTS_PER_WORD) * 4;
  const word = memory.words[at >>> 2] as number;
  loaded.editor.journal.word(at, ((word & ~(15 << shift)) | (level << shift)) >>> 0);
  loaded.people.contexts.editRole(role);
  loaded.peopleEditor.renewAll();
}

/** Makes the change, and the world ready for questions. */
export function apply(ground: Ground, subject: Subject, miss: Miss): void {
  const { policy, loaded } = ground;
  const { people, peopleEditor, world } = loaded;
  const { user } = subject;
  const unit = (name: string) => world.units.numbers.get(name) as number;
  switch (miss.kind) {
    case "share":
      share(ground, subject, miss);
      break;
    case "assign-role": {
      const role = policy.roleNumbers.get(miss.role) as number;
      peopleEditor.setUserRoles(user, [...people.rolesOfUser(user), { role, unit: unit(miss.businessUnit) }]);
      break;
    }
    case "join-team": {
      const team = world.teams.numbers.get(miss.team) as number;
      peopleEditor.teams.setMembers(team, [...(world.teams.members[team] as Set<number>), user]);
      break;
    }
    case "grant":
      grant(ground, subject, miss);
      break;
    case "move-user":
      peopleEditor.moveUser(user, unit(miss.businessUnit));
  }
  loaded.getReady();
}
