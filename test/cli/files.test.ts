import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { policyPaths } from "../../cli/files/policy-files.ts";
import { removePending, temporaryBeside } from "../../cli/files/temporary.ts";
import { produceAtomically, writeAtomically } from "../../cli/files/write-atomically.ts";
import { writeFolder } from "../../cli/files/write-folder.ts";
import { oneLine } from "../../cli/one-line.ts";
import { Folder } from "./fixture.ts";
import { memoryIo } from "./memory-io.ts";

test("a file is replaced as a whole and keeps its mode", async () => {
  using folder = new Folder({ "a.txt": "old" });
  chmodSync(join(folder.path, "a.txt"), 0o640);
  await writeAtomically("a.txt", "new", memoryIo({ cwd: folder.path }));
  expect(readFileSync(join(folder.path, "a.txt"), "utf8")).toBe("new");
  expect(statSync(join(folder.path, "a.txt")).mode & 0o777).toBe(0o640);
  expect(folder.names()).toEqual(["a.txt"]);
});

test("while it is written the old file stands, and a failure leaves it as it was", async () => {
  using folder = new Folder({ "a.txt": "old" });
  const write = produceAtomically("a.txt", memoryIo({ cwd: folder.path }), async (temporary) => {
    writeFileSync(temporary, "half of the ne");
    expect(readFileSync(join(folder.path, "a.txt"), "utf8")).toBe("old");
    throw new Error("broken off");
  });
  await expect(write).rejects.toThrow("broken off");
  expect(folder.names()).toEqual(["a.txt"]);
  expect(readFileSync(join(folder.path, "a.txt"), "utf8")).toBe("old");
});

test("an interruption takes what is unfinished away", () => {
  using folder = new Folder();
  const temporary = temporaryBeside(join(folder.path, "out.csv"));
  writeFileSync(temporary, "half");
  removePending();
  expect(folder.names()).toEqual([]);
});

test("a symbolic link stays a link", async () => {
  using folder = new Folder({ "target.txt": "old" });
  symlinkSync("target.txt", join(folder.path, "link.txt"));
  await writeAtomically("link.txt", "new", memoryIo({ cwd: folder.path }));
  expect(lstatSync(join(folder.path, "link.txt")).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder.path, "target.txt"), "utf8")).toBe("new");
});

test("a device is written to, not replaced", async () => {
  await writeAtomically("/dev/null", "text", memoryIo({ cwd: "/" }));
  expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
});

test("a folder in the way, and a folder that is not there", async () => {
  using folder = new Folder();
  const io = memoryIo({ cwd: folder.path });
  await expect(writeAtomically(".", "x", io)).rejects.toThrow("cannot write `.`: it is a folder");
  await expect(writeAtomically("no/a.txt", "x", io)).rejects.toThrow(
    "cannot write `no/a.txt`: no such file or folder",
  );
});

test("policy files below a folder: sorted, no node_modules, no dot-folders, each once", async () => {
  using folder = new Folder({ "b.bwk": "", "a.bwk": "", "notes.txt": "", "B.bwk": "" });
  for (const name of ["sub", "sub/deep", "node_modules", ".git", "empty"]) mkdirSync(join(folder.path, name));
  for (const name of ["sub/z.bwk", "sub/deep/y.bwk", "node_modules/n.bwk", ".git/g.bwk"])
    folder.write(name, "");
  const io = memoryIo({ cwd: folder.path });
  expect(await policyPaths(["."], io)).toEqual([
    "./B.bwk",
    "./a.bwk",
    "./b.bwk",
    "./sub/deep/y.bwk",
    "./sub/z.bwk",
  ]);
  expect(await policyPaths(["notes.txt", "b.bwk", "sub/", "./b.bwk", "-"], io)).toEqual([
    "notes.txt",
    "b.bwk",
    "sub/deep/y.bwk",
    "sub/z.bwk",
    "-",
  ]);
  await expect(policyPaths(["empty"], io)).rejects.toThrow("no policy files in `empty`");
  await expect(policyPaths(["gone"], io)).rejects.toThrow("cannot read `gone`: no such file or folder");
});

const files = [
  { name: "schema.bwk", text: "a" },
  { name: "roles/R.bwk", text: "b" },
];

test("a new or empty folder is written as a whole", async () => {
  using folder = new Folder();
  const io = memoryIo({ cwd: folder.path });
  mkdirSync(join(folder.path, "empty"));
  for (const name of ["new", "empty"]) {
    await writeFolder(name, files, false, io);
    expect(readFileSync(join(folder.path, name, "roles/R.bwk"), "utf8")).toBe("b");
  }
  expect(folder.names()).toEqual(["empty", "new"]);
});

test("a folder with files is refused, or with force written into", async () => {
  using folder = new Folder();
  const io = memoryIo({ cwd: folder.path });
  mkdirSync(join(folder.path, "full"));
  folder.write("full/mine.txt", "mine");
  folder.write("full/schema.bwk", "old");
  await expect(writeFolder("full", files, false, io)).rejects.toThrow("the folder `full` is not empty");
  expect(existsSync(join(folder.path, "full/roles"))).toBe(false);
  await writeFolder("full", files, true, io);
  expect(readFileSync(join(folder.path, "full/schema.bwk"), "utf8")).toBe("a");
  expect(readFileSync(join(folder.path, "full/mine.txt"), "utf8")).toBe("mine");
  expect(folder.names()).toEqual(["full"]);
  folder.write("file", "");
  await expect(writeFolder("file", files, true, io)).rejects.toThrow(
    "cannot write into `file`: it is no folder",
  );
});

test("foreign text becomes one line of bearable length with both ends", () => {
  expect(oneLine("a\n\tb\u001b[31m\u2028c")).toBe("a b [31m c");
  const long = oneLine(`start ${"x".repeat(1_000_000)} end`);
  expect(long.length).toBeLessThanOrEqual(400);
  expect(long).toMatch(/^start x.* … x.* end$/);
});
