import {
  NONE,
  SCOPE_ANY,
  SCOPE_BYTES,
  SCOPE_PRINCIPAL,
  SCOPE_PRINCIPAL_FIRST,
  SCOPE_PRINCIPAL_LAST,
  SCOPE_RECORD,
  SCOPE_RESOURCE_FIRST,
  SCOPE_RESOURCE_LAST,
  SCOPE_ROLE,
  SCOPE_TEAM,
  SCOPE_UNIT,
} from "../../runtime-as/abi.ts";
import { BailiwickError } from "../errors.ts";
import type { Memory } from "../memory.ts";
import type { Numbers } from "../names.ts";
import type { Guardrail, Policy } from "../policy.ts";
import { quote } from "../quote.ts";
import type { World } from "./world.ts";

/** Compiled policies list such names as open (checkOpenNames), so this is the last line of defence. */
function numberOf(numbers: Numbers, name: string, kind: string, { id }: Guardrail, world: World): number {
  const number = numbers.get(name);
  if (number !== undefined) return number;
  if (world.mayMiss === true) return NONE;
  throw new BailiwickError("BWK201", `unknown ${kind} ${quote(name)} in guardrail ${quote(id)}`);
}

/** The user, team or role of the principal scope; NONE where the scope is everybody or a unit. */
function principalOf(guardrail: Guardrail, world: World): number {
  const { scope, principal, role } = guardrail;
  if (scope === SCOPE_ROLE) return role;
  if (scope === SCOPE_ANY || scope === SCOPE_UNIT || principal === undefined) return NONE;
  return scope === SCOPE_TEAM
    ? numberOf(world.teams.numbers, principal, "team", guardrail, world)
    : numberOf(world.users.numbers, principal, "user", guardrail, world);
}

/** Writes the scope rows of the guardrails, names resolved against this world; returns their address. */
export function writeGuardrailScopes(memory: Memory, policy: Policy, world: World): number {
  const { numbers, ends } = world.units;
  const address = memory.allocate(policy.guardrails.length * SCOPE_BYTES);
  const { words, halves } = memory;
  policy.guardrails.forEach((guardrail, i) => {
    const row = address + i * SCOPE_BYTES;
    const writeUnits = (first: number, last: number, unit: string) => {
      const number = numberOf(numbers, unit, "business unit", guardrail, world);
      // A unit that is gone covers nothing: the first is behind the last.
      halves[(row + first) >>> 1] = number === NONE ? 1 : number;
      halves[(row + last) >>> 1] = number === NONE ? 0 : (ends[number] as number);
    };
    words[(row + SCOPE_PRINCIPAL) >>> 2] = principalOf(guardrail, world);
    words[(row + SCOPE_RECORD) >>> 2] = NONE;
    if (guardrail.scope === SCOPE_UNIT && guardrail.principal !== undefined) {
      writeUnits(SCOPE_PRINCIPAL_FIRST, SCOPE_PRINCIPAL_LAST, guardrail.principal);
    }
    if (guardrail.unit !== undefined) writeUnits(SCOPE_RESOURCE_FIRST, SCOPE_RESOURCE_LAST, guardrail.unit);
  });
  return address;
}

/** Writes the record number of a guardrail's `resource == E::"id"`, once that record is loaded. */
export function writeGuardrailRecord(
  memory: Memory,
  scopes: number,
  guardrail: number,
  record: number,
): void {
  memory.words[(scopes + guardrail * SCOPE_BYTES + SCOPE_RECORD) >>> 2] = record;
}

/** Writes the units of the guardrails' scopes again, after units were numbered anew. A unit that is gone covers nothing. */
export function rewriteGuardrailUnits(
  policy: Policy,
  world: World,
  scopes: number,
  journal: { half(address: number, value: number): void },
): void {
  const { numbers, ends } = world.units;
  policy.guardrails.forEach(({ scope, principal, unit }, i) => {
    const row = scopes + i * SCOPE_BYTES;
    const write = (first: number, last: number, name: string) => {
      const number = numbers.get(name);
      journal.half(row + first, number ?? 1);
      journal.half(row + last, number === undefined ? 0 : (ends[number] as number));
    };
    if (scope === SCOPE_UNIT && principal !== undefined) {
      write(SCOPE_PRINCIPAL_FIRST, SCOPE_PRINCIPAL_LAST, principal);
    }
    if (unit !== undefined) write(SCOPE_RESOURCE_FIRST, SCOPE_RESOURCE_LAST, unit);
  });
}

/** Writes a team's number, or NONE, into the scopes that name it: one that is gone (with its unit, B3) has no members. */
export function rewriteGuardrailTeam(
  policy: Policy,
  scopes: number,
  team: string,
  number: number,
  journal: { word(address: number, value: number): void },
): void {
  policy.guardrails.forEach(({ scope, principal }, i) => {
    if (scope === SCOPE_TEAM && principal === team) {
      journal.word(scopes + i * SCOPE_BYTES + SCOPE_PRINCIPAL, number);
    }
  });
}
