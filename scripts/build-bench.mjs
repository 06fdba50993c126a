// Builds the loops that the benchmarks compare the core with (bench/core-as). Nothing that ships needs them.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const sources = join(root, "bench/core-as");
const target = join(root, "build/bench.wasm");

const isCurrent =
  existsSync(target) &&
  readdirSync(sources).every((name) => statSync(join(sources, name)).mtimeMs <= statSync(target).mtimeMs);
if (!isCurrent) {
  const manifest = createRequire(import.meta.url).resolve("assemblyscript/package.json");
  const asc = join(dirname(manifest), JSON.parse(readFileSync(manifest, "utf8")).bin.asc);
  const { status } = spawnSync(process.execPath, [asc, "--config", join(sources, "asconfig.json")], {
    cwd: root,
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
}
