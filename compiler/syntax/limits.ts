// Limits that keep a hostile or generated text from exhausting the stack: checked on the tokens, before anything recurses.
import type { IToken, TokenType } from "chevrotain";
import {
  BinaryOperator,
  Comma,
  Dot,
  keyword,
  LCurly,
  LParen,
  LSquare,
  Not,
  RCurly,
  RParen,
  RSquare,
  Semicolon,
} from "./tokens.ts";

/** The longest text that is read, in UTF-16 units: 16 Mi. */
export const textLimit: number = 16 * 1024 * 1024;
/** How deep brackets of any kind, and `if`s, may lie inside each other. */
export const nestingLimit = 100;
/** How many operators one expression may hold: a chain of them is a tree as deep as the chain is long. */
export const operatorLimit = 500;

const openers: ReadonlySet<TokenType> = new Set([LCurly, LParen, LSquare]);
const closers: ReadonlySet<TokenType> = new Set([RCurly, RParen, RSquare]);
const operators: ReadonlySet<TokenType> = new Set([Not, keyword.in, keyword.has, keyword.like, keyword.is]);
const isOperator = (type: TokenType): boolean =>
  operators.has(type) || type.CATEGORIES?.includes(BinaryOperator) === true;

/** What an opening bracket found: restored where the next element of its list begins, and behind a block. */
interface Level {
  readonly operators: number;
  readonly ifs: number;
  /** Whether an expression stands inside: behind `when` and `unless`, and in all other brackets than braces. */
  readonly expression: boolean;
}

const outermost: Level = { operators: 0, ifs: 0, expression: false };

/** The first token at which a limit is passed. */
export function limitPassed(
  tokens: readonly IToken[],
): { code: "BWK401" | "BWK403"; token: IToken } | undefined {
  const levels: Level[] = [];
  let level = outermost;
  let ifs = 0;
  let count = 0;
  let before: TokenType | undefined;
  for (const token of tokens) {
    const type = token.tokenType;
    if (openers.has(type)) {
      const condition = before === keyword.when || before === keyword.unless;
      levels.push(level);
      level = { operators: count, ifs, expression: level.expression || type !== LCurly || condition };
    } else if (closers.has(type)) {
      ifs = level.ifs;
      // Behind a bracket an expression goes on, with the bracket as its first part; behind a block nothing does.
      const { operators } = level;
      level = levels.pop() ?? outermost;
      if (!level.expression) count = operators;
    } else if (type === Comma || type === Semicolon) {
      ifs = level.ifs;
      count = level.operators;
    } else if (type === keyword.if && level.expression) ifs++;
    else if (type === Dot || (level.expression && isOperator(type))) count++;
    if (levels.length + ifs > nestingLimit) return { code: "BWK401", token };
    if (count > operatorLimit) return { code: "BWK403", token };
    before = type;
  }
  return undefined;
}
