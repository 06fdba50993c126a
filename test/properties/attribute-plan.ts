// Attributes and their values as plain data: what stays JSON, so that a project can be kept in a file.

export type AttributeTypePlan =
  | {
      readonly kind:
        | "String"
        | "Long"
        | "Bool"
        | "Decimal"
        | "Datetime"
        | "User"
        | "Team"
        | "BusinessUnit"
        | "Principal";
    }
  | { readonly kind: "Choice"; readonly options: readonly string[] }
  | { readonly kind: "Set"; readonly element: "String" | "Long" }
  | { readonly kind: "Lookup"; readonly entity: string };

export interface AttributePlan {
  readonly name: string;
  readonly type: AttributeTypePlan;
  readonly optional: boolean;
  readonly secured?: boolean;
  /** A regular expression. */
  readonly masked?: string;
}

/** A Long as digits; of a set the elements; of a lookup, user, team or unit the name; of a Principal which of the two. */
export type ValuePlan =
  | string
  | boolean
  | readonly string[]
  | { readonly kind: "user" | "team"; readonly name: string };

/** By attribute name; what is not there is absent. */
export type ValuesPlan = Readonly<Record<string, ValuePlan>>;
