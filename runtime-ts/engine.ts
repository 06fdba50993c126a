import { ACTION_CREATE, ACTIONS, DENY_PRIVILEGE, NONE, ORGANIZATION } from "../runtime-as/abi.ts";
import { type Answer, answerOf, type Decision, decideQuestion } from "./answer.ts";
import type { Bitset, PrincipalSet, RecordSet } from "./bitset.ts";
import { type BatchRequests, checkBatch } from "./bulk.ts";
import { transaction } from "./changes/transaction.ts";
import { WorldEditor } from "./changes/world-editor.ts";
import { reasonOfDenial } from "./decode.ts";
import { explain } from "./explain/explain.ts";
import type { ExplainOptions, Explanation } from "./explain/explanation.ts";
import { Host } from "./host.ts";
import type { Core } from "./instantiate.ts";
import type { LoadOptions, RestoreOptions } from "./load-options.ts";
import { entityNumber, principalNumber, privilegeNumber } from "./names.ts";
import { decideOperation } from "./operations/decide.ts";
import type { Operation, OperationDecision } from "./operations/operation.ts";
import { type NewRecordDescription, type OwnerAnswer, ownerFor } from "./operations/owner-for.ts";
import { PlainCheck } from "./plain-check.ts";
import type { Policy } from "./policy.ts";
import {
  type CheckRequest,
  type InContext,
  noRecordWord,
  readContext,
  resolveQuestion,
} from "./questions.ts";
import type { ColumnAccess, ColumnTable } from "./secured/column-access.ts";
import {
  askColumns,
  type ColumnDecision,
  type ColumnRequest,
  type ColumnResource,
  checkColumn,
  maskText,
} from "./secured/column-questions.ts";
import { filterRecords, type SetOptions, usersWhoCan } from "./sets.ts";
import { openSnapshot, writeSnapshot } from "./snapshot/snapshot.ts";
import type { TablePlace } from "./tables/columns.ts";
import type { ShareTable } from "./tables/read-shares.ts";
import type { RecordTable } from "./tables/records.ts";
import { actionNames } from "./tables/rights.ts";
import { validateContexts } from "./tables/validate-contexts.ts";

/** The record number that stands for none: a task privilege in `checkBatch`. */
export const noRecord: number = NONE;

/** The principal number that stands for everybody: in a table of shares with numbers. */
export const wholeOrganization: number = ORGANIZATION;

/** The border would round 1.5 to 1 and take undefined for user 0. */
function isNumbers(principal: number, privilege: number, record: number): boolean {
  return (
    principal >>> 0 === principal &&
    privilege >>> 0 === privilege &&
    (record >>> 0 === record || record === noRecordWord)
  );
}

/** What stands behind an engine, for the doors beside this one. */
export let hostOf: (engine: Engine) => Host;

/**
 * A policy, the world it speaks of, and the core that decides. Load an image, then a directory, records and shares; what
 * the policy's source declares is always there too. All entry points give the same answer to the same question.
 *
 * Mistakes throw a BailiwickError and change nothing. Numbers of principals and records are valid until a directory is
 * loaded; numbers of privileges always. A number that stands for nothing is denied everything.
 */
export class Engine {
  readonly #host: Host;
  readonly #core: Core;
  /** Of the core: at hand, for a check is short. */
  readonly #allows: Core["allows"];
  readonly #policy: Policy;
  readonly #plain: PlainCheck;
  #editor: WorldEditor | undefined;

  static {
    hostOf = (engine) => engine.#host;
  }

  private constructor(host: Host) {
    this.#host = host;
    this.#core = host.core;
    this.#allows = host.core.allows;
    this.#policy = host.policy;
    this.#plain = new PlainCheck(host.core, host.policy);
  }

  /**
   * Loads a compiled policy. Validates everything that will ever be read of it; the bytes are copied.
   * Throws BWK410 to BWK415 for bytes that are no image, of another version, truncated, damaged or too large.
   */
  static load(image: Uint8Array, options: LoadOptions = {}): Engine {
    return new Engine(new Host(options.core ?? "auto", () => ({ image })));
  }

  /**
   * An engine as it was when `snapshot` was taken: the same answers, the same numbers. Validates everything; the bytes are
   * copied, or taken over with the option `transfer`. Throws BWK417 to BWK419 for bytes that are no snapshot, of another version, truncated or damaged; BWK414, BWK415.
   */
  static restore(snapshot: Uint8Array, options: RestoreOptions = {}): Engine {
    const { core = "auto", transfer = false } = options;
    return new Engine(new Host(core, (machine) => openSnapshot(machine, snapshot, transfer)));
  }

  /** Business units, users, teams, role assignments and positions. */
  readonly directory = {
    /**
     * Loads a directory (parsed JSON: the type Directory, schema/directory.json) on top of what the policy declares, in place of an earlier
     * one; all or nothing. Records and shares come after it. Throws BWK201, BWK204, BWK414, BWK420 to BWK428.
     */
    load: (directory: unknown): void => this.#host.loadDirectory(directory),
  };

  /** Records of the entities. */
  readonly records = {
    /**
     * Adds records of one entity, column by column; all or nothing. Parents of parent-owned records may come later.
     * Throws BWK414, BWK426, BWK430 to BWK435, BWK440; `place` says how messages name the table and its rows.
     */
    load: (entity: string, columns: RecordTable, place?: TablePlace): void => {
      const number = entityNumber(this.#policy, entity);
      this.#host.loadTable(({ records }) => records.load(number, columns, place));
    },
  };

  /** Shares of records. */
  readonly shares = {
    /**
     * Adds shares of loaded records; all or nothing. Several rows of one record and principal add up (semantics.md S3).
     * Throws BWK414, BWK430, BWK431, BWK433 to BWK435.
     */
    load: (columns: ShareTable, place?: TablePlace): void => {
      this.#host.loadTable((loaded) => loaded.columns.addShares(loaded.shares.load(columns, place)));
    },
  };

  /** What a request may carry. */
  readonly context = {
    /**
     * Checks request contexts, column by column: each column is a declared context attribute, an empty cell is absent.
     * Throws BWK430, BWK434.
     */
    validate: (columns: Readonly<Record<string, ArrayLike<unknown>>>, place?: TablePlace): void => {
      validateContexts(this.#policy, this.#host.world().names, columns, place);
    },
  };

  /** How many bytes of the core's memory are in use, those that a change has freed for others included. */
  get memoryBytes(): number {
    return this.#host.memory.mark();
  }

  /** The number of a user. Throws BWK440. */
  principal(name: string): number {
    return principalNumber(this.#host.world().world.users.numbers, "user", name);
  }

  /**
   * The number of a privilege: `privilege("read", "Account")`, or of a task privilege `privilege("ExportToExcel")`.
   * Throws BWK440, BWK441.
   */
  privilege(action: string, entity?: string): number {
    return privilegeNumber(this.#policy, action, entity);
  }

  /** The number of a loaded record. Throws BWK440. */
  record(entity: string, id: string): number {
    return this.#host.world().record(this.#policy, entityNumber(this.#policy, entity), id);
  }

  /** User names; the index is the number that `principal` gives. */
  userNames(): readonly string[] {
    return this.#host.world().world.users.names.texts();
  }

  /** Team names, default teams included; a principal number of team i is i + 2^31. */
  teamNames(): readonly string[] {
    return this.#host.world().world.teams.names;
  }

  /** Business units in preorder; the index is the number that a column `business_unit` may hold. */
  unitNames(): readonly string[] {
    return this.#host.world().world.units.names;
  }

  /** Task privileges of the policy. */
  taskNames(): readonly string[] {
    return this.#policy.tasks;
  }

  /** Entities of the policy, with the attributes that a records table may have as columns. */
  entities(): { readonly name: string; readonly attributes: readonly string[] }[] {
    return this.#policy.entities.map(({ name, attributes }) => ({
      name,
      attributes: [...attributes.keys()],
    }));
  }

  /** Ids of an entity's records, in the order of loading: the order of `filter` and `recordNumbers`. Throws BWK440. */
  recordIds(entity: string): readonly string[] {
    return this.#host.world().records.ids(entityNumber(this.#policy, entity));
  }

  /** Numbers of an entity's records, in the order of `recordIds`. Throws BWK440. */
  recordNumbers(entity: string): Uint32Array {
    return this.#host.world().records.pages.numbersOf(entityNumber(this.#policy, entity));
  }

  /**
   * Whether a user has a privilege, on a record where it is a record's (semantics.md section 1). The hot path: numbers only,
   * nothing is allocated. Throws BWK201 and BWK436 alone, while the world is incomplete.
   */
  allows(principal: number, privilege: number, record: number = noRecordWord): boolean {
    // Compared with true: what is one comparison so, is a dozen steps where everything may be truthy.
    if (this.#host.ready !== true) this.#host.askable();
    return isNumbers(principal, privilege, record) && this.#allows(principal, privilege, record) === 1;
  }

  /**
   * `allows` with the reason, of several sources the first; `allows` itself knows no request context: there every context
   * attribute is absent. Throws BWK442, and as `allows`.
   */
  reason(
    principal: number,
    privilege: number,
    record: number = noRecordWord,
    options: InContext = {},
  ): Decision {
    return this.#host.within(options, (loaded) => {
      if (isNumbers(principal, privilege, record))
        return this.#plain.reason(principal, privilege, record, loaded);
      return { allowed: false, reason: reasonOfDenial(DENY_PRIVILEGE, this.#policy) };
    });
  }

  #ask(request: CheckRequest): Answer {
    const loaded = this.#host.askable();
    const question = resolveQuestion(request, this.#policy, loaded);
    const { context, described } = question;
    return loaded.during(context, described?.attributes, () => {
      const code = decideQuestion(this.#core, question);
      return answerOf(this.#core, this.#host.memory, this.#policy, loaded.world, question, code);
    });
  }

  /**
   * One question by name, about a loaded record, a described one, or a task privilege. Unknown names are errors, never a
   * denial. Throws BWK440 to BWK442, and as `allows`.
   */
  check(request: CheckRequest): Decision {
    const plain = this.#plain.answer(request, this.#host.askable());
    if (plain !== undefined) return plain;
    const { allowed, reason } = this.#ask(request);
    return { allowed, reason };
  }

  /**
   * One question by name, with everything that decides it (semantics.md section 10): every source that allows in full, and
   * every condition that could not be worked out; of a denial the first step that failed, and the nearest misses. These are
   * found by trying changes that are taken back at once: the world stays as it is. Throws as `check`.
   */
  explain(request: CheckRequest, options: ExplainOptions = {}): Explanation {
    return explain(this.#host.ground(), request, options);
  }

  /**
   * Whether a user may do something that takes several checks (semantics.md section 6), such as assigning a record; `failed`
   * says which check refuses it, and on what. Nothing is changed. Throws BWK440 to BWK442, and as `allows`.
   */
  can(principal: string, operation: Operation, { context }: InContext = {}): OperationDecision {
    const loaded = this.#host.askable();
    const caller = {
      user: this.principal(principal),
      context: readContext(context, this.#policy, loaded.names),
    };
    return decideOperation(this.#host.ground(), caller, operation);
  }

  /**
   * Who would own a new record with these attributes where nobody is named, by the owner rule of its entity
   * (`owner of Contact is …`); `creator` where there is none or it leads to nobody. Throws BWK440 to BWK442, and as `allows`.
   */
  ownerFor(record: NewRecordDescription): OwnerAnswer {
    return ownerFor(this.#host.ground(), record);
  }

  /**
   * What a user may do with the secured columns of a record (semantics.md section 8): of a loaded or described one, of the
   * entity alone before there is a record, or, by numbers, of many records of one entity at once. Access to the record is
   * part of the answer. Throws BWK440 to BWK442, and as `allows`.
   */
  columns(principal: string, resource: ColumnResource, options?: InContext): ColumnAccess[];
  columns(principal: number, record: number, options?: InContext): ColumnAccess[];
  columns(principal: number, records: Uint32Array, options?: InContext): ColumnTable;
  columns(
    principal: string | number,
    about: ColumnResource | number | Uint32Array,
    options: InContext = {},
  ): ColumnAccess[] | ColumnTable {
    return askColumns(this.#host.ground(), principal, about, options, (privilege, records) => {
      const asked = Uint32Array.from(records, () => privilege);
      const principals = Uint32Array.from(records, () => principal as number);
      return this.checkBatch({ principals, privileges: asked, records, ...options });
    });
  }

  /** One question about one column; `reason` is `column` where only the column refuses. Throws as `columns`. */
  checkColumn(request: ColumnRequest): ColumnDecision {
    return checkColumn(this.#host.ground(), request, (question) => this.#ask(question));
  }

  /**
   * A value's text as somebody sees it who may read the column, but not unmasked: a `*` for each match of its mask (semantics.md
   * F4). Takes time linear in the text. Throws BWK440, BWK441.
   */
  mask(entity: string, column: string, text: string): string {
    return maskText(this.#policy, entity, column, text);
  }

  /**
   * Which of the seven rights a user has on a record, in the order of language.md section 2; create is not among them.
   * Throws BWK440, and as `allows`.
   */
  rights(principal: string, entity: string, id: string): string[] {
    const user = this.principal(principal);
    const record = this.record(entity, id);
    const first = entityNumber(this.#policy, entity) * ACTIONS;
    return actionNames.filter(
      (_, action) => action !== ACTION_CREATE && this.allows(user, first + action, record),
    );
  }

  /**
   * Many questions at once, in one request context: bit i answers request i. Throws BWK441 for arrays that do not fit,
   * BWK442, and as `allows`.
   */
  checkBatch(requests: BatchRequests & InContext): Bitset {
    const { who, world } = this.#host.askable();
    // Many questions may be about more users and privileges than the core remembers; it then looks at who is who.
    if (requests.principals?.length >= world.users.names.length) who.prepare();
    return this.#host.within(requests, () => checkBatch(this.#core, this.#host.memory, requests));
  }

  /**
   * The records on which a user has a privilege. Throws BWK414, BWK441 for a task privilege or words that do not fit, BWK442, and
   * as `allows`.
   */
  filter(principal: number, privilege: number, options: SetOptions = {}): RecordSet {
    return this.#host.within(options, (loaded) =>
      filterRecords(this.#host, loaded, principal, privilege, options.into),
    );
  }

  /**
   * Changes the loaded world: everything that `work` does through the editor it is given, or, where it throws, nothing.
   * Questions within see the changes so far, and updates within are part of this one. Returns what `work` returns.
   * Throws BWK443 for an asynchronous `work`, BWK436, and what `work` throws.
   */
  update<T>(work: (world: WorldEditor) => T): T {
    const loaded = this.#host.changeable();
    return transaction(loaded, () => {
      this.#editor ??= new WorldEditor(() => this.#host.ground());
      return work(this.#editor);
    });
  }

  /**
   * The policy and the whole world as bytes, for `Engine.restore`. Throws BWK201 and BWK436 while the world is incomplete,
   * BWK444 within an update.
   */
  snapshot(): Uint8Array<ArrayBuffer> {
    return writeSnapshot(this.#host.image, this.#host, this.#host.settled());
  }

  /** The users who have a privilege, on a record where it is a record's. Throws BWK441, BWK442, and as `allows`. */
  whoCan(privilege: number, record?: number, options: SetOptions = {}): PrincipalSet {
    // Before a context takes its memory, which is given back with all that was allocated after it.
    this.#host.askable().who.prepare();
    return this.#host.within(options, (loaded) =>
      usersWhoCan(this.#host, loaded, privilege, record, options.into),
    );
  }
}
