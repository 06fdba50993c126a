import { test } from "vitest";
import { check, clean } from "./harness.ts";

const conditions = { conditions: true } as const;

test("an optional attribute is guarded", () => {
  check(
    'role R { permit read on Account at user when { <|resource.name|> == "x" }; }',
    [
      {
        code: "BWK308",
        message: "`name` is optional and may be absent here",
        help: "guard it: `resource has name && …`",
      },
    ],
    undefined,
    conditions,
  );
  clean(
    'role R { permit read on Account at user when { resource has name && resource.name == "x" }; }',
    undefined,
    conditions,
  );
});
