import { test } from "vitest";
import { check, clean } from "./harness.ts";

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
  );
  clean(
    'role R { permit read on Account at user when { resource has name && resource.name == "x" }; }',
    undefined,
  );
});
