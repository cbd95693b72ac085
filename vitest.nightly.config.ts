import {defineConfig} from "vitest/config";
import base from "./vitest.config.js";

// The long ones, of which `npm test` and `npm run test:native` run a tenth, and every verifier with 1,000 planted errors.
const planted = ["agentTrace", "chessRules", "robotMotion", "sqlAnswer", "trajectoryPhysics"];
export default defineConfig({
  test: {
    ...base.test,
    include: ["test/**/*.nightly.ts", ...planted.map((name) => `test/verify/${name}.test.ts`)],
    env: {BALLAST_NIGHTLY: "1"},
    testTimeout: 3_600_000
  }
});
