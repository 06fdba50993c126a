// What checking an expression gives, and what every part of the checker is given.
import type { Policy } from "../model/model.ts";
import type { Span } from "../source.ts";
import type { ExpressionNode } from "../syntax/ast.ts";
import type { Finding } from "./findings.ts";
import type { Typed } from "./typed.ts";
import { BOOL } from "./types.ts";

/** Attributes that are there for certain, as `guardOf` names them. Cedar calls them capabilities. */
export type Guards = ReadonlySet<string>;

export const noGuards: Guards = new Set();

export function bothGuards(a: Guards, b: Guards): Guards {
  if (a.size === 0) return b;
  return b.size === 0 ? a : new Set([...a, ...b]);
}

export function commonGuards(a: Guards, b: Guards): Guards {
  return new Set([...a].filter((guard) => b.has(guard)));
}

export interface Checked {
  readonly typed: Typed;
  /**
   * What the types alone say: then what the answer makes superfluous is not checked, as in Cedar. Less than what folding
   * finds out: `2 < 1` is a Bool like any other.
   */
  readonly truth: boolean | undefined;
  /** What is there where the expression is true. */
  readonly proves: Guards;
  /** Whether computing it cannot fail: then it may be left out. */
  readonly safe: boolean;
}

export interface Checking {
  readonly policy: Policy;
  /** The entity of `resource`; undefined for a task privilege, where there is no record. */
  readonly entity: number | undefined;
  readonly findings: Finding[];
  /** Checks an expression at a place where `guards` are there; undefined after a finding. */
  readonly check: (node: ExpressionNode, guards: Guards) => Checked | undefined;
}

export function value(typed: Typed, safe: boolean): Checked {
  return { typed, truth: undefined, proves: noGuards, safe };
}

export function boolConstant(span: Span, truth: boolean): Typed {
  return { op: "constant", type: BOOL, span, value: truth };
}

/** What the types alone say. */
export function settled(span: Span, truth: boolean): Checked {
  return { typed: boolConstant(span, truth), truth, proves: noGuards, safe: true };
}

/**
 * A truth that the types alone say about operands that may fail: comparing each with itself fails where it does, and is
 * true otherwise.
 */
export function settledAfter(span: Span, operands: readonly Checked[], truth: boolean): Checked {
  const failing = operands.filter(({ safe }) => !safe).map(({ typed }) => typed);
  const [first, ...rest] = failing.map(
    (typed): Typed => ({ op: "equal", type: BOOL, span, left: typed, right: typed }),
  );
  if (first === undefined) return settled(span, truth);
  const all = rest.reduce((left, right): Typed => ({ op: "and", type: BOOL, span, left, right }), first);
  const typed: Typed = truth ? all : { op: "not", type: BOOL, span, operand: all };
  return { typed, truth, proves: noGuards, safe: false };
}

export function isConstant(typed: Typed, truth: boolean): boolean {
  return typed.op === "constant" && typed.value === truth;
}

/** The text of a node on one line, shortened. */
export function textOf({ file, start, end }: Span): string {
  const text = file.text.slice(start, end).replace(/\s+/g, " ");
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
