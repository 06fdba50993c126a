// A bare name that the source does not declare: the directory says whose it is (language.md section 1).
import { expect, test } from "vitest";
import { Engine } from "../../runtime-ts/index.ts";
import { imageOf } from "./load.ts";
import { thrown } from "./thrown.ts";

const image = imageOf(`
entity Account owned by user or team { keeper?: Principal, phone?: String secured, revenue?: Long secured }
role Reader { permit read on Account at user 
  when { if resource has keeper then resource.keeper == resource.owner else true }; }
record owned: Account { owner: bob; keeper: bob; revenue: 1; }
record shared: Account { owner: User::"zoe"; revenue: 2; }
share shared with bob: read;
share shared.phone with bob: read;
column profile Revenue { permit read on Account.revenue; members: bob; }
owner of Account is bob;
`);
const users = ["ann", "zoe"].map((id) => ({
  id,
  businessUnit: "Root",
  roles: [{ role: "Reader", businessUnit: "Root" }],
}));
const team = { id: "bob", businessUnit: "Root", roles: users[0]?.roles, members: ["ann"] };
const user = { ...users[0], id: "bob" };

function load(more: object): Engine {
  const engine = Engine.load(image);
  engine.directory.load({ businessUnits: [{ id: "Root" }], users, ...more });
  return engine;
}

test.each([
  ["a team's", { teams: [team] }, "ann", "team bob", { team: "bob" }],
  ["a user's", { users: [...users, user] }, "bob", "owner", { user: "bob" }],
])("%s where only such a one carries it", (_, more, who, reason, owner) => {
  const engine = load(more);
  const may = (id: string) =>
    engine.check({ principal: who, action: "read", resource: { entity: "Account", id } });
  expect(may("owned")).toEqual({ allowed: true, reason });
  expect(may("shared")).toEqual({ allowed: true, reason: "share" });
  expect(engine.ownerFor({ entity: "Account" })).toEqual(owner);
  // By the share and by the profile.
  const columns = engine.columns(who, { entity: "Account", id: "shared" });
  expect(columns.map(({ column, readable }) => `${column} ${readable}`)).toEqual([
    "phone true",
    "revenue true",
  ]);
});

test("BWK204 where a user and a team carry it", () => {
  expect(thrown(() => load({ users: [...users, user], teams: [team] }))).toEqual({
    code: "BWK204",
    message: "test.bwk:9: `bob` is a user and a team",
    help: 'say `User::"bob"` or `Team::"bob"`',
  });
});

test("BWK201 where nobody does", () => {
  expect(thrown(() => load({ teams: [{ ...team, id: "bobs" }] }))).toEqual({
    code: "BWK201",
    message: "test.bwk:9: unknown user or team `bob`",
    help: "did you mean `bobs`?",
  });
});

test("a name that says that it is a user's is no team's", () => {
  const engine = Engine.load(
    imageOf(
      'entity A owned by user or team;\nrecord a: A { owner: User::"bob"; }\nrecord b: A { owner: bob; }',
    ),
  );
  const directory = { businessUnits: [{ id: "Root" }], teams: [{ id: "bob", businessUnit: "Root" }] };
  expect(thrown(() => engine.directory.load(directory))).toMatchObject({
    code: "BWK201",
    message: "test.bwk:2: unknown user `bob`",
  });
});
