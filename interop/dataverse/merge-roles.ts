import { distinct } from "./names.ts";
import type { NoteHome, Notes } from "./report.ts";
import type { RawRole } from "./solution.ts";

/** A role of the result, with the rows of every file that defines it. */
export interface RoleDraft {
  readonly name: string;
  readonly id: string | undefined;
  readonly form: "role" | "team role";
  readonly description: string | undefined;
  readonly files: readonly string[];
  readonly rows: readonly {
    readonly privilege: string;
    readonly level: string | undefined;
    readonly file: string;
  }[];
}

/**
 * One draft for each role: definitions of one id in several solutions are united. A role that is only referred to
 * (`unmodified="1"` without privileges) gets no draft: written as an empty role it would be a false "no access".
 */
export function mergeRoles(roles: readonly RawRole[], notes: Notes): RoleDraft[] {
  const groups = new Map<string, RawRole[]>();
  const keyOfName = new Map<string, string>();
  for (const role of [...roles].sort((a, b) => Number(a.id === undefined) - Number(b.id === undefined))) {
    const key = role.id === undefined ? (keyOfName.get(role.name) ?? `name ${role.name}`) : idKey(role.id);
    if (!keyOfName.has(role.name)) keyOfName.set(role.name, key);
    groups.set(key, [...(groups.get(key) ?? []), role]);
  }
  const taken = new Set<string>();
  const drafts: RoleDraft[] = [];
  for (const group of groups.values()) {
    const draft = mergeGroup(group, taken, notes);
    if (draft !== undefined) drafts.push(draft);
  }
  return drafts.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `{ABC}` and `abc` are one id. */
export function idKey(id: string): string {
  return id.toLowerCase().replace(/[{}\s]/g, "");
}

function mergeGroup(group: readonly RawRole[], taken: Set<string>, notes: Notes): RoleDraft | undefined {
  const definitions = group.filter((role) => !role.unmodified || role.rows.length > 0);
  const first = definitions[0];
  if (first === undefined) {
    for (const role of group) {
      notes.add(
        "left out",
        `role \`${role.name}\``,
        role.file,
        'it is unmodified="1" without privileges: a reference to a role that the organization has already, not an empty role',
      );
    }
    return undefined;
  }
  const where = `role \`${first.name}\` (${first.file})`;
  const name = distinct(first.name, taken);
  const home = { role: name };
  for (const other of definitions) {
    if (other.name !== first.name) {
      const why = `the same role is called \`${first.name}\` in ${first.file}`;
      notes.add("changed", `the name \`${other.name}\``, other.file, why, home);
    }
  }
  if (definitions.length > 1) {
    const files = definitions.map(({ file }) => file).join(", ");
    notes.add("changed", "several definitions", where, `united: ${files}`, home);
  }
  if (name !== first.name) {
    notes.add(
      "changed",
      `the name \`${first.name}\``,
      where,
      `another role has it; this one is called \`${name}\``,
      home,
    );
  }
  if (first.rows.length === 0 && definitions.length === 1) {
    notes.add(
      "assumed",
      "no privileges",
      where,
      "the file lists none; the role is written empty and grants nothing",
      home,
    );
  }
  return {
    name,
    id: first.id,
    ...inheritanceOf(definitions, where, home, notes),
    description: definitions.find(({ description }) => description !== undefined)?.description,
    files: definitions.map(({ file }) => file),
    rows: definitions.flatMap(({ rows, file }) => rows.map((row) => ({ ...row, file }))),
  };
}

function inheritanceOf(
  definitions: readonly RawRole[],
  where: string,
  home: NoteHome,
  notes: Notes,
): Pick<RoleDraft, "form"> {
  const values = new Set(
    definitions.map(({ inherited }) => inherited).filter((value) => value !== undefined),
  );
  if (values.size === 0) {
    const why =
      "isinherited is missing, as in older exports: members of a team are taken to inherit the role";
    notes.add("assumed", "isinherited", where, why, home);
    return { form: "role" };
  }
  if (values.size === 1 && values.has("1")) return { form: "role" };
  if (values.size === 1 && values.has("0")) return { form: "team role" };
  // Unknown or contradictory: the form that grants less.
  const why = `isinherited is ${[...values].map((value) => `"${value}"`).join(" and ")}, expected "0" or "1": taken as "0", team privileges only`;
  notes.add("changed", "isinherited", where, why, home);
  return { form: "team role" };
}
