import { BailiwickError } from "./errors.ts";
import { loadImage } from "./image.ts";
import { type Core, type CoreKind, type CoreSource, instantiate } from "./instantiate.ts";
import { LoadedWorld } from "./loaded-world.ts";
import { Memory } from "./memory.ts";
import { type Ground, groundOf } from "./operations/ground.ts";
import { type Policy, readPolicy } from "./policy.ts";
import { type InContext, readContext } from "./questions.ts";
import type { Machine } from "./snapshot/format.ts";
import type { Parts } from "./snapshot/parts.ts";
import { buildWorld, nothing } from "./world/build-world.ts";
import { readDirectory } from "./world/read-directory.ts";
import { type DeclaredWorld, readDeclaredWorld } from "./world/read-image.ts";
import type { World } from "./world/world.ts";
import { clearWorld } from "./world/write-world.ts";

/** Where an engine begins. */
export interface Opened {
  readonly image: Uint8Array;
  readonly restore?: (parts: Parts) => LoadedWorld;
}

/** What stands behind an engine: the core, its memory, the policy, and the world as it is loaded so far. */
export class Host {
  readonly core: Core;
  readonly memory: Memory;
  readonly policy: Policy;
  readonly image: Uint8Array<ArrayBuffer>;
  /** Goes up with every change of the world: who keeps something of it begins anew. */
  changes = 0;
  /** Nothing has changed since the world was last made ready for questions. */
  ready = false;
  readonly #declared: DeclaredWorld;
  /** Everything above is the world's, and given back when it is made anew. */
  readonly #imageEnd: number;
  #loaded: LoadedWorld | undefined;
  #hasTables = false;

  /** `open` gives the image, and what restores a world where there is one to restore. */
  constructor(kind: CoreKind | CoreSource, open: (machine: Machine) => Opened) {
    this.core = instantiate(kind);
    this.memory = new Memory(this.core);
    const { image, restore } = open(this);
    const reader = loadImage(this.core, this.memory, image);
    this.image = image.slice();
    this.policy = readPolicy(reader);
    this.#declared = readDeclaredWorld(reader, this.policy);
    this.#imageEnd = this.memory.mark();
    if (restore !== undefined) {
      this.#loaded = restore(this);
      this.#hasTables = true;
      return;
    }
    // Where the policy leaves no name to a directory, its own world stands already: what is wrong shows now.
    if (this.policy.openNames.length === 0) this.world();
  }

  /** Puts a directory on top of what the policy declares. Throws BWK428 once there are tables. */
  loadDirectory(directory: unknown): void {
    if (this.#hasTables) {
      throw new BailiwickError(
        "BWK428",
        "a directory is loaded before records and shares",
        "load a fresh engine, then directory, records and shares",
      );
    }
    const declarations = readDirectory(directory, this.policy);
    this.#build(buildWorld(this.policy, this.#declared.declarations, declarations));
  }

  /** Makes the world in memory anew; where that fails, the world before stands again. */
  #build(world: World): LoadedWorld {
    const before = this.#loaded?.world;
    try {
      return this.#fill(world);
    } catch (error) {
      this.#clear();
      if (before !== undefined) this.#fill(before);
      throw error;
    }
  }

  #clear(): void {
    clearWorld(this.core, this.memory);
    this.memory.reset(this.#imageEnd);
    this.#loaded = undefined;
    this.ready = false;
    this.changes++;
  }

  #fill(world: World): LoadedWorld {
    this.#clear();
    this.#loaded = new LoadedWorld(this.core, this.memory, this.policy, this.#declared, world);
    return this.#loaded;
  }

  /** The world as it is loaded. Without a directory, the declared one completes itself; a name still open is BWK201. */
  world(): LoadedWorld {
    return this.#loaded ?? this.#build(buildWorld(this.policy, this.#declared.declarations, nothing));
  }

  /** The world, for a table that `load` adds to it. Throws BWK444 within an update, and what `load` throws. */
  loadTable(load: (loaded: LoadedWorld) => void): void {
    const loaded = this.world();
    this.#outsideUpdates(loaded, "tables cannot be loaded", "load them before or after it");
    this.ready = false;
    this.changes++;
    load(loaded);
    this.#hasTables = true;
  }

  /** The world, for a snapshot of it. Throws BWK444 within an update. */
  settled(): LoadedWorld {
    const loaded = this.askable();
    this.#outsideUpdates(loaded, "a snapshot cannot be taken", "take it before or after it");
    return loaded;
  }

  #outsideUpdates(loaded: LoadedWorld, what: string, help: string): void {
    if (loaded.editor.journal.depth > 0) throw new BailiwickError("BWK444", `${what} within an update`, help);
  }

  /** The world, ready to be asked: every parent found, or BWK436; facts of conditions worked out. */
  askable(): LoadedWorld {
    const loaded = this.world();
    if (!this.ready) loaded.getReady();
    // While an update runs, every question looks whether something has changed.
    this.ready = loaded.editor.journal.depth === 0;
    return loaded;
  }

  /** The world, ready to be changed. */
  changeable(): LoadedWorld {
    const loaded = this.askable();
    this.#hasTables = true;
    this.ready = false;
    this.changes++;
    return loaded;
  }

  /** What operations stand on. */
  ground(): Ground {
    return groundOf(this.core, this.memory, this.policy, this.askable());
  }

  /** Asks while conditions see the context. Throws BWK441, BWK442. */
  within<T>({ context }: InContext, ask: (loaded: LoadedWorld) => T): T {
    const loaded = this.askable();
    if (context === undefined) return ask(loaded);
    return loaded.during(readContext(context, this.policy, loaded.names), undefined, () => ask(loaded));
  }
}
