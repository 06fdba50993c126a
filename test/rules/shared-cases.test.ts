// The reference cases beside the repository: no errors but those that a line expects.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { analyze } from "../../compiler/compile.ts";
import { positionOf, type SourceFile } from "../../compiler/source.ts";

const root = join(import.meta.dirname, "../../../shared");

const fileAt = (path: string): SourceFile => ({ name: basename(path), text: readFileSync(path, "utf8") });

function projects(): { name: string; files: SourceFile[] }[] {
  const cases = join(root, "cases");
  const authzen = join(root, "authzen");
  return [
    ...readdirSync(cases)
      .filter((name) => name.endsWith(".bwk"))
      .map((name) => ({ name, files: [fileAt(join(cases, name))] })),
    ...readdirSync(authzen)
      .filter((name) => statSync(join(authzen, name)).isDirectory())
      .map((name) => ({
        name: `authzen ${name}`,
        files: readdirSync(join(authzen, name))
          .filter((file) => file.endsWith(".bwk"))
          .map((file) => fileAt(join(authzen, name, file))),
      })),
  ];
}

const found = existsSync(join(root, "cases")) ? projects() : [];

test.skipIf(found.length > 0)("the reference cases are not here: skipped", () => {});

test.each(found)("$name", ({ files }) => {
  const { diagnostics } = analyze(files, { world: "closed" });
  const reported = diagnostics
    .filter(({ severity }) => severity === "error")
    .map(
      ({ code, span, message }) =>
        `${span.file.name}:${positionOf(span.file, span.start).line} ${code} ${message}`,
    );
  const expected = files.flatMap((file) =>
    file.text
      .split("\n")
      .flatMap((line, index) =>
        /\/\/ expect (BWK\d{3})/.exec(line) === null ? [] : `${file.name}:${index + 1}`,
      ),
  );
  expect(reported.map((line) => line.split(" ")[0])).toEqual(expected);
});
