// The parts of a project that its placement leaves out of the source, as a program hands them to the engine: directory JSON,
// record columns and share columns (architecture.md section 3).

import type { RecordColumns, ShareColumns } from "../../runtime-ts/index.ts";
import type { AttributePlan, AttributeTypePlan, ValuePlan, ValuesPlan } from "./attribute-plan.ts";
import { type AssignmentPlan, maskOf, type PrincipalPlan, type Project, type SharePlan } from "./project.ts";
import {
  positionLines,
  recordLines,
  shareLines,
  sourceOf,
  teamLines,
  toSource,
  unitLines,
  userLines,
} from "./to-source.ts";

export interface RecordTable {
  readonly entity: string;
  readonly columns: RecordColumns;
}

/** A directory as JSON: only what is changed here again has a type. */
export interface Directory {
  readonly users: readonly Readonly<Record<string, unknown>>[];
  readonly [part: string]: unknown;
}

export interface Split {
  readonly source: string;
  readonly directory: Directory | undefined;
  readonly records: readonly RecordTable[];
  readonly shares: ShareColumns | undefined;
}

export function split(project: Project): Split {
  const { placement } = project;
  if (placement === "everything")
    return { source: toSource(project), directory: undefined, records: [], shares: undefined };
  const people = placement === "people" || placement === "records";
  const half = placement === "some users" ? project.users.slice(0, project.users.length >> 1) : [];
  const recordsInSource = placement === "records" || placement === "directory";
  return {
    source: sourceOf(project, [
      people || placement === "units" ? unitLines(project) : [],
      people ? positionLines(project) : [],
      userLines(project, people ? project.users : half),
      people ? teamLines(project) : [],
      recordsInSource ? recordLines(project) : [],
      placement === "directory" ? shareLines(project) : [],
    ]),
    directory: people ? undefined : directoryOf(project, half.length),
    records: recordsInSource ? [] : recordTables(project),
    shares: placement === "directory" ? undefined : sharesTable(project),
  };
}

/** A value as JSON, in a directory, a request context or a described record. Whole numbers and sets have several writings. */
export function cellOf(type: AttributeTypePlan, value: ValuePlan): unknown {
  if (typeof value === "boolean") return value;
  if (typeof value === "string") {
    const short = type.kind === "Long" && value.length < 10;
    return short ? Number(value) : value;
  }
  if ("kind" in value) return `${value.kind === "user" ? "User" : "Team"}::${JSON.stringify(value.name)}`;
  const elements = type.kind === "Set" ? type.element : "String";
  return elements === "Long" && value.every((item) => item.length < 10) ? value.map(Number) : value;
}

/** In a table, sets are the text of a JSON array as well. */
function columnCellOf(type: AttributeTypePlan, value: ValuePlan | undefined): unknown {
  if (value === undefined) return "";
  const cell = cellOf(type, value);
  return Array.isArray(cell) && cell.length % 2 === 0 ? JSON.stringify(cell) : cell;
}

export function valuesAsJson(
  attributes: readonly AttributePlan[],
  values: ValuesPlan,
): Record<string, unknown> {
  const entries = attributes.flatMap(({ name, type }) => {
    const value = values[name];
    return value === undefined ? [] : [[name, cellOf(type, value)] as const];
  });
  return Object.fromEntries(entries);
}

function attributesPart(attributes: readonly AttributePlan[], values: ValuesPlan): { attributes?: unknown } {
  const json = valuesAsJson(attributes, values);
  return Object.keys(json).length === 0 ? {} : { attributes: json };
}

function rolesOf(roles: readonly AssignmentPlan[]): unknown[] {
  return roles.map(({ role, unit }) => (unit === undefined ? role : { role, businessUnit: unit }));
}

function directoryOf(project: Project, usersInSource: number): Directory {
  const businessUnits = project.units.map(({ name, parent, disabled }) => ({
    id: name,
    ...(parent === undefined ? {} : { parent }),
    ...(disabled ? { disabled } : {}),
  }));
  const positions = (project.positions ?? []).map(({ name, parent }) => ({
    id: name,
    ...(parent === undefined ? {} : { parent }),
  }));
  // Units that the source declares too may be repeated as they are.
  const repeated = project.placement !== "units" || project.users.length % 2 === 0;
  return {
    ...(repeated ? { businessUnits } : {}),
    users: project.users.slice(usersInSource).map((user) => ({
      id: user.name,
      businessUnit: user.unit,
      disabled: user.disabled,
      roles: rolesOf(user.roles),
      ...(user.manager === undefined ? {} : { manager: user.manager }),
      ...(user.position === undefined ? {} : { position: user.position }),
      ...attributesPart(project.principals.User, user.attributes),
    })),
    ...(positions.length === 0 ? {} : { positions }),
    teams: project.teams.map(({ name, kind, unit, roles, members, administrator, attributes }) => ({
      id: name,
      kind,
      businessUnit: unit,
      ...(roles.length === 0 ? {} : { roles: rolesOf(roles) }),
      members,
      ...(administrator === undefined ? {} : { administrator }),
      ...attributesPart(project.principals.Team, attributes),
    })),
    defaultTeamRoles: Object.fromEntries(
      project.defaultTeams.map(({ unit, roles }) => [unit, rolesOf(roles)]),
    ),
  };
}

export function recordTables({ entities, records }: Pick<Project, "entities" | "records">): RecordTable[] {
  return entities.flatMap(({ name, ownership, lookup, attributes }): RecordTable[] => {
    const rows = records.filter((record) => record.entity === name);
    if (rows.length === 0) return [];
    const hasTeams = rows.some((row) => row.owner?.kind === "team");
    const hasUnits = ownership === "businessUnit" || rows.some((row) => row.unit !== undefined);
    return [
      {
        entity: name,
        columns: {
          id: rows.map((row) => row.id),
          ...(ownership === "userOrTeam" ? { owner: rows.map((row) => row.owner?.name ?? "") } : {}),
          // `user` is the default, of the column and of a cell.
          ...(hasTeams ? { owner_type: rows.map((row) => (row.owner?.kind === "team" ? "team" : "")) } : {}),
          ...(hasUnits ? { business_unit: rows.map((row) => row.unit ?? "") } : {}),
          ...(lookup === undefined ? {} : { [lookup.name]: rows.map((row) => row.parent ?? "") }),
          ...columnsOf(attributes, rows),
        },
      },
    ];
  });
}

/** A column in which no cell has a value is left out. */
function columnsOf(
  attributes: readonly AttributePlan[],
  rows: readonly Project["records"][number][],
): Record<string, unknown[]> {
  const columns = attributes
    .filter(({ name }) => rows.some((row) => row.attributes[name] !== undefined))
    .map(({ name, type }) => [name, rows.map((row) => columnCellOf(type, row.attributes[name]))] as const);
  return Object.fromEntries(columns);
}

/** S8: the rights as a number. Create, and a bit that means nothing, are ignored on input. */
const bitsOfRights = [32, 1, 2, 65536, 524288, 262144, 4, 16];
const ignored = 32 | 134217728;

function asNumber(words: readonly string[]): number {
  const mask = maskOf(words);
  return bitsOfRights.reduce((sum, bit, action) => sum | ((mask & (1 << action)) !== 0 ? bit : 0), ignored);
}

/** Rows of one record and principal add up (S3): a share of several rights is written in two. */
function rowsOf(shares: readonly SharePlan[]): SharePlan[] {
  return shares.flatMap((share) =>
    share.direct.length < 2
      ? [share]
      : [
          { ...share, direct: share.direct.slice(0, 1), inherited: [] },
          { ...share, direct: share.direct.slice(1) },
        ],
  );
}

export function sharesTable({
  shares: plans,
  records,
}: Pick<Project, "shares" | "records">): Split["shares"] {
  if (plans.length === 0) return undefined;
  const shares = rowsOf(plans);
  // One writing for a whole table: numbers here, words there.
  const numbers = records.length % 2 === 0;
  const rights = (words: readonly string[]): string | number => (numbers ? asNumber(words) : words.join("|"));
  const typeOf = (to: PrincipalPlan | undefined): string => to?.kind ?? "organization";
  return {
    entity: shares.map((share) => share.entity),
    id: shares.map((share) => share.id),
    principal: shares.map((share) => share.with?.name ?? ""),
    principal_type: shares.map((share) => typeOf(share.with)),
    rights: shares.map((share) => rights(share.direct)),
    inherited_rights: shares.map((share) => rights(share.inherited)),
  };
}
