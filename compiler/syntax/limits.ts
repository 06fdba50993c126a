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
const operators: ReadonlySet<TokenType> = new Set([
  Not,
  Dot,
  keyword.in,
  keyword.has,
  keyword.like,
  keyword.is,
]);
const isOperator = (type: TokenType): boolean =>
  operators.has(type) || type.CATEGORIES?.includes(BinaryOperator) === true;

/** What an opening bracket found: restored when it closes, or when the next element of its list begins. */
interface Level {
  readonly operators: number;
  readonly ifs: number;
}

/** The first token at which a limit is passed. */
export function limitPassed(
  tokens: readonly IToken[],
): { code: "BWK401" | "BWK403"; token: IToken } | undefined {
  const levels: Level[] = [];
  let ifs = 0;
  let count = 0;
  for (const token of tokens) {
    const type = token.tokenType;
    if (openers.has(type)) levels.push({ operators: count, ifs });
    else if (closers.has(type)) ifs = levels.pop()?.ifs ?? 0;
    else if (type === Comma || type === Semicolon) {
      const level = levels.at(-1);
      ifs = level?.ifs ?? 0;
      count = level?.operators ?? 0;
    } else if (type === keyword.if) ifs++;
    else if (isOperator(type)) count++;
    if (levels.length + ifs > nestingLimit) return { code: "BWK401", token };
    if (count > operatorLimit) return { code: "BWK403", token };
  }
  return undefined;
}
