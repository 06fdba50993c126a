// Cedar in a process of its own. V8 of Node 20 aborts ("unreachable code" in its deoptimizer) when optimized JavaScript into which
// it has inlined a call of WebAssembly that returns a reference is deoptimized; after some thousand questions it is. Not inlining
// such calls helps, and would slow everybody else in the process.
import { setFlagsFromString } from "node:v8";
import { makeTenant, type Tenant, type TenantSizes } from "../generate/tenant.ts";
import type { TenantRequests } from "../generate/tenant-requests.ts";
import type { Contestant } from "../harness/contestant.ts";
import { remote, serve } from "../harness/remote.ts";

/** Requests about a tenant, which is made again there from its seed. */
export interface CedarTask {
  readonly sizes: TenantSizes;
  readonly seed: number;
  readonly requests: TenantRequests;
}

export function cedarElsewhere({ sizes, seed }: Tenant, requests: TenantRequests): Promise<Contestant> {
  return remote(new URL(import.meta.url), { sizes, seed, requests } satisfies CedarTask);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  setFlagsFromString("--no-turbo-inline-js-wasm-calls");
  const { CEDAR, cedarContestant, tenantCalls, tenantPolicies } = await import("./cedar.ts");
  serve(({ sizes, seed, requests }: CedarTask) => {
    const tenant = makeTenant(sizes, seed);
    return cedarContestant(CEDAR, tenantPolicies(tenant), tenantCalls(tenant, requests));
  });
}
