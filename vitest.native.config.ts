import {defineConfig} from "vitest/config";
import base from "./vitest.config.js";

// What needs tools that npm does not bring: they skip, saying so, where `npm run setup:native` has not been run. Sandboxes
// that stop programs by the clock are tested on cores of their own.
export default defineConfig({test: {...base.test, include: ["test/**/*.native.ts"], maxWorkers: 2}});
