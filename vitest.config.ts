import {defineConfig} from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 300_000,
    pool: "forks",
    maxWorkers: 3,
    // One process runs many files: a sixth of the time went into starting them and reading the same modules.
    isolate: false
  }
});
