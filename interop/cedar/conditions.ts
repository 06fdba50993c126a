// Conditions in the words of Cedar.
import type { Model } from "../../compiler/index.ts";
import type { Export } from "./context.ts";
import { ExportError } from "./errors.ts";
import type { Vocabulary } from "./vocabulary.ts";

export function conditionsOf(_model: Model, _names: Vocabulary): Export["conditionOf"] {
  return () => {
    throw new ExportError(["conditions are not exported yet"]);
  };
}
