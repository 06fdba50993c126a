import { test } from "vitest";
import { check, clean } from "./harness.ts";

test("nothing that the organization or a business unit owns is assigned or shared", () => {
  check(
    `role R {
       permit read, <|share|> on Product at organization;
       permit read, <|assign|> on Facility at businessUnit;
       permit all on Product at organization;
     }`,
    [
      {
        code: "BWK302",
        message: "`share` does not exist for `Product`, which is owned by the organization",
        help: "leave `share` out for `Product`",
      },
      {
        code: "BWK302",
        message: "`assign` does not exist for `Facility`, which is owned by a business unit",
        help: "leave `assign` out for `Facility`",
      },
    ],
  );
});

test("the level of an action that does not exist is no second mistake", () => {
  check("role R { permit <|share|> on Product at user; }", [
    {
      code: "BWK302",
      message: "`share` does not exist for `Product`, which is owned by the organization",
      help: "leave `share` out for `Product`",
    },
  ]);
});

test("what is owned by its parent has no privileges of its own", () => {
  const finding = {
    code: "BWK302",
    message: "`read` does not exist for `OrderLine`, which is owned by its parent",
    help: "the parent decides about it: say `Order`",
  };
  check("role R { permit read, update on <|OrderLine|> at user; }", [finding]);
  check("permit (principal, action == read, resource is <|OrderLine|>) at user;", [finding]);
  check("permit (principal, action, resource is <|OrderLine|>);", [
    { ...finding, message: "`all` does not exist for `OrderLine`, which is owned by its parent" },
  ]);
  clean("forbid (principal, action == read, resource is OrderLine);");
});

test("a permit of a missing action is an error, a forbid of one among others is not", () => {
  check("permit (principal, action in [read, <|share|>], resource is Product);", [
    {
      code: "BWK302",
      message: "`share` does not exist for `Product`, which is owned by the organization",
      help: "leave `share` out for `Product`",
    },
  ]);
  clean("forbid (principal, action in [read, share], resource is Product);");
});

test("a record without an owner is not shared and not assigned", () => {
  const handing = (action: string) => ({
    code: "BWK302",
    message: `\`${action}\` does not exist for \`Product\`, which is owned by the organization`,
  });
  check(
    `record lamp: Product { name: "lamp"; }
     share <|lamp|> with bob: read;
     test "t" {
       deny alice assign <|lamp|> to bob;
       allow alice share <|lamp|> with bob: read;
       deny alice unshare <|lamp|> with bob;
       set share <|lamp|> with bob: read;
       set unshare <|lamp|> with bob;
       refuse share <|lamp|> with bob: read by alice;
     }`,
    ["share", "assign", "share", "share", "share", "share", "share"].map(handing),
  );
});

test("a record that its parent decides about is shared through the parent", () => {
  check(
    `record o: Order { owner: alice; }
     record line: OrderLine { order: o; }
     share <|line|> with bob: read;`,
    [
      {
        code: "BWK302",
        message: "`share` does not exist for `OrderLine`, which is owned by its parent",
        help: "the parent decides about it: share or assign that",
      },
    ],
  );
});
