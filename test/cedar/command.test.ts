// `bailiwick export cedar`: files or one message, never half.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bailiwick, Folder } from "../cli/fixture.ts";
import { complaints } from "./cedar.ts";

const policy = `entity Account owned by user or team { revenue?: Long secured }
role Salesperson { permit read on Account at user; }
organization Contoso;
user alice in Contoso { roles: Salesperson; }
record acc1: Account { owner: alice; }
`;
const exportTo = (folder: Folder, ...more: string[]) =>
  bailiwick(folder, ["export", "cedar", "contoso.bwk", "-o", "out", ...more]);

test("three files that Cedar takes, and what is left out", async () => {
  using folder = new Folder({ "contoso.bwk": policy });
  const ran = await exportTo(folder);
  expect(ran).toMatchObject({ code: 0, err: "" });
  expect(ran.out).toBe(
    "3 files written to out: 6 entities\n" +
      "note: column security is not exported: who may read the record, not Account.revenue\n",
  );
  const read = (name: string) => readFileSync(join(folder.path, "out", name), "utf8");
  const entities = JSON.parse(read("entities.json"));
  const exported = {
    policies: read("policies.cedar"),
    schema: read("schema.cedarschema"),
    entities,
    notes: [],
  };
  expect(complaints(exported)).toEqual([]);
});

test("a folder with files is left alone, unless --force says otherwise", async () => {
  using folder = new Folder({ "contoso.bwk": policy });
  expect(await exportTo(folder)).toMatchObject({ code: 0 });
  expect(await exportTo(folder)).toMatchObject({ code: 2, err: expect.stringContaining("error[BWK461]") });
  expect(await exportTo(folder, "--force")).toMatchObject({ code: 0 });
});

test("a project that does not compile is not exported", async () => {
  using folder = new Folder({ "contoso.bwk": "role R { permit read on Nothing; }" });
  const ran = await exportTo(folder);
  expect(ran).toMatchObject({ code: 2, out: "", err: expect.stringContaining("BWK201") });
  expect(folder.names()).toEqual(["contoso.bwk"]);
});

test("what Cedar cannot express is named, and nothing is written", async () => {
  using folder = new Folder({
    "contoso.bwk": `entity A owned by user or team;
role R { permit read on A at user; }
record a: A { owner: User::"somebody"; }
record b: A { owner: User::"somebody"; }`,
  });
  const ran = await exportTo(folder);
  expect(ran).toMatchObject({ code: 2, out: "" });
  expect(ran.err).toBe(
    "error[BWK445]: the business unit of `A::a` is unknown: its owner `somebody` is declared nowhere in the project (and 1 more)\n" +
      "  help: the business unit of `A::b` is unknown: its owner `somebody` is declared nowhere in the project\n",
  );
  expect(folder.names()).toEqual(["contoso.bwk"]);
});

test("hierarchy security is named as what Cedar cannot express", async () => {
  using folder = new Folder({ "contoso.bwk": `${policy}settings { hierarchy: manager depth 3; }` });
  expect(await exportTo(folder)).toEqual({
    code: 2,
    out: "",
    err: "error[BWK445]: hierarchy security has no counterpart in Cedar: leave the setting `hierarchy` off\n",
  });
  expect(folder.names()).toEqual(["contoso.bwk"]);
});
