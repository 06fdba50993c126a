// What a browser fetches: the runtime's JavaScript as a bundler makes it, and the core beside it; both as gzip.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { bundled } from "../harness/bundled.ts";
import { machine } from "../harness/machine.ts";
import { threeDigits } from "../harness/numbers.ts";
import type { OwnQuestion } from "../harness/question.ts";

const MOST = 40_960;
const kilobytes = (bytes: number): string => `${threeDigits(bytes / 1024)} KB`;
const packed = (bytes: string | Uint8Array): number => gzipSync(bytes, { level: 9 }).length;

/** The core travels as a file of its own here: inside JavaScript it is text, and packs worse. */
const beside = {
  external: [/core-bytes/],
  platform: "neutral",
  resolve: { mainFields: ["module", "main"] },
};

export const size: OwnQuestion = {
  name: "size",
  title: "size: runtime JavaScript and core",
  measure: async (isQuick) => {
    const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
    const script = packed(await bundled(at("runtime-ts/index.js"), beside));
    const core = packed(readFileSync(at("core.wasm")));
    const cedar = createRequire(import.meta.url).resolve("@cedar-policy/cedar-wasm/nodejs");
    const peer = packed(readFileSync(cedar.replace(/[^/]+$/, "cedar_wasm_bg.wasm")));
    return {
      name: "size",
      title: "size: runtime JavaScript and core",
      world: "bundled and minified, gzip",
      unit: "byte",
      isQuick,
      machine: machine(),
      compared: [],
      contestants: [],
      goals: [
        {
          goal: `≤ ${kilobytes(MOST)} together`,
          reached: kilobytes(script + core),
          isMet: script + core <= MOST,
        },
      ],
      notes: [
        `JavaScript ${kilobytes(script)}, core ${kilobytes(core)}; Cedar's WebAssembly alone ${kilobytes(peer)}`,
      ],
    };
  },
};
