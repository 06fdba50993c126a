// Chapter 8 of docs/language.md, second half: tests and their statements.
import { Colon, keyword as k, LCurly, NameLike, Semicolon } from "../tokens.ts";
import type { Rule } from "./base.ts";
import { OperationGrammar } from "./operations.ts";

export abstract class TestGrammar extends OperationGrammar {
  /** [8.1] test : "test" name statements */
  test: Rule = this.RULE("test", () => {
    this.CONSUME(k.test);
    this.CONSUME(NameLike);
    this.SUBRULE(this.statements);
    this.behindBlock();
  });

  /** [8.27] statements : "{" { statement } "}" */
  statements: Rule = this.RULE("statements", () => this.block("test", this.statement));

  /** [8.2] statement : { annotation } ( expect | rights | who | listing | doing | set | refuse | localUnit | user | role | team | defaultTeam | position | columnProfile | record | share ) */
  statement: Rule = this.RULE("statement", () => {
    this.MANY(() => this.SUBRULE(this.annotation));
    this.ACTION(() => {
      this.statementStart = this.index;
    });
    this.OR([
      { ALT: () => this.SUBRULE(this.expect) },
      { ALT: () => this.SUBRULE(this.rights) },
      { ALT: () => this.SUBRULE(this.who) },
      { ALT: () => this.SUBRULE(this.listing) },
      { ALT: () => this.SUBRULE(this.doing) },
      { ALT: () => this.SUBRULE(this.set) },
      { ALT: () => this.SUBRULE(this.refuse) },
      { ALT: () => this.SUBRULE(this.localUnit) },
      { ALT: () => this.SUBRULE(this.user) },
      { GATE: () => this.teamRoleAhead(), ALT: () => this.SUBRULE(this.role) },
      { ALT: () => this.SUBRULE(this.team) },
      { ALT: () => this.SUBRULE(this.defaultTeam) },
      { ALT: () => this.SUBRULE(this.position) },
      { ALT: () => this.SUBRULE(this.columnProfile) },
      { ALT: () => this.SUBRULE(this.record) },
      { ALT: () => this.SUBRULE(this.share) },
    ]);
  });

  /** Of `team role …`: a team role, unless it reads as a team that is called `role` (`team role in Sales`). */
  protected teamRoleAhead(): boolean {
    if (!this.at(k.team)) return true;
    if (!this.at(k.role, 2)) return false;
    return !(this.at(k.in, 3) && this.at(NameLike, 4) && !(this.at(k.in, 4) && this.at(NameLike, 5)));
  }

  /** [8.3] localUnit : "unit" name "under" reference [ "disabled" ] ( units | ";" ) */
  localUnit: Rule = this.RULE("localUnit", () => {
    this.CONSUME(k.unit);
    this.CONSUME(NameLike);
    this.CONSUME(k.under);
    this.SUBRULE(this.reference);
    this.OPTION(() => this.CONSUME(k.disabled));
    this.body("units", this.units);
  });

  /** [8.4] expect : ( "allow" | "deny" ) reference operation [ requestContext ] [ "because" reason ] ";" */
  expect: Rule = this.RULE("expect", () => {
    this.OR([{ ALT: () => this.CONSUME(k.allow) }, { ALT: () => this.CONSUME(k.deny) }]);
    this.SUBRULE(this.reference);
    this.SUBRULE(this.operation);
    this.OPTION(() => this.SUBRULE(this.requestContext));
    this.OPTION2(() => {
      this.CONSUME(k.because);
      this.SUBRULE(this.reason);
    });
    this.end();
  });

  /** [8.5] requestContext : "with" fields */
  requestContext: Rule = this.RULE("requestContext", () => {
    this.CONSUME(k.with);
    this.SUBRULE(this.fields);
  });

  /** [8.6] reason : name [ name ] */
  reason: Rule = this.RULE("reason", () => {
    this.CONSUME(NameLike, { LABEL: "word" });
    this.OPTION(() => this.CONSUME2(NameLike, { LABEL: "name" }));
  });

  /** [8.7] rights : "rights" reference "on" reference [ requestContext ] ":" names [ requestContext ] ";" */
  rights: Rule = this.RULE("rights", () => {
    this.CONSUME(k.rights);
    this.SUBRULE(this.reference, { LABEL: "principal" });
    this.CONSUME(k.on);
    this.SUBRULE2(this.reference, { LABEL: "record" });
    this.OPTION2(() => this.SUBRULE(this.requestContext));
    this.CONSUME(Colon);
    this.names(5, "right", [k.with]);
    this.OPTION3(() => this.SUBRULE2(this.requestContext));
    this.end();
  });

  /** [8.8] who : "who" "can" name reference [ requestContext ] ":" references [ requestContext ] ";" */
  who: Rule = this.RULE("who", () => {
    this.CONSUME(k.who);
    this.CONSUME(k.can);
    this.CONSUME(NameLike);
    this.SUBRULE(this.reference, { LABEL: "record" });
    this.OPTION2(() => this.SUBRULE(this.requestContext));
    this.CONSUME(Colon);
    this.references(5);
    this.OPTION3(() => this.SUBRULE2(this.requestContext));
    this.end();
  });

  /** [8.9] listing : "list" name name "for" reference [ requestContext ] ":" references [ requestContext ] ";" */
  listing: Rule = this.RULE("listing", () => {
    this.CONSUME(k.list);
    this.CONSUME(NameLike, { LABEL: "action" });
    this.CONSUME2(NameLike, { LABEL: "entity" });
    this.CONSUME(k.for);
    this.SUBRULE(this.reference, { LABEL: "principal" });
    this.OPTION2(() => this.SUBRULE(this.requestContext));
    this.CONSUME(Colon);
    this.references(5);
    this.OPTION3(() => this.SUBRULE2(this.requestContext));
    this.end();
  });

  private references(index: number): void {
    this.list(
      index,
      (i) => this.subrule(i, this.reference),
      (ahead) => this.at(k.with, ahead) && this.at(LCurly, ahead + 1),
    );
  }

  /** [8.24] doing : "do" reference operation [ requestContext ] ";" */
  doing: Rule = this.RULE("doing", () => {
    this.CONSUME(k.do);
    this.SUBRULE(this.reference);
    this.SUBRULE(this.operation);
    this.OPTION(() => this.SUBRULE(this.requestContext));
    this.end();
  });

  /** [8.25] set : "set" ( setRole [ ";" ] | change ";" ) */
  set: Rule = this.RULE("set", () => {
    this.CONSUME(k.set);
    this.OR([
      {
        ALT: () => {
          this.SUBRULE(this.setRole);
          this.OPTION(() => this.CONSUME(Semicolon));
        },
      },
      {
        ALT: () => {
          this.SUBRULE(this.change);
          this.end();
        },
      },
    ]);
  });

  /** [8.26] refuse : "refuse" ( set | operation "by" reference ";" ) */
  refuse: Rule = this.RULE("refuse", () => {
    this.CONSUME(k.refuse);
    this.OR([
      // A task privilege may be called `set`: `refuse set by dora`.
      { GATE: () => !this.at(k.by, 2), ALT: () => this.SUBRULE(this.set) },
      {
        ALT: () => {
          this.SUBRULE(this.operation);
          this.CONSUME(k.by);
          this.SUBRULE(this.reference);
          this.end();
        },
      },
    ]);
  });
}
