import { didYouMean, error } from "../entry.ts";

const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;

/** How a character is shown that may not be visible. */
const visible = (text: string): string => {
  const short = [...text].slice(0, 12);
  return short.every((char) => /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(char))
    ? short.join("")
    : short
        .map((char) => `U+${(char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, "0")}`)
        .join(" ");
};

/** BWK1xx: what cannot be read, and what this version reads but does not support. */
export const syntax = {
  BWK101: error("A character that no word or symbol of the language contains.", (a: { text: string }) => ({
    message: `stray ${[...a.text].length === 1 ? "character" : "characters"} \`${visible(a.text)}\``,
    help: "remove it, or put the name that contains it in quotes",
  })),
  BWK102: error("A quoted text that is still open where its line ends.", (_: object) => ({
    message: "this text has no closing quote",
    help: 'close it with `"` on the same line; a line break inside a text is written `\\n`',
  })),
  BWK103: error("A block comment that is still open where the file ends.", (_: object) => ({
    message: "this comment is never closed",
    help: "close it with `*/`",
  })),
  BWK104: error(
    "An escape that a text of this kind does not have.",
    (a: { escape: string; known: string }) => ({
      message: `bad escape \`${a.escape}\``,
      help: `the escapes here are ${a.known
        .split(" ")
        .map((known) => `\`${known}\``)
        .join(" ")}`,
    }),
  ),
  BWK105: error("A text in quotes of another kind.", (a: { text: string }) => ({
    message: 'texts and names are quoted with `"`',
    help: `write \`"${a.text}"\``,
  })),
  BWK106: error("A bare name that is not an identifier.", (a: { name: string }) => ({
    message: `the name \`${a.name}\` needs quotes`,
    help: `write \`"${a.name}"\`; only letters a to z, digits and \`_\` do without, and a digit cannot come first`,
  })),
  BWK107: error("An integer that does not fit 64 bits.", (a: { number: string }) => ({
    message: `\`${a.number}\` does not fit a Long`,
    help: "a Long lies between -9223372036854775808 and 9223372036854775807",
  })),
  BWK108: error("A number with a decimal point.", (a: { number: string }) => ({
    message: `\`${a.number}\` is no number of this language: numbers are whole`,
    help: `write \`decimal("${a.number}")\``,
  })),
  BWK109: error("A comment in the style of a shell.", (_: object) => ({
    message: "`#` does not begin a comment",
    help: "comments are `// …` and `/* … */`",
  })),
  BWK110: error(
    "Something else stands where the grammar expects one of a few things.",
    (a: {
      expected: readonly string[];
      found: string;
      suggestion?: string | undefined;
      help?: string | undefined;
    }) => ({
      message: `expected ${list(a.expected)}, found ${a.found}`,
      help: didYouMean(a.suggestion) ?? a.help,
    }),
  ),
  BWK111: error("A statement without its `;`.", (_: object) => ({
    message: "expected `;`",
    help: "statements that are not blocks end in `;`",
  })),
  BWK112: error("A block without its closing brace.", (_: object) => ({
    message: "expected `}`: a block is never closed",
    help: "close the block with `}`",
  })),
  BWK113: error("A block without its opening brace.", (_: object) => ({
    message: "expected `{`",
    help: "open the block with `{`",
  })),
  BWK114: error(
    "The wrong separator, or none, between the items of a block.",
    (a: { what: string; separator: string }) => ({
      message: `${a.what} are separated by \`${a.separator}\``,
      help: `write \`${a.separator}\` here`,
    }),
  ),
  BWK115: error("A closing bracket that closes nothing.", (a: { bracket: string }) => ({
    message: `\`${a.bracket}\` closes nothing`,
    help: "remove it",
  })),
  BWK116: error("An entity id without quotes around the id.", (a: { type: string; id: string }) => ({
    message: `the id in \`${a.type}::${a.id}\` needs quotes`,
    help: `write \`${a.type}::"${a.id}"\``,
  })),
  BWK117: error("Comparisons in a row: each compares two things.", (a: { operator: string }) => ({
    message: `\`${a.operator}\` after another comparison: comparisons do not chain`,
    help: "put one of them in parentheses, or join them with `&&`",
  })),
  BWK118: error(
    "A word that is none of the few that may stand there.",
    (a: { kind: string; word: string; suggestion: string | undefined; known: readonly string[] }) => ({
      message: `\`${a.word}\` is no ${a.kind}`,
      help: didYouMean(a.suggestion) ?? `known are ${a.known.map((word) => `\`${word}\``).join(", ")}`,
    }),
  ),
  BWK119: error("An empty name.", (_: object) => ({
    message: "a name cannot be empty",
    help: "put at least one character between the quotes",
  })),
  BWK120: error(
    "A reason that needs a name and has none, or has one and needs none.",
    (a: { word: string; needs: boolean }) => ({
      message: a.needs ? `reason \`${a.word}\` needs a name` : `reason \`${a.word}\` takes no name`,
      help: a.needs
        ? `say which: \`${a.word === "forbid" || a.word === "permit" ? `${a.word} "id"` : `${a.word} Name`}\``
        : `say \`because ${a.word}\``,
    }),
  ),
  BWK121: error("A file that the formatter could not lay out without losing something.", (_: object) => ({
    message: "this file cannot be formatted without moving or losing a comment",
    help: "put comments on lines of their own, or at the ends of lines",
  })),
  BWK199: error(
    "Something that a later version of the language may have.",
    (a: { what: string; plural?: boolean }) => ({
      message: `${a.what} ${a.plural === false ? "is" : "are"} not in this version`,
      help: undefined,
    }),
  ),
} as const;
