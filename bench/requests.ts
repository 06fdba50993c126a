import { actions } from "../compiler/index.ts";
import type { Engine } from "../runtime-ts/index.ts";
import type { Organization } from "./generate/organization.ts";
import type { Random } from "./generate/random.ts";

/** Requests as numbers, and how to say one of them by name. */
export interface Requests {
  readonly principals: Uint32Array;
  readonly privileges: Uint32Array;
  readonly records: Uint32Array;
}

export interface NamedRequest {
  readonly principal: string;
  readonly action: string;
  readonly entity: string;
  readonly id: string;
}

interface EntityNumbers {
  readonly privileges: Uint32Array;
  readonly records: Uint32Array;
}

/** Draws requests over an organization that is loaded in an engine. */
export class RequestMaker {
  readonly #organization: Organization;
  readonly #principals: Uint32Array;
  /** For each entity with records: the numbers of its eight privileges and of its records. */
  readonly #entities: EntityNumbers[];
  /** Cumulative record counts, so that entities are drawn as often as they have records. */
  readonly #ends: number[] = [];

  constructor(organization: Organization, engine: Engine) {
    this.#organization = organization;
    this.#principals = Uint32Array.from(organization.directory.users, ({ id }) => engine.principal(id));
    let end = 0;
    this.#entities = organization.records.map(({ entity, columns }) => {
      const ids = columns.id as string[];
      end += ids.length;
      this.#ends.push(end);
      return {
        privileges: Uint32Array.from(actions, (action) => engine.privilege(action, entity)),
        records: Uint32Array.from(ids, (id) => engine.record(entity, id)),
      };
    });
  }

  /** A place among all records: the entity's index and the record's index in it. */
  #drawRecord(random: Random, entities: number): [entity: number, record: number] {
    const place = random.below(this.#ends[entities - 1] as number);
    let entity = 0;
    while (place >= (this.#ends[entity] as number)) entity++;
    return [entity, place - (this.#ends[entity - 1] ?? 0)];
  }

  /** `count` requests, uniform over users, actions and records; `users` and `entities` limit them to a hot set. */
  numbers(
    count: number,
    random: Random,
    users: number = this.#principals.length,
    entities: number = this.#entities.length,
  ): Requests {
    const requests = {
      principals: new Uint32Array(count),
      privileges: new Uint32Array(count),
      records: new Uint32Array(count),
    };
    for (let i = 0; i < count; i++) {
      const [entity, record] = this.#drawRecord(random, entities);
      const { privileges, records } = this.#entities[entity] as EntityNumbers;
      requests.principals[i] = this.#principals[random.below(users)] as number;
      requests.privileges[i] = privileges[random.below(actions.length)] as number;
      requests.records[i] = records[record] as number;
    }
    return requests;
  }

  /** The same kind of requests by name. */
  named(count: number, random: Random): NamedRequest[] {
    return Array.from({ length: count }, () => {
      const [entity, record] = this.#drawRecord(random, this.#entities.length);
      const { entity: name, columns } = this.#organization.records[entity] as Organization["records"][number];
      return {
        principal: random.pick(this.#organization.directory.users).id,
        action: random.pick(actions),
        entity: name,
        id: (columns.id as string[])[record] as string,
      };
    });
  }
}
