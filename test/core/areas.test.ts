// The instances of the target `threads` share one memory: what any of them writes while it answers must be its own.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const folder = new URL("../../runtime-as/", import.meta.url);

/** Static memory that instances may share, and why; constants, which have a list of values, are not among it. */
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

test.skipIf(!existsSync(core))("a new instance writes nothing but constants into memory", () => {
  const module = new WebAssembly.Module(readFileSync(core));
  const memory = new WebAssembly.Memory({ initial: 16, maximum: 65_536, shared: true });
  const bytes = new Uint8Array(memory.buffer);
  const imports = { env: { memory }, area: { given: 65_536 } };
  new WebAssembly.Instance(module, imports);
  const written = bytes.slice();
  // What an instance leaves alone stays as it is; what it writes again is what was there.
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 0) bytes[at] = 170;
  const before = bytes.slice();
  new WebAssembly.Instance(module, imports);
  const changed = [...bytes.keys()].filter((at) => bytes[at] !== before[at]);
  // Constants may hold zeros, a few in a row: no scratch, no header of a world is that short.
  expect(changed.length).toBeLessThan(100);
  expect(changed.every((at) => bytes[at] === written[at])).toBe(true);
});
