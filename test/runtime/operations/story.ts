// A project in source, and what people do in it. Records are named by their ids, which are unique over all entities here;
// principals by their names, teams as `team x`.

import { reasonOfDenial } from "../../../runtime-ts/decode.ts";
import { loadImage } from "../../../runtime-ts/image.ts";
import type {
  AttributeChanges,
  NewRecordDescription,
  Operation,
  OperationDecision,
  OwnerAnswer,
  PrincipalReference,
  RecordReference,
} from "../../../runtime-ts/index.ts";
import { instantiate } from "../../../runtime-ts/instantiate.ts";
import { LoadedWorld } from "../../../runtime-ts/loaded-world.ts";
import { Memory } from "../../../runtime-ts/memory.ts";
import { decideOperation } from "../../../runtime-ts/operations/decide.ts";
import { type Ground, groundOf } from "../../../runtime-ts/operations/ground.ts";
import { ownerFor } from "../../../runtime-ts/operations/owner-for.ts";
import { performOperation } from "../../../runtime-ts/operations/perform.ts";
import { readPolicy } from "../../../runtime-ts/policy.ts";
import { actionNames } from "../../../runtime-ts/tables/rights.ts";
import { buildWorld, nothing } from "../../../runtime-ts/world/build-world.ts";
import { readDeclaredWorld } from "../../../runtime-ts/world/read-image.ts";
import { imageOf } from "../load.ts";

/** `bob`, or `team EU`. */
export function principal(name: string): PrincipalReference {
  return name.startsWith("team ") ? { team: name.slice("team ".length) } : { user: name };
}

const sharee = (name: string) => (name === "organization" ? name : principal(name));

interface NewRecord {
  readonly id?: string;
  readonly owner?: string;
  readonly unit?: string;
  readonly attributes?: AttributeChanges;
}

export class Story {
  readonly #ground: Ground;

  constructor(source: string) {
    const core = instantiate("auto");
    const memory = new Memory(core);
    const reader = loadImage(core, memory, imageOf(source));
    const policy = readPolicy(reader);
    const declared = readDeclaredWorld(reader, policy);
    const loaded = new LoadedWorld(
      core,
      memory,
      policy,
      declared,
      buildWorld(policy, declared.declarations, nothing),
    );
    loaded.getReady();
    this.#ground = groundOf(core, memory, policy, loaded);
  }

  #caller(user: string) {
    return { user: this.#ground.loaded.world.users.numbers.get(user) as number, context: undefined };
  }

  /** A record by its id. */
  record(id: string): RecordReference {
    const { policy, editor } = this.#ground;
    const entity = policy.entities.findIndex((_, number) => editor.find(number, id) !== undefined);
    return { entity: policy.entities[entity]?.name ?? "", id };
  }

  create(entity: string, { id, owner, unit, attributes }: NewRecord = {}): Operation {
    return {
      kind: "create",
      entity,
      ...(id === undefined ? {} : { id }),
      ...(owner === undefined ? {} : { owner: principal(owner) }),
      ...(unit === undefined ? {} : { businessUnit: unit }),
      ...(attributes === undefined ? {} : { attributes }),
    };
  }

  update(id: string, { owner, unit, attributes }: NewRecord): Operation {
    return {
      kind: "update",
      record: this.record(id),
      ...(owner === undefined ? {} : { owner: principal(owner) }),
      ...(unit === undefined ? {} : { businessUnit: unit }),
      ...(attributes === undefined ? {} : { attributes }),
    };
  }

  assign(id: string, to: string): Operation {
    return { kind: "assign", record: this.record(id), to: principal(to) };
  }

  share(id: string, to: string, ...rights: string[]): Operation {
    return { kind: "share", record: this.record(id), with: sharee(to), rights };
  }

  unshare(id: string, to: string): Operation {
    return { kind: "unshare", record: this.record(id), with: sharee(to) };
  }

  append(id: string, to: string, lookup?: string): Operation {
    const operation = { kind: "append", record: this.record(id), to: this.record(to) } as const;
    return lookup === undefined ? operation : { ...operation, lookup };
  }

  associate(id: string, other: string): Operation {
    return { kind: "associate", record: this.record(id), with: this.record(other) };
  }

  delete(id: string): Operation {
    return { kind: "delete", record: this.record(id) };
  }

  merge(id: string, into: string): Operation {
    return { kind: "merge", record: this.record(id), into: this.record(into) };
  }

  can(user: string, operation: Operation): OperationDecision {
    return decideOperation(this.#ground, this.#caller(user), operation);
  }

  /** `allowed`, or the reason with the check that failed: `access: A4 write on acc1`; of somebody else: `… of bob`. */
  asks(user: string, operation: Operation): string {
    return told(this.can(user, operation), user);
  }

  /** Lets it take effect, and says as much as `asks`. */
  does(user: string, operation: Operation): string {
    const decision = performOperation(this.#ground, this.#caller(user), operation);
    this.#ground.loaded.getReady();
    return told(decision, user);
  }

  reason(user: string, action: string, id: string): string {
    const { core, policy } = this.#ground;
    const { entity } = this.record(id);
    const number = policy.entityNumbers.get(entity) as number;
    const code = core.decide(
      this.#caller(user).user,
      number * 8 + actionNames.indexOf(action),
      this.#ground.editor.find(number, id) as number,
    );
    return code === 1 ? "allowed" : reasonOfDenial(code, policy);
  }

  /** The seven rights, in the order of language.md section 2. */
  rights(user: string, id: string): string {
    return actionNames
      .filter((name) => name !== "create" && this.reason(user, name, id) === "allowed")
      .join(" ");
  }

  exists(id: string): boolean {
    return this.record(id).entity !== "";
  }

  ownerFor(description: NewRecordDescription): OwnerAnswer {
    return ownerFor(this.#ground, description);
  }
}

function told({ allowed, reason, failed }: OperationDecision, user: string): string {
  if (allowed) return "allowed";
  if (failed === undefined) return reason;
  const { rule, action, record, principal: who } = failed;
  const on = record === undefined ? "" : ` on ${record.id ?? `new ${record.entity}`}`;
  const name = "user" in who ? who.user : `team ${who.team}`;
  return `${reason}: ${rule} ${action}${on}${name === user ? "" : ` of ${name}`}`;
}
