// Where memory cannot be shared between threads there is one thread, and somebody is told once.
import { expect, test, vi } from "vitest";
import { Engine } from "../../runtime-ts/index.ts";
import { startPool, threadsCore } from "../../runtime-ts/threads/index.ts";
import { imageOf } from "../runtime/load.ts";

test("without SharedArrayBuffer a pool has one thread and says so once", async () => {
  const image = imageOf(
    "organization Root; privilege Export; role R { permit Export; } user a in Root { roles: R; } user b in Root;",
  );
  vi.stubGlobal("SharedArrayBuffer", undefined);
  const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  expect(threadsCore()).toBe("auto");
  const engine = Engine.load(image, { core: threadsCore() });
  const told: string[] = [];
  const first = await startPool(engine, { workers: 1, onFallback: (why) => void told.push(why) });
  expect(told).toEqual(["memory cannot be shared between threads here"]);
  expect(warn).not.toHaveBeenCalled();
  for (let i = 0; i < 2; i++) await startPool(engine, { workers: 1 });
  expect(warn).toHaveBeenCalledTimes(1);
  expect(warn.mock.calls[0]?.[0]).toBe(
    "bailiwick answers with one thread: memory cannot be shared between threads here",
  );
  expect(first.threads).toBe(1);
  const privilege = engine.privilege("Export");
  expect((await first.whoCan(privilege)).names()).toEqual(["a"]);
  await first.close();
});
