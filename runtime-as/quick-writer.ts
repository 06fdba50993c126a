// Writes the parts of a quick program (quick-layout.ts) while its code is read: what stands on the stack, the loads, the
// steps. Everything is written twice: first as a draft, which tells how much room it takes.
import * as place from "./area";
import * as abi from "./constants";
import { NO } from "./image";
import { allocate } from "./memory";
import { destinationOf, isNowhere, landing } from "./quick-jumps";
import * as quick from "./quick-layout";

const MAX_DEPTH: u32 = 64;
const MAX_TROUBLES: u32 = 31;

// The stack as it is at a word: of each value its slot, the trouble that it may be in, and whether it is bound.
const stack: usize = ASC_FEATURE_THREADS
  ? place.area + place.WRITER_STACK
  : memory.data(place.WRITER_STACK_BYTES, 16);
export let depth: u32 = 0;
/** Instead of a slot: a truth value whose comparison has been written, and which jumps wherever it leads. */
const DECIDED: u32 = 1;

// Where a program is written first, which tells its size: a word makes at most one load, two steps and one slot.
const draftLoads: usize = ASC_FEATURE_THREADS
  ? place.area + place.DRAFT_LOADS
  : memory.data(place.DRAFT_LOADS_BYTES, 16);
const draftSteps: usize = ASC_FEATURE_THREADS
  ? place.area + place.DRAFT_STEPS
  : memory.data(place.DRAFT_STEPS_BYTES, 16);
const draftBound: usize = ASC_FEATURE_THREADS
  ? place.area + place.DRAFT_BOUND
  : memory.data(place.DRAFT_BOUND_BYTES, 16);
const draftSlots: usize = ASC_FEATURE_THREADS
  ? place.area + place.DRAFT_SLOTS
  : memory.data(place.DRAFT_SLOTS_BYTES, 16);
/** A bound step before it is known to be new. */
const candidate: usize = ASC_FEATURE_THREADS
  ? place.area + place.CANDIDATE
  : memory.data(place.CANDIDATE_BYTES, 16);
/** What a truth value is compared with. */
const zero: usize = memory.data(8, 8);

let loads: usize = 0;
let loadCount: u32 = 0;
let steps: usize = 0;
let stepCount: u32 = 0;
let bound: usize = 0;
let boundCount: u32 = 0;
let slots: usize = 0;
let slotCount: u32 = 0;
let troubleCount: u32 = 0;
/** Something cannot be said quickly. */
export let failed: bool = false;

function newSlot(): usize {
  return slots + slotCount++ * 8;
}

function newTrouble(): u32 {
  if (troubleCount === MAX_TROUBLES) failed = true;
  return 1 << troubleCount++;
}

function push(slot: usize, needs: u32, isBound: bool): void {
  if (depth >= MAX_DEPTH) {
    failed = true;
    return;
  }
  const at = stack + depth++ * 12;
  store<u32>(at, slot);
  store<u32>(at, needs, 4);
  store<u32>(at, u32(isBound), 8);
}

/** The address of the value so many below the top. */
function below(count: u32): usize {
  return stack + (depth - 1 - count) * 12;
}

export function isDecided(): bool {
  return load<u32>(below(0)) === DECIDED;
}

export function pushConstant(value: i64): void {
  const slot = newSlot();
  store<i64>(slot, value);
  push(slot, 0, true);
}

/** A value of the record, read once however often it stands. */
export function pushLoad(kind: u32, operand: u32, mayLack: bool): void {
  for (let at = loads; at < loads + loadCount * quick.LOAD_BYTES; at += quick.LOAD_BYTES) {
    if (load<u32>(at, quick.LOAD_KIND) !== kind || load<u32>(at, quick.LOAD_OPERAND) !== operand) continue;
    push(load<u32>(at, quick.LOAD_SLOT), load<u32>(at, quick.LOAD_TROUBLE), false);
    return;
  }
  const at = loads + loadCount++ * quick.LOAD_BYTES;
  store<u32>(at, kind, quick.LOAD_KIND);
  store<u32>(at, operand, quick.LOAD_OPERAND);
  store<u32>(at, newSlot(), quick.LOAD_SLOT);
  store<u32>(at, mayLack ? newTrouble() : 0, quick.LOAD_TROUBLE);
  push(load<u32>(at, quick.LOAD_SLOT), load<u32>(at, quick.LOAD_TROUBLE), false);
}

function writeStep(at: usize, left: usize, right: usize, kind: u32, needs: u32): void {
  store<u32>(at, left, quick.STEP_LEFT);
  store<u32>(at, right, quick.STEP_RIGHT);
  store<u32>(at, kind, quick.STEP_KIND);
  store<u32>(at, needs, quick.STEP_NEEDS);
}

/** A bound step like the one at `candidate` that has been written before; 0 where there is none. */
function sameBound(): usize {
  for (let at = bound; at < bound + boundCount * quick.STEP_BYTES; at += quick.STEP_BYTES) {
    if (
      memory.compare(at, candidate, quick.STEP_SLOT) === 0 &&
      load<u32>(at, quick.STEP_OPERAND) === load<u32>(candidate, quick.STEP_OPERAND) &&
      load<u32>(at, quick.STEP_ENTITY) === load<u32>(candidate, quick.STEP_ENTITY)
    )
      return at;
  }
  return 0;
}

function addBound(mayFail: bool): usize {
  const step = bound + boundCount++ * quick.STEP_BYTES;
  memory.copy(step, candidate, quick.STEP_BYTES);
  store<u32>(step, newSlot(), quick.STEP_SLOT);
  store<u32>(step, mayFail ? newTrouble() : 0, quick.STEP_TROUBLE);
  return step;
}

/** An operation on the topmost values: a bound step where all of them are bound, else a step of its own. */
export function operate(operation: u32, values: u32, operand: u32, entity: u32, mayFail: bool): void {
  let needs: u32 = 0;
  let isBound = true;
  let left = zero;
  let right = zero;
  for (let i: u32 = 0; i < values; i++) {
    const at = below(i);
    if (load<u32>(at) === DECIDED) failed = true;
    needs |= load<u32>(at, 4);
    if (load<u32>(at, 8) === 0) isBound = false;
    right = left;
    left = load<u32>(at);
  }
  depth -= values;
  const step = isBound ? candidate : steps + stepCount++ * quick.STEP_BYTES;
  writeStep(step, left, right, operation | quick.STEP_COMPUTES, needs);
  store<u32>(step, operand, quick.STEP_OPERAND);
  store<u32>(step, entity, quick.STEP_ENTITY);
  if (isBound) {
    let same = sameBound();
    if (same === 0) same = addBound(mayFail);
    push(load<u32>(same, quick.STEP_SLOT), needs | load<u32>(same, quick.STEP_TROUBLE), true);
  } else {
    const slot = newSlot();
    store<u32>(step, slot, quick.STEP_SLOT);
    push(slot, 0, false);
  }
}

/** A comparison before the word `next`: it goes on where the step that follows is its destination, and jumps else. */
function decide(code: usize, next: u32, left: usize, right: usize, relations: u32, needs: u32): void {
  const whenTrue = destinationOf(code, next, true);
  const whenFalse = destinationOf(code, next, false);
  const follows = landing(code, next);
  const turned = whenTrue !== follows && whenFalse === follows;
  const step = steps + stepCount++ * quick.STEP_BYTES;
  writeStep(step, left, right, turned ? relations ^ 7 : relations, needs);
  store<u32>(step, turned ? whenTrue : whenFalse, quick.STEP_ELSE);
  if (!turned && whenTrue !== follows) {
    const jump = steps + stepCount++ * quick.STEP_BYTES;
    writeStep(jump, zero, zero, 0, 0);
    store<u32>(jump, whenTrue, quick.STEP_ELSE);
  }
  push(DECIDED, 0, false);
}

/** A comparison of the two topmost values, where its outcome only jumps. */
export function compare(code: usize, next: u32, relations: u32): void {
  const right = below(0);
  const left = below(1);
  depth -= 2;
  if (load<u32>(left) === DECIDED || load<u32>(right) === DECIDED || isNowhere(code, next)) failed = true;
  else
    decide(
      code,
      next,
      load<u32>(left),
      load<u32>(right),
      relations,
      load<u32>(left, 4) | load<u32>(right, 4),
    );
}

/** The topmost value decides where it is a truth value that only jumps. */
export function decideTop(code: usize, next: u32): void {
  if (failed || isNowhere(code, next)) return;
  const top = below(0);
  depth--;
  decide(code, next, load<u32>(top), zero, quick.RELATION_LESS | quick.RELATION_GREATER, load<u32>(top, 4));
}

/** There is no quick way to say this. */
export function fail(): void {
  failed = true;
}

/** Takes the topmost value. */
export function drop(): void {
  depth--;
}

/** The stack is so deep where a jump arrives; on top of it is a truth value that has jumped (`decided`). */
export function arriveWith(depthThere: u32, decided: bool): void {
  depth = depthThere;
  if (decided) store<u32>(below(0), DECIDED);
}

/** Where the next step will be. */
export function nextStep(): usize {
  return steps + stepCount * quick.STEP_BYTES;
}

function begin(): void {
  loadCount = stepCount = boundCount = slotCount = troubleCount = depth = 0;
  failed = false;
}

/** Begins a draft. */
export function beginDraft(): void {
  loads = draftLoads;
  steps = draftSteps;
  bound = draftBound;
  slots = draftSlots;
  begin();
}

/** Begins anew in memory of the size that the draft took; the address of the program, 0 where there is no memory. */
export function beginInPlace(): usize {
  const at = allocate(
    quick.QUICK_BYTES +
      loadCount * quick.LOAD_BYTES +
      (stepCount + boundCount) * quick.STEP_BYTES +
      slotCount * 8 +
      stepCount * quick.RANGE_BYTES,
  );
  if (at === 0) return 0;
  loads = at + quick.QUICK_BYTES;
  steps = loads + loadCount * quick.LOAD_BYTES;
  bound = steps + stepCount * quick.STEP_BYTES;
  slots = bound + boundCount * quick.STEP_BYTES;
  store<u32>(at, NO, quick.QUICK_USER);
  store<u32>(at, steps, quick.QUICK_LOADS_END);
  store<u32>(at, bound, quick.QUICK_STEPS_END);
  store<u32>(at, slots, quick.QUICK_BOUND_END);
  store<u32>(at, slots + slotCount * 8, quick.QUICK_RANGES);
  begin();
  return at;
}

/** Puts addresses in place of the words to which comparisons jump: `firstSteps` has that of each word. */
export function land(firstSteps: usize): void {
  for (let step = steps; step < steps + stepCount * quick.STEP_BYTES; step += quick.STEP_BYTES) {
    if (load<u32>(step, quick.STEP_KIND) >= quick.STEP_COMPUTES) continue;
    const destination = load<u32>(step, quick.STEP_ELSE);
    if (destination <= <u32>abi.TRUE) continue;
    store<u32>(step, load<u32>(firstSteps + (destination - 2) * 4), quick.STEP_ELSE);
  }
}
