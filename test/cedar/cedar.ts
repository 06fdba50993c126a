// Real Cedar as a judge: validation, and decisions from a policy set that is parsed once.
import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import type { CedarEntity, CedarExport, Vocabulary } from "../../interop/cedar/index.ts";
import { Slices } from "./slice.ts";

// V8 of Node 20 aborts ("unreachable code" in its deoptimizer) when optimized JavaScript into which it has inlined a call of
// WebAssembly that returns a reference is deoptimized; after some thousand questions it is. Not inlining such calls helps.
setFlagsFromString("--no-turbo-inline-js-wasm-calls");

type Cedar = typeof import("@cedar-policy/cedar-wasm/nodejs");
/** Its build for Node is CommonJS. */
export const cedar: Cedar = createRequire(import.meta.url)("@cedar-policy/cedar-wasm/nodejs");

/** Complaints of the parser or of strict validation about policies, schema and entities; none where all are accepted. */
export function complaints({ policies, schema, entities }: CedarExport): readonly string[] {
  const valid = cedar.validate({ schema, policies: { staticPolicies: policies } });
  if (valid.type === "failure") return valid.errors.map(words);
  const loaded = exactly(() => cedar.checkParseEntities({ schema, entities: asJson(entities) }));
  return [
    ...valid.validationErrors.map(({ policyId, error }) => `${policyId}: ${words(error)}`),
    ...(loaded.type === "failure" ? loaded.errors.map(words) : []),
  ];
}

function words({ message, help }: { readonly message: string; readonly help: string | null }): string {
  return help === null ? message : `${message} (${help})`;
}

type Entities = Parameters<Cedar["isAuthorized"]>[0]["entities"];

function asJson(entities: readonly CedarEntity[]): Entities {
  return entities as unknown as Entities;
}

/**
 * The package hands its arguments over as JSON, and JSON.stringify knows no bigint: while `call` runs it does.
 */
function exactly<T>(call: () => T): T {
  const original = JSON.stringify;
  JSON.stringify = ((value: unknown) => {
    const texts: string[] = [];
    const text = original(value, (_, each) => {
      if (typeof each !== "bigint") return each;
      texts.push(each.toString());
      return `\u0000${texts.length - 1}`;
    });
    return texts.length === 0
      ? text
      : text.replace(/"\\u0000(\d+)"/g, (_, index) => texts[Number(index)] as string);
  }) as typeof JSON.stringify;
  try {
    return call();
  } finally {
    JSON.stringify = original;
  }
}

export interface CedarQuestion {
  readonly principal: string;
  /** `Action::"read"`'s id. */
  readonly action: string;
  readonly resource: { readonly type: string; readonly id: string };
  readonly context: Parameters<Cedar["isAuthorized"]>[0]["context"];
}

export interface CedarAnswer {
  readonly allowed: boolean;
  /** Places of the policies that decided, in the order of the text. */
  readonly reasons: readonly string[];
  readonly errors: readonly { readonly policy: string; readonly message: string }[];
}

/** A parsed export that answers questions. */
export class Judge {
  static #count = 0;
  readonly #name = `export ${Judge.#count++ % 4}`;
  readonly #entities: readonly CedarEntity[];
  readonly #slices: Slices | undefined;
  readonly #exact: boolean;

  /** With the names of the export, Cedar reads for each question only what that can reach. */
  constructor({ policies, entities }: CedarExport, names?: Vocabulary) {
    const parsed = cedar.preparsePolicySet(this.#name, { staticPolicies: policies });
    if (parsed.type === "failure") throw new Error(parsed.errors.map(words).join("\n"));
    this.#entities = entities;
    this.#slices = names && new Slices(entities, policies, names);
    this.#exact = hasBigint(entities);
  }

  ask({ principal, action, resource, context }: CedarQuestion): CedarAnswer {
    const user = { type: "User", id: principal };
    const entities = asJson(this.#slices?.of(user, resource, context) ?? this.#entities);
    const call = () =>
      cedar.statefulIsAuthorized({
        principal: user,
        action: { type: "Action", id: action },
        resource,
        context,
        preparsedPolicySetId: this.#name,
        entities,
      });
    const answer = this.#exact || hasBigint(context) ? exactly(call) : call();
    if (answer.type === "failure") throw new Error(answer.errors.map(words).join("\n"));
    const { decision, diagnostics } = answer.response;
    return {
      allowed: decision === "allow",
      reasons: diagnostics.reason,
      errors: diagnostics.errors.map(({ policyId, error }) => ({ policy: policyId, message: words(error) })),
    };
  }
}

function hasBigint(value: unknown): boolean {
  if (typeof value === "bigint") return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasBigint);
}
