// What was worked out of a condition for a user does not outlive what it was worked out from.
import { expect, test } from "vitest";
import { compile } from "../../compiler/index.ts";
import { Engine } from "../../runtime-ts/index.ts";

/** For which of the records a, b and c may u read, before and after a's size has become 10? */
function beforeAndAfter(condition: string): (readonly string[])[] {
  const text = `
    entity Account owned by user or team { size: Long }
    entity User { account?: Account, rank: Long }
    role Reader { permit read on Account at organization when { ${condition} }; }
    role Writer { permit read, write on Account at organization; }
    organization Contoso;
    user u in Contoso { roles: Reader; account: a; rank: 3; }
    user w in Contoso { roles: Writer; rank: 5; }
    record a: Account { owner: w; size: 1; }
    record b: Account { owner: w; size: 2; }
    record c: Account { owner: w; size: 20; }
  `;
  const { image, diagnostics } = compile([{ name: "changing.bwk", text }]);
  if (image === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const engine = Engine.load(image);
  const [u, read] = [engine.principal("u"), engine.privilege("read", "Account")];
  const readable = (): readonly string[] => {
    const ids = ["a", "b", "c"];
    const records = Uint32Array.from(ids, (id) => engine.record("Account", id));
    const asked = { principals: records.map(() => u), privileges: records.map(() => read), records };
    const found = [1, 2, 3].map(() => ids.filter((_, i) => engine.allows(u, read, records[i])));
    found.push(
      ids.filter((_, i) => engine.checkBatch(asked).get(i)),
      engine.filter(u, read).ids(),
    );
    for (const each of found) expect(each).toEqual(found[0]);
    return found[0] ?? [];
  };
  const before = readable();
  const record = { entity: "Account", id: "a" };
  engine.update((world) => {
    world.do("w", { kind: "update", record, attributes: { size: 10 } });
  });
  return [before, readable()];
}

test.each([
  ["a fact of the record", "resource.size > 5", ["c"], ["a", "c"]],
  ["a fact of the user", "principal.rank > 2", ["a", "b", "c"], ["a", "b", "c"]],
  ["a fact of the user that does not hold", "principal.rank > 3", [], []],
  [
    "a fact of the user who has a record",
    "principal has account && principal.account.size > 5",
    [],
    ["a", "b", "c"],
  ],
  ["both", "principal has account && principal.account.size > 5 && resource.size < 15", [], ["a", "b"]],
  [
    "both, the other way round",
    "resource.size < 15 && principal has account && principal.account.size > 5",
    [],
    ["a", "b"],
  ],
  [
    "either",
    "resource.size < 2 || principal has account && principal.account.size > 5",
    ["a"],
    ["a", "b", "c"],
  ],
  ["mixed", "principal has account && principal.account.size > resource.size", [], ["b"]],
  ["mixed with the user's own", "resource.size < principal.rank", ["a", "b"], ["b"]],
] as const)("%s", (_, condition, before, after) => {
  expect(beforeAndAfter(condition)).toEqual([before, after]);
});
