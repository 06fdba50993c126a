import { test } from "vitest";
import { check, clean } from "./harness.ts";

const account = (mask: string) =>
  `entity Vault owned by user or team { code?: String secured masked <|${mask}|> }`;
const finding = (because: string, help?: string) => ({
  code: "BWK307",
  message: `this mask cannot be run: ${because}`,
  ...(help === undefined ? {} : { help }),
});

test.each([
  ['"[0-9"', "a `[` is not closed", "write `\\[` for a bracket itself"],
  ['"(a"', "a `(` is not closed", "write `\\(` for a parenthesis itself"],
  ['"a)"', "a `)` closes nothing", "write `\\)` for a parenthesis itself"],
  ['"*a"', "`*` repeats nothing", "write `\\*` for the character itself"],
  ['"a{"', "a repetition in braces is malformed", "write `{4}`, `{2,}` or `{2,4}`; `\\{` for a brace itself"],
  [
    '"a{3,2}"',
    "a repetition in braces is malformed",
    "write `{4}`, `{2,}` or `{2,4}`; `\\{` for a brace itself",
  ],
  [
    '"a++"',
    "`+` follows a repetition",
    "patterns do not backtrack, so nothing is gained by it: leave it out, or put a group around",
  ],
  ['"^*"', "a place in the text is repeated", "leave the repetition out"],
  [
    '"(a)\\\\1"',
    "`\\1` refers back to a group",
    "patterns run in linear time and remember nothing: write out what may stand there",
  ],
  ['"\\\\p{L}"', "`\\p` is not supported", "write the characters as a class: `[A-Za-zÀ-ÿ]`"],
  ['"\\\\q"', "`\\q` has no meaning", "write `q` for the character itself"],
  ['"\\\\xZZ"', "`\\x` names no character", "write `\\x41`, `\\u0041` or `\\u{1F600}`"],
  ['"a\\\\"', "it ends in a backslash", "write `\\\\` for a backslash itself"],
  ['"[z-a]"', "a range in `[…]` goes from nowhere to nowhere", "write `[a-z]`; `\\-` for a hyphen itself"],
  [
    '"[[:digit:]]"',
    "`[:` is not supported in a class",
    "write the characters: `[A-Za-z0-9]`; `\\[` for a bracket itself",
  ],
  ['"(?<=a(?=b))"', "it looks around inside of `(?<…)`", "put the two tests side by side"],
  [
    '"(?i)a"',
    "`(?` begins a group of an unknown kind",
    "there are `(?:…)`, `(?=…)`, `(?!…)`, `(?<=…)` and `(?<!…)`",
  ],
])("%s", (mask, because, help) => {
  check(account(mask), [finding(because, help)]);
});

test("groups nested too deeply", () => {
  check(account(`"${"(".repeat(101)}a${")".repeat(101)}"`), [
    finding("groups are nested more than 100 deep"),
  ]);
});

const nested = `"${"(".repeat(20)}a${"?)*".repeat(20)}"`;
const counted = '"((?:|a){4000000000})?"';

test.each(['"([0-9]{100}){100}"', '"a{1001}"', '"(((((){1000}){1000}){1000}){1000})"', nested, counted])(
  "%s is too large",
  (mask) => {
    check(account(mask), [
      {
        code: "BWK407",
        message: "this mask is too large: its pattern needs more than 1000 steps",
        help: "write smaller repetitions: `{1000}` counts as a thousand copies",
      },
    ]);
  },
);

test("what can be run is no finding", () => {
  clean(account('"(?<=^.)[^@\\\\s]+?(?=@)|\\\\d{4}"').replaceAll(/<\||\|>/g, ""));
});
