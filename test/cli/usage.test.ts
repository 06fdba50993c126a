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
  [["chekc"], /^error\[BWK484\]: unknown command `chekc`\n {2}help: did you mean `check`\?/],
  [["check"], /^error\[BWK484\]: required option `--policy <path...>` not specified/],
  // Commander would ask for what is missing first.
  [
    ["check", "--polcy", "x"],
    /^error\[BWK484\]: unknown option `--polcy`\n {2}help: did you mean `--policy`\?\n$/,
  ],
  [["export", "cedar", "x", "--ouput=c"], /^error\[BWK484\]: unknown option `--ouput`\n/],
  [["check", "--", "--polcy"], /^error\[BWK484\]: required option `--policy <path...>`/],
  [["check", "--policy"], /^error\[BWK484\]: option `--policy <path...>` argument missing/],
  [
    ["check", "--policy", "x", "--principal", "a", "--action", "b", "--recrod", "c"],
    /^error\[BWK484\]: unknown option `--recrod`\n {2}help: did you mean `--record`\?/,
  ],
  [["compile", "a.bwk"], /^error\[BWK484\]: required option `-o, --output <image>` not specified/],
  [["compile", "-o", "x"], /^error\[BWK484\]: missing required argument `paths`/],
  [["lint"], /^error\[BWK484\]: missing required argument `paths`/],
  [
    ["batch", "--policy", "x", "--requests", "q.csv", "-o", "o.csv", "--threads", "0"],
    /^error\[BWK484\]: option `--threads <n>` argument `0` is invalid/,
  ],
  [
    ["test", "x", "--reporter", "html"],
    /^error\[BWK484\]: option `--reporter <format>` argument `html` is invalid/,
  ],
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
  [["import", "salesforce", "x"], /^error\[BWK484\]: unknown command `salesforce`/],
  [
    ["who", "extra", "--policy", "x", "--action", "read", "--record", "A/a"],
    /^error\[BWK484\]: too many arguments/,
  ],
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
