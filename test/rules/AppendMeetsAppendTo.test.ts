import { test } from "vitest";
import { check, clean } from "./harness.ts";

const schema = `
entity Account owned by user or team { name?: String }
entity Order owned by user or team { name?: String }
entity Note owned by user or team { account?: Account, order?: Order }
entity Line owned by parent order { order: Order }
entity List owned by user or team { name?: String }
`;

test("append on a child needs appendTo on one of its parents", () => {
  check(
    "role R { permit read, <|append|> on Note at user; }",
    [
      {
        code: "BWK904",
        message:
          "`append` on `Note` needs `appendTo` on `Account` or `Order`, which is never granted together with role `R`",
        help: "add `permit appendTo on Account at …;`",
      },
    ],
    schema,
  );
  clean("role R { permit read, append on Note at user; permit read, appendTo on Order at user; }", schema);
});

test("appendTo on a parent needs append on one of its children", () => {
  check(
    "role R { permit read, <|appendTo|> on Account at user; }",
    [
      {
        code: "BWK904",
        message:
          "`appendTo` on `Account` needs `append` on `Note`, which is never granted together with role `R`",
        help: "add `permit append on Note at …;`",
      },
    ],
    schema,
  );
});

test("an entity without lookups may be associated with any other", () => {
  clean("role R { permit read, append, appendTo on List at user; permit append on * at none; }", schema);
});
