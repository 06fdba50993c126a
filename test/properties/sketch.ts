// What fast-check draws: numbers without meaning. design.ts makes a valid project of any sketch whatever, so that shrinking
// (fewer items, smaller numbers) always leads to a smaller valid project.
import fc from "fast-check";

const pick = fc.nat({ max: 65_535 });
/** True about once in `times`; not at an end of the range, which fast-check prefers. */
const rarely = (times: number): fc.Arbitrary<boolean> =>
  fc.nat({ max: times - 1 }).map((n) => n === times >> 1);

const attribute = fc.record({ kind: pick, detail: pick, twisted: rarely(8), optional: fc.boolean() });
const attributes = fc.array(attribute, { maxLength: 6, size: "max" });
/** What a condition becomes: numbers for its expressions, taken one by one. */
const tape = fc.array(fc.noBias(pick), { minLength: 8, maxLength: 64, size: "max" });

const unit = fc.record({ name: pick, parent: pick, disabled: rarely(20) });
const entity = fc.record({
  name: pick,
  ownership: pick,
  shared: rarely(3),
  lookup: pick,
  cascade: pick,
  attribute: pick,
  attributes,
});
const grant = fc.record({
  actions: fc.nat({ max: 255 }),
  fewer: fc.nat({ max: 255 }),
  all: rarely(10),
  on: fc.nat({ max: 31 }),
  star: rarely(8),
  level: pick,
  condition: pick,
});
const role = fc.record({
  name: pick,
  form: pick,
  unit: pick,
  grants: fc.array(grant, { maxLength: 4 }),
  tasks: fc.nat({ max: 7 }),
  taskCondition: pick,
});
const assignment = fc.record({ role: pick, unit: pick, named: fc.boolean() });
const assignments = fc.array(assignment, { maxLength: 2 });
const user = fc.record({
  name: pick,
  unit: pick,
  disabled: rarely(12),
  roles: assignments,
  values: pick,
  manager: pick,
  position: pick,
});
const team = fc.record({
  name: pick,
  kind: pick,
  unit: pick,
  roles: fc.array(assignment, { maxLength: 2 }),
  members: fc.nat({ max: 63 }),
  administrator: pick,
  values: pick,
});
const guardrail = fc.record({
  effect: pick,
  id: pick,
  principal: pick,
  who: pick,
  actions: fc.nat({ max: 2047 }),
  bareAction: rarely(4),
  resource: pick,
  what: pick,
  level: pick,
  condition: pick,
});
const record = fc.record({ name: pick, entity: pick, owner: pick, unit: pick, parent: pick, values: pick });
const share = fc.record({
  record: pick,
  to: pick,
  direct: fc.nat({ max: 127 }),
  inherited: fc.nat({ max: 127 }),
  masks: pick,
});
const described = fc.record({
  entity: pick,
  owner: pick,
  unit: pick,
  parent: pick,
  values: pick,
  action: pick,
});

/** The shortest and the longest of each list. */
interface Sizes {
  readonly entities: readonly [number, number];
  readonly roles: readonly [number, number];
  readonly units: readonly [number, number];
  readonly users: readonly [number, number];
  readonly teams: readonly [number, number];
  readonly guardrails: readonly [number, number];
  readonly records: readonly [number, number];
  readonly shares: readonly [number, number];
}

const small: Sizes = {
  entities: [1, 4],
  roles: [1, 5],
  units: [1, 7],
  users: [1, 6],
  teams: [0, 4],
  guardrails: [0, 4],
  records: [1, 8],
  shares: [0, 6],
};

/** More users than bits in a word, more records than a page holds, more shares of a record than one block. */
const large: Sizes = {
  entities: [2, 4],
  roles: [8, 12],
  units: [20, 40],
  users: [70, 100],
  teams: [30, 40],
  guardrails: [0, 6],
  records: [2500, 4000],
  shares: [800, 1200],
};

/** Users and records enough for blocks of questions; mostly more privileges than the table of reaches has room for. */
const crowd: Sizes = {
  entities: [2, 20],
  roles: [3, 8],
  units: [2, 8],
  users: [13, 40],
  teams: [1, 8],
  guardrails: [0, 3],
  records: [60, 140],
  shares: [10, 30],
};

function sketchOf(sizes: Sizes) {
  const many = <T>(item: fc.Arbitrary<T>, [minLength, maxLength]: readonly [number, number]) =>
    fc.array(item, { minLength, maxLength, size: "max" });
  return fc.record({
    placement: pick,
    spelling: fc.record({
      synonyms: fc.boolean(),
      bare: fc.boolean(),
      commas: fc.boolean(),
      windows: fc.boolean(),
      backwards: fc.boolean(),
    }),
    settings: fc.record({
      modern: fc.boolean(),
      recompute: fc.boolean(),
      inherit: fc.boolean(),
      serve: fc.boolean(),
    }),
    /** A bit for each of the switches that concern what is done, set where it is not as by default. */
    switches: fc.nat({ max: 255 }),
    hierarchy: fc.record({
      model: pick,
      depth: pick,
      level: pick,
      units: pick,
      excludes: pick,
      disabledReports: pick,
    }),
    positions: fc.array(fc.record({ name: pick, parent: pick }), { maxLength: 5 }),
    entities: many(entity, sizes.entities),
    tasks: fc.array(pick, { maxLength: 2 }),
    roles: many(role, sizes.roles),
    units: many(unit, sizes.units),
    users: many(user, sizes.users),
    teams: many(team, sizes.teams),
    defaults: fc.array(fc.record({ unit: pick, roles: fc.array(assignment, { maxLength: 2 }) }), {
      maxLength: 2,
    }),
    guardrails: many(guardrail, sizes.guardrails),
    records: many(record, sizes.records),
    shares: many(share, sizes.shares),
    described: fc.array(described, { maxLength: 4 }),
    attributes: fc.record({ user: attributes, team: attributes, context: attributes }),
    contexts: fc.array(pick, { maxLength: 2 }),
    /** A few, which grants and guardrails take in turns; without conditions, about a third. */
    conditions: fc.array(tape, { minLength: 1, maxLength: 5, size: "max" }),
    conditional: fc.nat({ max: 2 }),
  });
}

/** The arbitrary behind every small world. */
export const sketch = sketchOf(small);

/** Worlds whose tables do not fit into one word, page or block. */
export const largeSketch = sketchOf(large);

/** Worlds for batches of thousands of questions. */
export const crowdSketch = sketchOf(crowd);

export type Sketch = typeof sketch extends fc.Arbitrary<infer T> ? T : never;
