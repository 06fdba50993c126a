// The types of the concrete tree are generated from the grammar: `npx vitest run test/syntax/cst-types.test.ts -u`.
import { generateCstDts } from "chevrotain";
import { expect, test } from "vitest";
import { Grammar } from "../../compiler/syntax/grammar/index.ts";

test("cst.gen.ts holds the types of this grammar", async () => {
  const types = generateCstDts(new Grammar().getGAstProductions(), { includeVisitorInterface: false });
  const head = "// generated from compiler/syntax/grammar by test/syntax/cst-types.test.ts -u; do not edit\n";
  await expect(head + types.replace("CstNode, ICstVisitor, IToken", "CstNode, IToken")).toMatchFileSnapshot(
    "../../compiler/syntax/cst.gen.ts",
  );
});
