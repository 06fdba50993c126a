import { ACTIONS } from "../../runtime-as/abi.ts";
import { decodeOne, type SourcePair } from "../decode.ts";
import type { Ground } from "../operations/ground.ts";
import type { Guardrail } from "../policy.ts";
import type { ExplainedSource } from "./explanation.ts";
import { administratorRolesOf, grantsOf, grantsOfPermit } from "./held-grants.ts";
import { originsOf } from "./origins.ts";
import { referenceTo, type Subject } from "./subject.ts";

/** What stands behind one source; the core must have been asked to explain the question just now. */
function detailsOf(ground: Ground, subject: Subject, [kind, reference]: SourcePair): ExplainedSource[] {
  const { policy, loaded } = ground;
  const source = decodeOne(kind, reference, policy, loaded.world);
  switch (source.kind) {
    case "administrator":
      return administratorRolesOf(ground, subject).map((held) => ({ ...source, ...held }));
    case "role":
      return grantsOf(ground, subject, reference).map((grant) => ({ ...source, ...grant }));
    case "permit": {
      const guardrail = policy.guardrails[reference] as Guardrail;
      return grantsOfPermit(ground, subject, guardrail).map((grant) => ({ ...source, ...grant }));
    }
    case "parent": {
      const origins = originsOf(ground, subject.record, reference, subject.privilege % ACTIONS);
      return [{ ...source, from: origins.map((record) => referenceTo(ground, record)) }];
    }
    case "column":
      return [];
    default:
      return [source];
  }
}

/** Every source in full, in the order in which reasons are given; of one role or permit the user's own copies first. */
export function explainSources(
  ground: Ground,
  subject: Subject,
  sources: readonly SourcePair[],
): ExplainedSource[] {
  return sources.flatMap((source) => detailsOf(ground, subject, source));
}
