// The core where memory runs out: the real one, but one allocation fails.
import { afterEach, expect, test, vi } from "vitest";
import { IMAGE_NO_MEMORY, NONE } from "../../runtime-as/abi.ts";
import { Engine } from "../../runtime-ts/index.ts";
import type * as Instantiate from "../../runtime-ts/instantiate.ts";
import * as contoso from "./contoso.ts";
import { imageOf } from "./load.ts";
import { thrown } from "./thrown.ts";

const image = imageOf(contoso.policy);
/** How many allocations succeed before one fails; after it there is room again. */
let before = Number.POSITIVE_INFINITY;
let filterFails = false;
let imageFails = false;

vi.mock("../../runtime-ts/instantiate.ts", async (original) => {
  const real = await original<typeof Instantiate>();
  return {
    ...real,
    instantiate: (kind: Instantiate.CoreKind) => {
      const core = real.instantiate(kind);
      return Object.create(core, {
        memory: { value: core.memory },
        allocate: { value: (bytes: number) => (before-- === 0 ? 0 : core.allocate(bytes)) },
        loadImage: {
          value: (address: number, bytes: number) =>
            imageFails ? IMAGE_NO_MEMORY : core.loadImage(address, bytes),
        },
        filter: {
          value: (principal: number, privilege: number, out: number) =>
            filterFails ? NONE | 0 : core.filter(principal, privilege, out),
        },
      }) as Instantiate.Core;
    },
  };
});

afterEach(() => {
  before = Number.POSITIVE_INFINITY;
  filterFails = false;
  imageFails = false;
});

const outOfMemory = { code: "BWK414", message: expect.stringMatching(/^out of memory: /) };

test("an image that does not fit", () => {
  before = 0;
  expect(thrown(() => Engine.load(image))).toMatchObject(outOfMemory);
  before = Number.POSITIVE_INFINITY;
  imageFails = true;
  expect(thrown(() => Engine.load(image)).message).toBe("out of memory: the image does not fit");
});

test("a directory that does not fit leaves none, or the one before", () => {
  const { users, ...rest } = contoso.directory;
  const reversed = { ...rest, users: users.toReversed() };
  let failures = 0;
  for (let allocations = 0; allocations < 200; allocations++) {
    const engine = Engine.load(image);
    const load = (directory: unknown) => {
      before = allocations;
      try {
        engine.directory.load(directory);
        return true;
      } catch (error) {
        expect(error).toMatchObject(outOfMemory);
        return false;
      } finally {
        before = Number.POSITIVE_INFINITY;
      }
    };
    if (load(contoso.directory)) break;
    failures++;
    expect(thrown(() => engine.principal("alice")).code).toBe("BWK201");
    engine.directory.load(contoso.directory);
    const whoExports = () => engine.whoCan(engine.privilege("Export")).names();
    expect(load(reversed)).toBe(false);
    expect(whoExports()).toEqual(["alice", "root"]);
    engine.directory.load(reversed);
    expect(whoExports()).toEqual(["root", "alice"]);
  }
  expect(failures).toBeGreaterThan(10);
  expect(failures).toBeLessThan(200);
});

test("questions that find no memory say so, and answer when there is some", () => {
  const engine = Engine.load(image);
  engine.directory.load(contoso.directory);
  engine.records.load("Account", contoso.accounts);
  const read = engine.privilege("read", "Account");
  const one = Uint32Array.of(0);
  const questions = [
    () => engine.filter(0, read).count,
    () => engine.whoCan(read, engine.record("Account", "acc1")).count,
    () => engine.checkBatch({ principals: one, privileges: Uint32Array.of(read), records: one }).count,
    () => engine.explain({ principal: "alice", action: "Export" }).reason,
  ];
  for (const ask of questions) {
    const answer = ask();
    before = 0;
    expect(thrown(ask)).toMatchObject(outOfMemory);
    expect(ask()).toEqual(answer);
  }
  // A plain check takes none.
  const answer = engine.check({ principal: "alice", action: "Export" });
  before = 0;
  expect(engine.check({ principal: "alice", action: "Export" })).toEqual(answer);
  before = Number.POSITIVE_INFINITY;
  filterFails = true;
  expect(thrown(() => engine.filter(0, read))).toMatchObject({
    code: "BWK414",
    message: "out of memory: the tables of a filter do not fit",
  });
});

test("a table and a context whose texts do not fit leave nothing behind", () => {
  const engine = Engine.load(
    imageOf(`
      organization Root;
      entity Account owned by user or team { city?: String, tags?: Set<String>, parent?: Account }
      context { city?: String, tags?: Set<String> }
      role R {
        permit read on Account at organization when { resource has city && context has city && resource.city == context.city };
        permit write on Account at organization when { resource has tags && resource.tags.contains("new") };
        permit delete on Account at organization when { context has tags && context.tags.contains("new") };
        permit assign on Account at organization when { resource has parent && resource.parent == Account::"a2" };
      }
      user alice in Root { roles: R; }`),
  );
  const table = (id: string, text: string) => ({
    id: [id],
    owner: ["alice"],
    city: [text],
    tags: [[text, "new"]],
    parent: ["a2"],
  });
  const [read, write, remove, assign] = ["read", "write", "delete", "assign"].map((action) =>
    engine.privilege(action, "Account"),
  ) as [number, number, number, number];
  engine.records.load("Account", table("a0", "Paris"));
  const may = (privilege: number, context = {}) => engine.filter(0, privilege, { context }).ids();
  expect([may(write), may(assign)]).toEqual([["a0"], ["a0"]]);
  let failures = 0;
  const retried = (act: () => void) => {
    for (let allocations = 0; allocations < 20; allocations++) {
      before = allocations;
      try {
        act();
        return;
      } catch (error) {
        expect(error).toMatchObject(outOfMemory);
        failures++;
      } finally {
        before = Number.POSITIVE_INFINITY;
      }
    }
    throw new Error("it never fits");
  };
  retried(() => engine.records.load("Account", table("a1", "a text that is new")));
  expect(engine.recordIds("Account")).toEqual(["a0", "a1"]);
  expect(may(read, { city: "a text that is new" })).toEqual(["a1"]);
  retried(() => expect(may(read, { city: "never heard of" })).toEqual([]));
  retried(() => expect(may(remove, { tags: ["new", "and unheard of"] })).toEqual(["a0", "a1"]));
  expect(may(read, { city: "Paris" })).toEqual(["a0"]);
  engine.records.load("Account", table("a2", "never heard of"));
  expect([may(read, { city: "never heard of" }), may(assign)]).toEqual([["a2"], ["a0", "a1", "a2"]]);
  expect(failures).toBeGreaterThan(8);
});
