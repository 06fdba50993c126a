import type { Policy } from "../policy.ts";
import type { Machine } from "./format.ts";

/** What an engine is made of, beside the image. */
export interface Parts extends Machine {
  readonly policy: Policy;
}
