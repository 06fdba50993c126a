// Privilege names, as the rows of a role write them.
import { expect, test } from "vitest";
import { privilegeMeaning, tablesNamedBy } from "../../interop/dataverse/privilege-name.ts";

const nobody = (): boolean => false;
const meaning = (name: string, ...known: string[]): string => {
  const found = privilegeMeaning(name, (table) => known.includes(table));
  if (found === undefined) return "none";
  return found.kind === "task" ? `task ${found.name}` : `${found.action} ${found.table}`;
};

test.each([
  ["prvReadAccount", "read account"],
  ["prvAppendToAccount", "appendTo account"],
  ["prvAppendAccount", "append account"],
  ["prvAppendtoCategory", "appendTo category"],
  ["PrvReadAnalyticalDataflowsData", "read analyticaldataflowsdata"],
  ["PRVWRITEACCOUNT", "write account"],
  ["prvDeletemsnfp_Group", "delete msnfp_group"],
  ["prvShareNote", "share annotation"],
  ["prvReadUser", "read systemuser"],
  ["prvAssignOrder", "assign salesorder"],
  ["prvCreateArticle", "create kbarticle"],
  ["prvReadEmailTemplate", "read template"],
  ["prvReadQuery", "read savedquery"],
  ["prvReadWorkflowSession", "read processsession"],
  ["prvReadNewsArticle", "read businessunitnewsarticle"],
  ["prvReadActivity", "read activity"],
])("%s means %s", (name, expected) => {
  expect(meaning(name)).toBe(expected);
});

test.each([
  ["prvBulkDelete", "task BulkDelete"],
  ["prvMerge", "task Merge"],
  ["prvExportToExcel", "task ExportToExcel"],
  ["prvAssignManager", "task AssignManager"],
  ["prvReadLicense", "task ReadLicense"],
  ["prvWriteHolidayScheduleCalendar", "task WriteHolidayScheduleCalendar"],
  ["prvexporttoexcel", "task ExportToExcel"],
  ["prvSomethingNew", "task SomethingNew"],
  ["prvRead", "task Read"],
  ["prvread", "task prvread"],
  ["prvall", "task prvall"],
])("%s is a task privilege: %s", (name, expected) => {
  expect(meaning(name)).toBe(expected);
});

test("what does not begin with prv is no privilege name", () => {
  expect(meaning("ReadAccount")).toBe("none");
  expect(meaning("prv")).toBe("none");
  expect(meaning("")).toBe("none");
});

test("append or appendTo is decided by the tables that are known", () => {
  expect(meaning("prvAppendToye_booking", "ye_booking")).toBe("appendTo ye_booking");
  expect(meaning("prvAppendye_booking", "ye_booking")).toBe("append ye_booking");
  expect(meaning("prvAppendToye_booking", "toye_booking")).toBe("append toye_booking");
  expect(meaning("prvAppendToye_booking", "ye_booking", "toye_booking")).toBe("appendTo ye_booking");
  expect(meaning("prvAppendToye_booking")).toBe("appendTo ye_booking");
});

test("other privileges make a table known, append and task privileges do not", () => {
  const names = ["prvReadToy", "prvAppendToxic", "prvReadLicense", "prvExportToExcel", "prvShareNote"];
  expect([...tablesNamedBy(names)].sort()).toEqual(["annotation", "toy"]);
  expect(privilegeMeaning("prvAppendToy", (table) => tablesNamedBy(names).has(table))).toMatchObject({
    action: "append",
    table: "toy",
  });
  expect(privilegeMeaning("prvAppendToy", nobody)).toMatchObject({ action: "appendTo", table: "y" });
});
