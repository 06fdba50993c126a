// What a user sets out to do: the operations of the test language, and updating, which only the programming interface says.
import type { PrincipalName } from "../../../compiler/model/model.ts";
import type { AttributeValues, Operation as Scripted } from "../../../compiler/model/script.ts";
import type { RecordKey } from "../plain-world.ts";

export type Operation =
  | Scripted
  | {
      readonly kind: "update";
      readonly record: RecordKey;
      readonly attributes: AttributeValues;
      readonly owner: PrincipalName | undefined;
      readonly unit: string | undefined;
    };
