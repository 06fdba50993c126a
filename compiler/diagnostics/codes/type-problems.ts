// The words of BWK307 where an expression is wrong: what was written, and why it has no value.
import { didYouMean, type Words } from "../entry.ts";

/** Where a condition stands for several entities and is wrong for some of them: the first of these. */
export interface Where {
  /** `` `Contact` `` or `task privileges`, after "for". */
  readonly where?: string | undefined;
}

/** Types, names and texts stand here without backticks. */
export type TypeProblem = Where &
  (
    | {
        readonly problem: "type";
        readonly expected: readonly string[];
        readonly found: string;
        readonly help?: string;
      }
    | {
        readonly problem: "attribute";
        /** An entity, a built-in type, or `context`. */
        readonly of: string;
        readonly name: string;
        readonly suggestion: string | undefined;
        readonly help?: string | undefined;
      }
    | { readonly problem: "no attributes"; readonly type: string; readonly help?: string | undefined }
    | { readonly problem: "no entity"; readonly found: string; readonly help: string }
    | { readonly problem: "no record" }
    | { readonly problem: "too far"; readonly text: string }
    | { readonly problem: "no object" }
    | { readonly problem: "context" }
    | { readonly problem: "record" }
    | {
        readonly problem: "incomparable";
        readonly left: string;
        readonly right: string;
        readonly help?: string;
      }
    | { readonly problem: "not in"; readonly left: string; readonly right: string; readonly help?: string }
    | { readonly problem: "empty set" }
    | { readonly problem: "set of sets" }
    | { readonly problem: "mixed set"; readonly first: string; readonly other: string }
    | { readonly problem: "chosen"; readonly type: string }
    | { readonly problem: "branches"; readonly first: string; readonly other: string }
    | { readonly problem: "overflow"; readonly text: string }
    | {
        readonly problem: "mask";
        readonly because: string;
        readonly help: string | undefined;
      }
    | { readonly problem: "literal"; readonly name: string; readonly example: string }
    | { readonly problem: "malformed"; readonly text: string; readonly kind: string; readonly help: string }
    | {
        readonly problem: "unknown";
        readonly kind: "function" | "method";
        readonly name: string;
        readonly suggestion: string | undefined;
        readonly known: readonly string[];
      }
    | {
        readonly problem: "arguments";
        readonly name: string;
        readonly expected: number;
        readonly found: number;
      }
  );

export function whereWords({ where }: Where): string {
  return where === undefined ? "" : `for ${where}: `;
}

export function typeWords(a: TypeProblem): Words {
  const { message, help } = words(a);
  return { message: `${whereWords(a)}${message}`, help };
}

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(" or ");
const counted = (count: number): string => `${count === 0 ? "no" : count} argument${count === 1 ? "" : "s"}`;

function words(a: TypeProblem): Words {
  switch (a.problem) {
    case "type":
      return { message: `expected ${quoted(a.expected)}, found \`${a.found}\``, help: a.help };
    case "attribute":
      return {
        message: `\`${a.of}\` has no attribute \`${a.name}\``,
        help: a.help ?? didYouMean(a.suggestion),
      };
    case "no attributes":
      return { message: `\`${a.type}\` has no attributes`, help: a.help };
    case "no entity":
      return { message: `expected an entity, found \`${a.found}\``, help: a.help };
    case "no record":
      return {
        message: "a task privilege concerns no record, so `resource` has no value",
        help: "ask about `principal`, `context` or `action`",
      };
    case "too far":
      return {
        message: `\`${a.text}\` follows more than one lookup`,
        help: "a lookup is followed one step: declare what is asked for on the entity where that ends",
      };
    case "no object":
      return {
        message: "the attributes of what an expression chooses cannot be read",
        help: "read the attribute in both branches of the `if`",
      };
    case "context":
      return { message: "`context` is no value by itself", help: "read one of its attributes: `context.…`" };
    case "record":
      return {
        message: "a record in braces is no value here",
        help: "compare the attributes one by one",
      };
    case "incomparable":
      return { message: `cannot compare \`${a.left}\` with \`${a.right}\``, help: a.help };
    case "not in":
      return { message: `\`${a.left}\` is never in \`${a.right}\``, help: a.help };
    case "empty set":
      return { message: "an empty set has no type", help: "write at least one element, or ask `.isEmpty()`" };
    case "set of sets":
      return { message: "a set cannot hold sets", help: "write the elements into one set" };
    case "mixed set":
      return {
        message: `a set holds values of one type, found \`${a.other}\` beside \`${a.first}\``,
        help: "write one set for each type, and join the tests with `||`",
      };
    case "chosen":
      return {
        message: `an \`if\` cannot choose between values of type \`${a.type}\``,
        help: "write the test into both branches",
      };
    case "branches":
      return {
        message: `both branches of an \`if\` have one type, found \`${a.other}\` beside \`${a.first}\``,
      };
    case "overflow":
      return { message: `\`${a.text}\` overflows: it does not fit 64 bits` };
    case "mask":
      return { message: `this mask cannot be run: ${a.because}`, help: a.help };
    case "literal":
      return {
        message: `\`${a.name}\` needs a text in quotes`,
        help: `write it out: \`${a.example}\``,
      };
    case "malformed":
      return { message: `\`${a.text}\` is no ${a.kind}`, help: a.help };
    case "unknown":
      return {
        message: `unknown ${a.kind} \`${a.name}\``,
        help: didYouMean(a.suggestion) ?? `there are ${a.known.map((name) => `\`${name}\``).join(", ")}`,
      };
    case "arguments":
      return { message: `\`${a.name}\` takes ${counted(a.expected)}, found ${counted(a.found)}` };
  }
}
