// Random expressions of a given type: what stands left and right of operators.
import type { Access, Circumstance, Guard, Vocabulary } from "./accesses.ts";
import type { AttributeTypePlan } from "./attribute-plan.ts";
import { datetimes, decimals, longs, low, texts } from "./design-attributes.ts";
import { type ExpressionPlan, root } from "./expression-plan.ts";

/** Numbers without meaning, in order. When they are used up, everything is as simple as it can be. */
export class Tape {
  readonly #numbers: readonly number[];
  #place = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  next(): number {
    return this.#numbers[this.#place++] ?? 0;
  }

  /** Below `count`. */
  pick(count: number): number {
    return this.next() % count;
  }

  at<T>(list: readonly [T, ...T[]]): T {
    return list[this.pick(list.length)] as T;
  }
}

/** Where an expression stands: the circumstances under which it must be well typed, what is guarded, what it still needs. */
export interface Place {
  readonly circumstances: readonly Circumstance[];
  readonly accesses: readonly Access[];
  readonly guarded: ReadonlySet<string>;
  /** Guards that have to be put before the test in which the expression stands. */
  readonly need: Map<string, Guard>;
}

type Kind = AttributeTypePlan["kind"];

/** An entity-valued expression, and what it may be. `Lookup` comes with its entity's name. */
export interface EntityOperand {
  readonly expression: ExpressionPlan;
  readonly type: string;
}

const text = (value: string): ExpressionPlan => ({ op: "string", value });
const long = (value: string): ExpressionPlan => ({ op: "long", value });
const smallLongs = longs.filter((digits) => digits.length <= 2);

export class Operands {
  readonly tape: Tape;
  readonly vocabulary: Vocabulary;
  readonly #test: (place: Place) => ExpressionPlan;

  /** `test` makes a condition for `if`. */
  constructor(tape: Tape, vocabulary: Vocabulary, test: (place: Place) => ExpressionPlan) {
    this.tape = tape;
    this.vocabulary = vocabulary;
    this.#test = test;
  }

  /** An attribute of one of these kinds; undefined where there is none in reach. */
  access(
    place: Place,
    kinds: readonly Kind[],
    wanted: (type: AttributeTypePlan) => boolean = () => true,
  ): Access | undefined {
    const fitting = place.accesses.filter(({ type }) => kinds.includes(type.kind) && wanted(type));
    return fitting[this.tape.pick(fitting.length || 1)];
  }

  /** Reads an attribute here, and takes note of the guards that are missing. */
  read({ expression, guards }: Access, { guarded, need }: Place): ExpressionPlan {
    for (const guard of guards) if (!guarded.has(guard.key)) need.set(guard.key, guard);
    return expression;
  }

  /** Whether something of these kinds can be read; without, a test of constants is rarely worth its place. */
  offers(place: Place, kinds: readonly Kind[]): boolean {
    return place.accesses.some(({ type }) => kinds.includes(type.kind)) || this.tape.pick(12) === 11;
  }

  #either(
    place: Place,
    kinds: readonly Kind[],
    literal: () => ExpressionPlan,
    depth: number,
  ): ExpressionPlan {
    const form = this.tape.pick(10);
    if (form === 9 && depth > 0) {
      const test = this.#test(place);
      const yes = this.#either(place, kinds, literal, depth - 1);
      return { op: "if", test, yes, no: this.#either(place, kinds, literal, depth - 1) };
    }
    const access = form < 6 ? this.access(place, kinds) : undefined;
    return access === undefined ? literal() : this.read(access, place);
  }

  string(place: Place, depth: number): ExpressionPlan {
    return this.#either(place, ["String", "Choice"], () => text(low(texts, this.tape.next())), depth);
  }

  decimal(place: Place, depth: number): ExpressionPlan {
    const literal = () => ({ op: "decimal", text: low(decimals, this.tape.next()) }) as const;
    return this.#either(place, ["Decimal"], literal, depth);
  }

  datetime(place: Place, depth: number): ExpressionPlan {
    const literal = () => ({ op: "datetime", text: low(datetimes, this.tape.next()) }) as const;
    return this.#either(place, ["Datetime"], literal, depth);
  }

  long(place: Place, depth: number): ExpressionPlan {
    if (depth > 0 && this.tape.pick(5) > 2) return this.#arithmetic(place, depth);
    return this.#either(place, ["Long"], () => long(low(longs, this.tape.next())), depth);
  }

  /** Constants by themselves never overflow here: that would be BWK307. What is read may. */
  #arithmetic(place: Place, depth: number): ExpressionPlan {
    const { tape } = this;
    const op = tape.at(["+", "*", "-"] as const);
    const access = this.access(place, ["Long"]);
    if (access !== undefined && tape.pick(3) < 2) {
      const left = this.read(access, place);
      const form = tape.pick(5);
      if (form === 4) return { op: "negate", of: left };
      const right = form < 2 ? long(tape.at(longs as [string, ...string[]])) : this.#term(place, depth - 1);
      return form === 0 ? { op, left: right, right: left } : { op, left, right };
    }
    return { op, left: this.#term(place, depth - 1), right: this.#term(place, depth - 1) };
  }

  #term(place: Place, depth: number): ExpressionPlan {
    const form = this.tape.pick(4);
    if (form === 3 && depth > 0) return this.#arithmetic(place, depth);
    const access = form < 2 ? this.access(place, ["Long"]) : undefined;
    return access === undefined ? long(low(smallLongs, this.tape.next())) : this.read(access, place);
  }

  set(place: Place, element: "String" | "Long"): ExpressionPlan {
    const { tape } = this;
    const wanted = (type: AttributeTypePlan) => type.kind === "Set" && type.element === element;
    const access = tape.pick(5) < 3 ? this.access(place, ["Set"], wanted) : undefined;
    if (access !== undefined) return this.read(access, place);
    const count = 1 + tape.pick(3);
    const item = () =>
      element === "String"
        ? this.#either(
            place,
            tape.pick(3) === 2 ? ["String", "Choice"] : [],
            () => text(low(texts, tape.next())),
            0,
          )
        : this.#either(place, tape.pick(3) === 2 ? ["Long"] : [], () => long(low(longs, tape.next())), 0);
    return { op: "set", items: Array.from({ length: count }, item) };
  }

  /** Sometimes one of two, as a test decides. */
  #choice(place: Place, make: () => EntityOperand): EntityOperand {
    const first = make();
    if (this.tape.pick(12) !== 11) return first;
    const second = make();
    if (second.type !== first.type) return first;
    const test = this.#test(place);
    return {
      type: first.type,
      expression: { op: "if", test, yes: first.expression, no: second.expression },
    };
  }

  someone(place: Place): EntityOperand {
    return this.#choice(place, () => this.#oneOfThem(place));
  }

  /** The principal, or an attribute that is a user, a team or either. */
  #oneOfThem(place: Place): EntityOperand {
    const access = this.tape.pick(3) === 0 ? undefined : this.access(place, ["Principal", "User", "Team"]);
    if (access === undefined) return { expression: root("principal"), type: "User" };
    return { expression: this.read(access, place), type: access.type.kind };
  }

  /** The resource, where it is a record of one entity, or a lookup; undefined where there is neither. */
  someRecord(place: Place): EntityOperand | undefined {
    const [first, ...others] = place.circumstances;
    const one = first !== undefined && others.length === 0;
    if (one && this.tape.pick(3) === 0) return { expression: root("resource"), type: first.name };
    const access = this.access(place, ["Lookup"]);
    if (access?.type.kind === "Lookup")
      return { expression: this.read(access, place), type: access.type.entity };
    return one ? { expression: root("resource"), type: first.name } : undefined;
  }

  someUnit(place: Place): EntityOperand | undefined {
    const access = this.access(place, ["BusinessUnit"]);
    return access && { expression: this.read(access, place), type: "BusinessUnit" };
  }

  /** `Type::"id"`; of a record sometimes one that nothing knows. */
  id(type: string): ExpressionPlan {
    const { tape, vocabulary } = this;
    const { named, roles, actions } = vocabulary;
    const known: Readonly<Record<string, readonly string[]>> = {
      User: named.users,
      Team: named.teams,
      BusinessUnit: named.units,
      Role: roles,
      Action: actions,
    };
    const names = known[type] ?? [...named.records(type), "nobody has seen this record"];
    return { op: "id", type, id: low(names, tape.next()) };
  }
}
