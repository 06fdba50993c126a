// Chapter 7 of docs/language.md: people, places, records, shares, column profiles, settings.
import { Colon, ColonColon, Dot, Integer, keyword as k, LParen, Minus, NameLike, Word } from "../tokens.ts";
import type { Rule } from "./base.ts";
import { RoleGrammar } from "./roles.ts";

export abstract class PeopleGrammar extends RoleGrammar {
  /** [7.1] organization : "organization" name [ "disabled" ] ( units | ";" ) */
  organization: Rule = this.RULE("organization", () => {
    this.CONSUME(k.organization);
    this.CONSUME(NameLike);
    this.OPTION(() => this.CONSUME(k.disabled));
    this.body("units", this.units);
  });

  /** [7.2] units : "{" { unit } "}" */
  units: Rule = this.RULE("units", () => this.block("units", this.unit));

  /** [7.3] unit : { annotation } "unit" name [ "disabled" ] ( units | ";" ) */
  unit: Rule = this.RULE("unit", () => {
    this.MANY(() => this.SUBRULE(this.annotation));
    this.CONSUME(k.unit);
    this.CONSUME(NameLike);
    this.OPTION(() => this.CONSUME(k.disabled));
    this.body("units", this.units);
  });

  /** [7.4] user : "user" name "in" reference [ "disabled" ] ( fields | ";" ) */
  user: Rule = this.RULE("user", () => {
    this.CONSUME(k.user);
    this.CONSUME(NameLike);
    this.CONSUME(k.in);
    this.SUBRULE(this.reference);
    this.OPTION(() => this.CONSUME(k.disabled));
    this.body("fields", this.fields);
  });

  /** [7.5] fields : "{" [ field { ";" field } [ ";" ] ] "}" */
  fields: Rule = this.RULE("fields", () => {
    this.block("fields", this.field, () => this.fieldEnd());
  });

  /** [7.6] field : name ":" value { "," value } [ "," ] */
  field: Rule = this.RULE("field", () => {
    this.CONSUME(NameLike);
    this.CONSUME(Colon);
    // `owner: a, city: "x"`: a name with a colon behind it is the next field, and fieldEnd says what is wrong.
    const fieldAhead = (ahead: number) => this.at(NameLike, ahead) && this.at(Colon, ahead + 1);
    this.list(1, (i) => this.subrule(i, this.value), fieldAhead, fieldAhead);
  });

  /** [7.7] value : setLiteral | [ "-" ] integer | reference [ "in" reference ] | call */
  value: Rule = this.RULE("value", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.setLiteral) },
      {
        ALT: () => {
          this.OPTION(() => this.CONSUME(Minus));
          this.CONSUME(Integer);
        },
      },
      {
        GATE: () => !this.at(LParen, 2),
        ALT: () => {
          this.SUBRULE(this.reference);
          this.OPTION2(() => {
            this.CONSUME(k.in);
            this.SUBRULE2(this.reference, { LABEL: "unit" });
          });
        },
      },
      { ALT: () => this.SUBRULE(this.call) },
    ]);
  });

  /** [7.8] team : [ "access" | "group" ] "team" name "in" reference ( fields | ";" ) */
  team: Rule = this.RULE("team", () => {
    this.OPTION(() => {
      this.OR([{ ALT: () => this.CONSUME(k.access) }, { ALT: () => this.CONSUME(k.group) }]);
    });
    this.CONSUME(k.team);
    this.CONSUME(NameLike);
    this.CONSUME(k.in);
    this.SUBRULE(this.reference);
    this.body("fields", this.fields);
  });

  /** [7.9] defaultTeam : "default" "team" "of" reference ( fields | ";" ) */
  defaultTeam: Rule = this.RULE("defaultTeam", () => {
    this.CONSUME(k.default);
    this.CONSUME(k.team);
    this.CONSUME(k.of);
    this.SUBRULE(this.reference);
    this.body("fields", this.fields);
  });

  /** [7.10] position : "position" name [ "under" reference ] ";" */
  position: Rule = this.RULE("position", () => {
    this.CONSUME(k.position);
    this.CONSUME(NameLike);
    this.OPTION(() => {
      this.CONSUME(k.under);
      this.SUBRULE(this.reference);
    });
    this.end();
  });

  /** [7.11] record : "record" name ":" name ( fields | ";" ) */
  record: Rule = this.RULE("record", () => {
    this.CONSUME(k.record);
    this.CONSUME(NameLike);
    this.CONSUME(Colon);
    this.CONSUME2(NameLike, { LABEL: "entity" });
    this.body("fields", this.fields);
  });

  /** [7.12] share : shareClause ";" */
  share: Rule = this.RULE("share", () => {
    this.SUBRULE(this.shareClause);
    this.end();
  });

  /** [7.13] shareClause : "share" reference [ "." name ] "with" shareTarget ":" names */
  shareClause: Rule = this.RULE("shareClause", () => {
    this.CONSUME(k.share);
    this.SUBRULE(this.reference);
    this.OPTION(() => {
      this.CONSUME(Dot);
      this.CONSUME(NameLike, { LABEL: "column" });
    });
    this.CONSUME(k.with);
    this.SUBRULE(this.shareTarget);
    this.CONSUME(Colon);
    this.names(5, "right", [k.with, k.because, k.by]);
  });

  /** [7.14] columnProfile : "column" "profile" name ( columns | ";" ) */
  columnProfile: Rule = this.RULE("columnProfile", () => {
    this.CONSUME(k.column);
    this.CONSUME(k.profile);
    this.CONSUME(NameLike);
    this.body("columns", this.columns);
  });

  /** [7.15] columns : "{" [ columnItem { ";" columnItem } [ ";" ] ] "}" */
  columns: Rule = this.RULE("columns", () => {
    this.block("columns", this.columnItem, () => this.fieldEnd());
  });

  /** [7.16] columnItem : { annotation } columnGrant | field */
  columnItem: Rule = this.RULE("columnItem", () => {
    this.OR([
      {
        GATE: () => !this.at(Colon, 2),
        ALT: () => {
          this.MANY(() => this.SUBRULE(this.annotation));
          this.SUBRULE(this.columnGrant);
        },
      },
      { ALT: () => this.SUBRULE(this.field) },
    ]);
  });

  /** [7.17] columnGrant : "permit" names "on" columnName { "," columnName } [ "," ] */
  columnGrant: Rule = this.RULE("columnGrant", () => {
    this.CONSUME(k.permit);
    this.names(1, "action", [k.on]);
    this.CONSUME(k.on);
    this.list(5, (i) => this.subrule(i, this.columnName));
  });

  /** [7.18] columnName : name "." name */
  columnName: Rule = this.RULE("columnName", () => {
    this.CONSUME(NameLike, { LABEL: "entity" });
    this.CONSUME(Dot);
    this.CONSUME2(NameLike, { LABEL: "attribute" });
  });

  /** [7.19] ownerRule : "owner" "of" name "is" ( "resource" "." word { "." word } | reference ) ";" */
  ownerRule: Rule = this.RULE("ownerRule", () => {
    this.CONSUME(k.owner);
    this.CONSUME(k.of);
    this.CONSUME(NameLike);
    this.CONSUME(k.is);
    this.OR([
      {
        GATE: () => this.at(Dot, 2),
        ALT: () => {
          this.CONSUME(k.resource);
          this.AT_LEAST_ONE(() => {
            this.CONSUME(Dot);
            this.CONSUME(Word, { LABEL: "path" });
          });
        },
      },
      { GATE: () => this.at(ColonColon, 2) || !this.at(Dot, 2), ALT: () => this.SUBRULE(this.reference) },
    ]);
    this.end();
  });

  /** [7.20] settings : "settings" settingList */
  settings: Rule = this.RULE("settings", () => {
    this.CONSUME(k.settings);
    this.SUBRULE(this.settingList);
    this.behindBlock();
  });

  /** [7.21] settingList : "{" [ setting { ";" setting } [ ";" ] ] "}" */
  settingList: Rule = this.RULE("settingList", () => {
    this.block("fields", this.setting, () => this.fieldEnd());
  });

  /** [7.22] setting : name ":" settingValue { "," settingValue } [ "," ] [ "depth" integer ] */
  setting: Rule = this.RULE("setting", () => {
    this.CONSUME(NameLike);
    this.CONSUME(Colon);
    const fieldAhead = (ahead: number) => this.at(NameLike, ahead) && this.at(Colon, ahead + 1);
    this.list(1, (i) => this.subrule(i, this.settingValue), fieldAhead, fieldAhead);
    this.OPTION9(() => {
      this.CONSUME(k.depth);
      this.CONSUME(Integer);
    });
  });

  /** [7.23] settingValue : integer | name */
  settingValue: Rule = this.RULE("settingValue", () => {
    this.OR([{ ALT: () => this.CONSUME(Integer) }, { ALT: () => this.CONSUME(NameLike) }]);
  });
}
