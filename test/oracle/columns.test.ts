// semantics.md section 8, rules F1 to F4.
import { expect, test } from "vitest";
import { type Plan, tell } from "./build.ts";

const base: Plan = {
  units: { Root: undefined },
  entities: { Account: "userOrTeam" },
  attributes: { Account: { phone: "String masked [0-9]", name: "String", code: "String secured" } },
  roles: { Own: ["read Account user", "write Account user", "share Account user"] },
  administratorRoles: ["Admin"],
  users: {
    a: { in: "Root", roles: ["Own"] },
    b: { in: "Root", roles: ["Own"] },
    s: { in: "Root", roles: ["Admin"] },
  },
  records: { o: { entity: "Account", owner: "a" }, p: { entity: "Account", owner: "b" } },
};

test("F1 a secured column is hidden from all but administrators; the record comes first", () => {
  const story = tell(base);
  expect(story.can("a", "read o.name")).toBe("allow because owner");
  expect(story.can("a", "read o.phone")).toBe("deny because column: F1 read of o");
  expect(story.can("a", "write o.phone")).toBe("deny because column: F1 write of o");
  expect(story.can("b", "read o.phone")).toBe("deny because access: F1 read of o");
  expect(story.can("s", "readUnmasked o.phone")).toBe("allow because administrator");
});

test("F2 profiles of users and teams add up; F4 unmasked needs more", () => {
  const story = tell({
    ...base,
    teams: {
      T: { in: "Root", members: ["b"] },
      X: { kind: "access", in: "Root", members: ["b"] },
    },
    profiles: {
      Readers: { permits: ["read Account.phone", "read Account.code"], members: ["a", "team T"] },
      Deal: { permits: ["write Account.phone"], members: ["team X"] },
      Writers: { permits: ["write Account.phone", "readUnmasked Account.phone"], members: ["a"] },
    },
  });
  for (const action of ["read", "write", "readUnmasked"])
    expect(story.can("a", `${action} o.phone`)).toBe("allow because owner");
  expect(story.can("b", "read p.phone")).toBe("allow because owner");
  expect(story.can("b", "write p.phone")).toMatch(/^deny because column/);
  expect(story.can("b", "readUnmasked p.phone")).toMatch(/^deny because column/);
  expect(story.can("b", "readUnmasked p.code")).toBe("allow because owner");
});

test("F3 a share of a column adds read or write on one record", () => {
  const story = tell(base);
  const share = {
    record: story.record("o"),
    attribute: "phone",
    principal: { kind: "user", name: "a" },
  } as const;
  expect(story.set({ kind: "share column", ...share, rights: 2 })).toBe("done");
  expect(story.can("a", "read o.phone")).toBe("allow because owner");
  expect(story.can("a", "write o.phone")).toMatch(/^deny because column/);
  story.set({ kind: "unshare column", ...share });
  expect(story.can("a", "read o.phone")).toMatch(/^deny because column/);
  expect(story.can("a", "share o.phone with b: read")).toBe("deny because column: F1 read of o");
});
