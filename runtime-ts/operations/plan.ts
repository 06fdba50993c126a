// Operations in numbers, their names found and their values checked.
import type { Description } from "../describe-record.ts";
import type { Attribute } from "../policy.ts";
import type { ColumnShareOfRecord } from "../secured/column-state.ts";

/** A lookup that is set; a target of NONE empties it. */
export interface Setting {
  readonly attribute: Attribute;
  readonly target: number;
}

/** A record that is to be created. */
export interface NewRecord extends Description {
  readonly entity: number;
  /** Undefined where only the question is asked. */
  readonly id: string | undefined;
  /** The unit that the owner lies in; NO_UNIT where there is no owner. */
  readonly ownersUnit: number;
  /** Whether the operation itself says where a record with an owner lies (semantics.md B10). */
  readonly setsUnit: boolean;
  readonly lookups: readonly Setting[];
}

export type Plan =
  | { readonly kind: "create"; readonly record: NewRecord }
  | {
      readonly kind: "update";
      readonly record: number;
      /** Those that change. */
      readonly lookups: readonly Setting[];
      /** Attributes other than lookups to records. */
      readonly values: ReadonlyMap<string, unknown>;
      /** Undefined where it stays. */
      readonly owner: number | undefined;
      readonly unit: number | undefined;
    }
  | { readonly kind: "assign"; readonly record: number; readonly to: number }
  /** `with`: a principal, or ORGANIZATION. */
  | { readonly kind: "share"; readonly record: number; readonly with: number; readonly mask: number }
  | { readonly kind: "unshare"; readonly record: number; readonly with: number }
  /** To take a share away, its rights are none. */
  | { readonly kind: "shareColumn"; readonly record: number; readonly share: ColumnShareOfRecord }
  | { readonly kind: "unshareColumn"; readonly record: number; readonly share: ColumnShareOfRecord }
  | { readonly kind: "append"; readonly record: number; readonly setting: Setting }
  | { readonly kind: "associate"; readonly record: number; readonly with: number }
  | { readonly kind: "delete"; readonly record: number }
  | { readonly kind: "merge"; readonly record: number; readonly into: number };

export type PlanOf<Kind extends Plan["kind"]> = Extract<Plan, { kind: Kind }>;
