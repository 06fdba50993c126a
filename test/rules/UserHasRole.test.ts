import { test } from "vitest";
import { check, clean } from "./harness.ts";

const finding = (name: string) => ({
  code: "BWK901",
  message: `user \`${name}\` has no role assigned directly`,
  help: "add `roles: …;`",
});

test("a user without a role of his own is a warning, whatever his teams hold", () => {
  check(
    `user <|u|> in A;
     user <|v|> in A { manager: alice; }
     user <|w|> in A { roles: none; }
     team T in A { roles: Base; members: u; }
     test "t" { user <|x|> in B; }`,
    ["u", "v", "w", "x"].map(finding),
  );
});

test("a user whose role is unknown is one mistake", () => {
  check("user u in A { roles: <|Bse|>; } user y in A { roles: Base; }", [
    { code: "BWK201", message: "unknown role `Bse`", help: "did you mean `Base`?" },
  ]);
  clean("user u in A { roles: Base; }");
});
