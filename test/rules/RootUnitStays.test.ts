import { test } from "vitest";
import { check, clean } from "./harness.ts";

const finding = (change: string) => ({
  code: "BWK309",
  message: `\`Root\` is the root business unit and cannot be ${change}`,
});
const disabled = { ...finding("disabled"), help: "disable the units below it" };

test("an organization is not disabled, a unit may be", () => {
  check("organization <|Root|> disabled { unit A disabled; }", [disabled], "");
});

test("the root is not disabled, moved or deleted in a test", () => {
  check(
    `test "t" {
       set unit <|Root|> disabled;
       set unit <|Root|> under A;
       set unit <|Root|> deleted;
       set unit Root enabled;
       set unit B disabled;
       set unit B deleted;
       set unit A1 under Root;
     }`,
    [disabled, finding("moved"), finding("deleted")],
  );
});

test("that it is refused may be said", () => {
  clean(
    `test "t" { refuse set unit Root disabled; refuse set unit Root under A; refuse set unit Root deleted; }`,
  );
});
