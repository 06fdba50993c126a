// Column profiles and secured columns.
import { expect, test } from "vitest";
import {
  attribute,
  entity,
  importTexts,
  modelOf,
  notesOf,
  permission,
  profile,
  profiles,
  relationship,
  relationships,
  textOf,
} from "./solution-text.ts";

const place = "Other/FieldSecurityProfiles.xml";
const id = "274a2a66-74aa-ec11-9840-000d3a83c406";

test("permissions become column grants, the column becomes secured", () => {
  const result = importTexts({
    "Entities/x/Entity.xml": entity("new_X", {
      mask: "UserOwned",
      attributes: attribute("new_Phone", "nvarchar", "<IsSecured>1</IsSecured>"),
    }),
    [place]: profiles(profile("Finance", id, [permission("new_x", "new_phone", 4, 4, 0, 0)])),
  });
  expect(textOf(result, "schema.bwk")).toContain("new_Phone?: String secured,");
  const text = textOf(result, "column-profiles.bwk");
  expect(text).toContain("column profile Finance {");
  expect(text).toContain("permit read, write on new_X.new_Phone;");
  expect(text).toContain(`@id("{${id}}")`);
  expect(modelOf(result).policy.columnProfiles[0]?.grants).toHaveLength(2);
  expect(result.report.carriedOver).toMatchObject({ columnProfiles: 1, columnPermissions: 2 });
});

test("all four permissions, and 3 as the newer word for all records", () => {
  const result = importTexts({
    [place]: profiles(
      profile("P", id, [
        permission("account", "telephone1", 4, 4, 4, 4),
        permission("account", "telephone2", 4, 0, 0, 3),
      ]),
    ),
  });
  const grants = modelOf(result).policy.columnProfiles[0]?.grants ?? [];
  expect(grants.map(({ action }) => action).sort()).toEqual([
    "create",
    "read",
    "read",
    "readUnmasked",
    "readUnmasked",
    "write",
  ]);
});

test("a value that is neither 0 nor 4 grants nothing and is listed", () => {
  const result = importTexts({
    [place]: profiles(profile("P", id, [permission("account", "telephone1", 2, 4, 0, 1)])),
  });
  expect(modelOf(result).policy.columnProfiles[0]?.grants.map(({ action }) => action)).toEqual(["write"]);
  expect(notesOf(result).filter((note) => note.startsWith("left out"))).toEqual([
    expect.stringMatching(/^left out: CanRead `2` on `account.telephone1`/),
    expect.stringMatching(/^left out: CanReadUnmasked `1`/),
  ]);
  expect(textOf(result, "column-profiles.bwk")).toMatch(/\/\/.*CanRead `2`/);
});

test("a profile without permissions is legal", () => {
  const result = importTexts({ [place]: profiles(profile("Nothing", id, [])) });
  expect(modelOf(result).policy.columnProfiles).toMatchObject([{ name: "Nothing", grants: [] }]);
});

test("the same profile id twice is a union", () => {
  const result = importTexts({
    [`a/${place}`]: profiles(profile("P", id, [permission("account", "telephone1", 4, 0, 0)])),
    [`b/${place}`]: profiles(
      profile("P", id.toUpperCase(), [
        permission("account", "telephone1", 0, 4, 0),
        permission("contact", "fax", 4, 0, 0),
      ]),
    ),
  });
  const { columnProfiles } = modelOf(result).policy;
  expect(columnProfiles).toHaveLength(1);
  expect(columnProfiles[0]?.grants).toHaveLength(3);
});

test("two profiles of one name are told apart", () => {
  const result = importTexts({
    [place]: profiles(profile("P", id, []), profile("P", id.replace("2", "3"), [])),
  });
  expect(modelOf(result).policy.columnProfiles.map(({ name }) => name)).toEqual(["P", "P (2)"]);
});

test("a column that no file declares is declared, and the report says what was assumed", () => {
  const result = importTexts({
    [place]: profiles(profile("P", id, [permission("account", "telephone1", 4, 0, 0)])),
  });
  expect(textOf(result, "schema.bwk")).toContain("telephone1?: String secured,");
  expect(notesOf(result)).toEqual([expect.stringMatching(/^assumed: column `telephone1`/)]);
});

test("a secured lookup to two tables is covered in both", () => {
  const result = importTexts({
    "Other/Relationships/a.xml": relationships(
      relationship("a", "new_X", "new_Customer", "Account"),
      relationship("b", "new_X", "new_Customer", "Contact"),
    ),
    [place]: profiles(profile("P", id, [permission("new_x", "new_customer", 4, 0, 0)])),
  });
  expect(modelOf(result).policy.columnProfiles[0]?.grants).toHaveLength(2);
});

test("a secured column of a type that the language lacks is kept as text", () => {
  const result = importTexts({
    "Entities/x/Entity.xml": entity("new_X", {
      mask: "UserOwned",
      attributes: attribute("new_Photo", "image", "<IsSecured>1</IsSecured>"),
    }),
  });
  expect(textOf(result, "schema.bwk")).toContain("new_Photo?: String secured,");
  expect(notesOf(result)).toEqual([expect.stringMatching(/^changed: column `new_Photo`/)]);
});
