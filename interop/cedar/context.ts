// What every part of the export works with.
import type { Model, Policy } from "../../compiler/index.ts";
import type { CedarGrant } from "./grants.ts";
import type { Target } from "./targets.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** A condition in the words of Cedar, for the record that a target leads to, or for task privileges (undefined). */
export interface Condition {
  readonly text: string;
  /** Whether Cedar may end it with an error. */
  readonly mayFail: boolean;
}

export interface Export {
  readonly model: Model;
  readonly policy: Policy;
  readonly names: Vocabulary;
  readonly grants: readonly CedarGrant[];
  readonly conditionOf: (condition: number, target: Target | undefined) => Condition;
}
