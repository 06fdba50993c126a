import { expect, test } from "vitest";
import { run } from "../../cli/run.ts";
import { memoryIo } from "./memory-io.ts";

/** A world in which something breaks that nobody foresaw. */
function brokenIo(env: Record<string, string>) {
  return {
    ...memoryIo({ cwd: "/", env }),
    // biome-ignore lint/correctness/useYield: it breaks before it yields
    stdin: (async function* (): AsyncGenerator<Uint8Array> {
      throw new TypeError("undefined is not\n a function");
    })(),
  };
}

test("a defect is one line with a code, exit code 2", async () => {
  const io = brokenIo({});
  expect(await run(["lint", "-"], io)).toBe(2);
  expect(io.written.err).toBe(
    "error[BWK499]: unexpected failure: undefined is not a function\n" +
      "  help: this is a defect of bailiwick; BAILIWICK_DEBUG=1 shows where\n",
  );
});

test("BAILIWICK_DEBUG shows the stack", async () => {
  const io = brokenIo({ BAILIWICK_DEBUG: "1" });
  expect(await run(["lint", "-"], io)).toBe(2);
  expect(io.written.err).toMatch(/\n {4}at .*last-resort\.test\.ts/);
});
