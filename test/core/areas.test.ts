// The instances of the target `threads` share one memory: what any of them writes while it answers must be its own.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const folder = new URL("../../runtime-as/", import.meta.url);

/** Static memory that instances may share, and why. */
const common: Readonly<Record<string, string>> = {
  "memory.ts header": "the world, which the main thread alone writes, between questions",
  "quick-writer.ts zero": "never written",
  "verify.ts types": "used while an image is validated, by the main thread alone",
  "verify.ts pending": "the same",
  "area.ts own": "the area of the main thread's instance",
};

test("static memory lies in areas, or is named here", () => {
  const found = readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) =>
      readFileSync(new URL(file, folder), "utf8")
        .split(";\n")
        .filter((statement) => /^[^/]*memory\.data\(/m.test(statement))
        .filter((statement) => !/ASC_FEATURE_THREADS\s*\?\s*(place\.)?area \+/.test(statement))
        .map((statement) => `${file} ${/const (\w+): usize/.exec(statement)?.[1]}`),
    );
  expect(found.sort()).toEqual(Object.keys(common).sort());
});

const core = new URL("../../build/core-threads.wasm", import.meta.url);

test.skipIf(!existsSync(core))("a new instance writes nothing into memory", () => {
  const module = new WebAssembly.Module(readFileSync(core));
  const memory = new WebAssembly.Memory({ initial: 16, maximum: 65_536, shared: true });
  const bytes = new Uint8Array(memory.buffer).fill(170);
  new WebAssembly.Instance(module, { env: { memory }, area: { given: 65_536 } });
  expect(bytes.every((byte) => byte === 170)).toBe(true);
});
