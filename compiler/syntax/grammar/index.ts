// The whole grammar: chapters 1 to 8 of docs/language.md, each production under its number there.
import { type CstNode, EOF, type IToken } from "chevrotain";
import { keyword as k, LCurly, NameLike, RCurly, Semicolon } from "../tokens.ts";
import type { Rule } from "./base.ts";
import type { Problem } from "./recovery.ts";
import { TestGrammar } from "./tests.ts";

export class Grammar extends TestGrammar {
  /** [1.2] declaration : { annotation } ( entity | context | privilege | role | guardrail | organization | user | team | defaultTeam | position | record | share | columnProfile | ownerRule | settings | test | reserved ) */
  declaration: Rule = this.RULE("declaration", () => {
    this.MANY(() => this.SUBRULE(this.annotation));
    this.OR([
      { ALT: () => this.SUBRULE(this.entity) },
      { ALT: () => this.SUBRULE(this.context) },
      { ALT: () => this.SUBRULE(this.privilege) },
      { GATE: () => this.teamRoleAhead(), ALT: () => this.SUBRULE(this.role) },
      { GATE: () => this.guardrailAhead(), ALT: () => this.SUBRULE(this.guardrail) },
      { ALT: () => this.SUBRULE(this.organization) },
      { ALT: () => this.SUBRULE(this.user) },
      { ALT: () => this.SUBRULE(this.team) },
      { ALT: () => this.SUBRULE(this.defaultTeam) },
      { ALT: () => this.SUBRULE(this.position) },
      { ALT: () => this.SUBRULE(this.record) },
      { ALT: () => this.SUBRULE(this.share) },
      { ALT: () => this.SUBRULE(this.columnProfile) },
      { ALT: () => this.SUBRULE(this.ownerRule) },
      { ALT: () => this.SUBRULE(this.settings) },
      { ALT: () => this.SUBRULE(this.test) },
      { ALT: () => this.SUBRULE(this.reserved) },
    ]);
  });

  /** [9.1] reserved : ( "invariant" | "namespace" ) name */
  reserved: Rule = this.RULE("reserved", () => {
    this.OR([{ ALT: () => this.CONSUME(k.invariant) }, { ALT: () => this.CONSUME(k.namespace) }]);
    this.CONSUME(NameLike);
    this.ACTION(() => this.skipReserved());
  });

  /** [8.28] lone : operation */
  lone: Rule = this.RULE("lone", () => {
    if (this.RECORDING_PHASE) this.SUBRULE(this.operation);
    else
      this.attempt("test", "operation", () => {
        this.SUBRULE(this.operation);
        const { image, startOffset } = this.LA(1);
        const expected = ["the end of the operation"];
        if (!this.at(EOF))
          this.problem("BWK110", startOffset, startOffset + image.length, {
            expected,
            found: `\`${image}\``,
          });
      });
  });

  /** [1.1] file : { declaration } */
  file: Rule = this.RULE("file", () => {
    if (this.RECORDING_PHASE) this.many(97, () => this.subrule(97, this.declaration));
    else this.items("file", this.declaration, undefined, () => this.at(EOF));
  });

  constructor() {
    super();
    this.performSelfAnalysis();
  }

  /** Parses a whole file: its tree, what is wrong, and the tokens that no part of the tree holds. */
  parse(text: string, tokens: IToken[]): { cst: CstNode; problems: Problem[]; skipped: IToken[] } {
    for (const [index, token] of tokens.entries()) token.payload = index;
    this.begin(text, tokens);
    const cst = this.file();
    return { cst, problems: this.problems, skipped: this.skipped };
  }

  /** Parses an operation that stands by itself; no tree where it is none. */
  parseLone(text: string, tokens: IToken[]): { cst: CstNode; problems: Problem[] } {
    for (const [index, token] of tokens.entries()) token.payload = index;
    this.begin(text, tokens);
    const cst = this.lone();
    return { cst, problems: this.problems };
  }

  private skipReserved(): void {
    const { startOffset, endOffset, tokenType } = this.LA(-1);
    const what = tokenType === k.invariant ? "invariants" : "namespaces";
    this.problem("BWK199", startOffset, (endOffset as number) + 1, { what });
    for (let depth = 0; !this.at(EOF); ) {
      if (this.at(LCurly)) depth++;
      const closes = this.at(RCurly) && --depth <= 0;
      const ends = this.at(Semicolon) && depth === 0;
      this.SKIP_TOKEN();
      if (closes || ends) return;
    }
  }
}
