// Who owns a record that is created without an owner (language.md section 7).
import { expect, test } from "vitest";
import { thrown } from "../thrown.ts";
import { Story } from "./story.ts";

const story = new Story(`
  organization Root { unit A; unit B; }
  entity Country owned by organization { owningTeam?: Team, keeper?: Principal, chief?: User }
  entity Account owned by user or team { country?: Country, responsible?: User }
  entity Contact owned by user or team { account?: Account, country?: Country }
  entity Lead owned by user or team; entity Deal owned by user or team { account?: Account }
  entity Case owned by user or team { country?: Country, responsible?: User } entity Note owned by user or team; entity Task owned by user or team { responsible?: Principal }
  owner of Contact is resource.country.owningTeam; owner of Lead is creator; owner of Deal is resource.account.owner;
  owner of Case is resource.country.chief; owner of Note is Team::"desk"; owner of Task is resource.responsible;
  role R { permit create, read, append, appendTo, write on Account, Contact, Lead, Deal, Case, Note, Task at organization; permit read, appendTo on Country at organization; }
  team desk in B { roles: R; } team france in B { roles: R; } user a in A { roles: R; } user b in B { roles: R; }
  record fr: Country { owningTeam: france; chief: b; } record xx: Country { keeper: a; }
  record acc: Account { owner: b; }
`);

test("the way from the record to its owner", () => {
  const owner = (description: { entity: string; [attribute: string]: unknown }) =>
    story.ownerFor(description);
  expect(owner({ entity: "Contact", country: "fr" })).toEqual({ team: "france" });
  expect(owner({ entity: "Deal", account: "acc" })).toEqual({ user: "b" });
  expect(owner({ entity: "Case", country: "fr" })).toEqual({ user: "b" });
  expect(owner({ entity: "Note" })).toEqual({ team: "desk" });
  expect(owner({ entity: "Task", responsible: "a" })).toEqual({ user: "a" });
  expect(owner({ entity: "Task", responsible: "desk" })).toEqual({ team: "desk" });
});

test("where it leads to nobody, the creator", () => {
  const descriptions = [
    { entity: "Contact" },
    { entity: "Contact", country: "xx" },
    { entity: "Contact", country: "zz" },
    { entity: "Lead" },
    { entity: "Account", responsible: "b" },
    { entity: "Task" },
  ];
  expect(descriptions.map((description) => story.ownerFor(description))).toEqual(
    descriptions.map(() => "creator"),
  );
});

test("a creation without an owner follows the rule, one with an owner does not", () => {
  const read = story.create("Contact", { id: "c1", attributes: { country: "fr" } });
  expect(story.does("a", read)).toBe("allowed");
  expect(story.can("a", story.update("c1", { owner: "team france" })).allowed).toBe(true);
  expect(story.asks("a", story.update("c1", { owner: "a" }))).toBe("privilege: A4 assign on c1");
  expect(
    story.does("a", story.create("Contact", { id: "c2", owner: "a", attributes: { country: "fr" } })),
  ).toBe("allowed");
  expect(story.asks("a", story.update("c2", { owner: "a" }))).toBe("allowed");
  expect(story.does("a", story.create("Lead", { id: "l" }))).toBe("allowed");
  expect(story.asks("a", story.update("l", { owner: "a" }))).toBe("allowed");
});

test("what does not fit is an error", () => {
  const error = (description: unknown) => {
    const { code, message } = thrown(() => story.ownerFor(description as never));
    return `${code} ${message}`;
  };
  expect(error({ entity: "Country" })).toBe("BWK442 new `Country` has no owner");
  expect(error({ entity: "Contact", county: "fr" })).toBe("BWK442 new `Contact`: unknown attribute `county`");
  expect(error({ entity: "Contct" })).toBe("BWK440 unknown entity `Contct`");
  expect(error("Contact")).toBe("BWK441 the record: expected an object, not `Contact`");
});
