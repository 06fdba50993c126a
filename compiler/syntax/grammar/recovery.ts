// What the parser does about a mistake: it says once what is wrong, goes on to where the next item can begin, and keeps
// everything around it. Chevrotain's own recovery guesses by token types; here every word may be a name, so the places to
// go on from are told by `;`, `}`, the beginnings of lines and the words that begin an item.
import {
  CstParser,
  EOF,
  type IParserErrorMessageProvider,
  type IRecognitionException,
  type IToken,
  isRecognitionException,
  type TokenType,
  tokenMatcher,
} from "chevrotain";
import type { Arguments, Code } from "../../diagnostics/catalog.ts";
import {
  Colon,
  keyword,
  LCurly,
  LParen,
  NameLike,
  Question,
  RCurly,
  RParen,
  Semicolon,
  Sign,
  vocabulary,
} from "../tokens.ts";
import { adviceFor, expectedPhrases, itemOf, meant, misplaced } from "./expectations.ts";
import { columnAt, firstOnLine, indentAt } from "./layout.ts";
import { type BlockKind, onlyOutside, secondOf, statements } from "./starts.ts";

/** A syntax error before it becomes a diagnostic. */
export interface Problem<C extends Code = Code> {
  readonly code: C;
  readonly start: number;
  readonly end: number;
  readonly args: Arguments<C>;
  /** The opening brace that is never closed. */
  readonly opened: IToken | undefined;
  /** Offset at which the broken item begins. */
  readonly from: number;
}

/** The texts of Chevrotain never reach a user: only the label of the token that was expected is taken from it. */
const nothing = (): string => "";
const expectedLabel: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => expected.LABEL ?? expected.name,
  buildNotAllInputParsedMessage: nothing,
  buildNoViableAltMessage: nothing,
  buildEarlyExitMessage: nothing,
};

const k = keyword;
/** What can follow a nested block inside one statement. */
const continuations: ReadonlySet<string> = new Set([
  "when",
  "unless",
  "with",
  "because",
  "by",
  ",",
  ";",
  ":",
  "(",
  ")",
]);

export abstract class RecoveringParser extends CstParser {
  protected problems: Problem[] = [];
  /** Where problems were found: two things wrong with one place are one mistake. */
  protected reported: Set<number> = new Set();
  /** The tokens of items that were given up. */
  protected skipped: IToken[] = [];
  protected text = "";
  /** Chevrotain pads `input` while it parses. */
  private tokenCount = 0;
  protected kind: BlockKind = "file";
  /** Where the item being parsed begins: an index into `input`. */
  protected itemStart = 0;
  /** Where the statement of a test begins behind its annotations. */
  protected statementStart = 0;
  /** Whether a statement or grant outside of blocks was reported since the last test or role began. */
  private strayStatement = false;
  /** Closing braces that were taken as written; as many may turn up later with nothing to close. */
  protected assumedClosers = 0;

  constructor() {
    super(vocabulary, {
      maxLookahead: 1,
      nodeLocationTracking: "onlyOffset",
      skipValidations: true,
      errorMessageProvider: expectedLabel,
    });
  }

  protected begin(text: string, tokens: IToken[]): void {
    this.input = tokens;
    this.tokenCount = tokens.length;
    this.text = text;
    this.problems = [];
    this.reported = new Set();
    this.statementStart = 0;
    this.skipped = [];
    this.assumedClosers = 0;
    this.strayStatement = false;
  }

  // -- looking ahead

  protected at(type: TokenType, ahead = 1): boolean {
    return tokenMatcher(this.LA(ahead), type);
  }

  /** The next token's index into `input`; the number of tokens at the end. */
  protected get index(): number {
    const token = this.LA(1);
    return token.tokenType === EOF ? this.tokenCount : (token.payload as number);
  }

  /** Offset at which the last consumed token ends. */
  protected get lastEnd(): number {
    const token = this.input[this.index - 1];
    return token === undefined ? 0 : token.startOffset + token.image.length;
  }

  protected get beginsLine(): boolean {
    const token = this.LA(1);
    return token.tokenType !== EOF && firstOnLine(this.text, token.startOffset, this.lastEnd);
  }

  /** Whether a declaration begins at the token that is `ahead`, its annotations before it. */
  protected declarationAhead(ahead = 1): boolean {
    let at = ahead;
    while (this.at(Sign, at) && this.at(NameLike, at + 1)) {
      at += 2;
      if (this.at(LParen, at)) at += this.at(RParen, at + 2) ? 3 : 1;
    }
    const second = secondOf.get(this.LA(at).tokenType);
    return second !== undefined && this.at(second, at + 1);
  }

  /** Whether an item of a block of this kind begins at the next token. */
  protected itemAhead(kind: BlockKind): boolean {
    const named = this.at(NameLike);
    const type = this.LA(1).tokenType;
    switch (kind) {
      case "file":
        return this.declarationAhead();
      case "attributes":
        return named ? this.at(Colon, 2) || (this.at(Question, 2) && this.at(Colon, 3)) : type === Sign;
      case "grants":
        return (type === k.permit && this.at(NameLike, 2)) || (type === Sign && !this.declarationAhead());
      case "units":
        return type === k.unit && this.at(NameLike, 2);
      case "fields":
        return named && this.at(Colon, 2);
      case "columns":
        return (
          (type === k.permit && this.at(NameLike, 2)) ||
          (named && this.at(Colon, 2)) ||
          (type === Sign && !this.declarationAhead())
        );
      case "test":
        return this.statementAhead();
    }
  }

  private statementAhead(): boolean {
    const type = this.LA(1).tokenType;
    const second = statements.get(type);
    if (second !== undefined) return this.at(second, 2);
    return !onlyOutside.has(type) && this.declarationAhead();
  }

  /**
   * Whether the block of the item that begins at `first` must have been meant to end here: a declaration, or an item of
   * the block around it, begins that cannot stand in it, and is not indented as if it were meant to stand in it.
   */
  protected blockMustEnd(kind: BlockKind, outer: BlockKind, first: IToken): boolean {
    if (this.itemAhead(kind)) return false;
    if (this.declarationAhead()) return !this.isDeeperThan(first);
    return this.itemAhead(outer) && this.beginsLine && !this.isDeeperThan(first);
  }

  /** Whether a line begins here that is indented deeper than the line of a token. */
  protected isDeeperThan({ startOffset }: IToken): boolean {
    return this.beginsLine && columnAt(this.text, this.LA(1).startOffset) > indentAt(this.text, startOffset);
  }

  // -- reporting

  protected problem<C extends Code>(
    code: C,
    start: number,
    end: number,
    args: Arguments<C>,
    opened?: IToken,
  ): void {
    if (this.reported.has(start)) return;
    this.reported.add(start);
    const from = this.input[this.itemStart]?.startOffset ?? start;
    this.problems.push({ code, start, end, args, opened, from } as Problem);
  }

  protected problemAtToken<C extends Code>(code: C, args: Arguments<C>): void {
    const { startOffset, image } = this.LA(1);
    this.problem(code, startOffset, startOffset + image.length, args);
  }

  /** Runs the parse of one item; a syntax error in it is reported and its rest skipped. True when there was none. */
  protected attempt(kind: BlockKind, rule: string, parse: () => void): boolean {
    const start = this.index;
    const outer = this.itemStart;
    this.itemStart = start;
    if (this.at(k.test) || this.at(k.role)) this.strayStatement = false;
    try {
      parse();
      return true;
    } catch (error) {
      if (!isRecognitionException(error as Error)) throw error;
      this.unexpected(error as IRecognitionException, kind, rule, start);
      this.skipRest(kind, start, this.unclosed(error as IRecognitionException, start));
      for (let i = start; i < this.index; i++) this.skipped.push(this.input[i] as IToken);
      return false;
    } finally {
      this.itemStart = outer;
    }
  }

  private unexpected(error: IRecognitionException, kind: BlockKind, rule: string, from: number): void {
    const { token } = error;
    const atEnd = token.tokenType === EOF;
    const start = atEnd ? this.lastEnd : token.startOffset;
    const end = atEnd ? start : start + token.image.length;
    const image = token.image.length > 40 ? `${token.image.slice(0, 40)}…` : token.image;
    const first = this.index === from;
    if (first && kind === "file" && (statements.has(token.tokenType) || token.tokenType === k.permit)) {
      // A brace too many ends a test or a role early: all that it still holds is one mistake.
      if (this.strayStatement) return;
      this.strayStatement = true;
    }
    const types = this.possible(rule, from, this.index);
    const lone = rule === "operation";
    const expected = first ? [lone ? "an operation" : itemOf[kind]] : expectedPhrases(error, types);
    this.problem("BWK110", start, end, {
      expected,
      found: atEnd ? `the end of the ${lone ? "operation" : "file"}` : `\`${image}\``,
      suggestion: atEnd ? undefined : meant(token, types),
      help: first && !lone ? misplaced(kind, token) : adviceFor(error, expected),
    });
  }

  /** The token types that the grammar allows after the part of the item that was understood. */
  private possible(rule: string, from: number, to: number): TokenType[] {
    // The search follows every way through the grammar: in long items, and after many mistakes, its help is not worth
    // its time.
    if (to - from > 300 || this.problems.length > 100) return [];
    const next = this.computeContentAssist(rule, this.input.slice(from, to));
    return [...new Set(next.map(({ nextTokenType }) => nextTokenType))];
  }

  /** How many braces of a broken item are open where the error is. */
  private unclosed({ token, message }: IRecognitionException, start: number): number {
    // A statement ends at its `;`, whatever is missing before it.
    if (token.tokenType === Semicolon) return 0;
    let depth = 0;
    for (let i = start; i < this.index; i++) {
      const type = this.input[i]?.tokenType;
      if (type === LCurly) depth++;
      else if (type === RCurly) depth = Math.max(0, depth - 1);
    }
    return message === LCurly.LABEL && this.closesBeforeEnd() ? depth + 1 : depth;
  }

  /** Whether a `}` that nothing opens comes before the next `;`: then only its opening brace is missing. */
  private closesBeforeEnd(): boolean {
    let depth = 0;
    for (let i = this.index; i < this.input.length; i++) {
      const type = this.input[i]?.tokenType;
      if (type === LCurly) depth++;
      else if (type === RCurly && depth-- === 0) return true;
      else if (type === Semicolon && depth === 0) return false;
    }
    return false;
  }

  /** Whether a `}` is one too many: the statement goes on behind it. A `;` does so only where a `;` was expected. */
  protected extraBrace(semicolon: boolean): boolean {
    if (!this.at(RCurly) || this.beginsLine) return false;
    const { image, tokenType } = this.LA(2);
    return tokenType === Semicolon ? semicolon : continuations.has(image);
  }

  /** Skips what is left of a broken item: to behind its `;` or its block, or to where another item clearly begins. */
  private skipRest(kind: BlockKind, start: number, unclosed: number): void {
    let depth = unclosed;
    // A brace too many, `{ {`, is skipped alone: what it seems to hold are the items of the block.
    if (this.index === start && kind !== "file" && this.at(LCurly)) {
      this.SKIP_TOKEN();
      return;
    }
    for (;;) {
      const token = this.LA(1);
      const type = token.tokenType;
      if (type === EOF) {
        // That the blocks around it are not closed either is no news.
        this.reported.add(this.lastEnd);
        return;
      }
      if (this.index > start && this.beginsLine) {
        const outermost = depth <= 0 || columnAt(this.text, token.startOffset) === 1;
        if (outermost && this.declarationAhead()) return;
        if (depth <= 0 && this.itemAhead(kind)) return;
      }
      if (depth <= 0 && type === RCurly && (kind === "fields" || !this.extraBrace(false))) return;
      this.SKIP_TOKEN();
      if (depth <= 0 && type === Semicolon) return;
      if (type === LCurly) depth++;
      else if (type === RCurly && depth > 0) {
        depth--;
        if (depth === 0 && !continuations.has(this.LA(1).image)) return;
        // `};` ends a statement, however many braces were opened in it by mistake.
        if (kind !== "file" && this.at(Semicolon)) depth = 0;
      }
    }
  }
}
