// How compilation grows with conditional grants: 250, 500 and 1,000 roles of 20 each over 200 distinct conditions.
//   npm run build && node --expose-gc dist/bench/conditions-compile.js
import { compile } from "../compiler/index.ts";

const ENTITIES = 20;
const GRANTS = 20;
const CONDITIONS = 200;
const ROUNDS = 3;

const levels = ["user", "businessUnit", "parentChild", "organization"];
const actions = ["read", "write", "create", "delete", "append", "appendTo", "assign", "share"];

/** Distinct, of several kinds, and true of any entity of the project. */
function condition(number: number): string {
  const kinds = [
    `resource.city == "City ${number}"`,
    `resource has size && resource.size > ${number}`,
    `resource.owner == principal && principal.clearance >= ${number}`,
    `context has channel && context.channel like "web ${number}*"`,
    `["a ${number}", "b ${number}"].contains(resource.city) || resource.city == principal.city`,
  ];
  return kinds[number % kinds.length] as string;
}

function project(roles: number): string {
  const entities = Array.from(
    { length: ENTITIES },
    (_, i) => `entity E${i} owned by user or team { city: String, size?: Long }`,
  );
  let number = 0;
  const grant = (): string => {
    const i = number++;
    const [action, level] = [actions[i % actions.length], levels[i % levels.length]];
    return `permit ${action} on E${i % ENTITIES} at ${level} when { ${condition((i * 7) % CONDITIONS)} };`;
  };
  const declared = Array.from(
    { length: roles },
    (_, i) => `role R${i} {\n${Array.from({ length: GRANTS }, grant).join("\n")}\n}`,
  );
  return [
    "entity User { clearance: Long, city: String }",
    "context { channel?: String }",
    ...entities,
    ...declared,
  ].join("\n");
}

// The compiler itself gets warm.
compile([{ name: "roles.bwk", text: project(250) }]);

const rows = [250, 500, 1_000].map((roles) => {
  const text = project(roles);
  let milliseconds = Number.POSITIVE_INFINITY;
  let heap = 0;
  let bytes = 0;
  for (let round = 0; round < ROUNDS; round++) {
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const start = performance.now();
    const { image, diagnostics } = compile([{ name: "roles.bwk", text }]);
    milliseconds = Math.min(milliseconds, performance.now() - start);
    heap = Math.max(heap, process.memoryUsage().heapUsed - before);
    const wrong = diagnostics.find(({ severity }) => severity === "error");
    if (image === undefined || wrong !== undefined) throw new Error(wrong?.message ?? "no image");
    bytes = image.length;
  }
  return {
    roles,
    "conditional grants": roles * GRANTS,
    "text (KB)": Math.round(text.length / 1024),
    "time (ms)": Math.round(milliseconds),
    "a grant (µs)": Math.round((milliseconds * 1000) / (roles * GRANTS)),
    "heap (MB)": Math.round(heap / 2 ** 20),
    "image (KB)": Math.round(bytes / 1024),
  };
});
console.table(rows);
