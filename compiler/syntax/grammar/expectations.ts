// What a syntax error says: what could have stood there, what was probably meant, and what helps.
import type { IRecognitionException, IToken, TokenType } from "chevrotain";
import { suggest } from "../../diagnostics/suggest.ts";
import { BinaryOperator, keyword, NameLike, Unknown } from "../tokens.ts";
import { type BlockKind, onlyOutside, statements } from "./starts.ts";

const k = keyword;

/** What stands at the beginning of an item. */
export const itemOf: Readonly<Record<BlockKind, string>> = {
  file: "a declaration",
  attributes: "an attribute (`name: Type`)",
  grants: "a grant (`permit …`)",
  units: "`unit`",
  fields: "a field (`name: value`)",
  columns: "`permit …` or `members: …`",
  test: "a statement of a test",
};

/** Rules that begin in too many ways to list. */
const phraseOf: Readonly<Record<string, string>> = {
  operand: "an expression",
  expression: "an expression",
  value: "a value",
  operation: "an operation",
  declaration: "a declaration",
  statement: "a statement of a test",
  cascade: "a cascade word (`assign`, `share`, `unshare`, `reparent`, `delete`, `merge`)",
};

const goesOn = ["`.`", "`[`", "`in`", "`has`", "`like`", "`is`"];
/** How many ways to go on a message lists. */
const listed = 8;

/** What could have stood where the error is, from the token types that the grammar allows there. */
export function expectedPhrases(error: IRecognitionException, types: readonly TokenType[]): string[] {
  const phrase = phraseOf[error.context.ruleStack.at(-1) ?? ""];
  if (phrase !== undefined && error.message === "") return [phrase];
  const labels = new Set(types.map((type) => type.LABEL ?? type.name));
  if (error.message !== "") labels.add(error.message);
  // Every name may go on as an entity id; that is hardly ever what is missing.
  if (labels.size > 1) labels.delete("`::`");
  // Behind an operand an expression may go on in many ways.
  if (types.includes(BinaryOperator)) for (const label of goesOn) labels.delete(label);
  if (labels.size > 0 && labels.size <= listed) return [...labels];
  return [error.message || "something else"];
}

const operators: ReadonlyMap<string, string> = new Map([
  ["=", "=="],
  ["===", "=="],
  ["&", "&&"],
  ["|", "||"],
]);

/** The keyword or operator that a token was probably meant to be. */
export function meant({ image, tokenType }: IToken, types: readonly TokenType[]): string | undefined {
  const labels = types.flatMap(({ LABEL }) => (LABEL?.startsWith("`") ? [LABEL.slice(1, -1)] : []));
  const words = labels.filter((label) => /^[a-z]/.test(label));
  if (tokenType === Unknown) {
    if (image === "=" && labels.includes(":")) return ":";
    return types.includes(BinaryOperator) ? operators.get(image) : undefined;
  }
  return suggest(image, words);
}

/** Help for an item that is well known, in the wrong place. */
export function misplaced(kind: BlockKind, { tokenType: type, image }: IToken): string | undefined {
  if (kind === "file") {
    if (type === k.permit) {
      return "a grant stands inside a `role`; a guardrail is written `permit (principal, action, resource);`";
    }
    if (type === k.unit) return "a unit stands inside an `organization`, another unit or a test";
    if (statements.has(type)) return "expectations and changes stand inside a `test`";
  }
  return onlyOutside.has(type) && kind !== "grants"
    ? `\`${image}\` is declared outside of blocks`
    : undefined;
}

/** Help for a few mistakes that the expected tokens alone do not explain. */
export function adviceFor(
  { token, context }: IRecognitionException,
  expected: readonly string[],
): string | undefined {
  if (expected.length === 1 && expected[0] === "`::`") return 'an entity is written `Type::"id"`';
  if (context.ruleStack.at(-1) !== "operand") return undefined;
  if (token.tokenType === k.if) return "put `if … then … else …` in parentheses";
  if (token.tokenType.CATEGORIES?.includes(NameLike)) {
    return 'expressions begin with `principal`, `resource`, `context`, `action`, a literal or an entity id `Type::"id"`';
  }
  return undefined;
}
