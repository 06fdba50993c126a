// What fast-check draws: numbers without meaning. design.ts makes a valid project of any sketch whatever, so that shrinking
// (fewer items, smaller numbers) always leads to a smaller valid project.
import fc from "fast-check";

const pick = fc.nat({ max: 255 });
/** True about once in `times`; not at an end of the range, which fast-check prefers. */
const rarely = (times: number): fc.Arbitrary<boolean> =>
  fc.nat({ max: times - 1 }).map((n) => n === times >> 1);

const unit = fc.record({ name: pick, parent: pick, disabled: rarely(20) });
const entity = fc.record({
  name: pick,
  ownership: pick,
  shared: rarely(3),
  lookup: pick,
  cascade: pick,
  attribute: pick,
});
const grant = fc.record({
  actions: fc.nat({ max: 255 }),
  fewer: fc.nat({ max: 255 }),
  all: rarely(10),
  on: fc.nat({ max: 31 }),
  star: rarely(8),
  level: pick,
});
const role = fc.record({
  name: pick,
  form: pick,
  unit: pick,
  grants: fc.array(grant, { maxLength: 4 }),
  tasks: fc.nat({ max: 7 }),
});
const assignment = fc.record({ role: pick, unit: pick, named: fc.boolean() });
const assignments = fc.array(assignment, { maxLength: 2 });
const user = fc.record({ name: pick, unit: pick, disabled: rarely(12), roles: assignments });
const team = fc.record({
  name: pick,
  kind: pick,
  unit: pick,
  roles: fc.array(assignment, { maxLength: 2 }),
  members: fc.nat({ max: 63 }),
  administrator: pick,
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
});
const record = fc.record({ name: pick, entity: pick, owner: pick, unit: pick, parent: pick });
const share = fc.record({
  record: pick,
  to: pick,
  direct: fc.nat({ max: 127 }),
  inherited: fc.nat({ max: 127 }),
  masks: pick,
});
const described = fc.record({ entity: pick, owner: pick, unit: pick, parent: pick, action: pick });

/** The arbitrary behind every world. */
export const sketch = fc.record({
  placement: pick,
  settings: fc.record({
    modern: fc.boolean(),
    recompute: fc.boolean(),
    inherit: fc.boolean(),
    serve: fc.boolean(),
  }),
  entities: fc.array(entity, { minLength: 1, maxLength: 4 }),
  tasks: fc.array(pick, { maxLength: 2 }),
  roles: fc.array(role, { minLength: 1, maxLength: 5 }),
  units: fc.array(unit, { minLength: 1, maxLength: 7 }),
  users: fc.array(user, { minLength: 1, maxLength: 6 }),
  teams: fc.array(team, { maxLength: 4 }),
  defaults: fc.array(fc.record({ unit: pick, roles: fc.array(assignment, { maxLength: 2 }) }), {
    maxLength: 2,
  }),
  guardrails: fc.array(guardrail, { maxLength: 4 }),
  records: fc.array(record, { minLength: 1, maxLength: 8 }),
  shares: fc.array(share, { maxLength: 6 }),
  described: fc.array(described, { maxLength: 4 }),
});

export type Sketch = typeof sketch extends fc.Arbitrary<infer T> ? T : never;
