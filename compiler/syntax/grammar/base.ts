// The shapes that every chapter of the grammar uses: lists, blocks and the ends of statements.
// While Chevrotain records the grammar, each helper calls the plain grammar methods; while parsing, it does the same with
// an eye on what is missing.
import { type CstNode, EOF, type IToken, type ParserMethod, type TokenType } from "chevrotain";
import { Colon, Comma, LCurly, NameLike, RCurly, RParen, RSquare, Semicolon, Star } from "../tokens.ts";
import { RecoveringParser } from "./recovery.ts";
import type { BlockKind } from "./starts.ts";

export type Rule = ParserMethod<[], CstNode>;

const listEnds: ReadonlySet<TokenType> = new Set([Semicolon, RCurly, RParen, RSquare, EOF]);

/** Chevrotain puts a rule's name on its method; its types leave that out. */
const nameOf = (rule: Rule): string => (rule as Rule & { readonly ruleName: string }).ruleName;

export abstract class BaseGrammar extends RecoveringParser {
  /**
   * `element { "," element } [ "," ]`. `element` is called with the occurrence index that its own grammar method takes;
   * `ends` tells, for the token after a comma, whether what follows the list begins there; `leavesComma`, whether that
   * comma then is not the list's own.
   */
  protected list(
    index: number,
    element: (index: number) => void,
    ends: (ahead: number) => boolean = () => false,
    leavesComma: (ahead: number) => boolean = () => false,
  ): void {
    element(2 * index);
    this.many(index, {
      GATE: () => !listEnds.has(this.LA(2).tokenType) && !ends(2),
      DEF: () => {
        this.consume(2 * index, Comma);
        element(2 * index + 1);
      },
    });
    this.option(index, {
      GATE: () => !leavesComma(2),
      DEF: () => this.consume(2 * index + 1, Comma),
    });
  }

  /** A list of names; `clauses` are the keywords that may follow it, each before a name. */
  protected names(index: number, label: string, clauses: readonly TokenType[] = []): void {
    this.list(
      index,
      (i) => this.consume(i, NameLike, { LABEL: label }),
      (ahead) => this.clauseAhead(ahead, clauses),
    );
  }

  /**
   * Whether the word that is `ahead` opens a clause (`on Account`, `as Activity`, `when { … }`) rather than being a name:
   * it does when a name, `*` or `{` follows that is not itself such a clause.
   */
  protected clauseAhead(ahead: number, clauses: readonly TokenType[]): boolean {
    if (!clauses.includes(this.LA(ahead).tokenType)) return false;
    const next = ahead + 1;
    if (this.at(Star, next) || this.at(LCurly, next)) return true;
    return this.at(NameLike, next) && !this.clauseAhead(next, clauses);
  }

  /** The `;` of a statement. Where the next thing clearly is another item, only the `;` is missing. */
  protected end(): void {
    if (this.RECORDING_PHASE) this.consume(99, Semicolon);
    else if (this.extraBrace(true)) {
      this.problemAtToken("BWK115", { bracket: "}" });
      this.SKIP_TOKEN();
      // Whatever goes on behind it was explained by it.
      this.reported.add(this.LA(1).startOffset);
      this.consume(99, Semicolon);
    } else if (this.at(Semicolon) || !this.itemEnds()) this.consume(99, Semicolon);
    else this.problem("BWK111", this.lastEnd, this.lastEnd, {});
  }

  private itemEnds(): boolean {
    if (this.at(RCurly) || this.at(EOF)) return true;
    return this.beginsLine && (this.itemAhead(this.kind) || this.declarationAhead());
  }

  /** A block, or `;` where it holds nothing. A `;` after a block is taken, too. */
  protected body(kind: BlockKind, block: Rule): void {
    if (this.RECORDING_PHASE) {
      this.or(99, [
        { ALT: () => this.consume(98, Semicolon) },
        {
          ALT: () => {
            this.subrule(99, block);
            this.option(99, () => this.consume(99, Semicolon));
          },
        },
      ]);
    } else if (this.at(LCurly) || this.blockOpens(kind)) {
      this.subrule(99, block);
      if (this.at(Semicolon)) this.consume(99, Semicolon);
    } else if (this.at(Semicolon)) this.consume(98, Semicolon);
    else if (this.itemEnds()) this.problem("BWK111", this.lastEnd, this.lastEnd, {});
    else this.consume(99, LCurly);
  }

  /** The `;` that may stand behind a block which no `;` replaces. */
  protected behindBlock(): void {
    if (this.RECORDING_PHASE) this.option(99, () => this.consume(99, Semicolon));
    else if (this.at(Semicolon)) this.consume(99, Semicolon);
  }

  /** Whether the items of a block begin here, though its brace is missing; what is no item of the block around it. */
  private blockOpens(kind: BlockKind): boolean {
    if (!this.itemAhead(kind)) return false;
    return !this.itemAhead(this.kind) || this.isDeeperThan(this.input[this.itemStart] as IToken);
  }

  /** `{ item … }`; `after` takes what separates the items. */
  protected block(kind: BlockKind, item: Rule, after?: () => void): void {
    if (this.RECORDING_PHASE) {
      this.consume(97, LCurly);
      this.many(97, () => {
        this.subrule(97, item);
        after?.();
      });
      this.consume(97, RCurly);
      return;
    }
    const first = this.input[this.itemStart] as IToken;
    const opened = this.LA(1);
    if (this.at(LCurly)) this.consume(97, LCurly);
    else if (this.itemAhead(kind)) this.problem("BWK113", this.lastEnd, this.lastEnd, {});
    else this.consume(97, LCurly);
    const outer = this.kind;
    const ended = () => this.at(RCurly) || this.at(EOF) || this.blockMustEnd(kind, outer, first);
    this.items(kind, item, after, ended);
    if (this.at(RCurly)) this.consume(97, RCurly);
    else {
      if (!this.at(EOF)) this.assumedClosers++;
      this.problem("BWK112", this.lastEnd, this.lastEnd, {}, opened);
    }
  }

  /** Parses items until `ended`; each on its own, so that a mistake costs one item. */
  protected items(kind: BlockKind, item: Rule, after: (() => void) | undefined, ended: () => boolean): void {
    const outer = this.kind;
    this.kind = kind;
    let explained = false;
    while (!ended()) {
      if (kind === "file" && this.at(RCurly)) this.extraCloser(explained);
      else if (kind === "file" && explained && this.at(Semicolon)) this.SKIP_TOKEN();
      else {
        const start = this.index;
        const found = this.problems.length;
        const good = this.attempt(kind, nameOf(item), () => {
          this.subrule(97, item);
          after?.();
        });
        if (this.index === start) this.SKIP_TOKEN();
        explained = !good || this.problems.length > found;
      }
    }
    this.kind = outer;
  }

  /** A `}` outside of all blocks: news only where no mistake before it explains it. */
  private extraCloser(explained: boolean): void {
    if (this.assumedClosers > 0) this.assumedClosers--;
    else if (!explained) this.problemAtToken("BWK115", { bracket: "}" });
    this.SKIP_TOKEN();
  }

  /** The `;` between fields: the last one may be left out. */
  protected fieldEnd(): void {
    if (this.RECORDING_PHASE) this.option(98, () => this.consume(96, Semicolon));
    else if (this.at(Semicolon)) this.consume(96, Semicolon);
    else if (this.at(Comma) && this.at(NameLike, 2) && this.at(Colon, 3)) {
      this.problemAtToken("BWK114", { what: "fields", separator: ";" });
      this.SKIP_TOKEN();
    } else if (this.itemAhead("fields") || this.itemAhead("columns")) {
      this.problem("BWK111", this.lastEnd, this.lastEnd, {});
    } else if (!this.at(RCurly) && !this.at(EOF) && !this.declarationAhead()) this.consume(96, Semicolon);
  }

  /** The `,` between attributes: the last one may be left out. */
  protected attributeEnd(): void {
    if (this.RECORDING_PHASE) this.option(98, () => this.consume(96, Comma));
    else if (this.at(Comma)) this.consume(96, Comma);
    else if (this.at(Semicolon)) {
      this.problemAtToken("BWK114", { what: "attributes", separator: "," });
      this.SKIP_TOKEN();
    } else if (this.itemAhead("attributes")) {
      this.problem("BWK114", this.lastEnd, this.lastEnd, { what: "attributes", separator: "," });
    } else if (!this.at(RCurly) && !this.at(EOF) && !this.declarationAhead()) this.consume(96, Comma);
  }
}
