import { test } from "vitest";
import { check, clean } from "./harness.ts";

test("hierarchy security, where it is switched on", () => {
  check("settings { <|hierarchy: manager depth 3|>; }", [
    { code: "BWK198", message: "hierarchy security is not supported yet" },
  ]);
  clean("settings { hierarchy: off; }");
});
