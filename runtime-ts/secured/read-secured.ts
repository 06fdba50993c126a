import {
  ATTRIBUTE_FLAGS,
  ATTRIBUTE_MASKED,
  ATTRIBUTE_NAME,
  ATTRIBUTE_SECURED,
  ATTRIBUTE_WORDS,
  COLUMN_GRANT_ACTIONS,
  COLUMN_GRANT_ATTRIBUTE,
  COLUMN_GRANT_ENTITY,
  COLUMN_GRANT_WORDS,
  COLUMN_SHARE_ATTRIBUTE,
  COLUMN_SHARE_ENTITY,
  COLUMN_SHARE_ID,
  COLUMN_SHARE_KIND,
  COLUMN_SHARE_PRINCIPAL,
  COLUMN_SHARE_RIGHTS,
  COLUMN_SHARE_WORDS,
  ENTITY_ATTRIBUTE_COUNT,
  ENTITY_FIRST_ATTRIBUTE,
  ENTITY_WORDS,
  NONE,
  PRINCIPAL_TEAM,
  PROFILE_FIRST_GRANT,
  PROFILE_FIRST_MEMBER,
  PROFILE_GRANTS,
  PROFILE_MEMBER_WORDS,
  PROFILE_MEMBERS,
  PROFILE_NAME,
  PROFILE_WORDS,
  SECTION_ATTRIBUTES,
  SECTION_COLUMN_GRANTS,
  SECTION_COLUMN_PROFILES,
  SECTION_COLUMN_SHARES,
  SECTION_ENTITIES,
  SECTION_PROFILE_MEMBERS,
} from "../../runtime-as/abi.ts";
import { damaged, type ImageReader } from "../image-reader.ts";
import { quote } from "../quote.ts";
import type { ProfileMemberDeclaration } from "../world/declarations.ts";
import { type Mask, readMasks } from "./mask.ts";

/** A secured column of an entity; its number is its place among the entity's secured columns. */
export interface SecuredColumn {
  readonly name: string;
  readonly mask: Mask | undefined;
}

export interface ColumnProfile {
  readonly name: string;
  /** Actions: COLUMN_* bits. */
  readonly grants: readonly { readonly entity: number; readonly column: number; readonly actions: number }[];
}

/** What the policy says of columns (semantics.md F1, F2, F4). */
export interface SecuredPolicy {
  /** By entity. */
  readonly columns: readonly (readonly SecuredColumn[])[];
  readonly profiles: readonly ColumnProfile[];
  readonly profileNumbers: ReadonlyMap<string, number>;
}

/** A column of a declared record that is shared (semantics.md F3). */
export interface DeclaredColumnShare {
  readonly entity: number;
  readonly id: string;
  readonly column: number;
  /** PRINCIPAL_* */
  readonly principalKind: number;
  readonly principal: string | undefined;
  /** COLUMN_READ, COLUMN_WRITE */
  readonly rights: number;
}

/** Attribute rows of an entity that are secured, by place among its attributes, in order. */
function securedAttributes(reader: ImageReader, entity: number): Map<number, number> {
  const word = (column: number) => reader.word(SECTION_ENTITIES, ENTITY_WORDS, entity, column);
  const rows = new Map<number, number>();
  for (let place = 0; place < word(ENTITY_ATTRIBUTE_COUNT); place++) {
    const row = word(ENTITY_FIRST_ATTRIBUTE) + place;
    const flags = reader.word(SECTION_ATTRIBUTES, ATTRIBUTE_WORDS, row, ATTRIBUTE_FLAGS);
    if ((flags & ATTRIBUTE_SECURED) !== 0) rows.set(place, row);
  }
  return rows;
}

/** The column number of an attribute that the core has found to be secured. */
function columnOf(reader: ImageReader, entity: number, attribute: number): number {
  return [...securedAttributes(reader, entity).keys()].indexOf(attribute);
}

function readColumns(reader: ImageReader, entity: number, masks: readonly Mask[]): SecuredColumn[] {
  return Array.from(securedAttributes(reader, entity).values(), (row) => {
    const word = (column: number) => reader.word(SECTION_ATTRIBUTES, ATTRIBUTE_WORDS, row, column);
    return { name: reader.name(word(ATTRIBUTE_NAME)), mask: masks[word(ATTRIBUTE_MASKED)] };
  });
}

function readProfile(reader: ImageReader, row: number): ColumnProfile {
  const word = (column: number) => reader.word(SECTION_COLUMN_PROFILES, PROFILE_WORDS, row, column);
  const grants = Array.from({ length: word(PROFILE_GRANTS) }, (_, i) => {
    const grant = (column: number) =>
      reader.word(SECTION_COLUMN_GRANTS, COLUMN_GRANT_WORDS, word(PROFILE_FIRST_GRANT) + i, column);
    const entity = grant(COLUMN_GRANT_ENTITY);
    const column = columnOf(reader, entity, grant(COLUMN_GRANT_ATTRIBUTE));
    return { entity, column, actions: grant(COLUMN_GRANT_ACTIONS) };
  });
  return { name: reader.name(word(PROFILE_NAME)), grants };
}

/** Secured columns and column profiles of a validated image. Throws BWK413. */
export function readSecured(reader: ImageReader, entities: readonly unknown[]): SecuredPolicy {
  const masks = readMasks(reader);
  const profiles = Array.from({ length: reader.rows(SECTION_COLUMN_PROFILES) }, (_, row) =>
    readProfile(reader, row),
  );
  const profileNumbers = new Map(profiles.map(({ name }, number) => [name, number]));
  if (profileNumbers.size !== profiles.length) throw damaged("a column profile occurs twice");
  return {
    columns: entities.map((_, entity) => readColumns(reader, entity, masks)),
    profiles,
    profileNumbers,
  };
}

/** The members that the source gives the profiles. Names are not checked yet: a directory may still declare them. */
export function readProfileMembers(reader: ImageReader): ProfileMemberDeclaration[] {
  const declarations: ProfileMemberDeclaration[] = [];
  for (let row = 0; row < reader.rows(SECTION_COLUMN_PROFILES); row++) {
    const word = (column: number) => reader.word(SECTION_COLUMN_PROFILES, PROFILE_WORDS, row, column);
    const name = reader.name(word(PROFILE_NAME));
    const path = `declared column profile ${quote(name)}`;
    for (let i = 0; i < word(PROFILE_MEMBERS); i++) {
      const member = (column: number) =>
        reader.word(SECTION_PROFILE_MEMBERS, PROFILE_MEMBER_WORDS, word(PROFILE_FIRST_MEMBER) + i, column);
      declarations.push({
        profile: { path, name },
        kind: member(0) === PRINCIPAL_TEAM ? "team" : "user",
        member: { path, name: reader.name(member(1)) },
      });
    }
  }
  return declarations;
}

/** The shares of columns that the source declares. */
export function readColumnShares(reader: ImageReader): DeclaredColumnShare[] {
  return Array.from({ length: reader.rows(SECTION_COLUMN_SHARES) }, (_, row) => {
    const word = (column: number) => reader.word(SECTION_COLUMN_SHARES, COLUMN_SHARE_WORDS, row, column);
    const entity = word(COLUMN_SHARE_ENTITY);
    const principal = word(COLUMN_SHARE_PRINCIPAL);
    return {
      entity,
      id: reader.name(word(COLUMN_SHARE_ID)),
      column: columnOf(reader, entity, word(COLUMN_SHARE_ATTRIBUTE)),
      principalKind: word(COLUMN_SHARE_KIND),
      principal: principal === NONE ? undefined : reader.name(principal),
      rights: word(COLUMN_SHARE_RIGHTS),
    };
  });
}
