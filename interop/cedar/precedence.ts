// Where Cedar's grammar needs parentheses.

/** From what binds least to what binds most. */
const levels = ["if", "or", "and", "relation", "add", "multiply", "unary", "member"] as const;
export type Level = (typeof levels)[number];

/** A text, and what holds it together. */
export interface Text {
  readonly text: string;
  readonly level: Level;
}

/** The text where `level` is needed. */
export function wrapped({ text, level }: Text, needed: Level): string {
  return levels.indexOf(level) < levels.indexOf(needed) ? `(${text})` : text;
}

const operators = {
  "||": "or",
  "&&": "and",
  "==": "relation",
  "<": "relation",
  "<=": "relation",
  ">": "relation",
  ">=": "relation",
  in: "relation",
  "+": "add",
  "-": "add",
  "*": "multiply",
} as const;

/** The level that the operands of each operator need on the left and on the right. */
const operands: Readonly<Record<string, readonly [Level, Level]>> = {
  or: ["or", "and"],
  and: ["and", "relation"],
  relation: ["add", "add"],
  add: ["add", "multiply"],
  multiply: ["multiply", "unary"],
};

export function binary(operator: keyof typeof operators, left: Text, right: Text): Text {
  const level = operators[operator];
  const [first, second] = operands[level] as readonly [Level, Level];
  return { text: `${wrapped(left, first)} ${operator} ${wrapped(right, second)}`, level };
}

export function all(tests: readonly Text[]): Text {
  return tests.reduce((left, right) => binary("&&", left, right));
}

export function any(tests: readonly Text[]): Text {
  return tests.reduce((left, right) => binary("||", left, right));
}
