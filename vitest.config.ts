import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 120_000,
    pool: "forks",
    // One worker for each core: by itself Vitest leaves one idle, which of two is half.
    maxWorkers: "100%",
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
