// Changes that the model's own rules refuse, whoever asks for them: a compiled test never gets that far (BWK309, BWK304).
import { expect, test } from "vitest";
import type { Change } from "../../compiler/model/script.ts";
import { applyChange, applyStep } from "../../compiler/model/world/apply.ts";
import { relationsOf } from "../../compiler/model/world/relations.ts";
import type { State } from "../../compiler/model/world/state.ts";
import { modelOf } from "./project.ts";

const { policy, world } = modelOf(`
organization Root { unit A; unit B; }
entity Account owned by user or team { parent?: Account parental }
role R { permit read on Account at user; }
role Local in A { permit read on Account at user; }
user ann in B { roles: R; }
team T in B { roles: R; }
record o: Account { owner: ann; }
record p: Account { owner: ann; parent: o; }
record q: Account { owner: ann; parent: o; }
`);
const state: State = { policy, world };
const attributes = new Map();

test.each<[Change, string]>([
  [
    { kind: "disable unit", unit: "Root", disabled: true },
    "`Root` is the root business unit and cannot be disabled",
  ],
  [{ kind: "delete unit", unit: "Root" }, "`Root` is the root business unit and cannot be deleted"],
  [{ kind: "move unit", unit: "Root", under: "A" }, "`Root` is the root business unit and cannot be moved"],
  [
    {
      kind: "edit user",
      user: "ann",
      roles: [{ role: 1, unit: undefined }],
      manager: undefined,
      position: undefined,
      attributes,
    },
    "role `Local` has no copy in `B`",
  ],
  [
    {
      kind: "edit team",
      team: "T",
      roles: [{ role: 1, unit: "B" }],
      members: undefined,
      administrator: undefined,
      attributes,
    },
    "role `Local` has no copy in `B`",
  ],
  [
    { kind: "edit record", record: { entity: 0, id: "gone" }, owner: undefined, unit: undefined, attributes },
    "there is no record `gone`",
  ],
])("%o", (change, refused) => {
  expect(applyChange(state, change)).toEqual({ refused });
});

test("a record is created once", () => {
  const [record] = world.records;
  if (record === undefined) throw new Error("no record");
  expect(applyStep(state, { kind: "record", span: policy.roles[0]?.span as never, record })).toEqual({
    refused: "there is a record `o` already",
  });
});

test("a refused change leaves the state as it was", () => {
  const before = structuredClone(world);
  applyChange(state, { kind: "delete unit", unit: "B" });
  applyChange(state, { kind: "move user", user: "ann", unit: "A" });
  expect(world).toEqual(before);
});

test("the records of a world, their parents and children", () => {
  const { find, parents, children } = relationsOf(policy, world.records);
  const [o, p, q] = world.records;
  expect(find({ entity: 0, id: "p" })).toBe(p);
  expect(find({ entity: 0, id: "gone" })).toBeUndefined();
  expect(parents(p as never, "assign")).toEqual([o]);
  expect(children({ entity: 0, id: "o" }, "assign")).toEqual([p, q]);
  expect(children({ entity: 0, id: "q" }, "assign")).toEqual([]);
});
