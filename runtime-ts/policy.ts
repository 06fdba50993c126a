import {
  ATTRIBUTE_ARGUMENT,
  ATTRIBUTE_CASCADES,
  ATTRIBUTE_FLAGS,
  ATTRIBUTE_NAME,
  ATTRIBUTE_ON_DELETE,
  ATTRIBUTE_OPTIONAL,
  ATTRIBUTE_OPTIONS,
  ATTRIBUTE_TYPE,
  ATTRIBUTE_WORDS,
  ENTITY_ATTRIBUTE_COUNT,
  ENTITY_FIRST_ATTRIBUTE,
  ENTITY_NAME,
  ENTITY_OWNERSHIP,
  ENTITY_PARENT,
  ENTITY_PARENT_ATTRIBUTE,
  ENTITY_SET,
  ENTITY_WORDS,
  FLAG_MODERN,
  GUARDRAIL_FILE,
  GUARDRAIL_ID,
  GUARDRAIL_LEVEL,
  GUARDRAIL_LINE,
  GUARDRAIL_PRINCIPAL,
  GUARDRAIL_PRINCIPAL_REF,
  GUARDRAIL_RECORD_ENTITY,
  GUARDRAIL_RECORD_ID,
  GUARDRAIL_UNIT,
  GUARDRAIL_WORDS,
  OPEN_NAME_WORDS,
  OWNED_BY_PARENT,
  PRIVILEGE_SET_WORDS,
  ROLE_FILE,
  ROLE_FORM,
  ROLE_NAME,
  ROLE_UNIT,
  ROLE_WORDS,
  SCOPE_ANY,
  SCOPE_ROLE,
  SECTION_ATTRIBUTES,
  SECTION_ENTITIES,
  SECTION_GUARDRAILS,
  SECTION_OPEN_NAMES,
  SECTION_OPTIONS,
  SECTION_PRIVILEGE_SETS,
  SECTION_ROLES,
  SECTION_SETTINGS,
  SECTION_TASKS,
  SETTING_CONTEXT_FIRST,
  SETTING_FLAGS,
  SETTING_HIERARCHY,
  SETTING_TEAM_FIRST,
  SETTING_UNIT_FIRST,
  SETTING_USER_FIRST,
  SETTINGS_WORDS,
  TYPE_CHOICE,
} from "../runtime-as/abi.ts";
import { type Conditions, readConditions } from "./conditions.ts";
import { type GrantLines, readGrantLines } from "./explain/grant-lines.ts";
import { damaged, type ImageReader } from "./image-reader.ts";
import { type OwnerRule, readOwnerRules } from "./owner-rules.ts";
import { readSecured, type SecuredPolicy } from "./secured/read-secured.ts";

export interface Attribute {
  readonly name: string;
  /** TYPE_* */
  readonly type: number;
  /** Lookup: entity number; set: TYPE_STRING or TYPE_LONG. */
  readonly argument: number;
  /** Of a Choice. */
  readonly options: readonly string[];
  readonly optional: boolean;
  /** CASCADE_* bits: what follows this lookup from parent to child. */
  readonly cascades: number;
  /** DELETE_*: what the deletion of the parent does to the child. */
  readonly onDelete: number;
}

export interface Entity {
  readonly name: string;
  /** OWNED_BY_* */
  readonly ownership: number;
  readonly privilegeSet: string;
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** Of an entity owned by its parent: the lookup, and the entity number it leads to. */
  readonly parent: { readonly attribute: Attribute; readonly entity: number } | undefined;
}

export interface Role {
  readonly name: string;
  /** ROLE_INHERITING, ROLE_TEAM_ONLY or ROLE_ADMINISTRATOR */
  readonly form: number;
  /** The business unit that owns it; undefined = the root. */
  readonly unit: string | undefined;
}

export interface Guardrail {
  readonly id: string;
  /** LEVEL_* bit of a permit, 0 of a forbid. */
  readonly level: number;
  /** File and line. */
  readonly place: string;
  /** SCOPE_* of the principal. */
  readonly scope: number;
  /** User, team or unit of the principal scope. */
  readonly principal: string | undefined;
  /** Role of the principal scope. */
  readonly role: number;
  readonly unit: string | undefined;
  readonly record: { readonly entity: number; readonly id: string } | undefined;
}

export interface OpenName {
  /** OPEN_* */
  readonly kind: number;
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

/** What the host needs to know of a policy, by name; decisions are taken from the image itself. */
export interface Policy {
  readonly modern: boolean;
  /** HIERARCHY_* */
  readonly hierarchy: number;
  /** The switches of `settings`: FLAG_* bits. */
  readonly switches: number;
  readonly entities: readonly Entity[];
  readonly entityNumbers: ReadonlyMap<string, number>;
  readonly tasks: readonly string[];
  readonly roles: readonly Role[];
  readonly roleNumbers: ReadonlyMap<string, number>;
  readonly guardrails: readonly Guardrail[];
  readonly context: ReadonlyMap<string, Attribute>;
  readonly userAttributes: ReadonlyMap<string, Attribute>;
  readonly teamAttributes: ReadonlyMap<string, Attribute>;
  readonly unitAttributes: ReadonlyMap<string, Attribute>;
  readonly openNames: readonly OpenName[];
  readonly conditions: Conditions;
  /** Who owns the records of an entity that are created without an owner, by entity. */
  readonly ownerRules: ReadonlyMap<number, OwnerRule>;
  /** Secured columns and column profiles. */
  readonly secured: SecuredPolicy;
  /** Where the grants of roles stand in the source. */
  readonly grantLines: GrantLines;
}

function readAttributes(reader: ImageReader, first: number, count: number): Map<string, Attribute> {
  const attributes = new Map<string, Attribute>();
  for (let row = first; row < first + count; row++) {
    const word = (column: number) => reader.word(SECTION_ATTRIBUTES, ATTRIBUTE_WORDS, row, column);
    const name = reader.name(word(ATTRIBUTE_NAME));
    const type = word(ATTRIBUTE_TYPE);
    const argument = word(ATTRIBUTE_ARGUMENT);
    const options: string[] = [];
    for (let i = 0; type === TYPE_CHOICE && i < word(ATTRIBUTE_OPTIONS); i++) {
      options.push(reader.name(reader.word(SECTION_OPTIONS, 1, argument + i, 0)));
    }
    if (attributes.has(name)) throw damaged("an attribute occurs twice");
    const optional = (word(ATTRIBUTE_FLAGS) & ATTRIBUTE_OPTIONAL) !== 0;
    const cascades = word(ATTRIBUTE_CASCADES);
    const onDelete = word(ATTRIBUTE_ON_DELETE);
    attributes.set(name, { name, type, argument, options, optional, cascades, onDelete });
  }
  return attributes;
}

function readEntity(reader: ImageReader, row: number): Entity {
  const word = (column: number) => reader.word(SECTION_ENTITIES, ENTITY_WORDS, row, column);
  const attributes = readAttributes(reader, word(ENTITY_FIRST_ATTRIBUTE), word(ENTITY_ATTRIBUTE_COUNT));
  const ownership = word(ENTITY_OWNERSHIP);
  const attribute = [...attributes.values()][word(ENTITY_PARENT_ATTRIBUTE)];
  return {
    name: reader.name(word(ENTITY_NAME)),
    ownership,
    privilegeSet: reader.name(reader.word(SECTION_PRIVILEGE_SETS, PRIVILEGE_SET_WORDS, word(ENTITY_SET), 0)),
    attributes,
    parent:
      ownership === OWNED_BY_PARENT && attribute !== undefined
        ? { attribute, entity: word(ENTITY_PARENT) }
        : undefined,
  };
}

/** The name of a source file: nothing that decides reads it, so the host looks after it. */
function fileName(reader: ImageReader, number: number): string {
  if (number < reader.names.length) return reader.name(number);
  throw damaged("a file has no name");
}

function readRole(reader: ImageReader, row: number): Role {
  const word = (column: number) => reader.word(SECTION_ROLES, ROLE_WORDS, row, column);
  return {
    name: reader.name(word(ROLE_NAME)),
    form: word(ROLE_FORM),
    unit: reader.optionalName(word(ROLE_UNIT)),
  };
}

function readGuardrail(reader: ImageReader, row: number): Guardrail {
  const word = (column: number) => reader.word(SECTION_GUARDRAILS, GUARDRAIL_WORDS, row, column);
  const scope = word(GUARDRAIL_PRINCIPAL);
  const reference = word(GUARDRAIL_PRINCIPAL_REF);
  const id = reader.optionalName(word(GUARDRAIL_RECORD_ID));
  return {
    id: reader.name(word(GUARDRAIL_ID)),
    level: word(GUARDRAIL_LEVEL),
    place: `${fileName(reader, word(GUARDRAIL_FILE))}:${word(GUARDRAIL_LINE)}`,
    scope,
    principal: scope === SCOPE_ANY || scope === SCOPE_ROLE ? undefined : reader.name(reference),
    role: reference,
    unit: reader.optionalName(word(GUARDRAIL_UNIT)),
    record: id === undefined ? undefined : { entity: word(GUARDRAIL_RECORD_ENTITY), id },
  };
}

function readOpenName(reader: ImageReader, row: number): OpenName {
  const word = (column: number) => reader.word(SECTION_OPEN_NAMES, OPEN_NAME_WORDS, row, column);
  return { kind: word(0), name: reader.name(word(1)), file: reader.name(word(2)), line: word(3) };
}

function readRows<T>(
  reader: ImageReader,
  section: number,
  read: (reader: ImageReader, row: number) => T,
): T[] {
  return Array.from({ length: reader.rows(section) }, (_, row) => read(reader, row));
}

function numbersOf(names: readonly string[], what: string): Map<string, number> {
  const numbers = new Map(names.map((name, number) => [name, number]));
  if (numbers.size !== names.length) throw damaged(`${what} occurs twice`);
  return numbers;
}

/** Reads the policy of a validated image. Throws BWK413 where it contradicts itself. */
export function readPolicy(reader: ImageReader): Policy {
  const setting = (word: number) => reader.word(SECTION_SETTINGS, SETTINGS_WORDS, 0, word);
  const attributesAt = (word: number) => readAttributes(reader, setting(word), setting(word + 1));
  const entities = readRows(reader, SECTION_ENTITIES, readEntity);
  const roles = readRows(reader, SECTION_ROLES, readRole);
  const tasks = readRows(reader, SECTION_TASKS, (_, row) =>
    reader.name(reader.word(SECTION_TASKS, 1, row, 0)),
  );
  numbersOf(tasks, "a task privilege");
  const context = attributesAt(SETTING_CONTEXT_FIRST);
  const userAttributes = attributesAt(SETTING_USER_FIRST);
  const teamAttributes = attributesAt(SETTING_TEAM_FIRST);
  const unitAttributes = attributesAt(SETTING_UNIT_FIRST);
  const firstRow = (row: number) => reader.word(SECTION_ENTITIES, ENTITY_WORDS, row, ENTITY_FIRST_ATTRIBUTE);
  const owners = [
    ...entities.map(({ attributes }, row) => ({ firstRow: firstRow(row), attributes })),
    { firstRow: setting(SETTING_USER_FIRST), attributes: userAttributes },
    { firstRow: setting(SETTING_TEAM_FIRST), attributes: teamAttributes },
    { firstRow: setting(SETTING_UNIT_FIRST), attributes: unitAttributes },
    { firstRow: setting(SETTING_CONTEXT_FIRST), attributes: context },
  ];
  return {
    switches: setting(SETTING_FLAGS),
    hierarchy: setting(SETTING_HIERARCHY),
    modern: (setting(SETTING_FLAGS) & FLAG_MODERN) !== 0,
    entities,
    entityNumbers: numbersOf(
      entities.map(({ name }) => name),
      "an entity",
    ),
    tasks,
    roles,
    roleNumbers: numbersOf(
      roles.map(({ name }) => name),
      "a role",
    ),
    guardrails: readRows(reader, SECTION_GUARDRAILS, readGuardrail),
    context,
    userAttributes,
    teamAttributes,
    unitAttributes,
    openNames: readRows(reader, SECTION_OPEN_NAMES, readOpenName),
    conditions: readConditions(reader, owners),
    ownerRules: readOwnerRules(reader, entities),
    secured: readSecured(reader, entities),
    grantLines: readGrantLines(
      reader,
      roles.map((_, row) => fileName(reader, reader.word(SECTION_ROLES, ROLE_WORDS, row, ROLE_FILE))),
    ),
  };
}
