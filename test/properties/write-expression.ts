// Expressions as text, with the parentheses that Cedar's precedence asks for.
import type { ClausePlan, ExpressionPlan } from "./expression-plan.ts";

const quoted = (text: string): string => JSON.stringify(text);

const isIdentifier = (text: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);

/** How tightly it binds; `if` most loosely. */
function precedence(plan: ExpressionPlan): number {
  switch (plan.op) {
    case "if":
      return 0;
    case "||":
      return 1;
    case "&&":
      return 2;
    case "==":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
    case "in":
    case "has":
    case "like":
    case "is":
      return 3;
    case "+":
    case "-":
      return 4;
    case "*":
      return 5;
    case "not":
    case "negate":
      return 6;
    case "long":
      return plan.value.startsWith("-") ? 6 : 8;
    default:
      return 8;
  }
}

export interface ExpressionSpelling {
  /** `.in` for an attribute called like a keyword: no word is reserved (language.md section 1). */
  readonly bare: boolean;
  /** Parentheses around everything that consists of parts. */
  readonly parentheses: boolean;
  readonly keywords: ReadonlySet<string>;
}

export class ExpressionWriter {
  readonly #spelling: ExpressionSpelling;

  constructor(spelling: ExpressionSpelling) {
    this.#spelling = spelling;
  }

  clauses(clauses: readonly ClausePlan[]): string {
    return clauses.map(({ form, expression }) => ` ${form} { ${this.write(expression)} }`).join("");
  }

  /** In parentheses where it binds less tightly than what stands around it asks for. */
  #part(plan: ExpressionPlan, least: number): string {
    const own = precedence(plan);
    const text = this.write(plan);
    return own < least || (this.#spelling.parentheses && own < 8) ? `(${text})` : text;
  }

  #plain(name: string): boolean {
    return isIdentifier(name) && (this.#spelling.bare || !this.#spelling.keywords.has(name));
  }

  /** Of an entity id, of `is`. */
  #type(name: string): string {
    return this.#plain(name) ? name : quoted(name);
  }

  write(plan: ExpressionPlan): string {
    switch (plan.op) {
      case "string":
        return quoted(plan.value);
      case "long":
        return plan.value;
      case "bool":
        return String(plan.value);
      case "decimal":
      case "datetime":
        return `${plan.op}(${quoted(plan.text)})`;
      case "root":
        return plan.name;
      case "id":
        return `${this.#type(plan.type)}::${quoted(plan.id)}`;
      case "set":
        return `[${plan.items.map((item) => this.write(item)).join(", ")}]`;
      case "not":
        return `!${this.#part(plan.of, 7)}`;
      case "negate":
        return `-${this.#part(plan.of, 7)}`;
      case "if":
        return `if ${this.write(plan.test)} then ${this.write(plan.yes)} else ${this.write(plan.no)}`;
      case "get":
        return `${this.#part(plan.of, 7)}${this.#plain(plan.name) ? `.${plan.name}` : `[${quoted(plan.name)}]`}`;
      case "has": {
        // In a path there are identifiers only; keywords are identifiers too (language.md section 1).
        const alone = plan.path.length === 1;
        const path = plan.path.map((name) => (alone && !this.#plain(name) ? quoted(name) : name));
        return `${this.#part(plan.of, 4)} has ${path.join(".")}`;
      }
      case "like": {
        const pattern = plan.pattern.map((piece) => quoted(piece).slice(1, -1).replaceAll("*", "\\*"));
        return `${this.#part(plan.of, 4)} like "${pattern.join("*")}"`;
      }
      case "is": {
        const within = plan.in === undefined ? "" : ` in ${this.#part(plan.in, 4)}`;
        return `${this.#part(plan.of, 4)} is ${this.#type(plan.type)}${within}`;
      }
      case "call":
        return `${this.#part(plan.of, 7)}.${plan.method}(${plan.given.map((item) => this.write(item)).join(", ")})`;
      default: {
        // `&&`, `||` and arithmetic associate to the left; comparisons do not chain.
        const own = precedence(plan);
        const left = this.#part(plan.left, own === 3 ? 4 : own);
        return `${left} ${plan.op} ${this.#part(plan.right, own + 1)}`;
      }
    }
  }
}
