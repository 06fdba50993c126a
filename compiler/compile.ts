// The pipeline: parse -> resolve -> rules -> image. Each stage once, in order; none throws for a user's mistake.
import { type Diagnostic, Report } from "./diagnostics/report.ts";
import { writeImage } from "./image/index.ts";
import type { Model } from "./model/model.ts";
import { type ResolveOptions, resolve } from "./model/resolve.ts";
import { resolveTest } from "./model/resolve-test.ts";
import type { ResolvedTest } from "./model/script.ts";
import { withoutFollowUps } from "./rules/follow-ups.ts";
import { applyRules } from "./rules/index.ts";
import type { SourceFile } from "./source.ts";
import type { FileNode } from "./syntax/ast.ts";
import { parse } from "./syntax/index.ts";

export interface Analysis {
  /** undefined where there is an error. */
  readonly model: Model | undefined;
  /** The tests of the project, each with the world that it starts from; none where there is an error. */
  readonly tests: readonly ResolvedTest[];
  readonly trees: readonly FileNode[];
  /** In the order of files and places. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface Compilation {
  /** undefined where there is an error; warnings do not matter. */
  readonly image: Uint8Array<ArrayBuffer> | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export type AnalyzeOptions = ResolveOptions;

/** Everything but the image. Never throws. */
export function analyze(files: readonly SourceFile[], options: AnalyzeOptions = {}): Analysis {
  const syntax = new Report();
  const trees = files.map((file) => parse(file, syntax));

  const meaning = new Report();
  const resolution = resolve(trees, meaning, options);
  const tests = trees
    .flatMap(({ declarations }) => declarations.filter((node) => node.kind === "Test"))
    .map((node) => resolveTest(node, resolution, meaning));
  applyRules(resolution, tests, meaning);

  const report = withoutFollowUps(syntax, meaning, trees, files);
  const clean = !report.hasErrors;
  return {
    model: clean ? resolution.model : undefined,
    tests: clean ? tests.map(({ test }) => test) : [],
    trees,
    diagnostics: report.sorted(files),
  };
}

/** The image of a project and its diagnostics. Never throws. */
export function compile(files: readonly SourceFile[], options: AnalyzeOptions = {}): Compilation {
  const { model, diagnostics } = analyze(files, options);
  const image = model === undefined ? undefined : writeImage(model.policy, model.world, model.openNames);
  return { image, diagnostics };
}
