// The token types. No word is reserved: every keyword token also is a `Word`, every word and every quoted text also is a
// `NameLike`, so a rule that consumes a `NameLike` takes whatever can be a name (language.md section 1).
import { createToken, Lexer, type TokenType } from "chevrotain";

/** An identifier or a quoted text, wherever a name is expected. */
export const NameLike: TokenType = createToken({ name: "NameLike", pattern: Lexer.NA, label: "a name" });

/** Letters beyond ASCII (punctuation and blanks excluded): not part of an identifier, but surely meant as part of a name. */
const foreign =
  "\\u00AA\\u00B5\\u00BA\\u00C0-\\u1FFF\\u2C00-\\u2FFF\\u3005-\\uD7FF\\uF900-\\uFDFF\\uFE70-\\uFEFE\\uFF10-\\uFFDC";

/**
 * Every word. The pattern takes more than an identifier (`3com`, `Pièce`): one diagnostic that says "quote this name" is
 * better than the debris of half a word.
 */
export const Word: TokenType = createToken({
  name: "Word",
  pattern: new RegExp(
    `[A-Za-z_${foreign}][A-Za-z0-9_${foreign}]*|[0-9]+[A-Za-z_${foreign}][A-Za-z0-9_${foreign}]*`,
  ),
  categories: NameLike,
  label: "a name",
});

export const Text: TokenType = createToken({
  name: "Text",
  pattern: /"(?:[^"\\\r\n]|\\[^\r\n])*"/,
  categories: NameLike,
  label: "a text in quotes",
});

const open = /"(?:[^"\\\r\n]|\\[^\r\n])*\\?/y;
const closing = new Set(" \t;,:{}()[]");

/**
 * A text without its closing quote ends with the line, but gives back what closes the line (`;`, `}`, a comment): the
 * parser then finds the statement whole, and the open quote stays the only thing to report.
 */
function openText(text: string, offset: number): [string] | null {
  open.lastIndex = offset;
  const found = open.exec(text)?.[0];
  if (found === undefined) return null;
  const comment = found.indexOf("//");
  let end = comment < 0 ? found.length : comment;
  while (end > 1 && closing.has(found.charAt(end - 1))) end--;
  return [found.slice(0, end)];
}

export const OpenText: TokenType = createToken({
  name: "OpenText",
  pattern: openText,
  start_chars_hint: ['"'],
  line_breaks: false,
  categories: [Text, NameLike],
  label: "a text in quotes",
});

/** 'text' or “text”: taken as a text after a diagnostic. */
export const OddQuotes: TokenType = createToken({
  name: "OddQuotes",
  pattern: /'[^'\r\n]*'|[“”„][^“”\r\n]*[“”]/,
  categories: [Text, NameLike],
  label: "a text in quotes",
});

export const Integer: TokenType = createToken({
  name: "Integer",
  pattern: /[0-9]+(?:\.[0-9]+)?/,
  label: "a number",
});

export const Blank: TokenType = createToken({
  name: "Blank",
  pattern: /[ \t\r\n\f\v]+/,
  group: Lexer.SKIPPED,
});
export const LineComment: TokenType = createToken({
  name: "LineComment",
  pattern: /\/\/[^\r\n]*/,
  group: "comments",
});
export const BlockComment: TokenType = createToken({
  name: "BlockComment",
  pattern: /\/\*[\s\S]*?(?:\*\/|(?![\s\S]))/,
  group: "comments",
  line_breaks: true,
});
/** `# …`: no comment of this language; skipped after a diagnostic. */
export const HashComment: TokenType = createToken({
  name: "HashComment",
  pattern: /#[^\r\n]*/,
  group: "hashes",
});

const symbol = (name: string, text: string): TokenType =>
  createToken({ name, pattern: text, label: `\`${text}\`` });

export const LCurly: TokenType = symbol("LCurly", "{");
export const RCurly: TokenType = symbol("RCurly", "}");
export const LParen: TokenType = symbol("LParen", "(");
export const RParen: TokenType = symbol("RParen", ")");
export const LSquare: TokenType = symbol("LSquare", "[");
export const RSquare: TokenType = symbol("RSquare", "]");
export const Comma: TokenType = symbol("Comma", ",");
export const Semicolon: TokenType = symbol("Semicolon", ";");
export const ColonColon: TokenType = symbol("ColonColon", "::");
export const Colon: TokenType = symbol("Colon", ":");
export const Dot: TokenType = symbol("Dot", ".");
export const Question: TokenType = symbol("Question", "?");
export const Sign: TokenType = symbol("Sign", "@");

/** `?principal`, `?resource`: the slots of policy templates, which this version does not know. */
export const Slot: TokenType = createToken({
  name: "Slot",
  pattern: /\?(?:principal|resource)\b/,
  label: "a template slot",
});

/** Operators that may stand between two operands. `has`, `like` and `is` have rules of their own. */
export const BinaryOperator: TokenType = createToken({
  name: "BinaryOperator",
  pattern: Lexer.NA,
  label: "an operator",
});
const operator = (name: string, text: string): TokenType =>
  createToken({ name, pattern: text, label: `\`${text}\``, categories: BinaryOperator });
export const OrOr: TokenType = operator("OrOr", "||");
export const AndAnd: TokenType = operator("AndAnd", "&&");
export const Equal: TokenType = createToken({
  name: "Equal",
  pattern: /==(?!=)/,
  label: "`==`",
  categories: BinaryOperator,
});
export const NotEqual: TokenType = operator("NotEqual", "!=");
export const LessEqual: TokenType = operator("LessEqual", "<=");
export const GreaterEqual: TokenType = operator("GreaterEqual", ">=");
export const Less: TokenType = operator("Less", "<");
export const Greater: TokenType = operator("Greater", ">");
export const Plus: TokenType = operator("Plus", "+");
export const Minus: TokenType = operator("Minus", "-");
export const Star: TokenType = operator("Star", "*");
export const Not: TokenType = symbol("Not", "!");

/** Operators of other languages: no rule takes them, so the parser points at them once instead of at what follows. */
export const Unknown: TokenType = createToken({ name: "Unknown", pattern: /={1,3}|&|\||\/|%|\^|~/ });

const words = [
  ...([
    "access",
    "action",
    "administrator",
    "allow",
    "and",
    "append",
    "as",
    "assign",
    "associate",
    "at",
  ] as const),
  ...(["because", "business", "by", "can", "cascade", "column", "context", "create", "default"] as const),
  ...([
    "delete",
    "deleted",
    "deny",
    "depth",
    "disabled",
    "disassociate",
    "do",
    "else",
    "enabled",
    "entity",
    "false",
  ] as const),
  ...([
    "for",
    "forbid",
    "group",
    "has",
    "if",
    "in",
    "into",
    "invariant",
    "is",
    "like",
    "list",
    "masked",
  ] as const),
  ...([
    "merge",
    "namespace",
    "of",
    "on",
    "or",
    "organization",
    "owned",
    "owner",
    "parent",
    "parental",
  ] as const),
  ...(["permit", "position", "principal", "privilege", "profile", "record", "refuse", "resource"] as const),
  ...([
    "restrict",
    "rights",
    "role",
    "secured",
    "set",
    "settings",
    "share",
    "team",
    "test",
    "then",
    "to",
  ] as const),
  ...(["true", "under", "unit", "unless", "unlink", "unshare", "user", "when", "who", "with"] as const),
] as const;
export type Keyword = (typeof words)[number];

/** The keyword tokens by their word; their names are capitalised so that no rule of the grammar shares one. */
export const keyword: Readonly<Record<Keyword, TokenType>> = Object.fromEntries(
  words.map((word) => [
    word,
    createToken({
      name: `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
      pattern: Lexer.NA,
      label: `\`${word}\``,
      categories: [Word, NameLike],
    }),
  ]),
) as Record<Keyword, TokenType>;

/** Keyword tokens by how they are written: words become keywords after the lexer, which then has one pattern for all. */
export const keywordByText: ReadonlyMap<string, TokenType> = new Map(Object.entries(keyword));

/** What the lexer tries, in this order. */
export const lexed: TokenType[] = [
  Blank,
  Word,
  Text,
  OpenText,
  LCurly,
  RCurly,
  Semicolon,
  Comma,
  ColonColon,
  Colon,
  LParen,
  RParen,
  LSquare,
  RSquare,
  Dot,
  LineComment,
  BlockComment,
  Integer,
  Sign,
  Slot,
  Question,
  OrOr,
  AndAnd,
  NotEqual,
  LessEqual,
  GreaterEqual,
  Equal,
  Less,
  Greater,
  Plus,
  Minus,
  Star,
  Not,
  OddQuotes,
  HashComment,
  Unknown,
];

export const vocabulary: TokenType[] = [...lexed, NameLike, BinaryOperator, ...Object.values(keyword)];
