import { type PolicyText, policyText } from "./policy-text.ts";
import { Random } from "./random.ts";
import { tables } from "./tables.ts";

/** How large; the demonstration's figures are the default. */
export interface Sizes {
  readonly users: number;
  readonly units: number;
  readonly teams: number;
  readonly roles: number;
  readonly records: number;
  /** Shares for every 100 records. */
  readonly sharesPerHundred: number;
}

export const demonstration: Sizes = {
  users: 20_000,
  units: 500,
  teams: 2_000,
  roles: 60,
  records: 1_000_000,
  sharesPerHundred: 2,
};

export interface DirectoryTeam {
  readonly id: string;
  readonly kind: "owner" | "access" | "group";
  readonly businessUnit: string;
  readonly roles: string[];
  readonly members: string[];
  readonly administrator?: string;
}

/** The directory file of architecture.md section 3, as far as the generator fills it. */
export interface Directory {
  readonly businessUnits: { readonly id: string; readonly parent?: string; readonly disabled?: boolean }[];
  readonly users: {
    readonly id: string;
    readonly businessUnit: string;
    readonly roles: string[];
    readonly disabled?: boolean;
  }[];
  readonly teams: DirectoryTeam[];
  readonly defaultTeamRoles: Record<string, string[]>;
}

/** Columns of one entity's records, as `engine.records.load` takes them. */
export interface RecordColumns {
  readonly entity: string;
  readonly columns: Record<string, string[]>;
}

export interface ShareColumns {
  readonly entity: string[];
  readonly id: string[];
  readonly principal: string[];
  readonly principal_type: string[];
  readonly rights: string[];
}

export interface Organization {
  readonly policy: PolicyText;
  readonly directory: Directory;
  readonly records: RecordColumns[];
  readonly shares: ShareColumns;
}

const regions = ["EMEA", "Americas", "Asia Pacific", "Nordics", "Iberia", "DACH", "Benelux", "Oceania"];
const functions = ["Sales", "Service", "Operations", "Analytics", "Finance", "Field"];
const firstNames = [
  "Alice",
  "Bo",
  "Chen",
  "Dora",
  "Emil",
  "Fatima",
  "Goran",
  "Hana",
  "Ines",
  "Jonas",
  "Kim",
  "Lea",
];
const lastNames = [
  "Ahmed",
  "Berg",
  "Costa",
  "Dubois",
  "Eriksen",
  "Fischer",
  "Garcia",
  "Haddad",
  "Ito",
  "Jansen",
];

/** A tree: the root, regions, countries of a region, then branches by function. */
function makeUnits(count: number, random: Random): Directory["businessUnits"] {
  const units: Directory["businessUnits"] = [{ id: "Contoso" }];
  const inner: string[] = ["Contoso"];
  for (let i = 0; units.length < count; i++) {
    const isRegion = i < regions.length;
    const parent = isRegion ? "Contoso" : random.pick(inner);
    const id = isRegion ? (regions[i] as string) : `${parent} - ${random.pick(functions)} ${i}`;
    units.push({ id, parent, ...(random.chance(0.01) ? { disabled: true } : {}) });
    if (parent.split(" - ").length < 3) inner.push(id);
  }
  return units;
}

function makeDirectory(sizes: Sizes, policy: PolicyText, random: Random): Directory {
  const businessUnits = makeUnits(sizes.units, random);
  const unitIds = businessUnits.map(({ id }) => id);
  const users: Directory["users"] = [];
  for (let i = 0; i < sizes.users; i++) {
    const roles = [policy.base, ...random.sample(policy.roles, random.below(4))];
    if (i % 4000 === 0) roles.push(policy.administrator);
    users.push({
      id: `${random.pick(firstNames)} ${random.pick(lastNames)} ${i}`,
      businessUnit: random.pick(unitIds),
      roles,
      ...(random.chance(0.03) ? { disabled: true } : {}),
    });
  }
  const teams: DirectoryTeam[] = [];
  for (let i = 0; i < sizes.teams; i++) {
    const kind = random.chance(0.7) ? "owner" : random.chance(0.6) ? "access" : "group";
    const members: Directory["users"] = [];
    for (let m = 3 + random.below(25); m > 0; m--) members.push(random.pick(users));
    teams.push({
      id: `${random.pick(functions)} team ${i}`,
      kind,
      businessUnit: random.pick(unitIds),
      roles:
        kind === "access"
          ? []
          : [random.chance(0.4) ? random.pick(policy.teamRoles) : random.pick(policy.roles), policy.base],
      members: [...new Set(members.map(({ id }) => id))],
      ...(kind !== "access" && random.chance(0.3) ? { administrator: random.pick(users).id } : {}),
    });
  }
  const defaultTeamRoles: Record<string, string[]> = {};
  for (const id of random.sample(unitIds, Math.ceil(sizes.units / 10))) {
    defaultTeamRoles[id] = [random.pick(policy.teamRoles)];
  }
  return { businessUnits, users, teams, defaultTeamRoles };
}

function makeRecords(sizes: Sizes, directory: Directory, random: Random): RecordColumns[] {
  const totalWeight = tables.reduce((sum, { weight }) => sum + (weight ?? 0), 0);
  const owners = directory.teams.filter(({ kind }) => kind === "owner");
  const made = new Map<string, string[]>();
  return tables
    .filter(({ weight }) => weight !== undefined)
    .map(({ name, ownership, parent, weight }) => {
      const count = Math.max(1, Math.round((sizes.records * (weight as number)) / totalWeight));
      const ids = Array.from({ length: count }, (_, i) => `${name.toLowerCase()}-${i + 1}`);
      made.set(name, ids);
      const columns: Record<string, string[]> = { id: ids };
      if (parent !== undefined) {
        const parents = made.get(parent) as string[];
        columns[ownership.slice("parent ".length)] = ids.map(() => random.pick(parents));
      } else if (ownership === "business unit") {
        columns.business_unit = ids.map(() => random.pick(directory.businessUnits).id);
      } else if (ownership === "user or team") {
        const types = ids.map(() => (random.chance(0.15) && owners.length > 0 ? "team" : "user"));
        columns.owner_type = types;
        columns.owner = types.map(
          (type) => (type === "team" ? random.pick(owners) : random.pick(directory.users)).id,
        );
      }
      return { entity: name, columns };
    });
}

function makeShares(
  sizes: Sizes,
  directory: Directory,
  records: RecordColumns[],
  random: Random,
): ShareColumns {
  const shares: ShareColumns = { entity: [], id: [], principal: [], principal_type: [], rights: [] };
  const shareable = records.filter(({ columns }) => columns.owner !== undefined);
  const count = Math.floor((sizes.records * sizes.sharesPerHundred) / 100);
  for (let i = 0; i < count; i++) {
    const { entity, columns } = random.pick(shareable);
    const toTeam = random.chance(0.4) && directory.teams.length > 0;
    const toAll = random.chance(0.02);
    shares.entity.push(entity);
    shares.id.push(random.pick(columns.id as string[]));
    shares.principal_type.push(toAll ? "organization" : toTeam ? "team" : "user");
    shares.principal.push(
      toAll ? "" : (toTeam ? random.pick(directory.teams) : random.pick(directory.users)).id,
    );
    shares.rights.push(random.pick(["read", "read|write", "read|write|append|appendTo", "read|share"]));
  }
  return shares;
}

/** An organization of the given sizes; the same seed gives the same one. */
export function generateOrganization(sizes: Sizes = demonstration, seed = 1): Organization {
  const random = new Random(seed);
  const policy = policyText(sizes.roles, random);
  const directory = makeDirectory(sizes, policy, random);
  const records = makeRecords(sizes, directory, random);
  return { policy, directory, records, shares: makeShares(sizes, directory, records, random) };
}
