// What a question can reach: the only entities and attributes that Cedar can look at. Reading all of them again for each
// question is most of what a question costs. slice.test.ts shows that leaving out the rest changes no answer.
import type { CedarEntity, Vocabulary } from "../../interop/cedar/index.ts";

const keyOf = (type: string, id: string): string => JSON.stringify([type, id]);

/** Every entity that a value names. */
function named(value: unknown, found: string[]): string[] {
  if (typeof value !== "object" || value === null) return found;
  if ("__entity" in value) {
    const { type, id } = value.__entity as { type: string; id: string };
    found.push(keyOf(type, id));
  } else for (const each of Object.values(value)) named(each, found);
  return found;
}

/** What the policies compare with and never look into: it leads nowhere. */
function onlyCompared({ added }: Vocabulary, type: string): readonly string[] {
  if (type === "User") return [added.user.roles, added.user.ownRoles];
  if (type === "Team") return [added.team.roles, added.team.administrator];
  return type === "BusinessUnit" ? [] : [added.record.shares];
}

/** What the policies ask of the principal alone, not of other users. */
function ofThePrincipal({ added: { user } }: Vocabulary, type: string): readonly string[] {
  return type === "User" ? [user.disabled, user.businessUnit, user.roles, user.ownRoles] : [];
}

function without(attrs: CedarEntity["attrs"], names: readonly string[]): CedarEntity["attrs"] {
  return Object.fromEntries(Object.entries(attrs).filter(([name]) => !names.includes(name)));
}

interface Reached {
  readonly entity: CedarEntity;
  /** As somebody else than the principal. */
  readonly other: CedarEntity;
  readonly above: readonly string[];
  readonly leadsTo: readonly string[];
}

export class Slices {
  readonly #entities = new Map<string, Reached>();
  /** Named in the text of the policies, as `Type::"id"`; escapes are left to the rest: then everything is taken. */
  readonly #always: readonly string[];

  constructor(entities: readonly CedarEntity[], policies: string, names: Vocabulary) {
    for (const { uid, attrs: all, parents } of entities) {
      const attrs = without(
        all,
        Object.keys(all).filter((name) => /^\w+$/.test(name) && !policies.includes(name)),
      );
      // To Cedar, what has no attributes and is in nothing is as if it were not there.
      if (Object.keys(attrs).length === 0 && parents.length === 0) continue;
      this.#entities.set(keyOf(uid.type, uid.id), {
        entity: { uid, attrs, parents },
        other: { uid, attrs: without(attrs, ofThePrincipal(names, uid.type)), parents },
        above: parents.map(({ type, id }) => keyOf(type, id)),
        leadsTo: named(without(attrs, onlyCompared(names, uid.type)), []),
      });
    }
    const literals = [...policies.matchAll(/([A-Za-z0-9_]+)::"((?:[^"\\]|\\.)*)"/g)];
    this.#always = literals.some(([, , id]) => id?.includes("\\"))
      ? [...this.#entities.keys()]
      : [...new Set(literals.map(([, type, id]) => keyOf(type ?? "", id ?? "")))];
  }

  /** What is reachable from these two, from the context, and from what the policies name. */
  of(
    principal: { readonly type: string; readonly id: string },
    resource: { readonly type: string; readonly id: string },
    context: unknown,
  ): readonly CedarEntity[] {
    const himself = keyOf(principal.type, principal.id);
    const open = [himself, keyOf(resource.type, resource.id), ...named(context, []), ...this.#always];
    const seen = new Map<string, CedarEntity>();
    /** Of what something is in, only what that is in matters. */
    const above: string[] = [];
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      const found = this.#entities.get(key);
      if (found === undefined || seen.has(key)) continue;
      seen.set(key, key === himself ? found.entity : found.other);
      open.push(...found.leadsTo);
      above.push(...found.above);
    }
    for (let key = above.pop(); key !== undefined; key = above.pop()) {
      const found = this.#entities.get(key);
      if (found === undefined || seen.has(key) || found.above.length === 0) continue;
      seen.set(key, { ...found.entity, attrs: {} });
      above.push(...found.above);
    }
    return [...seen.values()];
  }
}
