// Stories in a few words: operations written as in the test language, on the world of a plan.
import type { Action, PrincipalName } from "../../compiler/model/model.ts";
import { policyOf } from "./build-policy.ts";
import { attributesOf, principalOf, worldOf } from "./build-world.ts";
import type { RecordKey } from "./plain-world.ts";
import { mask, type Plan, place } from "./plan.ts";
import { wordsOf } from "./sources.ts";
import { type Change, type Operation, Story, type Verdict } from "./story.ts";

/** Asks and tells by names. */
export class Telling {
  readonly story: Story;
  readonly #plan: Plan;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.story = new Story(policyOf(plan), worldOf(plan));
  }

  /** `allow because …` with every source, or `deny because …` and what the failed check was. */
  can(user: string, text: string): string {
    return words(this.story.can(user, this.operation(text)));
  }

  do(user: string, text: string): string {
    return words(this.story.do(user, this.operation(text)));
  }

  /** An administrator's change: "done" or why it is refused. */
  set(change: Change): string {
    return this.story.set(change) ?? "done";
  }

  /** The rights of a user on a record, in the order of the actions. */
  rights(user: string, id: string): string {
    const { entity } = this.record(id);
    const name = this.story.world.policy.entities[entity]?.name ?? "";
    return this.story.oracle.rights(user, { entity: name, id }).join(" ");
  }

  record(id: string): RecordKey {
    const found = [...this.story.world.records.values()].find((record) => record.id === id);
    if (found !== undefined) return { entity: found.entity, id };
    const { entity = "" } = this.#plan.records?.[id] ?? {};
    return { entity: place(Object.keys(this.#plan.entities ?? {}), entity), id };
  }

  /** `o.phone` and who has what of its shares: `b: read | write` (direct | inherited). */
  shares(id: string): string {
    return this.story.world
      .sharesOf(this.record(id))
      .map(({ principal, direct, inherited }) => {
        const rights = (bits: number) => actions.filter((action) => (bits & mask([action])) !== 0).join(" ");
        return `${principal?.name ?? "organization"}: ${rights(direct)} | ${rights(inherited)}`;
      })
      .join(", ");
  }

  /** `owner in unit` of a record. */
  place(id: string): string {
    const { owner, unit } = this.story.world.record(this.record(id)) ?? {};
    return `${owner?.name} in ${unit}`;
  }

  operation(text: string): Operation {
    const [kind = "", rest = ""] = split(text, " ");
    if (kind === "create") return this.#create(rest);
    const [subject, second = ""] = split(rest, / (?:to|with|into) /);
    const [id, attribute] = split(subject, ".");
    const record = this.record(id);
    switch (kind) {
      case "assign":
        return { kind, record, to: principalOf(second) };
      case "share": {
        const [to, rights = ""] = split(second, ": ");
        const principal = shareeOf(to);
        const bits = mask(rights.split(" "));
        return attribute === undefined
          ? { kind, record, principal, rights: bits }
          : { kind: "share column", record, attribute, principal, rights: bits };
      }
      case "unshare":
        return { kind, record, principal: shareeOf(second) };
      case "append":
        return { kind, record, to: this.record(second), lookup: attribute ?? "" };
      case "associate":
        return { kind, record, with: this.record(second) };
      case "delete":
        return { kind, record };
      case "merge":
        return { kind, record, into: this.record(second) };
      default:
        return attribute === undefined
          ? { kind: "right", action: place(actions, kind), record }
          : { kind: "column", action: kind as "read", record, attribute };
    }
  }

  /** `n: Account owner=b unit=U account=p` */
  #create(text: string): Operation {
    const [id, rest = ""] = split(text, ": ");
    const [entity, ...fields] = rest.split(/ (?=\w+=)/);
    const values = Object.fromEntries(fields.map((field) => split(field, "=")));
    const { owner, unit, ...attributes } = values;
    return {
      kind: "create",
      entity: place(Object.keys(this.#plan.entities ?? {}), entity ?? ""),
      id,
      owner: owner === undefined ? undefined : principalOf(owner),
      unit,
      attributes: attributesOf(this.#plan, entity ?? "", attributes as Record<string, string>),
    };
  }
}

const actions: readonly Action[] = [
  "create",
  "read",
  "write",
  "delete",
  "assign",
  "share",
  "append",
  "appendTo",
];

function split(text: string, by: string | RegExp): [string, string | undefined] {
  const [found] = typeof by === "string" ? [by] : (by.exec(text) ?? []);
  const at = found === undefined ? -1 : text.indexOf(found);
  return at < 0 || found === undefined
    ? [text, undefined]
    : [text.slice(0, at), text.slice(at + found.length)];
}

function shareeOf(text: string): PrincipalName | undefined {
  return text === "organization" ? undefined : principalOf(text);
}

function words({ allowed, reason, sources, failed }: Verdict): string {
  if (allowed) return `allow because ${sources.map(wordsOf).join(", ")}`;
  const on = failed?.record === undefined ? "" : ` of ${failed.record.id ?? failed.record.entity}`;
  return failed === undefined
    ? `deny because ${reason}`
    : `deny because ${reason}: ${failed.rule} ${failed.action}${on}`;
}

export function tell(plan: Plan): Telling {
  return new Telling(plan);
}
