// Writes docs/diagnostics.md from the built compiler; with --check only says whether it is what would be written.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as compiler from "../dist/compiler/index.js";
import { diagnosticsPage } from "./diagnostics-page.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const target = join(root, "docs/diagnostics.md");
const page = diagnosticsPage(compiler, (code) => {
  const path = join(root, `docs/diagnostics/${code}.bwk`);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
});
if (!process.argv.includes("--check")) writeFileSync(target, page);
else if (!existsSync(target) || readFileSync(target, "utf8") !== page) {
  console.error("docs/diagnostics.md is out of date: run node scripts/generate-diagnostics.mjs");
  process.exit(1);
}
