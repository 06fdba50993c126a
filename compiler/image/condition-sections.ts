import * as abi from "../../runtime-as/abi.ts";
import type { Policy } from "../model/model.ts";
import type { Tables } from "../tables/index.ts";
import type { Sections } from "./sections.ts";

const low = (value: bigint): number => Number(BigInt.asUintN(32, value));
const high = (value: bigint): number => Number(BigInt.asUintN(32, value >> 32n));

/** First row in ATTRIBUTES of each column owner: entities, then User, Team, BusinessUnit, context. */
function firstAttributes(policy: Policy, sections: Sections): number[] {
  const settings = sections.words[abi.SECTION_SETTINGS] as number[];
  const entities = sections.words[abi.SECTION_ENTITIES] as number[];
  return [
    ...policy.entities.map(
      (_, entity) => entities[entity * abi.ENTITY_WORDS + abi.ENTITY_FIRST_ATTRIBUTE] as number,
    ),
    settings[abi.SETTING_USER_FIRST] as number,
    settings[abi.SETTING_TEAM_FIRST] as number,
    settings[abi.SETTING_UNIT_FIRST] as number,
    settings[abi.SETTING_CONTEXT_FIRST] as number,
  ];
}

/** The code of conditions and what it points into. Entities and settings must have been added. */
export function addConditions(policy: Policy, { programs, conditionals }: Tables, sections: Sections): void {
  const first = firstAttributes(policy, sections);
  programs.columns.owners.forEach((columns, owner) => {
    sections.add(abi.SECTION_COLUMN_OWNERS, [sections.rows(abi.SECTION_COLUMNS), columns.length]);
    for (const attribute of columns)
      sections.add(abi.SECTION_COLUMNS, [(first[owner] as number) + attribute]);
  });
  sections.add(abi.SECTION_CODE, programs.words);
  const { constants, references, patterns, pieces } = programs.tables;
  for (const value of constants) sections.add(abi.SECTION_CONSTANTS, [low(value), high(value)]);
  for (const { kind, name, entity } of references) {
    const named = typeof name === "number" ? name : sections.name(name);
    sections.add(abi.SECTION_REFERENCES, [kind, named, entity ?? abi.NONE]);
  }
  for (const pattern of patterns) sections.add(abi.SECTION_PATTERNS, [pattern.first, pattern.count]);
  for (const piece of pieces) sections.add(abi.SECTION_PIECES, [sections.name(piece)]);
  for (const { start, length, sides, fact, entity } of programs.rows) {
    sections.add(abi.SECTION_PROGRAMS, [start, length, sides, fact ?? abi.NONE, entity ?? abi.NONE]);
  }
  for (const { role, privilege, level, program, line } of conditionals) {
    sections.add(abi.SECTION_CONDITIONALS, [role, privilege, level, program, line]);
  }
}
