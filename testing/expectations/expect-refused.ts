import type { Step } from "../../compiler/index.ts";
import type { Stage } from "../stage.ts";
import type { Finding } from "./finding.ts";

/** `refuse set unit Contoso disabled;`: the model's own rules do not allow the change. */
export function expectRefused(stage: Stage, { change }: Extract<Step, { kind: "refuse" }>): Finding {
  if (stage.refusalOf(change) !== undefined) return undefined;
  return {
    expected: "the change is refused",
    decided: "it would take effect",
    why: ["no rule of the model forbids it; the world is as it was before"],
  };
}
