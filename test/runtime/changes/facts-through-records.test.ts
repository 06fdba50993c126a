// A condition about the user alone may lead through a record to its owner, or through a unit to somebody: what becomes of these
// changes its answer.
import { expect, test } from "vitest";
import { engineOf } from "../load.ts";

const source = `
entity User { link?: Account, place?: BusinessUnit }
entity BusinessUnit { boss?: User }
entity Account owned by user or team;
role Trusted {}
role Owner { permit read on Account at user; }
role Reader { permit read on Account at organization when { principal has link && principal.link.owner in Role::"Trusted" }; }
role Neighbor { permit write on Account at organization when { principal has place && principal.place has boss && principal.place.boss in Role::"Trusted" }; }
organization Contoso;
user ann in Contoso { roles: Owner; }
user bob in Contoso { roles: Reader, Neighbor; link: a; place: Contoso; }
record a: Account { owner: ann; }
`;

test("a role of whoever owns the record that a user's attribute leads to, and of the boss of his place", () => {
  const engine = engineOf(source);
  engine.update((world) => world.setAttributes({ businessUnit: "Contoso" }, { boss: "ann" }));
  const bob = engine.principal("bob");
  const record = engine.record("Account", "a");
  const may = () =>
    ["read", "write"].filter((action) => {
      const privilege = engine.privilege(action, "Account");
      const allowed = engine.allows(bob, privilege, record);
      const request = { principal: "bob", action, resource: { entity: "Account", id: "a" } };
      expect(engine.explain(request).allowed).toBe(allowed);
      return allowed;
    });
  expect(may()).toEqual([]);
  engine.update((world) => world.setRoles({ user: "ann" }, ["Owner", "Trusted"]));
  expect(may()).toEqual(["read", "write"]);
  engine.update((world) => world.setRoles({ user: "ann" }, ["Owner"]));
  expect(may()).toEqual([]);
});
