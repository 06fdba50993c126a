import {
  ACTIONS,
  REACH_BYTES,
  WORLD_BYTES,
  WORLD_GUARDRAILS,
  WORLD_REACH_BITS,
  WORLD_REACHES,
  WORLD_UNIT_COUNT,
  WORLD_UNIT_ENDS,
  WORLD_UNIT_ROOM,
} from "../../runtime-as/abi.ts";
import type { Core } from "../instantiate.ts";
import type { Memory } from "../memory.ts";
import type { Policy } from "../policy.ts";
import { writeGuardrailScopes } from "./guardrail-scopes.ts";
import { writeHierarchy } from "./hierarchy.ts";
import type { People } from "./people.ts";
import type { World } from "./world.ts";

/**
 * Room for what users reach (reach-table.ts of the core): some privileges of each user, 32 KiB to 4 MiB, and never less than
 * all privileges of one.
 */
function writeReaches(memory: Memory, header: number, users: number, privileges: number): void {
  const some = Math.min(17, Math.max(10, Math.ceil(Math.log2(users + 1)) + 6));
  const bits = Math.max(some, Math.ceil(Math.log2(privileges + 8)));
  const address = memory.allocate(REACH_BYTES << bits);
  memory.words[(header + WORLD_REACHES) >>> 2] = address;
  memory.words[(header + WORLD_REACH_BITS) >>> 2] = bits;
}

/** Takes the world out of the core's header, before its memory is given back. */
export function clearWorld(core: Core, memory: Memory): void {
  const header = core.world() >>> 2;
  memory.words.fill(0, header, header + WORLD_BYTES / 4);
}

/**
 * Writes people and places into memory and hands them to the core (abi.ts, "the world in memory"). Returns the address of
 * the guardrail scopes: records that they name are entered when they are loaded.
 */
export function writeWorld(core: Core, memory: Memory, policy: Policy, world: World, people: People): number {
  const guardrails = writeGuardrailScopes(memory, policy, world);
  const { ends, names } = world.units;
  const unitEnds = memory.allocate(ends.length * 2);
  memory.halves.set(ends, unitEnds >>> 1);
  people.write();
  const header = core.world();
  writeReaches(
    memory,
    header,
    world.users.names.length,
    policy.entities.length * ACTIONS + policy.tasks.length,
  );
  const { words } = memory;
  words[(header + WORLD_UNIT_ENDS) >>> 2] = unitEnds;
  words[(header + WORLD_UNIT_COUNT) >>> 2] = names.length;
  words[(header + WORLD_UNIT_ROOM) >>> 2] = names.length;
  words[(header + WORLD_GUARDRAILS) >>> 2] = guardrails;
  core.markGuarded();
  writeHierarchy(core, memory, policy, world);
  return guardrails;
}
