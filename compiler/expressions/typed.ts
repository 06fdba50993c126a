// A condition after type checking: what it computes, with every name resolved and every type known. Folding has replaced
// what is constant; what is left is lowered to code for the core (compiler/tables) and exported to other languages.
import type { Span } from "../source.ts";

/** Whose attributes: an entity by number, a built-in type, or the request context. */
export type AttributeOwner = number | "User" | "Team" | "BusinessUnit" | "context";

/** `Principal` is a user or a team; a number is an entity. */
export type EntityKind = number | "User" | "Team" | "Principal" | "BusinessUnit" | "Role" | "Action";

export type ValueType =
  | { readonly kind: "Bool" | "Long" | "String" | "Decimal" | "Datetime" }
  /** `element` is undefined for the empty set. */
  | { readonly kind: "Set"; readonly element: ValueType | undefined }
  | { readonly kind: "Entity"; readonly of: EntityKind };

/**
 * The circumstances under which a condition is checked and compiled: one entity (or none, for a task privilege) and the
 * actions for which it stands. A grant on three entities has three of them.
 */
export interface Circumstance {
  /** undefined: a task privilege, where there is no record. */
  readonly entity: number | undefined;
}

interface Base {
  readonly type: ValueType;
  readonly span: Span;
}

export type Typed =
  /** Bool, Long, Decimal (ten-thousandths) and Datetime (milliseconds) as boolean or bigint; String as string. */
  | (Base & { readonly op: "constant"; readonly value: boolean | bigint | string })
  /** `User::"x"`, `Team::"x"`, `BusinessUnit::"x"`, `Role::"x"`, `Account::"x"`, `Action::"read"`. */
  | (Base & { readonly op: "entity"; readonly of: EntityKind; readonly id: string })
  | (Base & { readonly op: "principal" | "resource" | "action" })
  /** `resource.owner`, `resource.businessUnit`. */
  | (Base & { readonly op: "owner" | "unit" })
  /** The same of a record that a lookup leads to or that is named, and whether it is there at all (`has`). */
  | (Base & { readonly op: "ownerOf" | "unitOf"; readonly operand: Typed })
  | (Base & { readonly op: "isLoaded"; readonly operand: Typed; readonly asked: "owner" | "businessUnit" })
  /** An attribute of the resource, of the principal, of the context, or of what one lookup leads to. */
  | (Base & {
      readonly op: "attribute";
      readonly object: Typed | "context";
      readonly owner: AttributeOwner;
      readonly attribute: number;
    })
  /** Whether an attribute is there: false where the object itself is a record that is not loaded. */
  | (Base & {
      readonly op: "has";
      readonly object: Typed | "context";
      readonly owner: AttributeOwner;
      readonly attribute: number;
    })
  | (Base & { readonly op: "not" | "negate" | "isEmpty"; readonly operand: Typed })
  | (Base & { readonly op: "and" | "or"; readonly left: Typed; readonly right: Typed })
  | (Base & {
      readonly op: "if";
      readonly condition: Typed;
      readonly consequent: Typed;
      readonly otherwise: Typed;
    })
  /** Of equal types, or of entities one of which is a Principal. */
  | (Base & { readonly op: "equal"; readonly left: Typed; readonly right: Typed })
  /** Long, Decimal or Datetime on both sides. */
  | (Base & {
      readonly op: "less" | "lessOrEqual" | "greater" | "greaterOrEqual";
      readonly left: Typed;
      readonly right: Typed;
    })
  | (Base & { readonly op: "add" | "subtract" | "multiply"; readonly left: Typed; readonly right: Typed })
  /** `left in right`; a set on the right has become an `or` of several. Right is an entity (constant or attribute). */
  | (Base & { readonly op: "in"; readonly left: Typed; readonly right: Typed })
  /** Literal stretches between the wildcards, as in the syntax tree. */
  | (Base & { readonly op: "like"; readonly operand: Typed; readonly pattern: readonly string[] })
  /** `owner is User`, of a Principal; every other `is` is constant. */
  | (Base & { readonly op: "isUser"; readonly operand: Typed })
  | (Base & { readonly op: "set"; readonly elements: readonly Typed[] })
  | (Base & {
      readonly op: "contains" | "containsAll" | "containsAny";
      readonly left: Typed;
      readonly right: Typed;
    });
