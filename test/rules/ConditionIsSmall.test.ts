import { test } from "vitest";
import { check } from "./harness.ts";

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i).join(", ");

test("a set has at most ten thousand elements", () => {
  check(
    `role R { permit read on Account at user when { <|[${numbers(10_001)}]|>.contains(1) }; }`,
    [
      {
        code: "BWK405",
        message: "a set in an expression holds at most 10000 elements, found 10001",
        help: "give the records an attribute that says which of them are meant, and compare that",
      },
    ],
    undefined,
  );
});

test("the code of a condition is bounded", () => {
  const one = `[${numbers(10_000)}].contains(resource.size)`;
  check(
    `entity Deal owned by user or team { size: Long }
     role R { permit read on Deal at user <|when { ${Array.from({ length: 7 }, () => one).join(" || ")} }|>; }`,
    [
      {
        code: "BWK406",
        message: "this condition is too large: it needs 70048 words of code, and 65536 are allowed",
        help: "write smaller sets, or give the records an attribute that says which of them are meant",
      },
    ],
    undefined,
  );
});
