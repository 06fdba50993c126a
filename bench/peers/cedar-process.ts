// Cedar in a process of its own. V8 of Node 20 aborts ("unreachable code" in its deoptimizer) when optimized JavaScript into which
// it has inlined a call of WebAssembly that returns a reference is deoptimized; after some thousand questions it is. Not inlining
// such calls helps, and would slow everybody else in the process.
import { setFlagsFromString } from "node:v8";
import { Random } from "../generate/random.ts";
import { makeTenant, type TenantSizes } from "../generate/tenant.ts";
import { firstOf, makeRequests } from "../generate/tenant-requests.ts";
import type { Contestant } from "../harness/contestant.ts";
import { remote, serve } from "../harness/remote.ts";

/** Which requests of which tenant; all of it is made again there from the seeds. */
export interface CedarTask {
  readonly sizes: TenantSizes;
  readonly tenantSeed: number;
  readonly requestSeed: number;
  /** How many requests were drawn, and how many of them are asked. */
  readonly drawn: number;
  readonly asked: number;
}

export function cedarElsewhere(task: CedarTask): Promise<Contestant> {
  return remote(new URL(import.meta.url), task);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  setFlagsFromString("--no-turbo-inline-js-wasm-calls");
  const { CEDAR, cedarContestant, tenantCalls, tenantPolicies } = await import("./cedar.ts");
  serve(({ sizes, tenantSeed, requestSeed, drawn, asked }: CedarTask) => {
    const tenant = makeTenant(sizes, tenantSeed);
    const requests = firstOf(makeRequests(sizes, drawn, new Random(requestSeed)), asked);
    return cedarContestant(CEDAR, tenantPolicies(tenant), tenantCalls(tenant, requests));
  });
}
