// Random well-typed conditions (language.md sections 5 and 6): every operator, method and type, in circumstances that are
// given. Whatever the numbers on the tape, the result must compile.
import { type Access, accessesIn, type Circumstance, type Guard, type Vocabulary } from "./accesses.ts";
import { low, texts } from "./design-attributes.ts";
import { type EntityOperand, Operands, type Place, Tape } from "./design-operands.ts";
import { and, type ClausePlan, type ConditionPlan, type ExpressionPlan, root } from "./expression-plan.ts";

const depthOfConditions = 3;

const has = ({ of, name }: Guard): ExpressionPlan => ({ op: "has", of, path: [name] });

type Test = (place: Place, depth: number) => ExpressionPlan | undefined;

class Designer {
  readonly #vocabulary: Vocabulary;
  readonly #tape: Tape;
  readonly #operands: Operands;
  readonly #tests: readonly [Test, ...Test[]];

  constructor(vocabulary: Vocabulary, tape: Tape) {
    this.#vocabulary = vocabulary;
    this.#tape = tape;
    this.#operands = new Operands(tape, vocabulary, (place) => this.bool({ ...place, need: new Map() }, 0));
    this.#tests = [
      (place, depth) => this.#strings(place, depth),
      (place, depth) => this.#longs(place, depth),
      (place) => this.#flag(place),
      (place) => this.#members(place),
      (place) => this.#sets(place),
      (place) => this.#entities(place),
      (place, depth) => this.#decimals(place, depth),
      (place) => this.#presence(place),
      (place) => this.#units(place),
      (place) => this.#like(place),
      (place, depth) => this.#datetimes(place, depth),
      (place) => this.#records(place),
      (place) => this.#types(place),
      () => this.#action(),
      () => ({ op: "bool", value: this.#tape.pick(2) === 0 }),
    ];
  }

  place(circumstances: readonly Circumstance[], guarded: ReadonlySet<string> = new Set()): Place {
    return {
      circumstances,
      accesses: accessesIn(this.#vocabulary, circumstances),
      guarded,
      need: new Map(),
    };
  }

  bool(place: Place, depth: number): ExpressionPlan {
    const form = depth === 0 ? 0 : this.#tape.pick(20);
    const part = (where: Place = place) => this.bool({ ...where, need: new Map() }, depth - 1);
    if (form < 9) return this.#guardedTest(place, depth);
    if (form < 12) return and(part(), part());
    if (form < 15) return { op: "||", left: part(), right: part() };
    if (form === 15) return { op: "not", of: part() };
    if (form === 16) return { op: "if", test: part(), yes: part(), no: part() };
    if (form < 19) return this.#narrowed(place, part);
    return this.#hoisted(place, part);
  }

  /** One guard before everything that follows. */
  #hoisted(place: Place, part: (place: Place) => ExpressionPlan): ExpressionPlan {
    const optional = place.accesses.filter((access) => missing(access, place).length === 1);
    const access = optional[this.#tape.pick(optional.length || 1)];
    const [guard] = access === undefined ? [] : missing(access, place);
    if (guard === undefined) return part(place);
    const inside = part({ ...place, guarded: new Set([...place.guarded, guard.key]) });
    if (this.#tape.pick(3) === 2) return { op: "if", test: has(guard), yes: inside, no: part(place) };
    return and(has(guard), inside);
  }

  /** `resource is E && …`, where what follows concerns records of E alone; or an attribute that not every entity has. */
  #narrowed(place: Place, part: (place: Place) => ExpressionPlan): ExpressionPlan {
    const entities = place.circumstances.filter((entity) => entity !== undefined);
    if (place.circumstances.length < 2) return this.#hoisted(place, part);
    const entity = entities[this.#tape.pick(entities.length || 1)];
    if (entity === undefined) return part(place);
    const inside = part({ ...this.place([entity]), guarded: place.guarded });
    const test: ExpressionPlan = { op: "is", of: root("resource"), type: entity.name, in: undefined };
    if (this.#tape.pick(3) === 2) return { op: "if", test, yes: inside, no: part(place) };
    return and(test, inside);
  }

  #guardedTest(place: Place, depth: number): ExpressionPlan {
    const from = this.#tape.pick(this.#tests.length);
    for (let i = 0; i < this.#tests.length; i++) {
      const here = { ...place, need: new Map<string, Guard>() };
      const test = this.#tests[(from + i) % this.#tests.length]?.(here, Math.max(1, Math.min(depth, 2)));
      if (test !== undefined) return this.#guarded(test, [...here.need.values()]);
    }
    return { op: "bool", value: true };
  }

  #guarded(test: ExpressionPlan, guards: readonly Guard[]): ExpressionPlan {
    const [first, ...others] = guards.map(has);
    if (first === undefined) return test;
    const all = others.reduce(and, first);
    const form = this.#tape.pick(5);
    if (form === 4)
      return { op: "if", test: all, yes: test, no: { op: "bool", value: this.#tape.pick(2) === 1 } };
    // To the right as well: `a && (b && c)`.
    if (form === 3)
      return and(
        first,
        others.reduceRight((rest, guard) => and(guard, rest), test),
      );
    return and(all, test);
  }

  #strings(place: Place, depth: number): ExpressionPlan | undefined {
    if (!this.#operands.offers(place, ["String", "Choice"])) return undefined;
    const left = this.#operands.string(place, depth);
    return { op: this.#tape.at(["==", "==", "!="]), left, right: this.#operands.string(place, depth) };
  }

  #longs(place: Place, depth: number): ExpressionPlan | undefined {
    if (!this.#operands.offers(place, ["Long"])) return undefined;
    const op = this.#tape.at(["<", ">=", "==", "<=", ">", "!="] as const);
    return { op, left: this.#operands.long(place, depth), right: this.#operands.long(place, depth) };
  }

  #decimals(place: Place, depth: number): ExpressionPlan | undefined {
    if (!this.#operands.offers(place, ["Decimal"])) return undefined;
    const of = this.#operands.decimal(place, depth);
    const other = this.#operands.decimal(place, depth);
    const method = this.#tape.at([
      "lessThan",
      "greaterThanOrEqual",
      "lessThanOrEqual",
      "greaterThan",
      "==",
      "!=",
    ] as const);
    if (method === "==" || method === "!=") return { op: method, left: of, right: other };
    return { op: "call", of, method, given: [other] };
  }

  #datetimes(place: Place, depth: number): ExpressionPlan | undefined {
    if (!this.#operands.offers(place, ["Datetime"])) return undefined;
    const op = this.#tape.at(["<", ">=", "==", "<=", ">", "!="] as const);
    return { op, left: this.#operands.datetime(place, depth), right: this.#operands.datetime(place, depth) };
  }

  #flag(place: Place): ExpressionPlan | undefined {
    const access = this.#operands.access(place, ["Bool"]);
    if (access === undefined) return undefined;
    const flag = this.#operands.read(access, place);
    const form = this.#tape.pick(4);
    if (form === 3) return { op: "==", left: flag, right: { op: "bool", value: this.#tape.pick(2) === 0 } };
    return form === 2 ? { op: "not", of: flag } : flag;
  }

  #sets(place: Place): ExpressionPlan | undefined {
    if (!this.#operands.offers(place, ["Set", "String", "Choice", "Long"])) return undefined;
    const tape = this.#tape;
    const element = tape.at(["String", "Long"] as const);
    const of = this.#operands.set(place, element);
    const form = tape.pick(7);
    if (form < 3) {
      const item = element === "String" ? this.#operands.string(place, 0) : this.#operands.long(place, 0);
      return { op: "call", of, method: "contains", given: [item] };
    }
    if (form === 3) return { op: "call", of, method: "isEmpty", given: [] };
    const other = this.#operands.set(place, element);
    if (form === 4) return { op: tape.at(["==", "!="] as const), left: of, right: other };
    return { op: "call", of, method: form === 5 ? "containsAll" : "containsAny", given: [other] };
  }

  #presence(place: Place): ExpressionPlan {
    const tape = this.#tape;
    const access = place.accesses[tape.pick(place.accesses.length || 1)];
    const form = tape.pick(6);
    if (access === undefined || form === 5) {
      const of = root(tape.at(["resource", "principal", "context"] as const));
      return { op: "has", of, path: ["nothing is called so"] };
    }
    const { of, name } = access.expression;
    if (of.op !== "get") return { op: "has", of, path: [name] };
    // `a has b.c` guards `b` itself; `a.b has c` needs a guard where `b` is optional.
    const identifiers = [of.name, name].every((word) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(word));
    if (identifiers && form % 2 === 0) return { op: "has", of: of.of, path: [of.name, name] };
    for (const guard of missing(access, place)) if (guard.of !== of) place.need.set(guard.key, guard);
    return { op: "has", of, path: [name] };
  }

  #like(place: Place): ExpressionPlan | undefined {
    if (!this.#operands.offers(place, ["String", "Choice"])) return undefined;
    const tape = this.#tape;
    const letter = () => tape.at(["", "o", "a", "é", "*", "open"] as const);
    const pattern = tape.at([
      ["", ""],
      [letter(), ""],
      ["", letter(), ""],
      [letter(), letter()],
      [low(texts, tape.next())],
    ]);
    return { op: "like", of: this.#operands.string(place, 0), pattern };
  }

  #action(): ExpressionPlan {
    const tape = this.#tape;
    const id = () => this.#operands.id("Action");
    const form = tape.pick(4);
    if (form < 2) return { op: form === 0 ? "==" : "!=", left: root("action"), right: id() };
    const right: ExpressionPlan =
      form === 2 ? { op: "set", items: Array.from({ length: 1 + tape.pick(3) }, id) } : id();
    return { op: "in", left: root("action"), right };
  }

  /** `==` between users and teams. */
  #entities(place: Place): ExpressionPlan {
    const tape = this.#tape;
    const left = this.#operands.someone(place);
    const fits = (type: string) => type === left.type || type === "Principal" || left.type === "Principal";
    let right: EntityOperand | undefined = tape.pick(2) === 0 ? this.#operands.someone(place) : undefined;
    if (right !== undefined && !fits(right.type)) right = undefined;
    const type = left.type === "Principal" ? tape.at(["User", "Team"] as const) : left.type;
    const other = right?.expression ?? this.#operands.id(type);
    const op = tape.at(["==", "==", "!="] as const);
    return tape.pick(4) === 3
      ? { op, left: other, right: left.expression }
      : { op, left: left.expression, right: other };
  }

  /** Somebody in a team, role or unit. */
  #members(place: Place): ExpressionPlan {
    const tape = this.#tape;
    const left = this.#operands.someone(place);
    const isTeam = left.type === "Team";
    const type = tape.at(["Team", "BusinessUnit", "Role", isTeam ? "Team" : "User"] as const);
    return { op: "in", left: left.expression, right: this.#group(place, type) };
  }

  /** What stands right of `in`: an id, an attribute, or a set of these. */
  #group(place: Place, type: "Team" | "BusinessUnit" | "Role" | "User"): ExpressionPlan {
    const tape = this.#tape;
    const one = (): ExpressionPlan => {
      const access = tape.pick(3) === 2 && type !== "Role" ? this.#operands.access(place, [type]) : undefined;
      return access === undefined ? this.#operands.id(type) : this.#operands.read(access, place);
    };
    if (tape.pick(4) < 3) return one();
    return { op: "set", items: Array.from({ length: 1 + tape.pick(3) }, one) };
  }

  /** Units: equal, in another, of records. */
  #units(place: Place): ExpressionPlan | undefined {
    const tape = this.#tape;
    const form = tape.pick(3);
    if (form === 0) return { op: "in", left: root("resource"), right: this.#group(place, "BusinessUnit") };
    const unit = this.#operands.someUnit(place);
    if (unit === undefined) return undefined;
    if (form === 1) return { op: "in", left: unit.expression, right: this.#group(place, "BusinessUnit") };
    const other = tape.pick(2) === 0 ? this.#operands.someUnit(place) : undefined;
    const right = other?.expression ?? this.#operands.id("BusinessUnit");
    return { op: tape.at(["==", "!="] as const), left: unit.expression, right };
  }

  /** Records: equal, in one, in a unit. */
  #records(place: Place): ExpressionPlan | undefined {
    const tape = this.#tape;
    const left = this.#operands.someRecord(place);
    if (left === undefined) return undefined;
    const form = tape.pick(5);
    if (form === 0) return { op: "in", left: left.expression, right: this.#group(place, "BusinessUnit") };
    const same = tape.pick(2) === 0 ? this.#operands.someRecord(place) : undefined;
    const right = same?.type === left.type ? same.expression : this.#operands.id(left.type);
    const op = form === 1 ? "in" : tape.at(["==", "!="] as const);
    return { op, left: left.expression, right };
  }

  #types(place: Place): ExpressionPlan | undefined {
    const tape = this.#tape;
    const entity = this.#vocabulary.entities[tape.pick(this.#vocabulary.entities.length)];
    const access = this.#operands.access(place, ["Principal"]);
    const within = tape.pick(3) === 2 ? this.#group(place, "BusinessUnit") : undefined;
    if (access !== undefined && tape.pick(3) > 0) {
      const of = this.#operands.read(access, place);
      return { op: "is", of, type: tape.at(["User", "Team"] as const), in: within };
    }
    if (entity === undefined) return undefined;
    return { op: "is", of: root("resource"), type: entity.name, in: within };
  }
}

function missing({ guards }: Access, { guarded }: Place): Guard[] {
  return guards.filter(({ key }) => !guarded.has(key));
}

/** A condition that is well typed in all these circumstances. */
export function designCondition(
  numbers: readonly number[],
  vocabulary: Vocabulary,
  circumstances: readonly Circumstance[],
): ConditionPlan {
  const tape = new Tape(numbers);
  const designer = new Designer(vocabulary, tape);
  const clauses: ClausePlan[] = [];
  const guarded = new Set<string>();
  for (let count = [1, 1, 1, 1, 2, 2, 3][tape.pick(7)] ?? 1; count > 0; count--) {
    const place = designer.place(circumstances, guarded);
    // What one clause guards, the next may use: they are one conjunction.
    const optional = place.accesses.filter((access) => missing(access, place).length === 1);
    const access = count > 1 && tape.pick(3) === 2 ? optional[tape.pick(optional.length || 1)] : undefined;
    const [guard] = access === undefined ? [] : missing(access, place);
    if (guard !== undefined) {
      guarded.add(guard.key);
      clauses.push({ form: "when", expression: has(guard) });
    } else
      clauses.push({
        form: tape.pick(4) === 3 ? "unless" : "when",
        expression: designer.bool(place, depthOfConditions),
      });
  }
  return clauses;
}
