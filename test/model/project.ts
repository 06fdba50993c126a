// Small projects as text, for the tests of the resolver and of the world.
import { type Analysis, analyze } from "../../compiler/compile.ts";
import type { Model, Policy, World } from "../../compiler/model/model.ts";
import type { ResolvedTest } from "../../compiler/model/script.ts";
import { peopleAfter } from "../../compiler/model/world/people-after.ts";
import type { State } from "../../compiler/model/world/state.ts";
import { lineText, positionOf } from "../../compiler/source.ts";

export function analyzed(text: string, options: { world?: "open" | "closed" } = {}): Analysis {
  return analyze([{ name: "p.bwk", text }], options);
}

/** Each diagnostic as one line: `201 2:14 unknown role \`x\` (did you mean …)`. */
export function findings(text: string, options: { world?: "open" | "closed" } = {}): string[] {
  return analyzed(text, options).diagnostics.map(({ code, span, message, help }) => {
    const { line, column } = positionOf(span.file, span.start);
    return `${code.slice(3)} ${line}:${column} ${message}${help === undefined ? "" : ` (${help})`}`;
  });
}

export function errors(text: string, options: { world?: "open" | "closed" } = {}): string[] {
  return findings(text, options).filter((line) => !line.startsWith("9"));
}

/** The model of a text that has no errors. */
export function modelOf(text: string): Model {
  const { model, diagnostics } = analyzed(text);
  if (model === undefined)
    throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n"));
  return model;
}

/** The first test of a text that has no errors. */
export function testOf(text: string): ResolvedTest {
  const { tests, diagnostics } = analyzed(text);
  const [test] = tests;
  if (test === undefined)
    throw new Error(
      diagnostics
        .map(
          ({ code, message, span }) =>
            `${code} ${message}: ${lineText(span.file, positionOf(span.file, span.start).line)}`,
        )
        .join("\n"),
    );
  return test;
}

/** People, places and roles after all steps of a text's first test. */
export function state(text: string): State {
  const { policy, world, steps } = testOf(text);
  return steps.reduce<State>(
    (before, step) => (step.kind === "set" ? peopleAfter(before, step.change) : before),
    {
      policy,
      world,
    },
  );
}

const letters = "crwdasp+";
const masked = (mask: number): string =>
  [...letters].filter((_, action) => (mask & (1 << action)) !== 0).join("");

/** Shares as `o bob r|w`: the record, the principal, the direct and the inherited mask by first letters. */
export function shares(world: World): string[] {
  return world.shares.map(
    ({ record, principal, direct, inherited }) =>
      `${record.id} ${principal?.name ?? "*"} ${masked(direct)}|${masked(inherited)}`,
  );
}

/** The grants of a role as `read Account user`. */
export function grants(policy: Policy, role: string): string[] {
  const actions = ["create", "read", "write", "delete", "assign", "share", "append", "appendTo"];
  const levels = ["none", "user", "businessUnit", "parentChild", "organization"];
  const found = policy.roles.find(({ name }) => name === role);
  return (found?.grants ?? [])
    .map(
      ({ action, privilegeSet, level }) =>
        `${actions[action]} ${policy.privilegeSets[privilegeSet]?.name} ${levels[level]}`,
    )
    .toSorted();
}
