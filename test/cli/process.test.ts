import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { Folder, world } from "./fixture.ts";

// The command as it is installed. It exists after `npm run build`; the other tests of this folder need no build.
const root = fileURLToPath(new URL("../..", import.meta.url));
const main = join(root, "dist/cli/main.js");
const built = existsSync(main);
if (!built) console.warn("skipped: dist/cli/main.js is not built, so the command is not run as a process");

function bailiwick(
  folder: Folder,
  argv: readonly string[],
  env: Record<string, string> = {},
  command = main,
) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...argv], {
    cwd: folder.path,
    env: { PATH: process.env.PATH, ...env },
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

const question = [...world, "--principal", "alice", "--action"];

test.skipIf(!built)("answers with its exit code", () => {
  using folder = Folder.organization();
  const check = (action: string) =>
    bailiwick(folder, ["check", ...question, action, "--record", "Account/acc1"]);
  expect(check("read")).toEqual({ code: 0, out: "allow role Salesperson\n", err: "" });
  expect(check("delete")).toEqual({ code: 1, out: "deny privilege\n", err: "" });
  expect(check("raed")).toMatchObject({ code: 2, out: "" });
});

test.skipIf(!built)("the file is a program", () => {
  expect(readFileSync(main, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
  using folder = new Folder();
  expect(bailiwick(folder, ["--version"]).out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.skipIf(!built)("batch writes its table and leaves nothing else", () => {
  using folder = Folder.organization();
  const before = folder.names();
  const ran = bailiwick(folder, ["batch", ...world, "--requests", "q.csv", "-o", "out.csv"]);
  expect(ran).toMatchObject({ code: 0, out: "", err: expect.stringMatching(/^9 requests: /) });
  expect(folder.names()).toEqual([...before, "out.csv"].sort());
});

test.skipIf(!built)("a reader that stops early is no error", async () => {
  using folder = new Folder();
  const rows = Array.from({ length: 200_000 }, (_, i) => `Country,country-with-a-long-name-${i}\n`);
  folder.write("r.csv", `entity,id\n${rows.join("")}`);
  folder.write(
    "p.bwk",
    "entity Country owned by organization;\nrole R { permit read on Country at organization; }\n",
  );
  folder.write(
    "d.json",
    '{"businessUnits":[{"id":"C"}],"users":[{"id":"u","businessUnit":"C","roles":["R"]}]}',
  );
  const filter = ["filter", "--policy", "p.bwk", "--directory", "d.json", "--records", "r.csv"];
  const child = spawn(
    process.execPath,
    [main, ...filter, "--principal", "u", "--action", "read", "--entity", "Country"],
    { cwd: folder.path, stdio: ["ignore", "pipe", "pipe"] },
  );
  let err = "";
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  child.stdout.once("data", () => child.stdout.destroy());
  const code = await new Promise((done) => child.on("close", done));
  expect({ code, err }).toEqual({ code: 0, err: "" });
});

test.skipIf(!built)("an interruption leaves no unfinished file", async () => {
  using folder = Folder.organization();
  const [header = "", row = ""] = readFileSync(join(folder.path, "q.csv"), "utf8").split("\n");
  folder.write("q.csv", `${header}\n${`${row}\n`.repeat(400_000)}`);
  const before = folder.names();
  const child = spawn(process.execPath, [main, "batch", ...world, "--requests", "q.csv", "-o", "out.csv"], {
    cwd: folder.path,
    env: { PATH: process.env.PATH, TMPDIR: folder.path },
    stdio: "ignore",
  });
  const ended = new Promise((done) => child.on("close", done));
  // Its temporary folder is there: it is at work.
  while (folder.names().length === before.length && child.exitCode === null)
    await new Promise((r) => setTimeout(r, 5));
  child.kill("SIGINT");
  expect(await ended).toBe(130);
  expect(folder.names()).toEqual(before);
});

test.skipIf(!built)("without the optional package every command but those with tables works", () => {
  using folder = Folder.organization();
  using installed = new Folder();
  cpSync(join(root, "dist"), join(installed.path, "dist"), { recursive: true });
  cpSync(join(root, "package.json"), join(installed.path, "package.json"));
  mkdirSync(join(installed.path, "node_modules"));
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (name.startsWith(".") || name === "@duckdb") continue;
    symlinkSync(join(root, "node_modules", name), join(installed.path, "node_modules", name));
  }
  const command = join(installed.path, "dist/cli/main.js");
  const asked = [
    "--policy",
    "policy.bwk",
    "--directory",
    "d.json",
    "--principal",
    "alice",
    "--action",
    "ExportToExcel",
  ];
  expect(bailiwick(folder, ["check", ...asked], {}, command)).toMatchObject({ code: 0, err: "" });
  expect(bailiwick(folder, ["check", ...asked, "--records", "r.csv"], {}, command)).toEqual({
    code: 2,
    out: "",
    err:
      "error[BWK480]: tables are read and written with the optional package `@duckdb/node-api`, which is not installed here\n" +
      "  help: npm install @duckdb/node-api\n",
  });
});
