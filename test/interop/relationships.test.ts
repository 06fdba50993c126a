// Many-to-one relationships become lookups; cascades become their words.
import { expect, test } from "vitest";
import type { Attribute } from "../../compiler/index.ts";
import type { ImportResult } from "../../interop/dataverse/index.ts";
import {
  attribute,
  entity,
  importTexts,
  modelOf,
  notesOf,
  relationship,
  relationships,
  textOf,
} from "./solution-text.ts";

const withRelationships = (...bodies: string[]): ImportResult =>
  importTexts({
    "Entities/x/Entity.xml": entity("new_X", { mask: "UserOwned" }),
    "Entities/y/Entity.xml": entity("new_Y", { mask: "UserOwned" }),
    "Other/Relationships/new_Y.xml": relationships(...bodies),
  });

const lookup = (result: ImportResult, name: string): Attribute => {
  const entityFound = modelOf(result).policy.entities.find((each) => each.name === "new_X");
  const found = entityFound?.attributes.find((each) => each.name === name);
  if (found === undefined)
    throw new Error(`no ${name} among ${entityFound?.attributes.map((each) => each.name).join(", ")}`);
  return found;
};

test("no cascade is a plain lookup", () => {
  const result = withRelationships(relationship("r", "new_X", "new_YId", "new_Y"));
  expect(textOf(result, "schema.bwk")).toContain("new_YId?: new_Y,");
  expect([...lookup(result, "new_YId").cascades]).toEqual([]);
  expect(result.report.carriedOver.lookups).toBe(1);
});

test("what cascades in every respect is parental, with CascadeMerge or without it", () => {
  const all = {
    Assign: "Cascade",
    Delete: "Cascade",
    Reparent: "Cascade",
    Share: "Cascade",
    Unshare: "Cascade",
  };
  for (const cascades of [
    all,
    { ...all, Merge: "Cascade", RollupView: "NoCascade", Archive: "RemoveLink" },
  ]) {
    const result = withRelationships(relationship("r", "new_X", "new_YId", "new_Y", cascades));
    expect(textOf(result, "schema.bwk")).toContain("new_YId?: new_Y parental,");
  }
  const result = withRelationships(
    relationship("r", "new_X", "new_YId", "new_Y", { ...all, Merge: "NoCascade" }),
  );
  expect(textOf(result, "schema.bwk")).not.toContain("parental");
  expect([...lookup(result, "new_YId").cascades].sort()).toEqual(["assign", "reparent", "share", "unshare"]);
  expect(lookup(result, "new_YId").onDelete).toBe("cascade");
});

test("single cascades are named", () => {
  const result = withRelationships(
    relationship("r", "new_X", "new_YId", "new_Y", { Assign: "Cascade", Share: "Cascade" }),
  );
  expect([...lookup(result, "new_YId").cascades].sort()).toEqual(["assign", "share"]);
});

test.each([
  ["Cascade", "cascade"],
  ["Restrict", "restrict"],
  ["RemoveLink", "unlink"],
  ["NoCascade", "unlink"],
])("deleting: %s is %s", (value, expected) => {
  const result = withRelationships(relationship("r", "new_X", "new_YId", "new_Y", { Delete: value }));
  expect(lookup(result, "new_YId").onDelete).toBe(expected);
});

test("a cascade that the language has no word for is left out and reported", () => {
  const result = withRelationships(
    relationship("r", "new_X", "new_YId", "new_Y", { Assign: "UserOwned", Share: "Cascade" }),
  );
  expect([...lookup(result, "new_YId").cascades]).toEqual(["share"]);
  expect(notesOf(result)).toEqual([
    expect.stringMatching(/^left out: CascadeAssign `UserOwned` of relationship `r`/),
  ]);
});

test("lookups to users, teams, units and owners have the built-in types", () => {
  const result = withRelationships(
    relationship("a", "new_X", "new_UserId", "SystemUser"),
    relationship("b", "new_X", "new_TeamId", "Team"),
    relationship("c", "new_X", "new_UnitId", "BusinessUnit"),
    relationship("d", "new_X", "new_Who", "Owner"),
  );
  for (const line of [
    "new_UserId?: User,",
    "new_TeamId?: Team,",
    "new_UnitId?: BusinessUnit,",
    "new_Who?: Principal,",
  ]) {
    expect(textOf(result, "schema.bwk")).toContain(line);
  }
  modelOf(result);
});

test("the platform's own owner and creator columns are no lookups of a policy", () => {
  const names = ["CreatedBy", "ModifiedBy", "OwningUser", "OwningTeam", "OwningBusinessUnit", "OwnerId"];
  const result = withRelationships(...names.map((name) => relationship(name, "new_X", name, "SystemUser")));
  expect(result.report.carriedOver.lookups).toBe(0);
  expect(result.report.notes).toEqual([]);
});

test("a lookup to several tables becomes one attribute for each", () => {
  const result = withRelationships(
    relationship("a", "new_X", "new_Customer", "Account", { Delete: "Cascade" }),
    relationship("b", "new_X", "new_Customer", "Contact", { Delete: "RemoveLink" }),
  );
  expect(lookup(result, "new_Customer_Account").onDelete).toBe("cascade");
  expect(lookup(result, "new_Customer_Contact").onDelete).toBe("unlink");
  expect(notesOf(result)).toEqual([expect.stringMatching(/^changed: lookup `new_Customer`/)]);
});

test("a table that a relationship leads to is kept, though nothing declares it", () => {
  const result = withRelationships(relationship("a", "new_X", "new_Z", "zz_Unknown"));
  expect(textOf(result, "schema.bwk")).toContain("entity zz_Unknown owned by");
  modelOf(result);
});

test("many-to-many relationships have no cascades and are listed", () => {
  const body =
    '<EntityRelationship Name="nn"><EntityRelationshipType>ManyToMany</EntityRelationshipType><FirstEntityName>new_X</FirstEntityName><SecondEntityName>new_Y</SecondEntityName></EntityRelationship>';
  const result = withRelationships(body);
  expect(notesOf(result)).toEqual([expect.stringMatching(/^left out: relationship `nn`/)]);
  expect(textOf(result, "schema.bwk")).toMatch(/\/\/.*relationship `nn`/);
});

test("the same relationship in two solutions is one lookup; other cascades are reported", () => {
  const result = importTexts({
    "Entities/x/Entity.xml": entity("new_X", { mask: "UserOwned" }),
    "Entities/y/Entity.xml": entity("new_Y", { mask: "UserOwned" }),
    "a/Other/Relationships/y.xml": relationships(
      relationship("r", "new_X", "new_YId", "new_Y", { Assign: "Cascade" }),
    ),
    "b/Other/Relationships/y.xml": relationships(relationship("r", "new_X", "new_YId", "new_Y")),
  });
  expect([...lookup(result, "new_YId").cascades]).toEqual(["assign"]);
  expect(notesOf(result)).toEqual([
    expect.stringMatching(/^left out: relationship `r`: its cascades differ/),
  ]);
});

test("the bare references of Other/Relationships.xml are passed over", () => {
  const result = importTexts({
    "Entities/x/Entity.xml": entity("new_X", { mask: "UserOwned" }),
    "Other/Relationships.xml": '<EntityRelationships><EntityRelationship Name="r" /></EntityRelationships>',
  });
  expect(result.report.carriedOver.lookups).toBe(0);
  expect(result.report.notes).toEqual([]);
});

test("a lookup column whose relationship is elsewhere is reported", () => {
  const result = importTexts({
    "Entities/x/Entity.xml": entity("new_X", {
      mask: "UserOwned",
      attributes: attribute("new_Far", "lookup"),
    }),
  });
  expect(notesOf(result)).toEqual([expect.stringMatching(/^left out: column `new_Far`: it is a lookup/)]);
});
