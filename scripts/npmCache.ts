import {rm} from "node:fs/promises";
import {join, resolve} from "node:path";
import {fillNpmCache} from "../lib/run/npmCache.js";

// Before a preview: what pages import from npm, and no output of loaders that another data set or another lib/ made.
const cache = join(resolve(import.meta.dirname, ".."), "docs", ".observablehq", "cache");
await rm(join(cache, "data"), {recursive: true, force: true});
await fillNpmCache(cache);
