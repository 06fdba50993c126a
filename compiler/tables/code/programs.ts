import { ACTIONS, OP_END, SIDE_PRINCIPAL, SIDE_RECORD, SIDE_REQUEST } from "../../../runtime-as/abi.ts";
import type { Typed, TypedConditions } from "../../expressions/index.ts";
import { actions, type Policy } from "../../model/model.ts";
import { Assembler, CodeTables } from "./assembler.ts";
import { ColumnNumbers } from "./columns.ts";
import { lower } from "./lower.ts";
import { looksAtAction, sidesOf } from "./sides.ts";
import { specialize } from "./specialize.ts";

/** A row of PROGRAMS. */
export interface ProgramRow {
  readonly start: number;
  readonly length: number;
  readonly sides: number;
  readonly fact: number | undefined;
  readonly entity: number | undefined;
}

/** What a condition comes to for a privilege: its program, or a constant. */
export type Outcome = number | boolean;

/** Code of all conditions: a program for each (condition, entity), equal ones once, and its facts numbered. */
export class Programs {
  readonly tables: CodeTables = new CodeTables();
  readonly columns: ColumnNumbers;
  readonly words: number[] = [];
  readonly rows: ProgramRow[] = [];
  readonly #policy: Policy;
  readonly #typed: TypedConditions;
  readonly #outcomes = new Map<string, Outcome>();
  readonly #byCode = new Map<string, number>();
  /** How many facts there are: of each entity's records ("record 3"), of principals, of requests. */
  readonly #facts = new Map<string, number>();
  readonly #roles: ReadonlyMap<string, number>;

  constructor(policy: Policy, typed: TypedConditions) {
    this.#policy = policy;
    this.#typed = typed;
    this.columns = new ColumnNumbers(policy.entities.length);
    this.#roles = new Map(policy.roles.map(({ name }, number) => [name, number]));
  }

  /** What the condition comes to where `privilege` is asked (entity * 8 + action, then tasks). */
  of(condition: number, privilege: number): Outcome {
    const recordPrivileges = this.#policy.entities.length * ACTIONS;
    const isTask = privilege >= recordPrivileges;
    const entity = isTask ? undefined : Math.floor(privilege / ACTIONS);
    const typed = this.#typed(condition, entity);
    const action = isTask
      ? (this.#policy.tasks[privilege - recordPrivileges]?.name as string)
      : (actions[privilege % ACTIONS] as string);
    const onAction = looksAtAction(typed);
    const key = `${condition} ${entity ?? "task"} ${onAction ? action : ""}`;
    let outcome = this.#outcomes.get(key);
    if (outcome === undefined) {
      const special = onAction ? specialize(typed, action) : typed;
      outcome =
        special.op === "constant" ? special.value === true : this.#program(special, entity, sidesOf(special));
      this.#outcomes.set(key, outcome);
    }
    return outcome;
  }

  /** The program that always holds. */
  always(): number {
    const nowhere = { file: { name: "", text: "" }, start: 0, end: 0 };
    return this.#program(
      { op: "constant", type: { kind: "Bool" }, span: nowhere, value: true },
      undefined,
      0,
    );
  }

  /** The program of an expression; what looks at nothing belongs to the request, which is asked once a batch. */
  #program(typed: Typed, entity: number | undefined, looksAt: number): number {
    const sides = looksAt === 0 ? SIDE_REQUEST : looksAt;
    const isFact = sides === SIDE_RECORD || sides === SIDE_PRINCIPAL || sides === SIDE_REQUEST;
    const code = new Assembler();
    lower(typed, {
      code,
      tables: this.tables,
      columns: this.columns,
      roleNumber: (name) => this.#roles.get(name) as number,
      factOf: isFact ? undefined : (part) => this.#program(part, entity, sidesOf(part)),
    });
    code.emit(OP_END);
    // Facts of principals and requests do not depend on the entity for which the condition stands.
    const about = (sides & SIDE_RECORD) === 0 ? undefined : entity;
    const key = `${about ?? ""}:${code.words.join()}`;
    let program = this.#byCode.get(key);
    if (program === undefined) {
      const fact = isFact ? this.#nextFact(sides, about) : undefined;
      program =
        this.rows.push({ start: this.words.length, length: code.words.length, sides, fact, entity: about }) -
        1;
      for (const word of code.words) this.words.push(word);
      this.#byCode.set(key, program);
    }
    return program;
  }

  #nextFact(sides: number, entity: number | undefined): number {
    const of = `${sides} ${entity ?? ""}`;
    const number = this.#facts.get(of) ?? 0;
    this.#facts.set(of, number + 1);
    return number;
  }
}
