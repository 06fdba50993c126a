// The door of the Cedar export: a project in, policies, schema and entities out that decide the same. Nothing is written here.
import type { Model } from "../../compiler/index.ts";
import { conditionsOf } from "./conditions.ts";
import type { Export } from "./context.ts";
import { type CedarEntity, writeEntities } from "./entities.ts";
import { ExportError } from "./errors.ts";
import { grantsOf } from "./grants.ts";
import { commentText } from "./names.ts";
import { writePolicies } from "./policies.ts";
import { notesOf, refusalsOf } from "./refusals.ts";
import { writeSchema } from "./schema.ts";
import { vocabularyOf } from "./vocabulary.ts";

export type { CedarValue, EntityUid } from "./attributes.ts";
export type { CedarEntity } from "./entities.ts";
export { type ExportCode, ExportError, exportFaults } from "./errors.ts";
export { entitiesText } from "./json.ts";
export { type Vocabulary, vocabularyOf } from "./vocabulary.ts";

export interface CedarExport {
  /** Cedar policies, with comments that name the source of each. */
  readonly policies: string;
  /** The schema against which they pass strict validation, in Cedar's own syntax. */
  readonly schema: string;
  /** The people, places, records and shares that the project declares, in Cedar's JSON format. A Long beyond the exact numbers of JavaScript is a bigint: `entitiesText` writes it. */
  readonly entities: readonly CedarEntity[];
  /** What is not part of the export because it decides about no record, in words. */
  readonly notes: readonly string[];
}

/**
 * The project in Cedar: for every user, action and record or task privilege, Cedar decides what the project decides. A
 * question is `principal User::"alice", action Action::"read", resource Account::"acc1"`, and of a task privilege
 * `resource Organization::"organization"`. docs/cedar.md describes the encoding.
 * @throws ExportError (BWK445) naming what Cedar cannot express
 */
export function exportCedar(model: Model): CedarExport {
  const refusals = refusalsOf(model);
  if (refusals.length > 0) throw new ExportError(refusals);
  const { policy } = model;
  const names = vocabularyOf(model);
  const context: Export = {
    model,
    policy,
    names,
    grants: grantsOf(policy, names),
    conditionOf: conditionsOf(model, names),
  };
  const notes = notesOf(model);
  const comments = notes.map((note) => `// Note: ${commentText(note)}\n`).join("");
  return {
    policies: `// Exported by Bailiwick. Change the project and export again.\n${comments}\n${writePolicies(context)}`,
    schema: `// Exported by Bailiwick. Change the project and export again.\n\n${writeSchema(model, names)}`,
    entities: writeEntities(model, names),
    notes,
  };
}
