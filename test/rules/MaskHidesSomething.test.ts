import { test } from "vitest";
import { check, clean } from "./harness.ts";

test("a mask on a column that is not secured is a warning", () => {
  check('entity Vault owned by user or team { code?: String masked <|"[0-9]"|> }', [
    {
      code: "BWK910",
      message: "this mask hides nothing: the column is not secured",
      help: "say `secured masked …`",
    },
  ]);
});

test("on a secured column it is none", () => {
  clean('entity Vault owned by user or team { code?: String secured masked "[0-9]" }');
});
