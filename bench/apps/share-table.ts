import type { ShareColumns } from "../../runtime-ts/index.ts";

/** Collects shares: a row a record and principal, whatever adds up to it. */
export class ShareTable {
  readonly #rows = new Map<
    string,
    {
      entity: string;
      id: string;
      type: string;
      principal: string;
      direct: Set<string>;
      inherited: Set<string>;
    }
  >();

  add(
    [entity, id]: readonly [entity: string, id: string],
    [type, principal]: readonly [type: "user" | "team", name: string],
    rights: readonly string[],
    kind: "direct" | "inherited" = "direct",
  ): void {
    const key = JSON.stringify([entity, id, type, principal]);
    const row = this.#rows.get(key) ?? {
      entity,
      id,
      type,
      principal,
      direct: new Set<string>(),
      inherited: new Set<string>(),
    };
    for (const right of rights) row[kind].add(right);
    this.#rows.set(key, row);
  }

  columns(): ShareColumns {
    const rows = [...this.#rows.values()];
    return {
      entity: rows.map(({ entity }) => entity),
      id: rows.map(({ id }) => id),
      principal: rows.map(({ principal }) => principal),
      principal_type: rows.map(({ type }) => type),
      rights: rows.map(({ direct }) => [...direct].join("|")),
      inherited_rights: rows.map(({ inherited }) => [...inherited].join("|")),
    };
  }
}
