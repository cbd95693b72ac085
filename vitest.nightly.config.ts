import {defineConfig} from "vitest/config";
import base from "./vitest.config.js";

// The long ones, of which `npm test` and `npm run test:native` run a tenth.
export default defineConfig({test: {...base.test, include: ["test/**/*.nightly.ts"], testTimeout: 3_600_000}});
