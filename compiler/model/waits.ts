// What the runner of policy tests does not run yet. Every statement is resolved all the same.
import type { Operation, Reason, Step } from "./script.ts";

/** By name, each once. */
export function waitsOf(steps: readonly Step[]): readonly string[] {
  return [...new Set(steps.flatMap((step) => waitOf(step) ?? []))];
}

function waitOf(step: Step): string | undefined {
  switch (step.kind) {
    case "do":
      return "`do`";
    case "refuse":
      return "`refuse`";
    case "expect":
      return ofOperation(step.operation) ?? reasons.get(step.reason?.word);
    case "share column":
      return "column security";
    case "set":
      if (step.change.kind === "share column" || step.change.kind === "unshare column")
        return "column security";
      if (step.change.kind === "edit record" && step.change.owner !== undefined)
        return "composite operation `assign`";
      return undefined;
    default:
      return undefined;
  }
}

function ofOperation({ kind }: Operation): string | undefined {
  switch (kind) {
    case "right":
    case "task":
    case "create":
    case "assign":
    case "share":
    case "unshare":
    case "append":
    case "associate":
    case "disassociate":
    case "delete":
    case "merge":
      return undefined;
    case "column":
    case "create column":
    case "share column":
    case "unshare column":
      return "column security";
  }
}

const reasons: ReadonlyMap<Reason["word"] | undefined, string> = new Map([["column", "column security"]]);
