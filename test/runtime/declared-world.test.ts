// What an image declares must hold together even if no compiler wrote it.
import { expect, test } from "vitest";
import { SCOPE_TEAM, SCOPE_UNIT, SCOPE_USER } from "../../runtime-as/abi.ts";
import { loadImage } from "../../runtime-ts/image.ts";
import { instantiate } from "../../runtime-ts/instantiate.ts";
import { LoadedWorld } from "../../runtime-ts/loaded-world.ts";
import { Memory } from "../../runtime-ts/memory.ts";
import { type Policy, readPolicy } from "../../runtime-ts/policy.ts";
import { buildWorld, nothing } from "../../runtime-ts/world/build-world.ts";
import {
  type DeclaredRecord,
  type DeclaredShare,
  readDeclaredWorld,
} from "../../runtime-ts/world/read-image.ts";
import { engineOf, imageOf } from "./load.ts";
import { thrown } from "./thrown.ts";

const image = imageOf(`
  settings { ownershipAcrossBusinessUnits: true; }
  organization Root;
  entity Account owned by user or team { name?: String }
  entity Line owned by parent account { account?: Account }
  entity Country owned by organization { name?: String }
  role R { permit read on Account at user; }
  user a in Root { roles: R; }
`);

interface Changes {
  readonly records?: readonly DeclaredRecord[];
  readonly shares?: readonly DeclaredShare[];
  readonly policy?: Partial<Policy>;
}

function world(changes: Changes): LoadedWorld {
  const core = instantiate("auto");
  const memory = new Memory(core);
  const reader = loadImage(core, memory, image);
  const policy = { ...readPolicy(reader), ...changes.policy };
  const declared = { ...readDeclaredWorld(reader, policy), ...changes };
  return new LoadedWorld(core, memory, policy, declared, buildWorld(policy, declared.declarations, nothing));
}

const account: DeclaredRecord = {
  entity: 0,
  id: "x",
  ownerKind: 0,
  owner: "a",
  unit: "Root",
  parent: undefined,
  values: new Map(),
};
const line: DeclaredRecord = { ...account, entity: 1, owner: undefined, unit: undefined };
const share: DeclaredShare = {
  entity: 0,
  id: "x",
  principalKind: 0,
  principal: "a",
  direct: 2,
  inherited: 0,
};

test.each<[string, Changes, message: string]>([
  ["a record twice", { records: [account, account] }, "the image is damaged: a declared record occurs twice"],
  [
    "a record without owner",
    { records: [{ ...account, owner: undefined }] },
    "the image is damaged: a declared record has no owner",
  ],
  [
    "a record of an unknown team",
    { records: [{ ...account, ownerKind: 1 }] },
    "the image is damaged: a declared record has no owner",
  ],
  [
    "a record in an unknown unit",
    { records: [{ ...account, unit: "Nowhere" }] },
    "the image is damaged: a declared record lies in an unknown business unit",
  ],
  ["a share of nothing", { shares: [share] }, "the image is damaged: a declared share has no record"],
  [
    "a share of what cannot be shared",
    { records: [{ ...account, entity: 2 }], shares: [{ ...share, entity: 2 }] },
    "the image is damaged: a declared share has no record",
  ],
  [
    "a share with an unknown user",
    { records: [account], shares: [{ ...share, principal: "b" }] },
    "the image is damaged: a declared share has no principal",
  ],
  [
    "a share with an unknown team",
    { records: [account], shares: [{ ...share, principalKind: 1 }] },
    "the image is damaged: a declared share has no principal",
  ],
])("%s", (_, changes, message) => {
  expect(thrown(() => world(changes))).toMatchObject({ code: "BWK413", message });
});

test("a record under a parent that is not there", () => {
  const { records } = world({ records: [account, { ...line, parent: "y" }] });
  expect(thrown(() => records.findParents())).toMatchObject({
    code: "BWK436",
    message: "declared record `x`: record `y` of `Account` is not loaded; did you mean `x`?",
  });
  const found = world({ records: [account, { ...line, parent: "x" }, { ...line, id: "loose" }] }).records;
  expect(() => found.findParents()).not.toThrow();
});

const guardrail = {
  id: "g",
  level: 0,
  place: "g.bwk:1",
  scope: SCOPE_USER,
  principal: "nobody",
  role: 0,
  unit: undefined,
  record: undefined,
};

test.each([
  [SCOPE_USER, undefined, "unknown user `nobody` in guardrail `g`"],
  [SCOPE_TEAM, undefined, "unknown team `nobody` in guardrail `g`"],
  [SCOPE_UNIT, undefined, "unknown business unit `nobody` in guardrail `g`"],
  [0, "nowhere", "unknown business unit `nowhere` in guardrail `g`"],
])("a guardrail that names what nobody declares (%s)", (scope, unit, message) => {
  const policy = { guardrails: [{ ...guardrail, scope, unit }] };
  expect(thrown(() => world({ policy }))).toMatchObject({ code: "BWK201", message });
});

test("a user who administers several teams counts as a member of each for its own records", () => {
  const engine = engineOf(`
    organization Root;
    entity Account owned by user or team { name?: String }
    role R { permit read on Account at user; }
    user a in Root { roles: R; }
    user b in Root { roles: R; }
    team One in Root { roles: R; members: b; administrator: a; }
    team Two in Root { roles: R; members: a; administrator: a; }
    group team Three in Root { roles: R; members: b; administrator: a; }
    access team Four in Root { members: b; administrator: a; }
    record one: Account { owner: Team::"One"; }
    record two: Account { owner: Team::"Two"; }
    record three: Account { owner: Team::"Three"; }
    record hers: Account { owner: b; }
    share hers with Team::"Four": read;`);
  expect(engine.filter(engine.principal("a"), engine.privilege("read", "Account")).ids()).toEqual([
    "one",
    "two",
    "three",
  ]);
});
