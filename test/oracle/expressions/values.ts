// The values that expressions compute (language.md sections 3 and 6), and when two are equal.

export interface Decimal {
  readonly kind: "decimal";
  /** Ten-thousandths, in 64 bits. */
  readonly value: bigint;
}

export interface Datetime {
  readonly kind: "datetime";
  /** Milliseconds since 1970, in 64 bits. */
  readonly value: bigint;
}

/** Without order or repetition. */
export interface SetValue {
  readonly kind: "set";
  readonly elements: readonly ExpressionValue[];
}

/**
 * A user, team, unit, role, action or record by its id, loaded or not. `id` is undefined of a record that a question
 * describes, and `type` as well where a question has no record at all: there is at most one of them in a question.
 */
export interface EntityValue {
  readonly kind: "entity";
  readonly type: string | undefined;
  readonly id: string | undefined;
}

/** `context`, which has attributes and is nothing else. */
export interface ContextValue {
  readonly kind: "context";
}

export type ExpressionValue =
  | boolean
  | bigint
  | string
  | Decimal
  | Datetime
  | SetValue
  | EntityValue
  | ContextValue;

/** What goes wrong while a condition is evaluated (language.md section 5). */
export type Fault = "overflow" | "missing record" | "missing attribute" | "type";

export class EvaluationError extends Error {
  readonly fault: Fault;

  constructor(fault: Fault, message: string) {
    super(message);
    this.fault = fault;
  }
}

export function setOf(values: readonly ExpressionValue[]): SetValue {
  const elements: ExpressionValue[] = [];
  for (const value of values) if (!elements.some((other) => equal(other, value))) elements.push(value);
  return { kind: "set", elements };
}

/** Cedar's `==`: values of different types are different. */
export function equal(a: ExpressionValue, b: ExpressionValue): boolean {
  if (typeof a !== "object" || typeof b !== "object") return a === b;
  if (a.kind === "set")
    return b.kind === "set" && a.elements.length === b.elements.length && includesAll(a, b);
  if (a.kind === "entity") return b.kind === "entity" && a.type === b.type && a.id === b.id;
  if (a.kind === "context") return b.kind === "context";
  return a.kind === b.kind && a.value === (b as Decimal | Datetime).value;
}

export function includes(set: SetValue, value: ExpressionValue): boolean {
  return set.elements.some((element) => equal(element, value));
}

export function includesAll(set: SetValue, others: SetValue): boolean {
  return others.elements.every((element) => includes(set, element));
}

function typeName(value: ExpressionValue): string {
  if (typeof value === "boolean") return "Bool";
  if (typeof value === "bigint") return "Long";
  if (typeof value === "string") return "String";
  return value.kind === "entity" ? (value.type ?? "no record") : value.kind;
}

function wrongType(value: ExpressionValue, wanted: string): EvaluationError {
  return new EvaluationError("type", `expected ${wanted}, found ${typeName(value)}`);
}

export function asBool(value: ExpressionValue): boolean {
  if (typeof value !== "boolean") throw wrongType(value, "Bool");
  return value;
}

export function asLong(value: ExpressionValue): bigint {
  if (typeof value !== "bigint") throw wrongType(value, "Long");
  return value;
}

export function asText(value: ExpressionValue): string {
  if (typeof value !== "string") throw wrongType(value, "String");
  return value;
}

export function asDecimal(value: ExpressionValue): bigint {
  if (typeof value !== "object" || value.kind !== "decimal") throw wrongType(value, "Decimal");
  return value.value;
}

export function asSet(value: ExpressionValue): SetValue {
  if (typeof value !== "object" || value.kind !== "set") throw wrongType(value, "Set");
  return value;
}

export function asEntity(value: ExpressionValue): EntityValue {
  if (typeof value !== "object" || value.kind !== "entity") throw wrongType(value, "an entity");
  return value;
}
