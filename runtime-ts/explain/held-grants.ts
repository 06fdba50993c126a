// Which holders, context units and levels stand behind a role or permit that allows (semantics.md sections 1 and 10).
import { LEVEL_ORGANIZATION, SCOPE_ROLE, SCOPE_TEAM, TEAM_BIT, TRUE } from "../../runtime-as/abi.ts";
import type { Ground } from "../operations/ground.ts";
import type { Guardrail } from "../policy.ts";
import {
  type Copy,
  conditionalGrantsOf,
  copiesOf,
  isAdministratorRole,
  levelNames,
  levelOf,
  principalNamed,
} from "./copies.ts";
import type { AccessLevel, HeldCopy, HeldGrant } from "./explanation.ts";
import { isFlat, reaches, type Subject } from "./subject.ts";

/** A level, and where it is granted. */
interface Granted {
  readonly level: number;
  readonly line: string | undefined;
}

function copyNamed(ground: Ground, { holder, unit }: Omit<Copy, "role">): HeldCopy {
  const businessUnit = ground.loaded.world.units.names[unit] as string;
  return { holder: principalNamed(ground, holder), businessUnit };
}

function grantNamed(ground: Ground, copy: Omit<Copy, "role">, { level, line }: Granted): HeldGrant {
  const named = { ...copyNamed(ground, copy), level: levelNames.get(level) as AccessLevel };
  return line === undefined ? named : { ...named, line };
}

/** What a role grants in this question: without a condition, and where one holds. Each level once. */
function grantsOfRole(ground: Ground, { slot, privilege }: Subject, role: number): Granted[] {
  const { core, policy } = ground;
  const granted = new Map<number, Granted>();
  const level = levelOf(ground, role, slot);
  if (level !== 0) granted.set(level, { level, line: policy.grantLines.of(role, slot, level) });
  for (const grant of conditionalGrantsOf(ground, role, privilege)) {
    if (granted.has(grant.level) || core.answerOf(grant.program) !== TRUE) continue;
    granted.set(grant.level, { level: grant.level, line: policy.grantLines.ofConditional(grant) });
  }
  return [...granted.values()].sort((a, b) => a.level - b.level);
}

/** The grants of one role that reach the record. The core must have been asked to explain the question just now. */
export function grantsOf(ground: Ground, subject: Subject, role: number): HeldGrant[] {
  const granted = grantsOfRole(ground, subject, role);
  return copiesOf(ground, subject)
    .filter((copy) => copy.role === role)
    .flatMap((copy) =>
      granted
        .filter(({ level }) => reaches(ground, subject, level, copy.unit))
        .map((grant) => grantNamed(ground, copy, grant)),
    );
}

/** The copies as which a permit acts whose scope matches (semantics.md section 1, step 3). */
function copiesOfPermit(ground: Ground, subject: Subject, guardrail: Guardrail): Omit<Copy, "role">[] {
  const { users, teams } = ground.loaded.world;
  if (guardrail.scope === SCOPE_ROLE)
    return copiesOf(ground, subject).filter(({ role }) => role === guardrail.role);
  if (guardrail.scope !== SCOPE_TEAM)
    return [{ holder: subject.user, unit: users.units[subject.user] as number }];
  const team = teams.numbers.get(guardrail.principal as string) as number;
  return [{ holder: (team | TEAM_BIT) >>> 0, unit: teams.units[team] as number }];
}

/** The same of a permit. */
export function grantsOfPermit(ground: Ground, subject: Subject, guardrail: Guardrail): HeldGrant[] {
  // Nothing else exists where there are no levels, whatever the permit says.
  const level = isFlat(subject) ? LEVEL_ORGANIZATION : guardrail.level;
  return copiesOfPermit(ground, subject, guardrail)
    .filter(({ unit }) => reaches(ground, subject, level, unit))
    .map((copy) => grantNamed(ground, copy, { level, line: guardrail.place }));
}

/** Every administrator role that the user holds. */
export function administratorRolesOf(
  ground: Ground,
  subject: Subject,
): (HeldCopy & { readonly role: string })[] {
  return copiesOf(ground, subject)
    .filter(({ role }) => isAdministratorRole(ground, role))
    .map((copy) => ({ role: ground.policy.roles[copy.role]?.name as string, ...copyNamed(ground, copy) }));
}
