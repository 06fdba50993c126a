import {
  type Change,
  type NewRecord,
  type Policy,
  type RecordRef,
  type ResolvedTest,
  type Step,
  writeImage,
} from "../compiler/index.ts";
import { BailiwickError, Engine, type WorldEditor } from "../runtime-ts/index.ts";
import { contextOf } from "./ask.ts";
import { withEditedRoles } from "./edited-roles.ts";
import { engineOperation, isComposite, recordName, rightNames, sharee } from "./engine-operation.ts";
import { makeChange } from "./make-change.ts";
import { placeOf } from "./places.ts";

/** Thrown to take back a change that should have been refused. */
const taken = Symbol("taken");

/** Where one test plays: an engine with the world as the statements have made it so far. */
export class Stage {
  readonly policy: Policy;
  readonly engine: Engine;
  readonly #editedRoles: ReadonlyMap<Change, string>;

  constructor(test: ResolvedTest) {
    const { policy, names } = withEditedRoles(test);
    this.policy = test.policy;
    this.#editedRoles = names;
    // Tests are resolved in a closed world: no name is left for a directory.
    this.engine = Engine.load(writeImage(policy, test.world, []));
  }

  /** Whether a record is there. */
  has(record: RecordRef): boolean {
    const { entity, id } = recordName(this.policy, record);
    try {
      this.engine.record(entity, id);
      return true;
    } catch (error) {
      if (error instanceof BailiwickError && error.code === "BWK440") return false;
      throw error;
    }
  }

  /** Lets a step change the world. Gives the reason where the model's own rules refuse it; the world is then as before. */
  play(step: Step): string | undefined {
    return this.#attempt((world) => this.#make(world, step));
  }

  /** Why a change would be refused; undefined where it would not. The world is as before in any case. */
  refusalOf(change: Change): string | undefined {
    try {
      return this.#attempt((world) => {
        makeChange(world, this.policy, change, this.#editedRoles);
        throw taken;
      });
    } catch (error) {
      if (error === taken) return undefined;
      throw error;
    }
  }

  #attempt(work: (world: WorldEditor) => void): string | undefined {
    try {
      this.engine.update(work);
      return undefined;
    } catch (error) {
      if (error instanceof BailiwickError) return error.message;
      throw error;
    }
  }

  #make(world: WorldEditor, step: Step): void {
    switch (step.kind) {
      case "record":
        this.#create(world, step.record);
        break;
      case "share":
        world.share(recordName(this.policy, step.record), sharee(step.principal), rightNames(step.rights));
        break;
      case "share column": {
        const record = recordName(this.policy, step.record);
        world.shareColumn(record, step.attribute, sharee(step.principal), rightNames(step.rights));
        break;
      }
      case "set":
        makeChange(world, this.policy, step.change, this.#editedRoles);
        break;
      case "do":
        this.#do(world, step);
    }
  }

  /** An unchecked creation by its owner (language.md section 8). */
  #create(world: WorldEditor, { entity, id, owner, unit, attributes }: NewRecord): void {
    const create = { kind: "create", entity, id, owner, unit, attributes } as const;
    world.change(engineOperation(this.policy, create));
  }

  /** What is allowed takes effect; that it is allowed has been asked before. */
  #do(world: WorldEditor, step: Extract<Step, { kind: "do" }>): void {
    const { user, operation } = step;
    if (!isComposite(operation)) return;
    const asked = engineOperation(this.policy, operation);
    // A created record may be named; the place where it is made tells one without a name from all others.
    const { line, column } = placeOf(step.span);
    const done =
      asked.kind === "create"
        ? { ...asked, id: asked.id ?? `new ${asked.entity} (${line}:${column})` }
        : asked;
    world.do(user, done, contextOf(this, step));
  }
}
