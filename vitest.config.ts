import { defineConfig, type ViteUserConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Tests that put something else in place of a module or of a global: each has a process of its own. */
const alone = [
  "test/runtime/no-room.test.ts",
  "test/runtime/no-simd.test.ts",
  "test/syntax/format-soundness.test.ts",
  "test/threads/no-shared-memory.test.ts",
];

/** The longest, the first of them first: begun last, one of them would keep one core busy while the others are idle. */
const long = [
  "test/properties/differential.test.ts",
  "test/properties/scripts.test.ts",
  "test/properties/crowds.test.ts",
  "test/cedar/differential-loaded.test.ts",
  "test/cedar/differential-source.test.ts",
  "test/cedar/expressions.test.ts",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = long.findIndex((file) => moduleId.endsWith(file));
      return found === -1 ? long.length : found;
    };
    return (await super.sort(files)).sort(
      (a, b) => Number(b.project.config.isolate) - Number(a.project.config.isolate) || place(a) - place(b),
    );
  }
}

const config: ViteUserConfig = defineConfig({
  test: {
    testTimeout: 120_000,
    pool: "forks",
    // One worker for each core: by itself Vitest leaves one idle, which of two is half.
    maxWorkers: "100%",
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: "alone", include: alone } },
      // One process after another would import everything anew, which takes a third of the time.
      {
        extends: true,
        test: { name: "together", include: ["test/**/*.test.ts"], exclude: alone, isolate: false },
      },
    ],
    reporters: ["default", ["json", { outputFile: "build/test-results.json" }]],
    coverage: {
      provider: "v8",
      include: ["compiler/**", "runtime-ts/**"],
      exclude: ["**/*.gen.ts"],
      reporter: ["text", "json"],
      reportOnFailure: true,
    },
  },
});
export default config;
