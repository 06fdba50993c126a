import type { Editor } from "../changes/editor.ts";
import type { GivenValues } from "../columns/request-values.ts";
import type { Core } from "../instantiate.ts";
import type { LoadedWorld } from "../loaded-world.ts";
import type { Memory } from "../memory.ts";
import type { Policy } from "../policy.ts";

/** What effects need: the policy's cascades, and a world that can be changed. */
export interface Changing {
  readonly policy: Policy;
  readonly editor: Editor;
}

/** What checks need beside: the core that decides, and names. The world must be ready to be asked. */
export interface Ground extends Changing {
  readonly core: Core;
  readonly memory: Memory;
  readonly loaded: LoadedWorld;
}

/** The user who sets out to do something, in his request context. */
export interface Caller {
  readonly user: number;
  readonly context: GivenValues | undefined;
}

/** The ground of a loaded world that is ready to be asked. */
export function groundOf(core: Core, memory: Memory, policy: Policy, loaded: LoadedWorld): Ground {
  return { core, memory, policy, loaded, editor: loaded.editor };
}
