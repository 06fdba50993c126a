// Many-to-one relationships become lookup attributes; their cascades become words after the type.
import { printName } from "../../compiler/index.ts";
import { groupBy } from "./group-by.ts";

import type { Notes } from "./report.ts";
import { type CascadeName, cascadeNames, type RawRelationship } from "./solution.ts";
import { builtInTypes, type Table } from "./tables.ts";

/** A lookup attribute, as source text. */
export interface Lookup {
  readonly name: string;
  readonly type: string;
  /** `parental`, `cascade assign, delete restrict`, or empty. */
  readonly cascade: string;
}

/**
 * The attributes of one lookup column, given its relationships. A lookup to several tables (customer, regarding)
 * becomes one attribute for each, named after the table.
 */
export function lookupsOf(
  relationships: readonly RawRelationship[],
  tables: ReadonlyMap<string, Table>,
  where: string,
  notes: Notes,
): Lookup[] {
  const byTarget = groupBy(relationships, ({ to }) => to.toLowerCase());
  const first = relationships[0] as RawRelationship;
  if (byTarget.size > 1) {
    const targets = [...byTarget.keys()].length;
    notes.add(
      "changed",
      `lookup \`${first.attribute}\``,
      where,
      `it leads to ${targets} tables: it becomes one attribute for each`,
    );
  }
  return [...byTarget].map(([target, group]) => {
    const relationship = group[0] as RawRelationship;
    const type = builtInTypes.get(target) ?? (tables.get(target) as Table).name;
    const cascade = cascadeOf(group, builtInTypes.has(target), notes);
    return {
      name: byTarget.size > 1 ? `${first.attribute}_${type}` : relationship.attribute,
      type: printName(type),
      cascade,
    };
  });
}

/** The cascade words of a lookup; of several solutions' bodies the first counts. */
function cascadeOf(group: readonly RawRelationship[], toPrincipal: boolean, notes: Notes): string {
  const first = group[0] as RawRelationship;
  for (const other of group.slice(1)) {
    if (
      cascadeNames.some(
        (name) => (other.cascades[name] ?? "NoCascade") !== (first.cascades[name] ?? "NoCascade"),
      )
    ) {
      notes.add(
        "left out",
        `relationship \`${other.name}\``,
        other.file,
        `its cascades differ from those in ${first.file}, which are kept`,
      );
    }
  }
  const words: string[] = [];
  let parental = true;
  for (const name of cascadeNames) {
    const value = first.cascades[name] ?? (name === "Merge" ? undefined : "NoCascade");
    const word = value === undefined ? undefined : cascadeWord(name, value, first, notes);
    if (word !== undefined) words.push(word);
    // Exports leave CascadeMerge out; what cascades in every other respect is Dataverse's "parental".
    parental &&= value === undefined || value === "Cascade";
  }
  if (words.length > 0 && toPrincipal) {
    if (words.some((word) => word !== "delete unlink")) {
      notes.add(
        "left out",
        `the cascades of relationship \`${first.name}\``,
        first.file,
        `\`${first.to}\` is no record that is assigned or shared`,
      );
    }
    return "";
  }
  if (parental) return "parental";
  return words.length === 0 ? "" : `cascade ${words.join(", ")}`;
}

function cascadeWord(
  name: CascadeName,
  value: string,
  relationship: RawRelationship,
  notes: Notes,
): string | undefined {
  const word = name.toLowerCase();
  if (value === "NoCascade") return undefined;
  if (name === "Delete" && value === "Restrict") return "delete restrict";
  if (name === "Delete" && value === "RemoveLink") return "delete unlink";
  if (value === "Cascade") return name === "Delete" ? "delete cascade" : word;
  notes.add(
    "left out",
    `Cascade${name} \`${value}\` of relationship \`${relationship.name}\``,
    relationship.file,
    "only Cascade and NoCascade (of Delete also RemoveLink and Restrict) can be said here: nothing follows this lookup",
  );
  return undefined;
}
