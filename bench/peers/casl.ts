// @casl/ability: one ability a user, made beforehand; its rules are what the user's roles become in CASL's words.
import { createMongoAbility, type MongoAbility, type RawRuleOf, subject } from "@casl/ability";
import { actions } from "../../compiler/index.ts";
import {
  ACTIONS,
  CHILD_LEVEL,
  EVERYBODY,
  levelsOfSets,
  NO_LEVEL,
  ORGANIZATION_LEVEL,
  recordsPerEntity,
  TEAM,
  type Tenant,
  UNIT_LEVEL,
} from "../generate/tenant.ts";
import type { TenantRequests } from "../generate/tenant-requests.ts";
import { names } from "../generate/tenant-text.ts";
import { type Contestant, collect } from "../harness/contestant.ts";

export const CASL = "CASL";

type Rule = RawRuleOf<MongoAbility>;

const sharedWith = (action: number): string => `sharedFor_${actions[action]}`;

/** Whoever a user is: himself, his teams, everybody. */
function identities({ sizes, userTeams }: Tenant, user: number): string[] {
  const teams = userTeams.subarray(user * sizes.teamsPerUser, (user + 1) * sizes.teamsPerUser);
  return [names.user(user), ...Array.from(teams, names.team)];
}

/** A user's rules on one privilege: at most one for units, one for ownership, one for shares. */
function rulesOf(tenant: Tenant, user: number, privilege: number, level: number): Rule[] {
  const { userUnits, unitEnds, shareRecords, teamUnits } = tenant;
  const action = actions[privilege % ACTIONS] as string;
  const entity = names.entity(Math.floor(privilege / ACTIONS));
  const rule = (conditions: object): Rule => ({ action, subject: entity, conditions }) as Rule;
  if (level === ORGANIZATION_LEVEL) return [{ action, subject: entity }];
  const unit = userUnits[user] as number;
  const mine = identities(tenant, user);
  const isAlone = mine.length === 1;
  const own = rule(isAlone ? { owner: mine[0] } : { owner: { $in: mine } });
  const everyone = [...mine, "everybody"];
  const shared =
    shareRecords.length === 0 ? [] : [rule({ [sharedWith(privilege % ACTIONS)]: { $in: everyone } })];
  // Without teams a user's own records lie in his unit: the wider rule says it all.
  const ownBeside = teamUnits.length === 0 ? [] : [own];
  if (level === UNIT_LEVEL) return [...shared, ...ownBeside, rule({ unit: names.unit(unit) })];
  if (level === CHILD_LEVEL) {
    const below = Array.from({ length: (unitEnds[unit] as number) - unit + 1 }, (_, i) =>
      names.unit(unit + i),
    );
    return [...shared, ...ownBeside, rule({ unit: { $in: below } })];
  }
  return [...shared, own];
}

/** Abilities of the users that requests name. */
function abilitiesOf(tenant: Tenant, users: Iterable<number>): Map<number, MongoAbility> {
  const levels = levelsOfSets(tenant);
  return new Map(
    Array.from(new Set(users), (user) => {
      const rules: Rule[] = [];
      (levels[tenant.userRoleSets[user] as number] as Uint8Array).forEach((level, privilege) => {
        if (level !== NO_LEVEL) rules.push(...rulesOf(tenant, user, privilege, level));
      });
      return [user, createMongoAbility(rules)];
    }),
  );
}

/** A record as CASL sees it: an object with its conditions' fields. */
function recordsOf(tenant: Tenant, records: Iterable<number>): Map<number, object> {
  const { sizes, owners, recordUnits, shareRecords, sharees, shareRights } = tenant;
  const each = recordsPerEntity(sizes);
  const called = (principal: number): string =>
    principal === EVERYBODY
      ? "everybody"
      : principal < TEAM
        ? names.user(principal)
        : names.team(principal - TEAM);
  const result = new Map<number, Record<string, unknown>>();
  for (const record of records) {
    if (result.has(record)) continue;
    const fields: Record<string, unknown> = {
      owner: called(owners[record] as number),
      unit: names.unit(recordUnits[record] as number),
    };
    actions.forEach((_, action) => {
      fields[sharedWith(action)] = [];
    });
    result.set(record, subject(names.entity(Math.floor(record / each)), fields));
  }
  shareRecords.forEach((record, share) => {
    const fields = result.get(record);
    if (fields === undefined) return;
    actions.forEach((_, action) => {
      if (((shareRights[share] as number) >> action) & 1)
        (fields[sharedWith(action)] as string[]).push(called(sharees[share] as number));
    });
  });
  return result;
}

/** With the user's ability and the record at hand. */
export function casl(tenant: Tenant, { count, users, privileges, records }: TenantRequests): Contestant {
  const abilities = abilitiesOf(tenant, users);
  const subjects = recordsOf(tenant, records);
  const atHand = Array.from(users, (user, i) => ({
    ability: abilities.get(user) as MongoAbility,
    action: actions[(privileges[i] as number) % ACTIONS] as string,
    record: subjects.get(records[i] as number) as ReturnType<typeof subject>,
  }));
  return {
    name: CASL,
    answers: count,
    decisions: () =>
      collect(count, (i) => {
        const { ability, action, record } = atHand[i] as (typeof atHand)[number];
        return ability.can(action, record);
      }),
    run: () => {
      let allowed = 0;
      for (const { ability, action, record } of atHand) if (ability.can(action, record)) allowed++;
      return allowed;
    },
  };
}
