import {
  COLUMN_OWNER_WORDS,
  COLUMN_OWNERS_BESIDE_ENTITIES,
  COLUMNS_OF_CONTEXT,
  COLUMNS_OF_TEAM,
  COLUMNS_OF_UNIT,
  COLUMNS_OF_USER,
  CONDITIONAL_LEVEL,
  CONDITIONAL_PRIVILEGE,
  CONDITIONAL_PROGRAM,
  CONDITIONAL_ROLE,
  CONDITIONAL_WORDS,
  NONE,
  PROGRAM_ENTITY,
  PROGRAM_FACT,
  PROGRAM_SIDES,
  PROGRAM_WORDS,
  REFERENCE_ENTITY,
  REFERENCE_KIND,
  REFERENCE_NAME,
  REFERENCE_ROLE,
  REFERENCE_WORDS,
  SECTION_COLUMN_OWNERS,
  SECTION_COLUMNS,
  SECTION_CONDITIONALS,
  SECTION_PROGRAMS,
  SECTION_REFERENCES,
  SIDE_PRINCIPAL,
  SIDE_RECORD,
} from "../runtime-as/abi.ts";
import { type FactReads, readFactReads } from "./columns/fact-reads.ts";
import type { NameSpans } from "./columns/string-table.ts";
import { damaged, type ImageReader } from "./image-reader.ts";
import type { Attribute } from "./policy.ts";

/** What the code of conditions names. */
export type CodeReference =
  | { readonly kind: "name"; readonly of: number; readonly name: string }
  | { readonly kind: "role"; readonly role: number }
  | { readonly kind: "record"; readonly entity: number; readonly id: string };

/** A grant under a condition (abi.ts, CONDITIONAL_*). */
export interface ConditionalGrant {
  readonly role: number;
  readonly privilege: number;
  readonly level: number;
  readonly program: number;
}

/** What the host needs to know of conditions: which attributes they read, what they name, how many facts they make. */
export interface Conditions {
  /** The columns of each entity: attributes, in the order of their column numbers. */
  readonly entities: readonly (readonly Attribute[])[];
  readonly users: readonly Attribute[];
  readonly teams: readonly Attribute[];
  readonly units: readonly Attribute[];
  readonly context: readonly Attribute[];
  readonly references: readonly CodeReference[];
  /** By role, each ascending by privilege. */
  readonly grants: ReadonlyMap<number, readonly ConditionalGrant[]>;
  /** Programs that look at the principal alone. */
  readonly userFacts: number;
  /** Programs that look at the record alone, by entity. */
  readonly recordFacts: readonly number[];
  /** What facts about records read beside the record itself. */
  readonly reads: FactReads;
  /** The names of the image; undefined where there is no condition, and nothing is interned. */
  readonly names: NameSpans | undefined;
}

/** The attributes of one owner, and the row of ATTRIBUTES where they begin. */
export interface OwnedAttributes {
  readonly firstRow: number;
  readonly attributes: ReadonlyMap<string, Attribute>;
}

function readColumns(reader: ImageReader, owners: readonly OwnedAttributes[]): Attribute[][] {
  return owners.map(({ firstRow, attributes }, owner) => {
    const owned = [...attributes.values()];
    const first = reader.word(SECTION_COLUMN_OWNERS, COLUMN_OWNER_WORDS, owner, 0);
    const count = reader.word(SECTION_COLUMN_OWNERS, COLUMN_OWNER_WORDS, owner, 1);
    return Array.from({ length: count }, (_, i) => {
      const row = reader.word(SECTION_COLUMNS, 1, first + i, 0);
      // The core goes by the type in that row, so it must be the owner's very attribute.
      const attribute = owned[row - firstRow];
      if (attribute === undefined) throw damaged("a column of an attribute that its owner does not have");
      return attribute;
    });
  });
}

function readReference(reader: ImageReader, row: number): CodeReference {
  const word = (column: number) => reader.word(SECTION_REFERENCES, REFERENCE_WORDS, row, column);
  const of = word(REFERENCE_KIND);
  if (of === REFERENCE_ROLE) return { kind: "role", role: word(REFERENCE_NAME) };
  const name = reader.name(word(REFERENCE_NAME));
  const entity = word(REFERENCE_ENTITY);
  return entity === NONE ? { kind: "name", of, name } : { kind: "record", entity, id: name };
}

function readGrants(reader: ImageReader): Map<number, ConditionalGrant[]> {
  const grants = new Map<number, ConditionalGrant[]>();
  for (let row = 0; row < reader.rows(SECTION_CONDITIONALS); row++) {
    const word = (column: number) => reader.word(SECTION_CONDITIONALS, CONDITIONAL_WORDS, row, column);
    const role = word(CONDITIONAL_ROLE);
    const grant = {
      role,
      privilege: word(CONDITIONAL_PRIVILEGE),
      level: word(CONDITIONAL_LEVEL),
      program: word(CONDITIONAL_PROGRAM),
    };
    const ofRole = grants.get(role);
    if (ofRole === undefined) grants.set(role, [grant]);
    else ofRole.push(grant);
  }
  return grants;
}

/** How many facts there are: of principals, and of the records of each entity. */
function countFacts(reader: ImageReader, entities: number): { users: number; records: number[] } {
  const records = new Array<number>(entities).fill(0);
  const programs = reader.rows(SECTION_PROGRAMS);
  let users = 0;
  for (let row = 0; row < programs; row++) {
    const word = (column: number) => reader.word(SECTION_PROGRAMS, PROGRAM_WORDS, row, column);
    const fact = word(PROGRAM_FACT);
    const entity = word(PROGRAM_ENTITY);
    if (word(PROGRAM_SIDES) === SIDE_PRINCIPAL) users = Math.max(users, fact + 1);
    else if (word(PROGRAM_SIDES) === SIDE_RECORD) {
      records[entity] = Math.max(records[entity] as number, fact + 1);
    }
  }
  return { users, records };
}

/** Reads conditions from a validated image; `owners` are the attributes of the entities, then of users, teams, units, context. */
export function readConditions(reader: ImageReader, owners: readonly OwnedAttributes[]): Conditions {
  const columns = readColumns(reader, owners);
  const entities = owners.length - COLUMN_OWNERS_BESIDE_ENTITIES;
  const facts = countFacts(reader, entities);
  const of = (owner: number) => columns[entities + owner] as Attribute[];
  return {
    entities: columns.slice(0, entities),
    users: of(COLUMNS_OF_USER),
    teams: of(COLUMNS_OF_TEAM),
    units: of(COLUMNS_OF_UNIT),
    context: of(COLUMNS_OF_CONTEXT),
    references: Array.from({ length: reader.rows(SECTION_REFERENCES) }, (_, row) =>
      readReference(reader, row),
    ),
    grants: readGrants(reader),
    userFacts: facts.users,
    recordFacts: facts.records,
    reads: readFactReads(reader, entities),
    names:
      reader.rows(SECTION_PROGRAMS) === 0 ? undefined : { names: reader.names, spans: reader.nameSpans() },
  };
}
