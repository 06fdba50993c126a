// Builds the XML of small solutions, as Dataverse writes it.
import { expect } from "vitest";
import { analyze, type Model } from "../../compiler/index.ts";
import { type ImportResult, importFiles } from "../../interop/dataverse/index.ts";

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** `Read Account Global` for each row. */
export function role(name: string, rows: readonly string[], attributes = 'isinherited="1"'): string {
  const privileges = rows.map((row) => {
    const [privilege, level] = row.split(" ");
    return `    <RolePrivilege name="${privilege}"${level === undefined ? "" : ` level="${level}"`} />`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<Role id="{${idOf(name)}}" name="${name}" ${attributes} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <IsCustomizable>1</IsCustomizable>
  <RolePrivileges>
${privileges.join("\n")}
  </RolePrivileges>
</Role>`;
}

/** A stable id made of a name. */
export function idOf(name: string): string {
  const digits = [...name]
    .map((letter) => (letter.codePointAt(0) ?? 0).toString(16).padStart(4, "0"))
    .join("");
  return digits
    .padEnd(32, "0")
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

export interface EntityOptions {
  readonly mask?: string;
  readonly activity?: boolean;
  readonly attributes?: string;
  readonly info?: boolean;
}

export function entity(schemaName: string, options: EntityOptions = {}): string {
  const mask = options.mask === undefined ? "" : `<OwnershipTypeMask>${options.mask}</OwnershipTypeMask>`;
  const info = `<EntityInfo><entity Name="${schemaName}"><attributes>${options.attributes ?? ""}</attributes>${mask}<IsActivity>${options.activity === true ? 1 : 0}</IsActivity></entity></EntityInfo>`;
  return `<Entity xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <Name LocalizedName="${schemaName} label" OriginalName="">${schemaName}</Name>
  ${options.info === false ? "" : info}
</Entity>`;
}

export function attribute(name: string, type: string, rest = ""): string {
  return `<attribute PhysicalName="${name}"><Type>${type}</Type><Name>${name.toLowerCase()}</Name><LogicalName>${name.toLowerCase()}</LogicalName><RequiredLevel>none</RequiredLevel>${rest}</attribute>`;
}

export function relationship(
  name: string,
  from: string,
  column: string,
  to: string,
  cascades: Readonly<Record<string, string>> = {},
): string {
  const all = {
    Assign: "NoCascade",
    Delete: "NoCascade",
    Reparent: "NoCascade",
    Share: "NoCascade",
    Unshare: "NoCascade",
    ...cascades,
  };
  return `<EntityRelationship Name="${name}"><EntityRelationshipType>OneToMany</EntityRelationshipType><ReferencingEntityName>${from}</ReferencingEntityName><ReferencedEntityName>${to}</ReferencedEntityName>${Object.entries(
    all,
  )
    .map(([key, value]) => `<Cascade${key}>${value}</Cascade${key}>`)
    .join("")}<ReferencingAttributeName>${column}</ReferencingAttributeName></EntityRelationship>`;
}

export const relationships = (...bodies: string[]): string =>
  `<EntityRelationships>${bodies.join("")}</EntityRelationships>`;

export function permission(
  table: string,
  column: string,
  read: number,
  update: number,
  create: number,
  unmasked?: number,
): string {
  return `<FieldPermission><EntityName>${table}</EntityName><AttributeName>${column}</AttributeName><CanRead>${read}</CanRead><CanUpdate>${update}</CanUpdate><CanCreate>${create}</CanCreate>${unmasked === undefined ? "" : `<CanReadUnmasked>${unmasked}</CanReadUnmasked>`}</FieldPermission>`;
}

export function profile(name: string, id: string, permissions: readonly string[]): string {
  return `<FieldSecurityProfile name="${name}" fieldsecurityprofileid="{${id}}"><FieldPermissions>${permissions.join("")}</FieldPermissions></FieldSecurityProfile>`;
}

export const profiles = (...bodies: string[]): string =>
  `<FieldSecurityProfiles>${bodies.join("")}</FieldSecurityProfiles>`;

export function manifest(uniqueName: string): string {
  return `<ImportExportXml><SolutionManifest><UniqueName>${uniqueName}</UniqueName><Version>1.2.3.4</Version></SolutionManifest></ImportExportXml>`;
}

/** Imports texts by path. */
export function importTexts(files: Readonly<Record<string, string>>): ImportResult {
  return importFiles(Object.entries(files).map(([path, text]) => ({ path, bytes: utf8(text) })));
}

/** Imports one role file and nothing else. */
export const importRole = (text: string): ImportResult => importTexts({ "Roles/r.xml": text });

/** The text of one file of a result. */
export function textOf(result: ImportResult, name: string): string {
  const file = result.files.find((each) => each.name === name);
  expect(file, `${name} among ${result.files.map((each) => each.name).join(", ")}`).toBeDefined();
  return file?.text ?? "";
}

/** The resolved model of a result: every result must compile without errors. */
export function modelOf(result: ImportResult): Model {
  const { model, diagnostics } = analyze([...result.files]);
  expect(
    diagnostics
      .filter(({ severity }) => severity === "error")
      .map(({ code, message }) => `${code} ${message}`),
  ).toEqual([]);
  if (model === undefined) throw new Error("there is no model");
  return model;
}

/** The grants of a role in the compiled model: `read Account 4`, and `task Merge`, sorted. */
export function grantsIn(model: Model, name: string): string[] {
  const { policy } = model;
  const found = policy.roles.find((each) => each.name === name);
  if (found === undefined)
    throw new Error(`no role ${name} in ${policy.roles.map((each) => each.name).join(", ")}`);
  const actions = ["create", "read", "write", "delete", "assign", "share", "append", "appendTo"];
  return [
    ...found.grants.map(
      ({ action, privilegeSet, level }) =>
        `${actions[action]} ${policy.privilegeSets[privilegeSet]?.name} ${level}`,
    ),
    ...[...found.tasks].map((task) => `task ${policy.tasks[task]?.name}`),
  ].sort();
}

/** The notes as one line each: `left out: what: why`. */
export const notesOf = (result: ImportResult): string[] =>
  result.report.notes.map(({ kind, what, why }) => `${kind}: ${what}: ${why}`);
