// Chapter 1 of docs/language.md: names, references, annotations.
import { ColonColon, keyword as k, LParen, NameLike, RParen, Sign, Text } from "../tokens.ts";
import { BaseGrammar, type Rule } from "./base.ts";

export abstract class NameGrammar extends BaseGrammar {
  /** [1.3] annotation : "@" name [ "(" text ")" ] */
  annotation: Rule = this.RULE("annotation", () => {
    this.CONSUME(Sign);
    this.CONSUME(NameLike, { LABEL: "key" });
    this.OPTION(() => {
      this.CONSUME(LParen);
      this.CONSUME(Text);
      this.CONSUME(RParen);
    });
  });

  /** [1.4] reference : name | entityId */
  reference: Rule = this.RULE("reference", () => {
    this.CONSUME(NameLike);
    this.MANY(() => {
      this.CONSUME(ColonColon);
      this.CONSUME2(NameLike);
    });
  });

  /** [1.5] entityId : name "::" text */
  entityId: Rule = this.RULE("entityId", () => {
    this.CONSUME(NameLike);
    this.AT_LEAST_ONE(() => {
      this.CONSUME(ColonColon);
      this.CONSUME2(NameLike);
    });
  });

  /** [1.6] shareTarget : "organization" | reference */
  shareTarget: Rule = this.RULE("shareTarget", () => {
    this.OR([
      { GATE: () => !this.at(ColonColon, 2), ALT: () => this.CONSUME(k.organization) },
      { ALT: () => this.SUBRULE(this.reference) },
    ]);
  });
}
