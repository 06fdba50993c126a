import { expect, test } from "vitest";
import { DECISION_ALLOW, NO_UNIT, NONE, ORGANIZATION, TEAM_BIT } from "../../../runtime-as/abi.ts";
import { transaction } from "../../../runtime-ts/changes/transaction.ts";
import { privilegeNumber } from "../../../runtime-ts/names.ts";
import { thrown } from "../thrown.ts";
import { type Host, host } from "./host.ts";

const source = `
entity Account owned by user or team { name?: String, status?: Choice("active", "inactive"), parent?: Account parental, size?: Long }
entity Contact owned by user or team { account?: Account cascade share }
entity Line owned by parent account { account?: Account }
role Own { permit read, write on Account, Contact at user; }
role All { permit read on Account, Contact at organization; }
role Open { permit read on Account at organization when { resource has size && resource.size > 10 }; }
role Below { permit read on Contact at organization
  when { resource has account && resource.account has size && resource.account.size > 10 }; }
administrator role Admin;
organization Root { unit A; unit B; }
user ann in A { roles: Own; }
user bob in B { roles: Own; }
user all in Root { roles: All; }
user open in Root { roles: Open; }
user below in Root { roles: Below; }
user boss in Root { roles: Admin; }
team T in B { roles: Own; members: ann; }
record a1: Account { owner: ann; size: 5; }
record a2: Account { owner: bob; parent: a1; }
record c1: Contact { owner: ann; account: a1; }
record c2: Contact { owner: bob; account: a1; }
record l1: Line { account: a1; }
`;

/** Who can read which records, as names. */
function reads({ core, policy, loaded }: Host): Record<string, string[]> {
  loaded.getReady();
  const can: Record<string, string[]> = {};
  for (const entity of ["Account", "Contact", "Line"]) {
    const number = policy.entityNumbers.get(entity) as number;
    const privilege = privilegeNumber(policy, "read", entity);
    loaded.records.ids(number).forEach((id, place) => {
      const record = loaded.records.pages.numberOf(number, place);
      can[id === "" ? `${entity} ${place}` : id] = loaded.world.users.names
        .texts()
        .filter((_, user) => core.decide(user, privilege, record) === DECISION_ALLOW);
    });
  }
  return can;
}

const find = ({ policy, loaded }: Host, entity: string, id: string): number =>
  loaded.records.find(policy.entityNumbers.get(entity) as number, id) as number;

test("owners and units", () => {
  const at = host(source);
  const { editor } = at.loaded;
  const [a1, a2, line] = [find(at, "Account", "a1"), find(at, "Account", "a2"), find(at, "Line", "l1")];
  expect([editor.ownerOf(a1), editor.unitOf(a1)]).toEqual([0, 1]);
  expect([editor.ownerOf(line), editor.unitOf(line)]).toEqual([NONE, NO_UNIT]);
  expect(editor.recordsOwnedBy(1)).toEqual([a2, find(at, "Contact", "c2")]);
  editor.setOwner(a1, 1);
  editor.setUnit(a1, editor.unitOfPrincipal(1));
  expect([editor.ownerOf(a1), editor.unitOf(a1)]).toEqual([1, 2]);
  expect(editor.recordsOwnedBy(1)).toEqual([a1, a2, find(at, "Contact", "c2")]);
  const team = (at.loaded.world.teams.numbers.get("T") as number) | TEAM_BIT;
  editor.setOwner(a1, team >>> 0);
  expect(editor.recordsOwnedBy(team >>> 0)).toEqual([a1]);
  expect(reads(at)["a1"]).toEqual(["ann", "all", "boss"]);
});

test("shares: both masks are replaced, a row without rights is gone, and rows are used again", () => {
  const at = host(source);
  const { editor } = at.loaded;
  const a1 = find(at, "Account", "a1");
  expect(editor.shareOf(a1, 1)).toEqual({ direct: 0, inherited: 0 });
  editor.setShare(a1, 1, 2, 4);
  editor.setShare(a1, ORGANIZATION, 2, 0);
  expect(editor.shareOf(a1, 1)).toEqual({ direct: 2, inherited: 4 });
  expect(editor.sharesOf(a1)).toHaveLength(2);
  expect(reads(at)["a1"]).toEqual(["ann", "bob", "all", "boss"]);
  editor.setShare(a1, ORGANIZATION, 0, 0);
  expect(editor.sharesOf(a1)).toEqual([{ principal: 1, direct: 2, inherited: 4 }]);
  const mark = at.memory.mark();
  for (let i = 0; i < 1_000; i++) {
    editor.setShare(a1, i & 3, 2, 0);
    editor.setShare(a1, i & 3, 0, 0);
  }
  expect(at.memory.mark()).toBe(mark);
  expect(editor.sharesOf(a1)).toEqual([]);
});

test("long chains of shares lose rows in the middle", () => {
  const at = host(source);
  const { editor } = at.loaded;
  const a1 = find(at, "Account", "a1");
  for (let i = 0; i < 200; i++) editor.setShare(a1, (i | TEAM_BIT) >>> 0, 2, 0);
  for (let i = 0; i < 200; i += 2) editor.setShare(a1, (i | TEAM_BIT) >>> 0, 0, 0);
  editor.setShare(a1, (50 | TEAM_BIT) >>> 0, 4, 0);
  expect(editor.sharesOf(a1)).toHaveLength(101);
  expect(editor.shareOf(a1, (51 | TEAM_BIT) >>> 0)).toEqual({ direct: 2, inherited: 0 });
  expect(editor.shareOf(a1, (50 | TEAM_BIT) >>> 0)).toEqual({ direct: 4, inherited: 0 });
});

test("lookups: there, back, and the parent of an entity owned by its parent", () => {
  const at = host(source);
  const { editor } = at.loaded;
  const [a1, a2] = [find(at, "Account", "a1"), find(at, "Account", "a2")];
  const [c1, c2, line] = [find(at, "Contact", "c1"), find(at, "Contact", "c2"), find(at, "Line", "l1")];
  const contact = at.policy.entityNumbers.get("Contact") as number;
  expect(editor.lookup(a2, "parent")).toBe(a1);
  expect(editor.lookup(a1, "parent")).toBe(NONE);
  expect(editor.childrenOf(a1, contact, "account")).toEqual([c1, c2]);
  editor.setLookup(c1, "account", a2);
  expect([editor.childrenOf(a1, contact, "account"), editor.childrenOf(a2, contact, "account")]).toEqual([
    [c2],
    [c1],
  ]);
  editor.setLookup(c2, "account", NONE);
  expect(editor.childrenOf(a1, contact, "account")).toEqual([]);
  editor.setLookup(line, "account", a2);
  expect(reads(at)["l1"]).toEqual(reads(at)["a2"]);
  editor.setLookup(line, "account", NONE);
  expect(reads(at)["l1"]).toEqual([]);
});

test("values: what conditions read follows, also over a lookup", () => {
  const at = host(source);
  const { editor } = at.loaded;
  const a1 = find(at, "Account", "a1");
  expect(reads(at)["c1"]).toEqual(["ann", "all", "boss"]);
  editor.setValue(a1, "size", "11");
  expect(reads(at)["a1"]).toEqual(["ann", "all", "open", "boss"]);
  expect(reads(at)["c1"]).toEqual(["ann", "all", "below", "boss"]);
  editor.setValue(a1, "size", undefined);
  expect(reads(at)["a1"]).toEqual(["ann", "all", "boss"]);
  expect(editor.hasValue(a1, "status", "inactive")).toBe(false);
  editor.setValue(a1, "status", "inactive");
  expect(editor.hasValue(a1, "status", "inactive")).toBe(true);
  expect(thrown(() => editor.setValue(a1, "status", "new"))).toMatchObject({
    code: "BWK434",
    message: expect.stringContaining("record `a1` of `Account`: attribute `status`: expected one of"),
  });
  expect(thrown(() => editor.setValue(a1, "siz", 1))).toMatchObject({
    code: "BWK430",
    help: "did you mean `size`?",
  });
});

test("a deleted record is nobody's, and its place is used again", () => {
  const at = host(source);
  const { editor, records } = at.loaded;
  const a1 = find(at, "Account", "a1");
  const account = at.policy.entityNumbers.get("Account") as number;
  const c1 = find(at, "Contact", "c1");
  editor.setShare(a1, 1, 2, 0);
  editor.removeRecord(a1);
  expect([editor.exists(a1), editor.find(account, "a1"), records.ids(account)]).toEqual([
    false,
    undefined,
    ["", "a2"],
  ]);
  expect(editor.lookup(c1, "account")).toBe(NONE);
  expect(reads(at)["Account 0"]).toEqual([]);
  expect(reads(at)["l1"]).toEqual([]);
  const again = editor.addRecord(account, "a3", 1, 2, { size: 20 });
  expect(again).toBe(a1);
  expect(editor.lookup(c1, "account")).toBe(NONE);
  expect(reads(at)["a3"]).toEqual(["bob", "all", "open", "boss"]);
  const back = editor.addRecord(account, "a1", 0, 1, { size: 20, parent: "a3" });
  expect(editor.lookup(c1, "account")).toBe(back);
  expect(reads(at)["c1"]).toContain("below");
  expect(editor.childrenOf(again, account, "parent")).toEqual([back]);
  expect(thrown(() => editor.addRecord(account, "a1", 0, 1, {}))).toMatchObject({ code: "BWK432" });
});

test("what fails is taken back altogether", () => {
  const at = host(source);
  const { editor, records } = at.loaded;
  const account = at.policy.entityNumbers.get("Account") as number;
  const contact = at.policy.entityNumbers.get("Contact") as number;
  const [a1, a2] = [find(at, "Account", "a1"), find(at, "Account", "a2")];
  const state = () => [
    reads(at),
    records.ids(account),
    editor.recordsOwnedBy(0),
    editor.recordsOwnedBy(1),
    editor.childrenOf(a1, contact, "account"),
    editor.sharesOf(a1),
    at.memory.mark(),
  ];
  const before = state();
  for (let i = 0; i < 3; i++) {
    expect(() =>
      transaction(at.loaded, () => {
        editor.setOwner(a1, 1);
        editor.setUnit(a1, 2);
        editor.setShare(a1, 2, 2, 2);
        editor.setValue(a1, "name", "some new text");
        editor.setValue(a1, "size", 99);
        reads(at);
        for (let n = 0; n < 2_000; n++) editor.addRecord(account, `n${n}`, 0, 1, { parent: "a2", size: n });
        expect(editor.childrenOf(a2, account, "parent")).toHaveLength(2_000);
        editor.removeRecord(a1);
        expect(reads(at)["Account 0"]).toEqual([]);
        editor.addRecord(account, "a9", 1, 2, {});
        throw new Error("no");
      }),
    ).toThrow("no");
    expect(state()).toEqual(before);
  }
});

test("an update within an update takes back what is its own", () => {
  const at = host(source);
  const { editor } = at.loaded;
  const a1 = find(at, "Account", "a1");
  transaction(at.loaded, () => {
    editor.setShare(a1, 1, 2, 0);
    expect(() =>
      transaction(at.loaded, () => {
        editor.setShare(a1, 1, 0, 0);
        editor.setOwner(a1, 1);
        throw new Error("inner");
      }),
    ).toThrow("inner");
  });
  expect([editor.ownerOf(a1), editor.shareOf(a1, 1)]).toEqual([0, { direct: 2, inherited: 0 }]);
  expect(thrown(() => transaction(at.loaded, async () => editor.setOwner(a1, 1)))).toMatchObject({
    code: "BWK443",
  });
  expect(editor.ownerOf(a1)).toBe(0);
});
