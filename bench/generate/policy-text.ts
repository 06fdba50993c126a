import type { Random } from "./random.ts";
import { type Table, tables, tasks } from "./tables.ts";

/** A generated policy: source text as an administrator would keep it, one file a role, and the names in it. */
export interface PolicyText {
  readonly files: { readonly name: string; readonly text: string }[];
  readonly roles: readonly string[];
  /** Roles that only teams get. */
  readonly teamRoles: readonly string[];
  readonly administrator: string;
  /** The role that everybody has. */
  readonly base: string;
}

const departments = [
  "Sales",
  "Service",
  "Marketing",
  "Field Service",
  "Finance",
  "Projects",
  "Fundraising",
  "Automation",
];
const ranks = ["Reader", "Contributor", "Specialist", "Manager", "Director", "Administrator", "Auditor"];
const basic = ["create", "read", "write", "delete", "append", "appendTo"];
const everything = [...basic, "assign", "share"];

function schema(): string {
  const lines: string[] = [];
  for (const { name, ownership, activity, parent } of tables) {
    const shared = activity ? " as Activity" : "";
    const lookup = parent === undefined ? "" : `, ${ownership.slice("parent ".length)}: ${parent}`;
    lines.push(`entity ${name}${shared} owned by ${ownership} { name?: String${lookup} }`);
  }
  return `${lines.join("\n")}\n\nprivilege ${tasks.join(", ")};\n`;
}

/** The levels real roles use, most often first, and what the table allows of them. */
function levelFor(table: Table, reach: number, random: Random): string {
  if (table.ownership === "organization") return "organization";
  const draw = random.below(100) + reach;
  if (draw < 25) return table.ownership === "business unit" ? "businessUnit" : "user";
  if (draw < 45) return "businessUnit";
  if (draw < 60) return "parentChild";
  return "organization";
}

/** The actions that a role of some rank gets on a table: readers read, the rest widens. */
function actionsFor(table: Table, reach: number, random: Random): string[] {
  const all = table.ownership === "user or team" ? everything : basic;
  if (reach < 15 || random.chance(0.35)) return random.chance(0.5) ? ["read"] : ["read", "appendTo"];
  if (random.chance(0.3)) return ["read", "append", "appendTo"];
  if (random.chance(0.4)) return all.filter((action) => action !== "delete" && action !== "assign");
  return all;
}

function grantsText(names: readonly string[], reach: number, random: Random): string {
  // One line a set of actions and level, as the formatter and people group them.
  const lines = new Map<string, string[]>();
  const activity: Table = { name: "Activity", ownership: "user or team" };
  for (const name of names) {
    const table = name === "Activity" ? activity : (tables.find((t) => t.name === name) as Table);
    const level = levelFor(table, reach, random);
    const actions = actionsFor(table, reach, random);
    const key = `  permit ${actions.join(", ")} on # at ${level};`;
    lines.set(key, [...(lines.get(key) ?? []), name]);
  }
  return [...lines].map(([line, entities]) => line.replace("#", entities.join(", "))).join("\n");
}

const grantable = (): string[] => [
  ...tables
    .filter(({ activity, ownership }) => !activity && !ownership.startsWith("parent"))
    .map(({ name }) => name),
  "Activity",
];

/** About `count` roles in the sizes of real ones: most 5 to 40 tables, a few nearly everything. */
function roleFiles(count: number, random: Random): PolicyText {
  const files: { name: string; text: string }[] = [{ name: "schema.bwk", text: schema() }];
  const roles: string[] = [];
  const teamRoles: string[] = [];
  const names = grantable();
  const add = (name: string, form: string, body: string) => {
    files.push({ name: `roles/${name}.bwk`, text: `${form} "${name}" {\n${body}\n}\n` });
  };
  const base = "Base User";
  add(
    base,
    "role",
    `  permit read on * at user;\n  permit create, write, append, appendTo on Account, Contact, Lead, Opportunity, Incident, Activity, Annotation at user;\n  permit read on ${tables
      .filter(({ ownership }) => ownership === "organization")
      .map(({ name }) => name)
      .join(", ")} at organization;\n  permit GoOffline, PrintReports;`,
  );
  files.push({
    name: "roles/System Administrator.bwk",
    text: 'administrator role "System Administrator";\n',
  });
  for (let i = 0; roles.length + teamRoles.length < count - 2; i++) {
    const name = `${departments[i % departments.length]} ${ranks[Math.floor(i / departments.length) % ranks.length]}${
      i >= departments.length * ranks.length
        ? ` ${Math.floor(i / (departments.length * ranks.length)) + 1}`
        : ""
    }`;
    const rank = Math.floor(i / departments.length) % ranks.length;
    const size = random.chance(0.1) ? names.length : 5 + random.below(random.chance(0.3) ? 60 : 20);
    const reach = rank * 12;
    const body = grantsText(random.sample(names, size), reach, random);
    const task = rank >= 3 ? `\n  permit ${random.sample(tasks, 3).join(", ")};` : "";
    const onlyTeams = i % 7 === 3;
    add(name, onlyTeams ? "team role" : "role", body + task);
    (onlyTeams ? teamRoles : roles).push(name);
  }
  return { files, roles, teamRoles, administrator: "System Administrator", base };
}

/** Guardrails as a compliance department writes them. */
const guardrails = `@id("facilities-stay")
forbid (principal, action == delete, resource is Facility);

@id("auditors-read-everything")
permit (principal in Role::"Finance Auditor", action == read, resource) at organization;

@id("no-export-for-automation")
forbid (principal in Role::"Automation Contributor", action == ExportToExcel, resource);
`;

export function policyText(roleCount: number, random: Random): PolicyText {
  const policy = roleFiles(roleCount, random);
  policy.files.push({ name: "guardrails.bwk", text: guardrails });
  return policy;
}
