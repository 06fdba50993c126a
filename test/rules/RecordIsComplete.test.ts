import { test } from "vitest";
import { check, clean } from "./harness.ts";

const entities = `
entity Deal2 owned by user or team { status: Choice("open", "won"), amount: Decimal, note?: String }
role Dealer { permit read on Deal2 at user; }
user dan in A { roles: Dealer; }
`;

test("an attribute that is not optional must be set", () => {
  check(`${entities} record <|d|>: Deal2 { owner: dan; status: "open"; }`, [
    {
      code: "BWK311",
      message: "record `d` lacks `amount`",
      help: "add `amount: …`, or make it optional in `Deal2`",
    },
  ]);
  check(`${entities} test "t" { record <|d|>: Deal2 { owner: dan; note: "n"; } }`, [
    {
      code: "BWK311",
      message: "record `d` lacks `status`, `amount`",
      help: "add `status: …`, `amount: …`, or make them optional in `Deal2`",
    },
  ]);
  clean(`${entities} record d: Deal2 { owner: dan; status: "won"; amount: "1.5"; }`);
});

test("an owner or a business unit must be set where the ownership asks for it", () => {
  check(
    "record <|a|>: Account; record <|f|>: Facility; record g: Facility { businessUnit: A; } record p: Product;",
    [
      {
        code: "BWK311",
        message: "record `a` lacks `owner`",
        help: "add `owner: …`",
      },
      {
        code: "BWK311",
        message: "record `f` lacks `businessUnit`",
        help: "add `businessUnit: …`",
      },
    ],
  );
});

test("a value of the wrong type is there: it is only one mistake", () => {
  check(`${entities} record d: Deal2 { owner: dan; status: "open"; amount: <|5|>; }`, [
    {
      code: "BWK307",
      message: 'expected a decimal with one to four fractional digits, such as `decimal("1.5")`, found `5`',
    },
  ]);
});

test("a question about a new record need not be complete", () => {
  clean(`${entities} test "t" { allow alice create Deal2 { owner: alice }; }`);
});
