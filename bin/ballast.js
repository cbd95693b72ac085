#!/usr/bin/env node
import {existsSync} from "node:fs";

// A checkout runs its TypeScript sources through tsx; the published package runs what was compiled from them.
const source = new URL("../lib/cli/main.ts", import.meta.url);
if (existsSync(source)) {
  const {register} = await import("tsx/esm/api");
  register();
  await import(source.href);
} else {
  await import("../dist/lib/cli/main.js");
}
