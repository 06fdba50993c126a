// Chapter 8 of docs/language.md, first half: operations (what a principal does) and changes (what an administrator sets).
import { EOF, type TokenType } from "chevrotain";
import { Colon, ColonColon, Dot, keyword as k, LCurly, NameLike, Semicolon } from "../tokens.ts";
import type { Rule } from "./base.ts";
import { PeopleGrammar } from "./people.ts";

/** The words between the two sides of composite operations. */
const connectors: ReadonlyMap<TokenType, TokenType> = new Map([
  [k.assign, k.to],
  [k.share, k.with],
  [k.unshare, k.with],
  [k.append, k.to],
  [k.associate, k.with],
  [k.disassociate, k.with],
  [k.merge, k.into],
]);

export abstract class OperationGrammar extends PeopleGrammar {
  /**
   * Whether the next name is an operation all by itself, a task privilege: what follows it ends the operation. The words
   * that do so may also be the names of records: `read with`, `read because because owner`, `append by to by`.
   */
  private taskAhead(): boolean {
    if (this.at(Semicolon, 2) || this.at(EOF, 2)) return true;
    if (this.at(k.with, 2)) return this.at(LCurly, 3);
    const end = this.input[this.statementStart]?.tokenType === k.refuse ? k.by : k.because;
    if (!this.at(end, 2) || !this.at(NameLike, 3) || this.at(end, 3)) return false;
    if (this.at(k.with, 3) && this.at(LCurly, 4)) return false;
    const connector = connectors.get(this.LA(1).tokenType);
    return connector === undefined || !this.at(connector, 3) || !this.at(NameLike, 4);
  }

  /** Whether the column of a record follows: `acc1.phone`, `Account::"acc1".phone`. */
  private columnAhead(): boolean {
    return this.at(Dot, 3) || (this.at(ColonColon, 3) && this.at(Dot, 5));
  }

  /** [8.10] operation : create | assign | shareClause | unshare | append | associate | merge | name | right */
  operation: Rule = this.RULE("operation", () => {
    const GATE = () => !this.taskAhead();
    this.OR([
      { GATE: () => !this.taskAhead() && !this.columnAhead(), ALT: () => this.SUBRULE(this.create) },
      { GATE, ALT: () => this.SUBRULE(this.assign) },
      { GATE, ALT: () => this.SUBRULE(this.shareClause) },
      { GATE, ALT: () => this.SUBRULE(this.unshare) },
      { GATE, ALT: () => this.SUBRULE(this.append) },
      { GATE, ALT: () => this.SUBRULE(this.associate) },
      { GATE, ALT: () => this.SUBRULE(this.merge) },
      { GATE: () => this.taskAhead(), ALT: () => this.CONSUME(NameLike, { LABEL: "task" }) },
      { ALT: () => this.SUBRULE(this.right) },
    ]);
  });

  /** [8.11] create : "create" [ name ":" ] name [ fields ] */
  create: Rule = this.RULE("create", () => {
    this.CONSUME(k.create);
    this.OPTION({
      GATE: () => this.at(Colon, 2),
      DEF: () => {
        this.CONSUME(NameLike, { LABEL: "name" });
        this.CONSUME(Colon);
      },
    });
    this.CONSUME2(NameLike, { LABEL: "entity" });
    this.OPTION2(() => this.SUBRULE(this.fields));
  });

  /** [8.12] assign : "assign" reference "to" reference */
  assign: Rule = this.RULE("assign", () => {
    this.CONSUME(k.assign);
    this.SUBRULE(this.reference);
    this.CONSUME(k.to);
    this.SUBRULE2(this.reference, { LABEL: "to" });
  });

  /** [8.13] unshare : "unshare" reference [ "." name ] "with" shareTarget */
  unshare: Rule = this.RULE("unshare", () => {
    this.CONSUME(k.unshare);
    this.SUBRULE(this.reference);
    this.OPTION(() => {
      this.CONSUME(Dot);
      this.CONSUME(NameLike, { LABEL: "column" });
    });
    this.CONSUME(k.with);
    this.SUBRULE(this.shareTarget);
  });

  /** [8.14] append : "append" reference [ "." name ] "to" reference */
  append: Rule = this.RULE("append", () => {
    this.CONSUME(k.append);
    this.SUBRULE(this.reference);
    this.OPTION(() => {
      this.CONSUME(Dot);
      this.CONSUME(NameLike, { LABEL: "lookup" });
    });
    this.CONSUME(k.to);
    this.SUBRULE2(this.reference, { LABEL: "to" });
  });

  /** [8.15] associate : ( "associate" | "disassociate" ) reference "with" reference */
  associate: Rule = this.RULE("associate", () => {
    this.OR([{ ALT: () => this.CONSUME(k.associate) }, { ALT: () => this.CONSUME(k.disassociate) }]);
    this.SUBRULE(this.reference);
    this.CONSUME(k.with);
    this.SUBRULE2(this.reference, { LABEL: "with" });
  });

  /** [8.16] merge : "merge" reference "into" reference */
  merge: Rule = this.RULE("merge", () => {
    this.CONSUME(k.merge);
    this.SUBRULE(this.reference);
    this.CONSUME(k.into);
    this.SUBRULE2(this.reference, { LABEL: "into" });
  });

  /** [8.17] right : name reference [ "." name ] */
  right: Rule = this.RULE("right", () => {
    this.CONSUME(NameLike, { LABEL: "action" });
    this.SUBRULE(this.reference);
    this.OPTION(() => {
      this.CONSUME(Dot);
      this.CONSUME2(NameLike, { LABEL: "column" });
    });
  });

  /** [8.18] change : setUser | setUnit | setTeam | setRecord | shareClause | unshare */
  change: Rule = this.RULE("change", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.setUser) },
      { ALT: () => this.SUBRULE(this.setUnit) },
      { ALT: () => this.SUBRULE(this.setTeam) },
      { ALT: () => this.SUBRULE(this.setRecord) },
      { ALT: () => this.SUBRULE(this.shareClause) },
      { ALT: () => this.SUBRULE(this.unshare) },
    ]);
  });

  /** [8.19] setUser : "user" reference ( "in" reference | "disabled" | "enabled" | field ) */
  setUser: Rule = this.RULE("setUser", () => {
    this.CONSUME(k.user);
    this.SUBRULE(this.reference);
    const GATE = () => !this.at(Colon, 2);
    this.OR([
      {
        GATE,
        ALT: () => {
          this.CONSUME(k.in);
          this.SUBRULE2(this.reference, { LABEL: "unit" });
        },
      },
      { GATE, ALT: () => this.CONSUME(k.disabled) },
      { GATE, ALT: () => this.CONSUME(k.enabled) },
      { ALT: () => this.SUBRULE(this.field) },
    ]);
  });

  /** [8.20] setUnit : "unit" reference ( "under" reference | "disabled" | "enabled" | "deleted" ) */
  setUnit: Rule = this.RULE("setUnit", () => {
    this.CONSUME(k.unit);
    this.SUBRULE(this.reference);
    this.OR([
      {
        ALT: () => {
          this.CONSUME(k.under);
          this.SUBRULE2(this.reference, { LABEL: "under" });
        },
      },
      { ALT: () => this.CONSUME(k.disabled) },
      { ALT: () => this.CONSUME(k.enabled) },
      { ALT: () => this.CONSUME(k.deleted) },
    ]);
  });

  /** [8.21] setTeam : "team" reference ( "in" reference | field ) */
  setTeam: Rule = this.RULE("setTeam", () => {
    this.CONSUME(k.team);
    this.SUBRULE(this.reference);
    this.OR([
      {
        GATE: () => !this.at(Colon, 2),
        ALT: () => {
          this.CONSUME(k.in);
          this.SUBRULE2(this.reference, { LABEL: "unit" });
        },
      },
      { ALT: () => this.SUBRULE(this.field) },
    ]);
  });

  /** [8.22] setRecord : "record" reference ( field | fields ) */
  setRecord: Rule = this.RULE("setRecord", () => {
    this.CONSUME(k.record);
    this.SUBRULE(this.reference);
    this.OR([{ ALT: () => this.SUBRULE(this.fields) }, { ALT: () => this.SUBRULE(this.field) }]);
  });

  /** [8.23] setRole : "role" reference grants */
  setRole: Rule = this.RULE("setRole", () => {
    this.CONSUME(k.role);
    this.SUBRULE(this.reference);
    this.SUBRULE(this.grants);
  });
}
