import { expect, test } from "vitest";
import { troubles } from "../../cli/trouble.ts";
import { importFaults } from "../../interop/dataverse/index.ts";
import { runtimeCodes } from "../../runtime-ts/index.ts";
import { bailiwick, Folder } from "./fixture.ts";

const commands = [
  ...[["compile"], ["check"], ["explain"], ["batch"], ["filter"], ["who"], ["test"], ["fmt"], ["lint"]],
  ...[["import"], ["import", "dataverse"]],
];

test.each(commands.map((command) => [command.join(" "), command]))("%s --help", async (name, command) => {
  using folder = new Folder();
  const ran = await bailiwick(folder, [...(command as string[]), "--help"]);
  expect(ran).toMatchObject({ code: 0, err: "" });
  expect(ran.out).toMatch(new RegExp(`^Usage: bailiwick ${name} `));
  expect(ran.out).toMatch(/\nExample:\n {2}bailiwick /);
});

test("bailiwick help <command> is the same as --help", async () => {
  using folder = new Folder();
  expect(await bailiwick(folder, ["help", "check"])).toEqual(await bailiwick(folder, ["check", "--help"]));
});

test("bailiwick --help names every command, --version the version", async () => {
  using folder = new Folder();
  const { code, out } = await bailiwick(folder, ["--help"]);
  expect(code).toBe(0);
  for (const [command] of commands) expect(out).toContain(`\n  ${command} `);
  expect(await bailiwick(folder, ["--version"])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

test.each([
  [[], /^Usage: bailiwick/],
  [["chekc"], /^error: unknown command 'chekc'\n\(Did you mean check\?\)/],
  [["check"], /^error: required option '--policy <path...>' not specified/],
  [["check", "--policy"], /^error: option '--policy <path...>' argument missing/],
  [
    ["check", "--policy", "x", "--principal", "a", "--action", "b", "--recrod", "c"],
    /^error: unknown option '--recrod'\n\(Did you mean --record\?\)/,
  ],
  [["compile", "a.bwk"], /^error: required option '-o, --output <image>' not specified/],
  [["compile", "-o", "x"], /^error: missing required argument 'paths'/],
  [["lint"], /^error: missing required argument 'paths'/],
  [
    ["batch", "--policy", "x", "--requests", "q.csv", "-o", "o.csv", "--threads", "0"],
    /^error: option '--threads <n>' argument '0' is invalid/,
  ],
  [["test", "x", "--reporter", "html"], /^error: option '--reporter <format>' argument 'html' is invalid/],
  [
    [
      "filter",
      "--policy",
      "x",
      "--principal",
      "a",
      "--action",
      "b",
      "--entity",
      "c",
      "--count",
      "-o",
      "x.csv",
    ],
    /cannot be used with/,
  ],
  [["import"], /^Usage: bailiwick import/],
  [["import", "salesforce", "x"], /^error: unknown command 'salesforce'/],
  [["who", "extra", "--policy", "x", "--action", "read", "--record", "A/a"], /^error: too many arguments/],
])("%j is bad usage", async (argv, message) => {
  using folder = new Folder();
  const ran = await bailiwick(folder, argv);
  expect(ran).toMatchObject({ code: 2, out: "" });
  expect(ran.err).toMatch(message);
  expect(folder.names()).toEqual([]);
});

test("no code stands for two things", () => {
  const all = [troubles, importFaults, runtimeCodes].flatMap((codes) => Object.keys(codes));
  expect(all.length).toBe(new Set(all).size);
});
