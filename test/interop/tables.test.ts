// Tables: names, ownership and where it comes from, activities, attributes.
import { expect, test } from "vitest";
import type { Model } from "../../compiler/index.ts";
import {
  attribute,
  entity,
  grantsIn,
  importRole,
  importTexts,
  modelOf,
  notesOf,
  role,
  textOf,
} from "./solution-text.ts";

const ownership = (model: Model, name: string): string | undefined =>
  model.policy.entities.find((each) => each.name === name)?.ownership;

test.each([
  ["UserOwned", "userOrTeam"],
  ["OrgOwned", "organization"],
  ["BusinessOwned", "businessUnit"],
  ["UnOwned", "organization"],
])("the mask %s is the ownership %s", (mask, expected) => {
  const result = importTexts({ "Entities/x/Entity.xml": entity("new_X", { mask }) });
  expect(ownership(modelOf(result), "new_X")).toBe(expected);
});

test("a table without an owner says that no role reaches it", () => {
  const result = importTexts({ "Entities/x/Entity.xml": entity("new_X", { mask: "UnOwned" }) });
  expect(textOf(result, "schema.bwk")).toMatch(/\/\/.*no role reaches/);
});

test("an unknown mask is reported, and the ownership found another way", () => {
  const result = importTexts({ "Entities/x/Entity.xml": entity("Account", { mask: "MoonOwned" }) });
  expect(ownership(modelOf(result), "Account")).toBe("userOrTeam");
  expect(notesOf(result)).toEqual([expect.stringMatching(/^left out: OwnershipTypeMask `MoonOwned`/)]);
});

test("EntityInfo may be missing: the owner is then that of the stock table", () => {
  const result = importTexts({ "Entities/Product/Entity.xml": entity("Product", { info: false }) });
  expect(ownership(modelOf(result), "Product")).toBe("organization");
  expect(textOf(result, "schema.bwk")).toContain("list of stock tables");
});

test("without a mask the owner columns tell the ownership", () => {
  const result = importTexts({
    "Entities/a/Entity.xml": entity("new_A", { attributes: attribute("OwnerId", "owner") }),
    "Entities/b/Entity.xml": entity("new_B", { attributes: attribute("OrganizationId", "lookup") }),
  });
  const model = modelOf(result);
  expect(ownership(model, "new_A")).toBe("userOrTeam");
  expect(ownership(model, "new_B")).toBe("organization");
});

test("the same table in several solutions is one, and the one with the mask counts", () => {
  const result = importTexts({
    "a/Entities/x/Entity.xml": entity("new_X"),
    "b/Entities/x/Entity.xml": entity("new_X", { mask: "OrgOwned", attributes: attribute("new_B", "int") }),
    "c/Entities/x/Entity.xml": entity("new_x", { info: false }),
  });
  const model = modelOf(result);
  expect(model.policy.entities.map(({ name }) => name)).toEqual(["new_X"]);
  expect(ownership(model, "new_X")).toBe("organization");
  expect(model.policy.entities[0]?.attributes.map(({ name }) => name)).toEqual(["new_B"]);
});

test("solutions that contradict each other about ownership: the first mask counts, the other is reported", () => {
  const result = importTexts({
    "a/Entities/x/Entity.xml": entity("new_X", { mask: "OrgOwned" }),
    "b/Entities/x/Entity.xml": entity("new_X", { mask: "UserOwned" }),
  });
  expect(ownership(modelOf(result), "new_X")).toBe("organization");
  expect(notesOf(result)).toEqual([expect.stringMatching(/^changed: OwnershipTypeMask `UserOwned`/)]);
});

test("tables that nobody declares are kept, by the privileges seen", () => {
  const result = importRole(
    role("R", [
      "prvReadzz_Global Global",
      "prvReadzz_Basic Basic",
      "prvAssignzz_Assigned Global",
      "prvReadzz_Local Local",
    ]),
  );
  const model = modelOf(result);
  expect(ownership(model, "zz_Global")).toBe("organization");
  expect(ownership(model, "zz_Basic")).toBe("userOrTeam");
  expect(ownership(model, "zz_Assigned")).toBe("userOrTeam");
  expect(ownership(model, "zz_Local")).toBe("userOrTeam");
  expect(textOf(result, "schema.bwk")).toMatch(/\/\/.*ownership\s/);
  expect(grantsIn(model, "R")).toHaveLength(4);
});

test("different spellings of one table are one table", () => {
  const result = importRole(
    role("R", ["prvReadzz_Thing Global", "prvReadzz_Thing Global", "prvWritezz_thing Global"]),
  );
  const model = modelOf(result);
  expect(model.policy.entities.map(({ name }) => name)).toEqual(["zz_Thing"]);
});

test("the special names of privileges lead to their tables", () => {
  const result = importTexts({
    "Entities/Annotation/Entity.xml": entity("Annotation", { mask: "UserOwned" }),
    "Roles/r.xml": role("R", [
      "prvReadNote Basic",
      "prvReadUser Local",
      "prvReadTeam Deep",
      "prvReadBusinessUnit Global",
      "prvReadRole Local",
      "prvReadOrder Basic",
      "prvReadQuery Global",
    ]),
  });
  const model = modelOf(result);
  expect(grantsIn(model, "R")).toEqual([
    "read Annotation 1",
    "read SalesOrder 1",
    "read SavedQuery 4",
    "read businessunit 4",
    "read role 2",
    "read systemuser 2",
    "read team 3",
  ]);
  expect(ownership(model, "systemuser")).toBe("businessUnit");
  expect(ownership(model, "Annotation")).toBe("userOrTeam");
});

test("all activity tables share the privileges of Activity", () => {
  const result = importTexts({
    "Entities/m/Entity.xml": entity("new_Message", { mask: "UserOwned", activity: true }),
    "Roles/r.xml": role("R", ["prvReadActivity Deep", "prvWriteActivity Basic"]),
  });
  const model = modelOf(result);
  expect(grantsIn(model, "R")).toEqual(["read Activity 3", "write Activity 1"]);
  const set = model.policy.privilegeSets.find(({ name }) => name === "Activity");
  const members = set?.entities.map((each) => model.policy.entities[each]?.name);
  expect(members).toContain("new_Message");
  expect(members).toContain("Email");
});

test("Activity is granted without an activity table in the solution: the stock ones stand for it", () => {
  const result = importRole(role("R", ["prvReadActivity Basic"]));
  expect(grantsIn(modelOf(result), "R")).toEqual(["read Activity 1"]);
});

test("an activity table is known by its primary key where IsActivity is missing", () => {
  const text = entity("new_Call", { mask: "UserOwned", attributes: attribute("ActivityId", "primarykey") });
  const result = importTexts({ "Entities/c/Entity.xml": text.replace("<IsActivity>0</IsActivity>", "") });
  expect(textOf(result, "schema.bwk")).toContain("entity new_Call as Activity owned by user or team");
});

test("a privilege of a single activity table does not exist: it reaches no record, and is kept by name", () => {
  const result = importTexts({
    "Entities/m/Entity.xml": entity("new_Message", { mask: "UserOwned", activity: true }),
    "Roles/r.xml": role("R", ["prvReadnew_Message Global"]),
  });
  expect(grantsIn(modelOf(result), "R")).toEqual(["task Readnew_Message"]);
  expect(notesOf(result)).toEqual([expect.stringMatching(/^changed: `prvReadnew_Message` at Global/)]);
});

test("assigning territories to users is a task, whatever its level", () => {
  const result = importRole(role("R", ["prvAssignTerritory Deep", "prvReadTerritory Global"]));
  const model = modelOf(result);
  expect(grantsIn(model, "R")).toEqual(["read Territory 4", "task AssignTerritory"]);
  expect(ownership(model, "Territory")).toBe("organization");
  expect(notesOf(result)).toEqual([expect.stringMatching(/^changed: `prvAssignTerritory` at Deep/)]);
});

test("a row that the declared ownership cannot have becomes a task privilege: it reaches no record", () => {
  const result = importTexts({
    "Entities/x/Entity.xml": entity("new_X", { mask: "OrgOwned" }),
    "Roles/r.xml": role("R", ["prvReadnew_X Deep", "prvAssignnew_X Global", "prvWritenew_X Global"]),
  });
  expect(grantsIn(modelOf(result), "R")).toEqual(["task Assignnew_X", "task Readnew_X", "write new_X 4"]);
  expect(result.report.notes.map(({ what }) => what)).toEqual([
    "`prvReadnew_X` at Deep",
    "`prvAssignnew_X` at Global",
  ]);
});

test("a row that the list of stock tables forbids proves the list wrong; the schema and the report say so", () => {
  const result = importRole(role("R", ["prvReadProduct Basic"]));
  const model = modelOf(result);
  expect(ownership(model, "Product")).toBe("userOrTeam");
  expect(grantsIn(model, "R")).toEqual(["read Product 1"]);
  expect(textOf(result, "schema.bwk")).toMatch(
    /\/\/.*stock tables says otherwise.*prvReadProduct at Basic in role "R"/,
  );
  expect(notesOf(result)).toEqual([expect.stringMatching(/^assumed: the ownership of Product: /)]);
});

test("users, teams, units and roles are never owned by a user, whatever a row says", () => {
  const result = importRole(role("R", ["prvReadUser Basic", "prvReadTeam Local", "prvReadRole Basic"]));
  const model = modelOf(result);
  expect(ownership(model, "systemuser")).toBe("businessUnit");
  expect(grantsIn(model, "R")).toEqual(["read team 2", "task ReadRole", "task ReadUser"]);
  expect(result.report.notes.map(({ what }) => what)).toEqual([
    "`prvReadUser` at Basic",
    "`prvReadRole` at Basic",
  ]);
});

test("the report sums up the tables that nothing declares", () => {
  const result = importRole(role("R", ["prvReadzz_B Basic", "prvReadzz_A Global"]));
  expect(notesOf(result)).toEqual([
    expect.stringMatching(/^assumed: the ownership of zz_A, zz_B: .*privileges seen/),
  ]);
});

test("columns get the types of the language", () => {
  const labels = (...texts: string[]): string =>
    `<optionset Name="o"><options>${texts.map((text, index) => `<option value="${index}"><labels><label description="${text}" languagecode="1033" /></labels></option>`).join("")}</options></optionset>`;
  const attributes = [
    attribute("new_Name", "nvarchar"),
    attribute("new_Text", "ntext"),
    attribute("new_Count", "int"),
    attribute("new_Flag", "bit"),
    attribute("new_Price", "money"),
    attribute("new_When", "datetime"),
    attribute("new_Color", "picklist", labels("Red &amp; blue", "A \\ &quot;B&quot;")),
    attribute("new_Global", "picklist", "<OptionSetName>g</OptionSetName>"),
    attribute("new_Twice", "picklist", labels("Same", "Same")),
    attribute("new_Many", "multiselectpicklist"),
    attribute("new_Must", "int").replace(">none<", ">systemrequired<"),
    attribute("new_Asked", "int").replace(">none<", ">required<"),
    attribute("CreatedOn", "datetime"),
    attribute("new_Photo", "image"),
  ].join("");
  const result = importTexts({ "Entities/x/Entity.xml": entity("new_X", { mask: "UserOwned", attributes }) });
  const text = textOf(result, "schema.bwk");
  for (const line of [
    "new_Name?: String,",
    "new_Text?: String,",
    "new_Count?: Long,",
    "new_Flag?: Bool,",
    "new_Price?: Decimal,",
    "new_When?: Datetime,",
    'new_Color?: Choice("Red & blue", "A \\\\ \\"B\\""),',
    "new_Global?: Long,",
    "new_Twice?: Long,",
    "new_Many?: Set<Long>,",
    "new_Must: Long,",
    "new_Asked?: Long,",
  ]) {
    expect(text).toContain(line);
  }
  expect(text).not.toMatch(/^\s*CreatedOn/m);
  expect(notesOf(result)).toEqual(["left out: column `new_Photo`: the type `image` does not exist here"]);
  modelOf(result);
});

test("columns that the platform keeps beside money and rollups are left out, others of such names are not", () => {
  const attributes = [
    attribute("new_Price", "money"),
    attribute("new_Price_Base", "money"),
    attribute("new_Last", "datetime", "<SourceType>2</SourceType>"),
    attribute("new_Last_Date", "datetime"),
    attribute("new_Last_State", "int"),
    attribute("new_Start", "nvarchar"),
    attribute("new_Start_Date", "datetime"),
  ].join("");
  const result = importTexts({ "Entities/x/Entity.xml": entity("new_X", { mask: "UserOwned", attributes }) });
  expect(modelOf(result).policy.entities[0]?.attributes.map(({ name }) => name)).toEqual([
    "new_Price",
    "new_Last",
    "new_Start",
    "new_Start_Date",
  ]);
});

test("one task privilege spelled in two ways is one", () => {
  const result = importTexts({
    "Roles/a.xml": role("A", ["prvSomethingNew Global"]),
    "Roles/b.xml": role("B", ["prvsomethingnew Global"]),
  });
  const model = modelOf(result);
  expect(grantsIn(model, "B")).toEqual(["task SomethingNew"]);
  expect(model.policy.tasks.map(({ name }) => name).sort()).toEqual(["Merge", "SomethingNew"]);
});

test("a column may not take the name that every record has", () => {
  const attributes = attribute("owner", "nvarchar") + attribute("businessUnit", "nvarchar");
  const result = importTexts({ "Entities/x/Entity.xml": entity("new_X", { mask: "UserOwned", attributes }) });
  expect(modelOf(result).policy.entities[0]?.attributes).toHaveLength(2);
  expect(notesOf(result)).toHaveLength(2);
});
