// Text -> tokens and comments. What is wrong with a single token (an open string, a name that needs quotes) is reported
// here, once, and the token is passed on as what it was meant to be.
import { type IToken, Lexer, type TokenType } from "chevrotain";
import type { Arguments, Code } from "../diagnostics/catalog.ts";
import type { Report } from "../diagnostics/report.ts";
import type { SourceFile, Span } from "../source.ts";
import type { Comment } from "./ast.ts";
import { Integer, keyword, keywordByText, lexed, Minus, OddQuotes, OpenText, Word } from "./tokens.ts";

export interface Lexed {
  readonly tokens: IToken[];
  readonly comments: Comment[];
  /** Where this found something to report, in order: an error of the parser around such a place is no news. */
  readonly troubles: readonly number[];
}

const lexer = new Lexer(lexed, { positionTracking: "onlyOffset", ensureOptimizations: true });
const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** The largest signed 64-bit integer, and one more: the magnitude that only a minus sign makes legal. */
const largest = 2n ** 63n - 1n;

/** Words behind which an operand begins. */
const prefixes: ReadonlySet<TokenType> = new Set([keyword.if, keyword.then, keyword.else, keyword.in]);

export function lex(file: SourceFile, report: Report): Lexed {
  const troubles: number[] = [];
  const add = <C extends Code>(code: C, span: Span, args: Arguments<C>): void => {
    troubles.push(span.start);
    report.add(code, span, args);
  };
  // A byte order mark is a blank; the offsets stay what they are.
  const text = file.text.startsWith("\uFEFF") ? ` ${file.text.slice(1)}` : file.text;
  const { tokens, groups, errors } = lexer.tokenize(text);
  const spanOf = ({ startOffset, image }: IToken): Span => ({
    file,
    start: startOffset,
    end: startOffset + image.length,
  });

  for (const { offset, length } of errors) {
    const span = { file, start: offset, end: offset + length };
    add("BWK101", span, { text: text.slice(offset, offset + length) });
  }
  for (const [index, token] of tokens.entries()) {
    const { tokenType: type, image } = token;
    token.endOffset = token.startOffset + image.length - 1;
    if (type === Word) {
      const word = keywordByText.get(image);
      if (word !== undefined) become(token, word);
      else if (!identifier.test(image)) add("BWK106", spanOf(token), { name: image });
    } else if (type === Integer) {
      if (image.includes(".")) add("BWK108", spanOf(token), { number: image });
      else if (image.length > 18 && !fits(image, tokens, index)) {
        add("BWK107", spanOf(token), { number: image });
      }
    } else if (type === OpenText) add("BWK102", spanOf(token), {});
    else if (type === OddQuotes) add("BWK105", spanOf(token), { text: image.slice(1, -1) });
  }
  for (const token of groups.hashes ?? []) add("BWK109", spanOf(token), {});
  const comments = (groups.comments ?? []).map((token) => ({ span: spanOf(token), text: token.image }));
  const last = comments.at(-1);
  if (last !== undefined && !/^\/\/|^\/\*[\s\S]*\*\/$/.test(last.text)) {
    add("BWK103", { ...last.span, end: last.span.start + 2 }, {});
  }
  for (const match of text.matchAll(/\p{Cs}/gu)) {
    add("BWK101", { file, start: match.index, end: match.index + 1 }, { text: match[0] });
  }
  return { tokens, comments, troubles: troubles.sort((a, b) => a - b) };
}

/** A word that is a keyword gets the keyword's type; it stays a `Word` by category. */
function become(token: IToken, type: TokenType): void {
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx as number;
}

/** Only a sign makes the smallest integer legal; a minus behind an operand is an operator. */
function fits(digits: string, tokens: readonly IToken[], index: number): boolean {
  const magnitude = BigInt(digits);
  if (magnitude <= largest) return true;
  if (magnitude > largest + 1n || tokens[index - 1]?.tokenType !== Minus) return false;
  const before = tokens[index - 2];
  return before === undefined || !/[\w)\]"]$/.test(before.image) || prefixes.has(before.tokenType);
}
