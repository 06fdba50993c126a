// One organization for many tests: every ownership, every kind of team, shares, guardrails, a task privilege.
import type { Directory, RecordColumns, ShareColumns } from "../../runtime-ts/index.ts";

export const policy = `
  context { mfa: Bool, channel?: String, level?: Long, reviewer?: User }
  privilege Export;
  entity Account owned by user or team { name?: String, revenue?: Decimal, opened?: Datetime, stage?: Choice("open", "won"), tags?: Set<String>, primary?: Contact, keeper?: Principal }
  entity Contact owned by user or team { name: String }
  entity Email, Letter as Activity owned by user or team { subject?: String }
  entity Country owned by organization { name?: String }
  entity Facility owned by business unit { name?: String }
  entity Line owned by parent account { account: Account }
  entity Note owned by parent line { line?: Line }

  role Seller {
    permit read, write, share on Account, Contact at user;
    permit read on Country at organization;
    permit Export;
  }
  role Manager { permit read on Account, Activity at parentChild; permit read, write on Facility at businessUnit; }
  team role "EU reader" { permit read on Account at user; }
  administrator role Admin;

  @id("frozen") forbid (principal, action == delete, resource is Account);
  @id("not acc3") forbid (principal == User::"carol", action == read, resource == Account::"acc3");
  @id("partners") permit (principal in Team::"Partners", action == write, resource is Country);
  @id("no export") forbid (principal in BusinessUnit::"France", action == Export, resource);
`;

export const directory = {
  businessUnits: [
    { id: "Contoso" },
    { id: "Analytics", parent: "Contoso" },
    { id: "France", parent: "Analytics" },
    { id: "Closed", parent: "Contoso", disabled: true },
  ],
  users: [
    { id: "alice", businessUnit: "Analytics", roles: ["Seller", "Manager"] },
    { id: "bob", businessUnit: "France", roles: ["Seller"] },
    { id: "carol", businessUnit: "Analytics", roles: ["Manager"] },
    { id: "dora", businessUnit: "Contoso" },
    { id: "off", businessUnit: "Contoso", roles: ["Admin"], disabled: true },
    { id: "shut", businessUnit: "Closed", roles: ["Admin"] },
    { id: "root", businessUnit: "Contoso", roles: ["Admin"] },
  ],
  teams: [
    { id: "EU", businessUnit: "France", roles: ["EU reader"], members: ["dora"], administrator: "alice" },
    { id: "Partners", kind: "group", businessUnit: "Contoso", members: ["dora"] },
    { id: "Deal", kind: "access", businessUnit: "Contoso", members: ["bob"] },
  ],
} satisfies Directory;

export const accounts = {
  id: ["acc1", "acc2", "acc3", "acc4"],
  owner: ["alice", "bob", "EU", "root"],
  owner_type: ["user", "", "team", null],
  revenue: ["1.5", null, "", "12"],
} satisfies RecordColumns;

export const shares = {
  entity: ["Account", "Account", "Account", "Account"],
  id: ["acc4", "acc4", "acc1", "acc1"],
  principal: ["bob", "Deal", "", "bob"],
  principal_type: ["user", "team", "organization", "user"],
  rights: ["read", "2", "read", ""],
  inherited_rights: ["", "", "", "read|write"],
} satisfies ShareColumns;
