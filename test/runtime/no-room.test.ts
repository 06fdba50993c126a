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
    () => engine.check({ principal: "alice", action: "Export" }).reason,
  ];
  for (const ask of questions) {
    const answer = ask();
    before = 0;
    expect(thrown(ask)).toMatchObject(outOfMemory);
    expect(ask()).toEqual(answer);
  }
  filterFails = true;
  expect(thrown(() => engine.filter(0, read))).toMatchObject({
    code: "BWK414",
    message: "out of memory: the tables of a filter do not fit",
  });
});
