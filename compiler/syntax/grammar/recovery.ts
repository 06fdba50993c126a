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
import { suggest } from "../../diagnostics/suggest.ts";
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
import { columnAt, firstOnLine } from "./layout.ts";

/** What a block holds. */
export type BlockKind = "file" | "attributes" | "grants" | "units" | "fields" | "columns" | "test";

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
const expectedLabel: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => expected.LABEL ?? expected.name,
  buildNotAllInputParsedMessage: () => "",
  buildNoViableAltMessage: () => "",
  buildEarlyExitMessage: () => "",
};

const k = keyword;
const oneName = [
  k.entity,
  k.privilege,
  k.role,
  k.user,
  k.position,
  k.organization,
  k.team,
  k.record,
  k.share,
];
/** What must follow the first word of a declaration for it to be one. */
const secondOf: ReadonlyMap<TokenType, TokenType> = new Map([
  ...oneName.map((type) => [type, NameLike] as const),
  ...[k.test, k.invariant, k.namespace].map((type) => [type, NameLike] as const),
  [k.context, LCurly],
  [k.settings, LCurly],
  [k.permit, LParen],
  [k.forbid, LParen],
  [k.access, k.team],
  [k.group, k.team],
  [k.default, k.team],
  [k.administrator, k.role],
  [k.column, k.profile],
  [k.owner, k.of],
]);
/** The first words of the statements of a test, where they differ from those of declarations. */
const statements: ReadonlyMap<TokenType, TokenType> = new Map([
  ...[k.allow, k.deny, k.rights, k.list, k.do, k.set, k.refuse, k.unit].map(
    (type) => [type, NameLike] as const,
  ),
  [k.who, k.can],
]);
const onlyOutside: ReadonlySet<TokenType> = new Set([
  k.entity,
  k.privilege,
  k.organization,
  k.context,
  k.settings,
  k.permit,
  k.forbid,
  k.owner,
  k.test,
  k.invariant,
  k.namespace,
]);
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

const itemOf: Readonly<Record<BlockKind, string>> = {
  file: "a declaration",
  attributes: "an attribute (`name: Type`)",
  grants: "a grant (`permit …`)",
  units: "`unit`",
  fields: "a field (`name: value`)",
  columns: "`permit …` or `members: …`",
  test: "a statement of a test",
};

/** Rules whose first tokens are too many to list. */
const phraseOf: Readonly<Record<string, string>> = {
  operand: "an expression",
  expression: "an expression",
  value: "a value",
  operation: "an operation",
};

export abstract class RecoveringParser extends CstParser {
  protected problems: Problem[] = [];
  /** Where problems were found: two things wrong with one place are one mistake. */
  private reported: Set<number> = new Set();
  /** The tokens of items that were given up. */
  protected skipped: IToken[] = [];
  protected text = "";
  protected kind: BlockKind = "file";
  /** Where the item being parsed begins: an index into `input`. */
  protected itemStart = 0;
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

  protected begin(text: string): void {
    this.text = text;
    this.problems = [];
    this.reported = new Set();
    this.skipped = [];
    this.assumedClosers = 0;
  }

  // -- looking ahead

  protected at(type: TokenType, ahead = 1): boolean {
    return tokenMatcher(this.LA(ahead), type);
  }

  /** The next token's index into `input`; its length at the end. */
  protected get index(): number {
    const token = this.LA(1);
    return token.tokenType === EOF ? this.input.length : (token.payload as number);
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
        return (type === k.permit && this.at(NameLike, 2)) || (named && this.at(Colon, 2));
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
   * Whether the block that was opened at `column` must have been meant to end here: a declaration begins that cannot
   * stand in it, and it is not indented as if it were meant to stand in it.
   */
  protected blockMustEnd(kind: BlockKind, column: number): boolean {
    if (kind === "file" || !this.declarationAhead() || this.itemAhead(kind)) return false;
    return !this.beginsLine || columnAt(this.text, this.LA(1).startOffset) <= column;
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

  /** Runs the parse of one item; a syntax error in it is reported and its rest skipped. True when it went well. */
  protected attempt(kind: BlockKind, rule: string, parse: () => void): boolean {
    const start = this.index;
    const outer = this.itemStart;
    this.itemStart = start;
    try {
      parse();
      return true;
    } catch (error) {
      if (!isRecognitionException(error as Error)) throw error;
      this.unexpected(error as IRecognitionException, kind, rule, start);
      this.skipRest(kind, start);
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
    const found = atEnd ? "the end of the file" : `\`${image}\``;
    const types = this.possible(rule, from, this.index);
    const words = types.flatMap((type) => (type.CATEGORIES?.includes(NameLike) ? wordOf(type) : []));
    const suggestion = atEnd ? undefined : suggest(token.image, words);
    const expected = this.index === from ? [itemOf[kind]] : expectedPhrases(error, types);
    const help = this.index === from ? misplaced(kind, token) : undefined;
    this.problem("BWK110", start, end, { expected, found, suggestion, help });
  }

  /** The token types that the grammar allows after the part of the item that was understood. */
  private possible(rule: string, from: number, to: number): TokenType[] {
    // The search follows every way through the grammar: beyond a few hundred tokens its help is not worth its time.
    if (to - from > 300) return [];
    const next = this.computeContentAssist(rule, this.input.slice(from, to));
    return [...new Set(next.map(({ nextTokenType }) => nextTokenType))];
  }

  /** Skips what is left of a broken item: to behind its `;` or its block, or to where another item clearly begins. */
  private skipRest(kind: BlockKind, start: number): void {
    let depth = 0;
    for (const token of this.input.slice(start, this.index)) {
      if (token.tokenType === LCurly) depth++;
      else if (token.tokenType === RCurly) depth--;
    }
    for (;;) {
      const token = this.LA(1);
      const type = token.tokenType;
      if (type === EOF) return;
      if (this.index > start && this.beginsLine) {
        const outermost = depth <= 0 || columnAt(this.text, token.startOffset) === 1;
        if (outermost && this.declarationAhead()) return;
        if (depth <= 0 && this.itemAhead(kind)) return;
      }
      if (depth <= 0 && type === RCurly) return;
      this.SKIP_TOKEN();
      if (depth <= 0 && type === Semicolon) return;
      if (type === LCurly) depth++;
      else if (type === RCurly && --depth === 0 && !continuations.has(this.LA(1).image)) return;
    }
  }
}

const wordOf = (type: TokenType): string[] =>
  type.LABEL?.startsWith("`") === true ? [type.LABEL.slice(1, -1)] : [];

function expectedPhrases(error: IRecognitionException, types: readonly TokenType[]): string[] {
  const labels = new Set(types.map((type) => type.LABEL ?? type.name));
  if (error.message !== "") labels.add(error.message);
  if (labels.has("a name")) labels.delete("a text in quotes");
  if (labels.size > 0 && labels.size <= 6) return [...labels];
  return [error.message || (phraseOf[error.context.ruleStack.at(-1) ?? ""] ?? "something else")];
}

/** Help for an item that is well known, in the wrong place. */
function misplaced(kind: BlockKind, { tokenType: type, image }: IToken): string | undefined {
  if (kind === "file") {
    if (type === k.permit)
      return "a grant stands inside a `role`; a guardrail is written `permit (principal, action, resource);`";
    if (type === k.unit) return "a unit stands inside an `organization`, another unit or a test";
    if (statements.has(type)) return "expectations and changes stand inside a `test`";
  }
  return onlyOutside.has(type) && kind !== "grants"
    ? `\`${image}\` is declared outside of blocks`
    : undefined;
}
