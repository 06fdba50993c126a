import { test } from "vitest";
import { check, clean } from "./harness.ts";

const organization = { code: "BWK301", help: "say `at organization`" };

test("an organization-owned entity knows no level but organization", () => {
  check(
    `role R {
       permit read on Product at <|user|>;
       permit write on Product at <|local|>;
       permit read on Product at organization;
       permit delete on Product at none;
     }`,
    [
      {
        ...organization,
        message: "access level `user` does not exist for `Product`, which is owned by the organization",
      },
      {
        ...organization,
        message:
          "access level `businessUnit` does not exist for `Product`, which is owned by the organization",
      },
    ],
  );
});

test("a business-unit-owned entity has no user level", () => {
  check(`role R { permit all on Facility at <|basic|>; permit read on Facility at parentChild; }`, [
    {
      code: "BWK301",
      message: "access level `user` does not exist for `Facility`, which is owned by a business unit",
      help: "say `at businessUnit` or `at parentChild` or `at organization`",
    },
  ]);
});

test("each entity of a grant is judged by itself", () => {
  check(`role R { permit read on Account, Product, Facility at <|user|>; }`, [
    {
      ...organization,
      message: "access level `user` does not exist for `Product`, which is owned by the organization",
    },
    {
      code: "BWK301",
      at: 0,
      message: "access level `user` does not exist for `Facility`, which is owned by a business unit",
      help: "say `at businessUnit` or `at parentChild` or `at organization`",
    },
  ]);
});

test("a permit is judged like a grant, a forbid has no level", () => {
  check(`permit (principal, action == read, resource is Product) at <|user|>;`, [
    {
      ...organization,
      message: "access level `user` does not exist for `Product`, which is owned by the organization",
    },
  ]);
  clean(`forbid (principal, action == read, resource is Product);`);
});

test("a star skips what does not exist, and a grant in a test is judged too", () => {
  clean("role R { permit read on * at user; }");
  check(`test "t" { set role Base { permit read on Product at <|user|>; } }`, [
    {
      ...organization,
      message: "access level `user` does not exist for `Product`, which is owned by the organization",
    },
  ]);
});
