// Whatever a solution says, the result compiles, is formatted, and accounts for every row.
import fc from "fast-check";
import { expect, test } from "vitest";
import { format } from "../../compiler/index.ts";
import {
  attribute,
  entity,
  importTexts,
  modelOf,
  permission,
  profile,
  profiles,
  relationship,
  relationships,
  role,
} from "./solution-text.ts";

const escaped = (text: string): string =>
  text.replace(/[&<>"\n\r\t]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** Text that XML can carry and that is not blank. */
const label = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no control characters
  .map((text) => text.replace(/[\u0000-\u001f\ufffe\uffff\ud800-\udfff]/g, "").trim())
  .filter((text) => text !== "");

const tableName = fc.oneof(
  fc.constantFrom(
    "Account",
    "Note",
    "User",
    "Team",
    "Role",
    "Order",
    "Activity",
    "Email",
    "new_X",
    "new_y",
    "Topic",
    "Toy",
    "zz_a",
    "ZZ_A",
    "Product",
    "Territory",
    "Position",
    "Entity",
  ),
  label,
);
const row = fc.record({
  prefix: fc.constantFrom("prv", "prv", "prv", "Prv", "x"),
  verb: fc.constantFrom(
    "Create",
    "Read",
    "write",
    "Delete",
    "Assign",
    "SHARE",
    "Append",
    "AppendTo",
    "Appendto",
    "BulkEdit",
    "",
  ),
  table: tableName,
  level: fc.constantFrom("Basic", "Local", "Deep", "Global", "global", "None", ""),
});
const columnType = fc.constantFrom(
  "nvarchar",
  "int",
  "money",
  "picklist",
  "lookup",
  "image",
  "state",
  "partylist",
  "datetime",
  "primarykey",
);
const table = fc.record({
  name: fc.constantFrom("new_X", "new_y", "Account", "Toy", "SystemUser", "Email", "Role", "Product"),
  mask: fc.constantFrom("UserOwned", "OrgOwned", "BusinessOwned", "UnOwned", "Odd", ""),
  activity: fc.boolean(),
  columns: fc.array(
    fc.record({
      name: fc.constantFrom("new_A", "new_B", "new_a", "owner", "OwnerId", "type"),
      type: columnType,
      secured: fc.boolean(),
      options: fc.array(label, { maxLength: 3 }),
    }),
    { maxLength: 5 },
  ),
});
const cascade = fc.constantFrom("Cascade", "NoCascade", "RemoveLink", "Restrict", "Active");
const link = fc.record({
  from: fc.constantFrom("new_X", "new_y", "Email", "SystemUser"),
  to: fc.constantFrom("new_X", "Account", "SystemUser", "Owner", "Team", "zz_far", "Email"),
  column: fc.constantFrom("new_A", "new_L", "OwnerId", "RegardingObjectId"),
  cascades: fc.record({
    Assign: cascade,
    Delete: cascade,
    Share: cascade,
    Unshare: cascade,
    Reparent: cascade,
  }),
});
const access = fc.constantFrom(0, 4, 4, 1, 3);
const columnRow = fc.record({
  table: fc.constantFrom("account", "new_x", "email", "systemuser"),
  column: fc.constantFrom("new_a", "new_l", "telephone1", "owner"),
  read: access,
  update: access,
  create: access,
  unmasked: access,
});

test("every solution becomes a project that compiles, in which every row is accounted for", () => {
  const solution = fc.record({
    roles: fc.array(
      fc.record({
        name: label,
        inherited: fc.constantFrom("1", "0", "x"),
        rows: fc.array(row, { maxLength: 12 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    tables: fc.array(table, { maxLength: 4 }),
    links: fc.array(link, { maxLength: 5 }),
    permissions: fc.array(columnRow, { maxLength: 4 }),
  });
  const check = fc.property(solution, ({ roles, tables, links, permissions }) => {
    const files: Record<string, string> = {};
    for (const [index, { name, inherited, rows }] of roles.entries()) {
      const text = role("R", [], `isinherited="${inherited}"`)
        .replace(/id="[^"]*"/, `id="{${index}}"`)
        .replace('name="R"', () => `name="${escaped(name)}"`);
      const privileges = rows.map(
        ({ prefix, verb, table: on, level }) =>
          `<RolePrivilege name="${escaped(prefix + verb + on)}" level="${level}" />`,
      );
      files[`Roles/${index}.xml`] = text.replace(
        "</RolePrivileges>",
        () => `${privileges.join("")}</RolePrivileges>`,
      );
    }
    for (const [index, { name, mask, activity, columns }] of tables.entries()) {
      const attributes = columns.map(({ name: column, type, secured, options }) => {
        const list = options
          .map(
            (option) =>
              `<option value="1"><labels><label description="${escaped(option)}" /></labels></option>`,
          )
          .join("");
        return attribute(
          column,
          type,
          `<IsSecured>${secured ? 1 : 0}</IsSecured><optionset><options>${list}</options></optionset>`,
        );
      });
      files[`${index}/Entities/t/Entity.xml`] = entity(name, {
        activity,
        attributes: attributes.join(""),
        ...(mask === "" ? {} : { mask }),
      });
    }
    files["Other/Relationships/r.xml"] = relationships(
      ...links.map(({ from, to, column, cascades }, index) =>
        relationship(`r${index}`, from, column, to, cascades),
      ),
    );
    files["Other/FieldSecurityProfiles.xml"] = profiles(
      profile(
        "P",
        "1",
        permissions.map((each) =>
          permission(each.table, each.column, each.read, each.update, each.create, each.unmasked),
        ),
      ),
    );

    const result = importTexts(files);
    const { policy } = modelOf(result);
    for (const { name, text } of result.files) expect(format({ name, text }).text).toBe(text);
    expect(policy.roles).toHaveLength(roles.length);
    const granted = policy.roles.reduce((sum, { grants, tasks }) => sum + grants.length + tasks.size, 0);
    const { grants, taskGrants } = result.report.carriedOver;
    expect(granted).toBe(grants + taskGrants);
    // A row is a grant, or is left out, or repeats another one of its role.
    const written = roles.flatMap(({ rows }) => rows).length;
    const left = result.report.notes.filter(
      ({ kind, where }) => kind === "left out" && where.startsWith("role "),
    );
    const repeated = result.report.notes.filter(({ why }) => /twice|more than once/.test(why));
    expect(granted).toBeLessThanOrEqual(written);
    expect(granted === written || left.length + repeated.length > 0).toBe(true);
  });
  fc.assert(check, { numRuns: 120 });
});
