import type { GivenValues } from "./columns/request-values.ts";
import { checkValues, type Description, describeRecord } from "./describe-record.ts";
import { BailiwickError } from "./errors.ts";
import type { LoadedWorld } from "./loaded-world.ts";
import { entityNumber, principalNumber, privilegeNumber } from "./names.ts";
import type { Entity, Policy } from "./policy.ts";
import { describeValue, quote } from "./quote.ts";
import { didYouMean } from "./suggest.ts";
import type { ValueNames } from "./values.ts";

/** A record that is loaded. */
export interface RecordReference {
  readonly entity: string;
  readonly id: string;
}

/**
 * A record that is not loaded: what it would be. A user-or-team-owned entity needs `owner`; `businessUnit` counts in the
 * modern mode and for unit-owned entities. Everything else is an attribute, typed as declared (lookups by id).
 */
export interface RecordDescription {
  readonly entity: string;
  readonly owner?: { readonly user: string } | { readonly team: string };
  readonly businessUnit?: string;
  readonly [attribute: string]: unknown;
}

/** One question by name. */
export interface CheckRequest {
  /** A user's name. */
  readonly principal: string;
  /** A record action (`read`, `write`, …), or a task privilege, which is asked without resource. */
  readonly action: string;
  readonly resource?: RecordReference | RecordDescription;
  /** The request context: declared attributes by name. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** A question in numbers: about a loaded record, about none, or about a described one. */
export interface Question {
  readonly principal: number;
  readonly privilege: number;
  /** NONE (as -1) for task privileges and described records. */
  readonly record: number;
  readonly described: Description | undefined;
  /** Checked attributes of the request context, where there is one. */
  readonly context: GivenValues | undefined;
}

/** What else a question may carry. */
export interface InContext {
  /** The request context: declared attributes by name. What is left out is absent. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** Checks a request context by its declaration. Throws BWK441, BWK442. */
export function readContext(context: unknown, policy: Policy, names: ValueNames): GivenValues | undefined {
  if (context === undefined) return undefined;
  const given = objectOf(context, "a context");
  checkValues(given, policy.context, names, "request context");
  return given;
}

/** The record argument of a question about none; the core reads it as NONE. */
export const noRecordWord = -1;

function objectOf(value: unknown, what: string): ReadonlyMap<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return new Map(Object.entries(value));
  throw new BailiwickError("BWK441", `expected ${what}, not ${describeValue(value)}`);
}

function textOf(fields: ReadonlyMap<string, unknown>, key: string, what: string): string {
  const value = fields.get(key);
  if (typeof value === "string") return value;
  throw new BailiwickError(
    "BWK441",
    `${what}: expected a name in ${quote(key)}, not ${describeValue(value)}`,
  );
}

const requestKeys = ["principal", "action", "resource", "context"];

/** Turns a request by names into numbers. Throws BWK440 to BWK442; an unknown name is never just denied. */
export function resolveQuestion(request: CheckRequest, policy: Policy, loaded: LoadedWorld): Question {
  const fields = objectOf(request, "a request");
  for (const key of fields.keys()) {
    if (requestKeys.includes(key)) continue;
    const help = didYouMean(key, requestKeys);
    throw new BailiwickError("BWK441", `request: unknown property ${quote(key)}`, help);
  }
  const principal = principalNumber(
    loaded.world.users.numbers,
    "user",
    textOf(fields, "principal", "request"),
  );
  const action = textOf(fields, "action", "request");
  const context = readContext(fields.get("context"), policy, loaded.names);
  const resource = fields.get("resource") ?? undefined;
  if (resource === undefined) {
    const privilege = privilegeNumber(policy, action, undefined);
    return { principal, privilege, record: noRecordWord, described: undefined, context };
  }
  const parts = objectOf(resource, "a resource");
  const name = textOf(parts, "entity", "resource");
  const privilege = privilegeNumber(policy, action, name);
  const number = entityNumber(policy, name);
  const entity = policy.entities[number] as Entity;
  if (parts.has("id") && (parts.size === 2 || !entity.attributes.has("id"))) {
    const stranger = [...parts.keys()].find((key) => key !== "entity" && key !== "id");
    if (stranger !== undefined) {
      throw new BailiwickError(
        "BWK441",
        `resource: ${quote(stranger)} beside \`id\``,
        "a record is either loaded, and has an id, or described",
      );
    }
    const record = loaded.record(policy, number, textOf(parts, "id", "resource"));
    return { principal, privilege, record, described: undefined, context };
  }
  const described = describeRecord(policy, loaded, number, parts);
  return { principal, privilege, record: noRecordWord, described, context };
}
