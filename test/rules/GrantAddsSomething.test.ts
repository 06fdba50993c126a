import { test } from "vitest";
import { check, clean } from "./harness.ts";

const schema = `
entity Account owned by user or team { name?: String }
entity Contact owned by user or team { name?: String }
entity Product owned by organization { name?: String }
privilege ExportToExcel;
`;
const finding = (what: string, level: string) => ({
  code: "BWK905",
  message: `${what} at \`${level}\` is already covered by another grant of role \`R\``,
  help: "remove it, or raise its level",
});

test("the lower of two grants is covered, wherever it stands", () => {
  check(
    "role R { permit read on Account at organization; <|permit read on Account at user;|> }",
    [finding("this grant", "user")],
    schema,
  );
  check(
    "role R { <|permit read on Account at user;|> permit all on Account at businessUnit; }",
    [finding("this grant", "user")],
    schema,
  );
});

test("of two equal grants the later one is covered", () => {
  check(
    "role R { permit read on Account, Contact at user; <|permit read on Account at user;|> }",
    [finding("this grant", "user")],
    schema,
  );
});

test("of a grant that adds something only the covered part is reported", () => {
  check(
    "role R { permit read on Account at organization; permit read on <|Account|>, Contact at user; }",
    [finding("`read` on `Account`", "user")],
    schema,
  );
  check(
    "role R { permit read on * at organization; permit <|read|>, write on * at user; }",
    [finding("`read` on `*`", "user")],
    schema,
  );
});

test("several grants together cover one that they give in parts", () => {
  check(
    "role R { permit read on Account at user; permit write on Account at user; <|permit read, write on Account at user;|> }",
    [finding("this grant", "user")],
    schema,
  );
});

test("what a grant adds is not covered", () => {
  clean(
    `role R {
       permit all on Account at user;
       permit read on Account at organization;
       permit read on * at user;
       permit write on Account at none;
     }
     role S { permit read on Account at user; }`,
    schema,
  );
});

test("a task privilege is granted once", () => {
  check(
    "role R { permit ExportToExcel; permit Merge, <|ExportToExcel|> at organization; permit ExportToExcel at none; }",
    [finding("`ExportToExcel`", "organization")],
    schema,
  );
});

test("`set role` in a test replaces and repeats nothing", () => {
  clean(
    `role R { permit read on Account at organization; }
     test "t" { set role R { permit read on Account at user; } }`,
    schema,
  );
});
