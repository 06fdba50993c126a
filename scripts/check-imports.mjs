// Imports run one way (ARCHITECTURE.md "Directions"). A forbidden import fails the build.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Room -> what a file in it may import: rooms (prefixes of paths), packages, node builtins. Longest room wins. */
const rooms = {
  "runtime-as": { inside: ["runtime-as"] },
  "runtime-ts": { inside: ["runtime-ts", "runtime-as/abi.ts"], packages: ["@assemblyscript/loader"] },
  "runtime-ts/node.ts": { inside: ["runtime-ts"], node: true },
  "compiler/source.ts": { inside: [] },
  "compiler/diagnostics": { inside: ["compiler/source.ts", "compiler/diagnostics"] },
  "compiler/syntax": {
    inside: ["compiler/source.ts", "compiler/diagnostics", "compiler/syntax"],
    packages: ["chevrotain"],
  },
  "compiler/model": {
    inside: ["compiler/source.ts", "compiler/diagnostics", "compiler/syntax", "compiler/model"],
  },
  // Type checking of conditions: rules report what it finds, tables lower what it makes.
  "compiler/expressions": {
    inside: [
      "compiler/source.ts",
      "compiler/diagnostics",
      "compiler/syntax",
      "compiler/model",
      "compiler/expressions",
    ],
  },
  // Patterns of masks: rules report which cannot be run, the image keeps what the others become.
  "compiler/masks": { inside: ["compiler/masks", "runtime-as/abi.ts"] },
  "compiler/rules": {
    inside: [
      "compiler/source.ts",
      "compiler/diagnostics",
      "compiler/syntax",
      "compiler/model",
      "compiler/expressions",
      "compiler/masks",
      "compiler/rules",
    ],
  },
  "compiler/tables": {
    inside: [
      "compiler/source.ts",
      "compiler/model",
      "compiler/expressions",
      "compiler/tables",
      "runtime-as/abi.ts",
    ],
  },
  "compiler/image": {
    inside: [
      "compiler/source.ts",
      "compiler/model",
      "compiler/expressions",
      "compiler/masks",
      "compiler/tables",
      "compiler/image",
      "runtime-as/abi.ts",
    ],
  },
  "compiler/compile.ts": { inside: ["compiler", "runtime-as/abi.ts"] },
  "compiler/index.ts": { inside: ["compiler"] },
  testing: { inside: ["testing", "compiler/index.ts", "runtime-ts/index.ts"] },
  interop: {
    inside: ["interop", "compiler/index.ts", "runtime-ts/index.ts"],
    packages: ["fast-xml-parser", "fflate"],
    node: true,
  },
  cli: {
    inside: [
      "cli",
      "compiler/index.ts",
      "runtime-ts/index.ts",
      "runtime-ts/node.ts",
      "runtime-ts/threads/index.ts",
      "testing/index.ts",
      "interop/dataverse/index.ts",
      "interop/cedar/index.ts",
    ],
    packages: ["commander", "cli-progress", "picocolors", "@duckdb/node-api"],
    node: true,
  },
};

function roomOf(file) {
  return Object.keys(rooms)
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function* sources(folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.ts$/.test(entry.name)) yield path;
  }
}

const forbidden = [];
for (const folder of ["runtime-as", "runtime-ts", "compiler", "testing", "interop", "cli"]) {
  for (const file of sources(folder)) {
    const room = roomOf(file);
    const rule = rooms[room];
    if (rule === undefined) {
      forbidden.push(`${file}: belongs to no room of scripts/check-imports.mjs`);
      continue;
    }
    const text = readFileSync(join(root, file), "utf8");
    for (const match of text.matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s*["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)|(?:^|\n)\s*import\s*["']([^"']+)["']/g,
    )) {
      const target = match[1] ?? match[2] ?? match[3];
      let allowed;
      if (target.startsWith(".")) {
        const path = relative(root, join(root, dirname(file), target)).replaceAll("\\", "/");
        const withEnding = /\.(ts|json)$/.test(path) ? path : `${path}.ts`;
        allowed = rule.inside.some((inside) => withEnding === inside || withEnding.startsWith(`${inside}/`));
      } else if (target.startsWith("node:")) allowed = rule.node === true;
      else allowed = (rule.packages ?? []).some((name) => target === name || target.startsWith(`${name}/`));
      if (!allowed) forbidden.push(`${file}: may not import ${target} (room ${room})`);
    }
  }
}
if (forbidden.length > 0) {
  console.error(
    `forbidden imports:\n  ${forbidden.join("\n  ")}\nARCHITECTURE.md says which room may import which.`,
  );
  process.exit(1);
}
