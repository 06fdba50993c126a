// A project in source, and what people do in it. Records are named by their ids, which are unique over all entities here;
// principals by their names, teams as `team x`.

import { expect } from "vitest";
import {
  type AttributeChanges,
  BailiwickError,
  type Engine,
  type NewRecordDescription,
  type Operation,
  type OperationDecision,
  type OwnerAnswer,
  type PrincipalReference,
  type RecordReference,
} from "../../../runtime-ts/index.ts";
import { engineOf } from "../load.ts";

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
  readonly #engine: Engine;

  constructor(source: string) {
    this.#engine = engineOf(source);
  }

  /** A record by its id. */
  record(id: string): RecordReference {
    const found = this.#engine.entities().find(({ name }) => this.#engine.recordIds(name).includes(id));
    return { entity: found?.name ?? "", id };
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
    return this.#engine.can(user, operation);
  }

  /** `allowed`, or the reason with the check that failed: `access: A4 write on acc1`; of somebody else: `… of bob`. */
  asks(user: string, operation: Operation): string {
    return told(this.can(user, operation), user);
  }

  /** Lets it take effect where it is allowed, and says as much as `asks`. */
  does(user: string, operation: Operation): string {
    const said = this.asks(user, operation);
    try {
      this.#engine.update((world) => world.do(user, operation));
      expect(said).toBe("allowed");
    } catch (error) {
      if (!(error instanceof BailiwickError) || error.code !== "BWK445") throw error;
      expect(error.message).toContain(this.can(user, operation).reason);
      expect(said).not.toBe("allowed");
    }
    return said;
  }

  reason(user: string, action: string, id: string): string {
    const { allowed, reason } = this.#engine.check({ principal: user, action, resource: this.record(id) });
    return allowed ? "allowed" : reason;
  }

  /** The seven rights, in the order of language.md section 2. */
  rights(user: string, id: string): string {
    return this.#engine.rights(user, this.record(id).entity, id).join(" ");
  }

  exists(id: string): boolean {
    return this.record(id).entity !== "";
  }

  ownerFor(description: NewRecordDescription): OwnerAnswer {
    return this.#engine.ownerFor(description);
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
