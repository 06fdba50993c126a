// A world in memory, without the engine around it: what the editor changes.

import { loadImage } from "../../../runtime-ts/image.ts";
import { type Core, instantiate } from "../../../runtime-ts/instantiate.ts";
import { LoadedWorld } from "../../../runtime-ts/loaded-world.ts";
import { Memory } from "../../../runtime-ts/memory.ts";
import { type Policy, readPolicy } from "../../../runtime-ts/policy.ts";
import { buildWorld, nothing } from "../../../runtime-ts/world/build-world.ts";
import { readDeclaredWorld } from "../../../runtime-ts/world/read-image.ts";
import { imageOf } from "../load.ts";

export interface Host {
  readonly core: Core;
  readonly memory: Memory;
  readonly policy: Policy;
  readonly loaded: LoadedWorld;
}

export function host(source: string): Host {
  const core = instantiate("auto");
  const memory = new Memory(core);
  const reader = loadImage(core, memory, imageOf(source));
  const policy = readPolicy(reader);
  const declared = readDeclaredWorld(reader, policy);
  const world = buildWorld(policy, declared.declarations, nothing);
  const loaded = new LoadedWorld(core, memory, policy, declared, world);
  loaded.getReady();
  return { core, memory, policy, loaded };
}
