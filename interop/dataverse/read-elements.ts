// From XML elements to what they say. The same elements stand in unpacked files and in a packed customizations.xml.
import { ImportError } from "./errors.ts";
import { child, childrenOf, childText, type XmlElement } from "./parse-xml.ts";
import {
  type CascadeName,
  cascadeNames,
  type RawColumn,
  type RawPermission,
  type RawProfile,
  type RawRelationship,
  type RawRole,
  type RawRow,
  type RawTable,
} from "./solution.ts";

function incomplete(file: string, what: string): ImportError {
  return new ImportError("BWK459", `\`${file}\`: ${what}`, "export the solution again");
}

function required(file: string, element: XmlElement, attribute: string): string {
  const value = element.attributes.get(attribute)?.trim();
  if (value !== undefined && value !== "") return value;
  throw incomplete(file, `a <${element.name}> element has no \`${attribute}\``);
}

/** The first description; a solution may carry one for each language, the base language first. */
function descriptionOf(element: XmlElement): string | undefined {
  const texts = childrenOf(child(element, "Descriptions"), "Description").map((each) =>
    each.attributes.get("description"),
  );
  const text = element.attributes.get("description") ?? childText(element, "Description") ?? texts[0];
  return text === undefined || text.trim() === "" ? undefined : text.trim();
}

/** `<Role id name isinherited unmodified>` with its RolePrivilege rows. */
export function readRole(file: string, element: XmlElement): RawRole {
  const rows: RawRow[] = [];
  for (const group of childrenOf(element, "RolePrivileges")) {
    for (const row of childrenOf(group, "RolePrivilege")) {
      rows.push({ privilege: required(file, row, "name"), level: row.attributes.get("level")?.trim() });
    }
  }
  return {
    file,
    id: element.attributes.get("id")?.trim() || undefined,
    name: required(file, element, "name"),
    inherited: element.attributes.get("isinherited")?.trim(),
    unmodified: element.attributes.get("unmodified")?.trim() === "1",
    description: descriptionOf(element),
    rows,
  };
}

/** `<Entity>`; its EntityInfo may be missing, then only the name is known. */
export function readTable(file: string, element: XmlElement): RawTable {
  const info = child(child(element, "EntityInfo"), "entity");
  const nameElement = child(element, "Name");
  const schemaName = (nameElement?.text || info?.attributes.get("Name") || "").trim();
  if (schemaName === "") throw incomplete(file, "an <Entity> element has no <Name>");
  const columns = childrenOf(child(info, "attributes"), "attribute").map((each) => readColumn(file, each));
  return {
    file,
    schemaName,
    displayName: nameElement?.attributes.get("LocalizedName")?.trim() || undefined,
    mask: childText(info, "OwnershipTypeMask"),
    // Only activity tables have `activityid` as their primary key: it tells where IsActivity was left out.
    activity:
      childText(info, "IsActivity") === "1" ||
      columns.some(({ name, type }) => type === "primarykey" && name.toLowerCase() === "activityid"),
    columns,
  };
}

function readColumn(file: string, element: XmlElement): RawColumn {
  const accuracy = Number(childText(element, "Accuracy"));
  const options = childrenOf(child(child(element, "optionset"), "options"), "option");
  const states = childrenOf(child(child(element, "optionset"), "states"), "state");
  const statuses = childrenOf(child(child(element, "optionset"), "statuses"), "status");
  return {
    name:
      element.attributes.get("PhysicalName")?.trim() ||
      childText(element, "Name") ||
      required(file, element, "PhysicalName"),
    type: (childText(element, "Type") ?? "").toLowerCase(),
    systemRequired: childText(element, "RequiredLevel")?.toLowerCase() === "systemrequired",
    secured: childText(element, "IsSecured") === "1",
    rollup: childText(element, "SourceType") === "2",
    options: [...options, ...states, ...statuses].map(
      (option) =>
        childrenOf(child(option, "labels"), "label")[0]?.attributes.get("description")?.trim() ?? "",
    ),
    accuracy: Number.isFinite(accuracy) ? accuracy : undefined,
  };
}

/**
 * `<EntityRelationship>`; undefined for the mere references of Other/Relationships.xml, which have a name and no body.
 */
export function readRelationship(file: string, element: XmlElement): RawRelationship | undefined {
  const type = childText(element, "EntityRelationshipType");
  const name = element.attributes.get("Name")?.trim() ?? "";
  const need = (tag: string): string => {
    const text = childText(element, tag);
    if (text === undefined) throw incomplete(file, `the relationship \`${name}\` has no <${tag}>`);
    return text;
  };
  if (type === undefined && element.children.length === 0) return undefined;
  if (type === "ManyToMany") {
    const sides = { from: need("FirstEntityName"), to: need("SecondEntityName") };
    return { file, name, kind: "many-to-many", ...sides, attribute: "", cascades: {} };
  }
  const cascades: Partial<Record<CascadeName, string>> = {};
  for (const cascade of cascadeNames) {
    const value = childText(element, `Cascade${cascade}`);
    if (value !== undefined) cascades[cascade] = value;
  }
  return {
    file,
    name,
    kind: "many-to-one",
    from: need("ReferencingEntityName"),
    to: need("ReferencedEntityName"),
    attribute: need("ReferencingAttributeName"),
    cascades,
  };
}

/** `<FieldSecurityProfile>` with its FieldPermission rows; none is legal. */
export function readProfile(file: string, element: XmlElement): RawProfile {
  const permissions = childrenOf(element, "FieldPermissions").flatMap((group) =>
    childrenOf(group, "FieldPermission").map((each): RawPermission => {
      const table = childText(each, "EntityName");
      const column = childText(each, "AttributeName");
      if (table === undefined || column === undefined) {
        throw incomplete(file, "a <FieldPermission> element has no <EntityName> or no <AttributeName>");
      }
      return {
        table,
        column,
        read: childText(each, "CanRead"),
        update: childText(each, "CanUpdate"),
        create: childText(each, "CanCreate"),
        unmasked: childText(each, "CanReadUnmasked"),
      };
    }),
  );
  const id = element.attributes.get("fieldsecurityprofileid")?.trim() || undefined;
  return { file, id, name: required(file, element, "name"), permissions };
}
