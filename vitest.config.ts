import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 120_000,
    pool: "forks",
    coverage: {
      provider: "v8",
      include: ["compiler/**", "runtime-ts/**"],
      exclude: ["**/*.gen.ts"],
      reporter: ["text", "json-summary"],
    },
  },
});
export default config;
