import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadDirectoryFile, loadImageFile } from "../../runtime-ts/node.ts";
import * as contoso from "./contoso.ts";
import { imageOf } from "./load.ts";
import { thrown } from "./thrown.ts";

test("image and directory from files", () => {
  const folder = mkdtempSync(join(tmpdir(), "bailiwick-"));
  try {
    const image = join(folder, "contoso.bwi");
    const directory = join(folder, "directory.json");
    writeFileSync(image, imageOf(contoso.policy));
    writeFileSync(directory, JSON.stringify(contoso.directory));
    const engine = loadImageFile(image, { core: "plain" });
    loadDirectoryFile(engine, directory);
    expect(engine.check({ principal: "alice", action: "Export" })).toEqual({
      allowed: true,
      reason: "role Seller",
    });
    expect(thrown(() => loadImageFile(join(folder, "none.bwi")))).toMatchObject({
      code: "BWK416",
      message: `\`${join(folder, "none.bwi")}\`: the image cannot be read (ENOENT)`,
    });
    expect(thrown(() => loadDirectoryFile(engine, folder)).message).toContain("cannot be read (EISDIR)");
    writeFileSync(directory, "{\n  businessUnits\n}");
    const error = thrown(() => loadDirectoryFile(engine, directory));
    expect(error.code).toBe("BWK420");
    expect(error.message).toContain("is not JSON");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
