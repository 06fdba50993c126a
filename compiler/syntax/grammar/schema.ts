// Chapter 3 of docs/language.md: entities, the request context, task privileges.
import {
  Colon,
  Comma,
  Greater,
  keyword as k,
  LCurly,
  Less,
  LParen,
  NameLike,
  Question,
  RParen,
  Text,
  Word,
} from "../tokens.ts";
import type { Rule } from "./base.ts";
import { ExpressionGrammar } from "./expressions.ts";

export abstract class SchemaGrammar extends ExpressionGrammar {
  /** [3.1] entity : "entity" names [ "as" name ] [ ownership ] ( attributes | ";" ) */
  entity: Rule = this.RULE("entity", () => {
    this.CONSUME(k.entity);
    this.list(
      1,
      (i) => this.consume(i, NameLike),
      (ahead) => this.ownershipAhead(ahead) || this.setAhead(ahead) || this.at(LCurly, ahead),
    );
    this.OPTION2(() => {
      this.CONSUME(k.as);
      this.consume(4, NameLike, { LABEL: "set" });
    });
    this.OPTION3(() => this.SUBRULE(this.ownership));
    this.body("attributes", this.attributes);
  });

  private ownershipAhead(ahead: number): boolean {
    return this.at(k.owned, ahead) && this.at(k.by, ahead + 1);
  }

  /** After a comma, `as` is a name only where no set could follow it: `A, as owned by …`. */
  private setAhead(ahead: number): boolean {
    return this.at(k.as, ahead) && this.at(NameLike, ahead + 1) && !this.ownershipAhead(ahead + 1);
  }

  /** [3.2] ownership : "owned" "by" ( "user" "or" "team" | "organization" | "business" "unit" | "parent" name ) */
  ownership: Rule = this.RULE("ownership", () => {
    this.CONSUME(k.owned);
    this.CONSUME(k.by);
    this.OR([
      {
        ALT: () => {
          this.CONSUME(k.user);
          this.CONSUME(k.or);
          this.CONSUME(k.team);
        },
      },
      { ALT: () => this.CONSUME(k.organization) },
      {
        ALT: () => {
          this.CONSUME(k.business);
          this.CONSUME(k.unit);
        },
      },
      {
        ALT: () => {
          this.CONSUME(k.parent);
          this.CONSUME(NameLike, { LABEL: "lookup" });
        },
      },
    ]);
  });

  /** [3.3] attributes : "{" [ attribute { "," attribute } [ "," ] ] "}" */
  attributes: Rule = this.RULE("attributes", () => {
    this.block("attributes", this.attribute, () => this.attributeEnd());
  });

  /** [3.4] attribute : { annotation } name [ "?" ] ":" type { flag } */
  attribute: Rule = this.RULE("attribute", () => {
    this.MANY(() => this.SUBRULE(this.annotation));
    this.CONSUME(NameLike);
    this.OPTION(() => this.CONSUME(Question));
    this.CONSUME(Colon);
    this.SUBRULE(this.type);
    this.MANY2(() => this.SUBRULE(this.flag));
  });

  /** [3.5] type : name [ "(" text { "," text } [ "," ] ")" | "<" name ">" ] */
  type: Rule = this.RULE("type", () => {
    this.CONSUME(NameLike);
    this.OPTION9(() => {
      this.OR([
        {
          ALT: () => {
            this.CONSUME(LParen);
            this.list(1, (i) => this.consume(i, Text));
            this.CONSUME(RParen);
          },
        },
        {
          ALT: () => {
            this.CONSUME(Less);
            this.CONSUME2(NameLike, { LABEL: "element" });
            this.CONSUME(Greater);
          },
        },
      ]);
    });
  });

  /** [3.6] flag : "secured" | "masked" text | "parental" | "cascade" cascade { [ "," ] cascade } */
  flag: Rule = this.RULE("flag", () => {
    this.OR([
      { ALT: () => this.CONSUME(k.secured) },
      {
        ALT: () => {
          this.CONSUME(k.masked);
          this.CONSUME(Text);
        },
      },
      { ALT: () => this.CONSUME(k.parental) },
      {
        ALT: () => {
          this.CONSUME(k.cascade);
          this.SUBRULE(this.cascade);
          this.MANY({
            GATE: () => this.cascadeAhead(this.at(Comma) ? 2 : 1),
            DEF: () => {
              this.OPTION(() => this.CONSUME(Comma));
              this.SUBRULE2(this.cascade);
            },
          });
        },
      },
    ]);
  });

  /** Whether a cascade word is `ahead`, not the next attribute's name nor another flag. */
  private cascadeAhead(ahead: number): boolean {
    const flags = [k.secured, k.masked, k.parental, k.cascade];
    if (!this.at(Word, ahead) || flags.some((flag) => this.at(flag, ahead))) return false;
    return !this.at(Colon, ahead + 1) && !this.at(Question, ahead + 1);
  }

  /** [3.7] cascade : "assign" | "share" | "unshare" | "reparent" | "merge" | "delete" [ "cascade" | "restrict" | "unlink" ] */
  cascade: Rule = this.RULE("cascade", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(k.delete);
          this.OPTION(() => {
            this.OR2([
              { ALT: () => this.CONSUME(k.cascade, { LABEL: "behavior" }) },
              { ALT: () => this.CONSUME(k.restrict, { LABEL: "behavior" }) },
              { ALT: () => this.CONSUME(k.unlink, { LABEL: "behavior" }) },
            ]);
          });
        },
      },
      { ALT: () => this.CONSUME(Word) },
    ]);
  });

  /** [3.8] context : "context" attributes */
  context: Rule = this.RULE("context", () => {
    this.CONSUME(k.context);
    this.SUBRULE(this.attributes);
    this.behindBlock();
  });

  /** [3.9] privilege : "privilege" names ";" */
  privilege: Rule = this.RULE("privilege", () => {
    this.CONSUME(k.privilege);
    this.names(1, "NameLike");
    this.end();
  });
}
