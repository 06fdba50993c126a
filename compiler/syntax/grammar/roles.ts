// Chapters 4 and 5 of docs/language.md: roles with their grants, and guardrails.
import {
  Comma,
  Equal,
  keyword as k,
  LParen,
  LSquare,
  NameLike,
  RParen,
  RSquare,
  Slot,
  Star,
} from "../tokens.ts";
import type { Rule } from "./base.ts";
import { SchemaGrammar } from "./schema.ts";

export abstract class RoleGrammar extends SchemaGrammar {
  /** [4.1] role : [ "team" | "administrator" ] "role" name [ "in" reference ] ( grants | ";" ) */
  role: Rule = this.RULE("role", () => {
    this.OPTION(() => {
      this.OR([{ ALT: () => this.CONSUME(k.team) }, { ALT: () => this.CONSUME(k.administrator) }]);
    });
    this.CONSUME(k.role);
    this.CONSUME(NameLike);
    this.OPTION2(() => {
      this.CONSUME(k.in);
      this.SUBRULE(this.reference);
    });
    this.body("grants", this.grants);
  });

  /** [4.2] grants : "{" { grant } "}" */
  grants: Rule = this.RULE("grants", () => this.block("grants", this.grant));

  /** [4.3] grant : { annotation } "permit" names [ "on" ( "*" | names ) ] [ "at" name ] { condition } ";" */
  grant: Rule = this.RULE("grant", () => {
    this.MANY(() => this.SUBRULE(this.annotation));
    this.CONSUME(k.permit);
    const clauses = [k.on, k.at, k.when, k.unless];
    this.names(1, "action", clauses);
    this.OPTION4(() => {
      this.CONSUME(k.on);
      this.OR([{ ALT: () => this.CONSUME(Star) }, { ALT: () => this.names(5, "entity", clauses.slice(1)) }]);
    });
    this.OPTION2(() => {
      this.CONSUME(k.at);
      this.consume(20, NameLike, { LABEL: "level" });
    });
    this.MANY3(() => this.SUBRULE(this.condition));
    this.end();
  });

  /** [5.1] guardrail : ( "permit" | "forbid" ) "(" principalScope "," actionScope "," resourceScope [ "," ] ")" [ "at" name ] { condition } ";" */
  guardrail: Rule = this.RULE("guardrail", () => {
    this.OR([{ ALT: () => this.CONSUME(k.permit) }, { ALT: () => this.CONSUME(k.forbid) }]);
    this.CONSUME(LParen);
    this.SUBRULE(this.principalScope);
    this.CONSUME(Comma);
    this.SUBRULE(this.actionScope);
    this.CONSUME2(Comma);
    this.SUBRULE(this.resourceScope);
    this.OPTION(() => this.CONSUME3(Comma));
    this.CONSUME(RParen);
    this.OPTION2(() => {
      this.CONSUME(k.at);
      this.CONSUME(NameLike, { LABEL: "level" });
    });
    this.MANY(() => this.SUBRULE(this.condition));
    this.end();
  });

  /** [5.2] principalScope : "principal" [ ( "==" | "in" ) entityId | "is" name ] */
  principalScope: Rule = this.RULE("principalScope", () => {
    this.CONSUME(k.principal);
    this.OPTION(() => {
      this.OR([
        {
          ALT: () => {
            this.OR2([{ ALT: () => this.CONSUME(Equal) }, { ALT: () => this.CONSUME(k.in) }]);
            this.SUBRULE(this.scopeEntity);
          },
        },
        {
          ALT: () => {
            this.CONSUME(k.is);
            this.CONSUME(NameLike);
          },
        },
      ]);
    });
  });

  /** [5.3] actionScope : "action" [ "==" reference | "in" ( reference | "[" references "]" ) ] */
  actionScope: Rule = this.RULE("actionScope", () => {
    this.CONSUME(k.action);
    this.OPTION2(() => {
      this.OR([
        {
          ALT: () => {
            this.CONSUME(Equal);
            this.subrule(1, this.reference);
          },
        },
        {
          ALT: () => {
            this.CONSUME(k.in);
            this.OR2([
              {
                ALT: () => {
                  this.CONSUME(LSquare);
                  this.list(1, (i) => this.subrule(i, this.reference));
                  this.CONSUME(RSquare);
                },
              },
              { ALT: () => this.subrule(5, this.reference) },
            ]);
          },
        },
      ]);
    });
  });

  /** [5.4] resourceScope : "resource" [ "==" entityId | [ "is" name ] [ "in" entityId ] ] */
  resourceScope: Rule = this.RULE("resourceScope", () => {
    this.CONSUME(k.resource);
    this.OPTION(() => {
      this.OR([
        {
          ALT: () => {
            this.OR2([{ ALT: () => this.CONSUME(Equal) }, { ALT: () => this.CONSUME(k.in) }]);
            this.SUBRULE(this.scopeEntity);
          },
        },
        {
          ALT: () => {
            this.CONSUME(k.is);
            this.CONSUME(NameLike);
            this.OPTION2(() => {
              this.CONSUME2(k.in, { LABEL: "In" });
              this.SUBRULE2(this.scopeEntity);
            });
          },
        },
      ]);
    });
  });

  /** [5.5] scopeEntity : entityId */
  scopeEntity: Rule = this.RULE("scopeEntity", () => {
    this.OR([{ ALT: () => this.CONSUME(Slot) }, { ALT: () => this.SUBRULE(this.entityId) }]);
  });

  /** Whether `permit` or `forbid` opens a guardrail here. */
  protected guardrailAhead(): boolean {
    return this.at(LParen, 2);
  }
}
