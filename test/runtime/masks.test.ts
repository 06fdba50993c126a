// Masks: patterns compiled, carried in the image, run. ECMAScript's own engine, which backtracks, judges what they hide.
import fc from "fast-check";
import { expect, test } from "vitest";
import { writeImage } from "../../compiler/image/index.ts";
import { compileMask } from "../../compiler/masks/index.ts";
import type { Policy } from "../../compiler/model/model.ts";
import { loadImage } from "../../runtime-ts/image.ts";
import { instantiate } from "../../runtime-ts/instantiate.ts";
import { Memory } from "../../runtime-ts/memory.ts";
import { applyMask } from "../../runtime-ts/secured/apply-mask.ts";
import { type Mask, readMasks } from "../../runtime-ts/secured/mask.ts";
import { policyOf, worldOf } from "../oracle/build.ts";

const plan = { entities: { Account: "userOrTeam" }, units: { Root: undefined } } as const;
const core = instantiate("plain");

/** Masks of the patterns, after the way through an image. */
function masksOf(patterns: readonly string[]): Mask[] {
  const policy: Policy = policyOf(plan);
  const attributes = patterns.map((masked, i) => ({
    name: `a${i}`,
    optional: true,
    type: { kind: "String" as const },
    secured: true,
    masked,
    cascades: new Set<never>(),
    onDelete: "unlink" as const,
    span: { file: { name: "", text: "" }, start: 0, end: 0 },
  }));
  const entities = policy.entities.map((entity) => ({ ...entity, attributes }));
  const before = core.mark();
  const reader = loadImage(core, new Memory(core), writeImage({ ...policy, entities }, worldOf(plan), []));
  const masks = readMasks(reader);
  core.reset(before);
  return masks;
}

const masked = (pattern: string, text: string): string => applyMask(masksOf([pattern])[0] as Mask, text);

test.each([
  ["[0-9]", "call 555-0100", "call ***-****"],
  ["[0-9]+", "call 555-0100", "call *-*"],
  [".", "ab\ncé😀", "**\n***"],
  ["\\d(?=\\d{4})", "1234567890123456", "************3456"],
  ["(?<=.)[^@](?=.*@)", "alice@contoso.com", "a****@contoso.com"],
  ["(?<!^)[A-Z](?!$)", "ABCD", "A**D"],
  ["^.*?@", "alice@x@y", "*x@y"],
  ["^.*@", "alice@x@y", "*y"],
  ["\\bsecret\\b|\\d{2,3}", "secret secrets 1234 12", "* secrets *4 *"],
  ["a*", "baac", "b*c"],
  ["a*?", "aa", "aa"],
  ["", "abc", "abc"],
  ["x|", "axb", "a*b"],
  ["(?:ab|a)(?:c|bcd)", "abcd", "*d"],
  ["[^]", "a\n", "**"],
  ["[]", "abc", "abc"],
  ["(?<year>[0-9]{4})-\\x30\\u0031", "in 2026-01", "in *"],
  ["\\u{1F600}+", "a😀😀b", "a*b"],
  ["\\s", "a b\u00a0c\td", "a*b*c*d"],
  ["[\\b]", "a\bb", "a*b"],
])("%s hides in %s", (pattern, text, expected) => {
  expect(masked(pattern, text)).toBe(expected);
});

test("an empty text stays empty", () => {
  expect(masked("^$", "")).toBe("");
});

/** Patterns of everything that may stand in one, over few characters. */
const pattern: fc.Arbitrary<string> = fc.letrec<{
  choice: string;
  sequence: string;
  item: string;
  atom: string;
}>((tie) => ({
  choice: fc.array(tie("sequence"), { minLength: 1, maxLength: 3 }).map((options) => options.join("|")),
  sequence: fc.array(tie("item"), { maxLength: 4 }).map((items) => items.join("")),
  item: fc.oneof(
    { depthSize: "small" },
    { weight: 6, arbitrary: tie("atom") },
    fc
      .tuple(
        tie("atom"),
        fc.constantFrom("*", "+", "?", "{2}", "{1,}", "{0,2}", "{2,3}", "{0}"),
        fc.constantFrom("", "?"),
      )
      .map((parts) => parts.join("")),
    fc.constantFrom("^", "$", "\\b", "\\B"),
    fc.tuple(fc.constantFrom("(?=", "(?!"), tie("choice")).map(([open, body]) => `${open}${body})`),
    fc.constantFrom("(?<=a)", "(?<!b)", "(?<=^a|bc)", "(?<=a.*)", "(?<![a-b]+c)", "(?<=\\b.)"),
  ),
  atom: fc.oneof(
    { depthSize: "small" },
    {
      weight: 8,
      arbitrary: fc.constantFrom("a", "b", "c", "1", "é", ".", "\\d", "\\w", "\\W", "\\s", "\\."),
    },
    { weight: 3, arbitrary: fc.constantFrom("[ab]", "[^a]", "[a-c1]", "[\\d-]", "[^\\w]", "[b\\-é]") },
    fc.tuple(fc.constantFrom("(", "(?:"), tie("choice")).map(([open, body]) => `${open}${body})`),
  ),
})).choice;
const text = fc.string({
  unit: fc.constantFrom("a", "b", "c", "1", "-", " ", "\n", "é", "😀", "_"),
  maxLength: 24,
});

// A repetition beyond what there must be does not count where it takes nothing: another option is tried.
test.each([
  ...[
    "(?:|a)?",
    "(?:|a){1,3}",
    "(?:|a){2,3}b",
    "(?:|a)*b",
    "(?:|a)+",
    "(?:|a)*?b",
    "(?:a??){0,2}b",
    "(a*|b)*",
  ],
  ...["(?:(?=b)|a)*", "(?:(?=a)|.){2,3}", "(?:a*?b*?)*", "(?:(?:|a)?(?:|b)?){1,2}", "(?:(?:a|)(?:|b)){0,2}a"],
  ...[
    "(?:^|a)*b",
    "(?:(?:|a){2}|b)*",
    "(?:|(?:|a)+b)*",
    "(?<=(?:|a)*b)a",
    "(?:a{0}|b)?",
    "(?:(?:(?:|a)?)?)?",
  ],
])("what may be empty, repeated: %s", (source) => {
  const [mask] = masksOf([source]);
  let texts = [""];
  for (let length = 0; length < 8; length++) {
    for (const text of texts) {
      const judged = text.replaceAll(new RegExp(source, "gu"), (match) => (match === "" ? "" : "*"));
      expect(applyMask(mask as Mask, text), text).toBe(judged);
    }
    texts = texts.flatMap((text) => [`${text}a`, `${text}b`]);
  }
});

test("of 5,000 random patterns, those that can be run hide what ECMAScript matches", () => {
  const seed = Number(process.env.BAILIWICK_SEED ?? 7);
  const runnable = fc
    .sample(pattern, { numRuns: 5_000, seed })
    .filter((source) => compileMask(source).kind === "mask");
  // Most patterns can be run, or the property says nothing.
  expect(runnable.length).toBeGreaterThan(2_500);
  const texts = fc.sample(text, { numRuns: 5_000, seed });
  masksOf(runnable).forEach((mask, i) => {
    const judge = new RegExp(mask.pattern, "gu");
    for (const each of texts.slice(i % 4_990, (i % 4_990) + 6)) {
      expect(applyMask(mask, each), `${mask.pattern} on ${JSON.stringify(each)}`).toBe(
        each.replaceAll(judge, (match) => (match === "" ? "" : "*")),
      );
    }
  });
});

test("texts longer than a block, with matches across its border", () => {
  const text = `${"ab".repeat(1_000)}${"x".repeat(3_000)}${"1".repeat(1_024)}`;
  for (const source of ["x+", "(ab)+", "1(?=1{10})", "(?<=b)x", "[^a]{7}", "b.*1"]) {
    expect(masked(source, text), source).toBe(text.replaceAll(new RegExp(source, "gu"), "*"));
  }
});

test("what makes backtracking explode takes linear time", () => {
  const [nested, overlapping, looking] = masksOf(["(a+)+$", "(.*b)|a", "a(?=.*b)|(?<=c.*)a"]);
  const time = (mask: Mask | undefined, length: number) => {
    const text = `${"a".repeat(length)}!`;
    const started = performance.now();
    applyMask(mask as Mask, text);
    return performance.now() - started;
  };
  for (const mask of [nested, overlapping, looking]) {
    time(mask, 5_000);
    const [short, long] = [Math.min(time(mask, 5_000), time(mask, 5_000)), time(mask, 50_000)];
    // Ten times the text; a square would be a hundred times the work.
    expect(long).toBeLessThan(short * 40 + 200);
  }
});
