// Chapter 6 of docs/language.md: expressions, Cedar's. Operands and operators are parsed as one flat row, which keeps the
// stack shallow; build/expressions.ts makes the tree by precedence.
import {
  BinaryOperator,
  Colon,
  ColonColon,
  Dot,
  Integer,
  keyword as k,
  LCurly,
  LParen,
  LSquare,
  Minus,
  NameLike,
  Not,
  RCurly,
  RParen,
  RSquare,
  Slot,
  Text,
  Word,
} from "../tokens.ts";
import type { Rule } from "./base.ts";
import { NameGrammar } from "./names.ts";

export abstract class ExpressionGrammar extends NameGrammar {
  /** [6.1] condition : ( "when" | "unless" ) "{" expression "}" */
  condition: Rule = this.RULE("condition", () => {
    this.OR([{ ALT: () => this.CONSUME(k.when) }, { ALT: () => this.CONSUME(k.unless) }]);
    this.CONSUME(LCurly);
    this.SUBRULE(this.expression);
    this.CONSUME(RCurly);
  });

  /** [6.2] expression : "if" expression "then" expression "else" expression | operand { operatorTail } */
  expression: Rule = this.RULE("expression", () => {
    this.OR([
      {
        GATE: () => !this.at(ColonColon, 2),
        ALT: () => {
          this.CONSUME(k.if);
          this.SUBRULE(this.expression, { LABEL: "test" });
          this.CONSUME(k.then);
          this.SUBRULE2(this.expression, { LABEL: "yes" });
          this.CONSUME(k.else);
          this.SUBRULE3(this.expression, { LABEL: "no" });
        },
      },
      {
        ALT: () => {
          this.SUBRULE(this.operand);
          this.MANY(() => this.SUBRULE(this.operatorTail));
        },
      },
    ]);
  });

  /** [6.3] operatorTail : ( operator | "in" ) operand | "has" name { "." word } | "like" text | "is" name */
  operatorTail: Rule = this.RULE("operatorTail", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(BinaryOperator);
          this.SUBRULE(this.operand);
        },
      },
      {
        ALT: () => {
          this.CONSUME(k.in);
          this.SUBRULE2(this.operand);
        },
      },
      {
        ALT: () => {
          this.CONSUME(k.has);
          this.CONSUME(NameLike, { LABEL: "path" });
          this.MANY(() => {
            this.CONSUME(Dot);
            this.CONSUME(Word, { LABEL: "path" });
          });
        },
      },
      {
        ALT: () => {
          this.CONSUME(k.like);
          this.CONSUME(Text);
        },
      },
      {
        ALT: () => {
          this.CONSUME(k.is);
          this.CONSUME2(NameLike, { LABEL: "type" });
        },
      },
    ]);
  });

  /** [6.4] operand : { "!" | "-" } ( "(" expression ")" | setLiteral | recordLiteral | integer | entityId | call | text | "true" | "false" | "principal" | "resource" | "context" | "action" ) { access } */
  operand: Rule = this.RULE("operand", () => {
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(Not, { LABEL: "prefix" }) },
        { ALT: () => this.CONSUME(Minus, { LABEL: "prefix" }) },
      ]);
    });
    this.OR2([
      {
        ALT: () => {
          this.CONSUME(LParen);
          this.SUBRULE(this.expression);
          this.CONSUME(RParen);
        },
      },
      { ALT: () => this.SUBRULE(this.setLiteral) },
      { ALT: () => this.SUBRULE(this.recordLiteral) },
      { ALT: () => this.CONSUME(Integer) },
      { GATE: () => this.at(ColonColon, 2), ALT: () => this.SUBRULE(this.entityId) },
      { GATE: () => this.at(LParen, 2), ALT: () => this.SUBRULE(this.call) },
      { ALT: () => this.CONSUME(Text) },
      { ALT: () => this.CONSUME(k.true, { LABEL: "word" }) },
      { ALT: () => this.CONSUME(k.false, { LABEL: "word" }) },
      { ALT: () => this.CONSUME(k.principal, { LABEL: "word" }) },
      { ALT: () => this.CONSUME(k.resource, { LABEL: "word" }) },
      { ALT: () => this.CONSUME(k.context, { LABEL: "word" }) },
      { ALT: () => this.CONSUME(k.action, { LABEL: "word" }) },
      { ALT: () => this.CONSUME(Slot) },
    ]);
    this.MANY2(() => this.SUBRULE(this.access));
  });

  /** [6.5] access : "." word [ arguments ] | "[" text "]" */
  access: Rule = this.RULE("access", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(Dot);
          this.CONSUME(Word);
          this.OPTION(() => this.SUBRULE(this.arguments));
        },
      },
      {
        ALT: () => {
          this.CONSUME(LSquare);
          this.CONSUME(Text);
          this.CONSUME(RSquare);
        },
      },
    ]);
  });

  /** [6.6] call : word arguments */
  call: Rule = this.RULE("call", () => {
    this.CONSUME(Word);
    this.SUBRULE(this.arguments);
  });

  /** [6.7] arguments : "(" [ expression { "," expression } [ "," ] ] ")" */
  arguments: Rule = this.RULE("arguments", () => {
    this.CONSUME(LParen);
    this.OPTION5({
      GATE: () => !this.at(RParen),
      DEF: () => this.list(1, (i) => this.subrule(i, this.expression)),
    });
    this.CONSUME(RParen);
  });

  /** [6.8] setLiteral : "[" [ expression { "," expression } [ "," ] ] "]" */
  setLiteral: Rule = this.RULE("setLiteral", () => {
    this.CONSUME(LSquare);
    this.OPTION5({
      GATE: () => !this.at(RSquare),
      DEF: () => this.list(1, (i) => this.subrule(i, this.expression)),
    });
    this.CONSUME(RSquare);
  });

  /** [6.9] recordLiteral : "{" [ entry { "," entry } [ "," ] ] "}" */
  recordLiteral: Rule = this.RULE("recordLiteral", () => {
    this.CONSUME(LCurly);
    this.OPTION5({
      GATE: () => !this.at(RCurly),
      DEF: () => this.list(1, (i) => this.subrule(i, this.entry)),
    });
    this.CONSUME(RCurly);
  });

  /** [6.10] entry : name ":" expression */
  entry: Rule = this.RULE("entry", () => {
    this.CONSUME(NameLike);
    this.CONSUME(Colon);
    this.SUBRULE(this.expression);
  });
}
