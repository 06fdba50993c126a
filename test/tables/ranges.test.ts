// Ranges that are worked out when a user asks again (runtime-as/ranges.ts): the first answer, which comes of steps, and later ones
// are the same, where nothing of the record is compared, and where there are more ranges than a frame keeps.
import { expect, test } from "vitest";
import { compile } from "../../compiler/index.ts";
import { Engine } from "../../runtime-ts/index.ts";

const sizes = [1, 2, 13, 14, 40];

/** Who may read which record, in the order of the questions: users take turns, and each asks about a record several times. */
function readers(condition: string, core: "plain" | "simd", limit: number): string[] {
  const text = `
    context { limit?: Long }
    entity Account owned by user or team { size: Long }
    entity User { rank: Long }
    role Reader { permit read on Account at organization when { ${condition} }; }
    organization Contoso;
    user low in Contoso { roles: Reader; rank: 0; }
    user high in Contoso { roles: Reader; rank: 3; }
  `;
  const { image, diagnostics } = compile([{ name: "ranges.bwk", text }]);
  if (image === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const engine = Engine.load(image, { core });
  engine.records.load("Account", {
    id: sizes.map((size) => `a${size}`),
    owner: sizes.map(() => "low"),
    size: sizes,
  });
  const read = engine.privilege("read", "Account");
  const questions = Array.from({ length: 96 }, (_, i) => ({
    user: ["low", "high", "high", "low", "low"][i % 5] as string,
    size: sizes[Math.floor(i / 5) % sizes.length] as number,
  }));
  const answers = engine.checkBatch({
    principals: Uint32Array.from(questions, ({ user }) => engine.principal(user)),
    privileges: Uint32Array.from(questions, () => read),
    records: Uint32Array.from(questions, ({ size }) => engine.record("Account", `a${size}`)),
    context: { limit },
  });
  const found = new Map<string, Set<boolean>>();
  for (const [i, { user, size }] of questions.entries()) {
    const key = `${user} ${size}`;
    found.set(key, (found.get(key) ?? new Set()).add(answers.get(i)));
  }
  const unsteady = [...found].filter(([, seen]) => seen.size > 1).map(([key]) => key);
  expect(unsteady).toEqual([]);
  return [...found].filter(([, seen]) => seen.has(true)).map(([key]) => key);
}

const all = (user: string): string[] => sizes.map((size) => `${user} ${size}`);

test.each(["plain", "simd"] as const)("the request and the user alone: %s", (core) => {
  const ask = (comparison: string, limit: number) =>
    readers(`context has limit && ${comparison}`, core, limit).sort();
  expect(ask("context.limit < principal.rank", 2)).toEqual(all("high").sort());
  expect(ask("context.limit >= principal.rank", 2)).toEqual(all("low").sort());
  expect(ask("principal.rank > context.limit", 2)).toEqual(all("high").sort());
  expect(ask("principal.rank + 1 <= context.limit && resource.size < 10", 2)).toEqual(["low 1", "low 2"]);
});

test.each(["plain", "simd"] as const)("as many ranges as a frame keeps, and more: %s", (core) => {
  for (const count of [10, 11, 12, 13]) {
    const comparisons = Array.from({ length: count }, (_, i) => `resource.size != principal.rank + ${i + 1}`);
    const reached = (rank: number) => sizes.filter((size) => size <= rank || size > rank + count);
    const expected = [
      ...reached(0).map((size) => `low ${size}`),
      ...reached(3).map((size) => `high ${size}`),
    ];
    expect(readers(comparisons.join(" && "), core, 0).sort()).toEqual(expected.sort());
  }
});
