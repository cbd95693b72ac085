import {readFile} from "node:fs/promises";
import {openAnswers, type AnswerCache} from "../endpoints/answerCache.js";
import {exportAnswers} from "../endpoints/answerExport.js";
import {importAnswers} from "../endpoints/answerImport.js";
import {Misuse, parse, type Command} from "./command.js";

const text = {type: "string"} as const;
const json = {type: "boolean", default: false} as const;

/** `ballast answers`: what endpoints have answered, as one file, so that a run can be made again without them. */
export const command: Command = {
  usage: "export --from DIR --out FILE.jsonl[.gz] [--keys FILE] [--json] | import FILE --into DIR [--json]",
  summary:
    "Writes the stored answers of a folder to one file (all, or those whose keys are listed, one a line), or verifies such a file and stores its answers: with them a run is made again offline, byte for byte. The file holds prompts and answers in clear.",
  async run([verb, ...args]) {
    if (verb === "export") return write(args);
    if (verb === "import") return read(args);
    throw new Misuse(`expected export or import, got ${verb === undefined ? "nothing" : JSON.stringify(verb)}`);
  }
};

async function write(args: readonly string[]): Promise<number> {
  const {values} = parse(args, {from: text, out: text, keys: text, json});
  const {from, out} = values;
  if (from === undefined) throw new Misuse("--from: expected a folder of answers, got nothing");
  if (out === undefined || !/\.jsonl(\.gz)?$/.test(out))
    throw new Misuse(`--out: expected a file that ends in .jsonl or .jsonl.gz, got ${out ?? "nothing"}`);
  const keys = values.keys === undefined ? null : await keysOf(values.keys);
  return withAnswers(from, async (cache) => {
    if (cache.size === 0) throw new TypeError(`${from}: expected a folder of answers, got none there`);
    const {answers, sha256} = await exportAnswers(cache, out, {keys});
    const inWords = `${answers} answers in ${out}\nsha256 of its lines before compression: ${sha256}\n`;
    process.stdout.write(values.json ? `${JSON.stringify({answers, sha256})}\n` : inWords);
    return 0;
  });
}

async function read(args: readonly string[]): Promise<number> {
  const {values, positionals} = parse(args, {into: text, json}, {least: 1});
  const [file] = positionals;
  const {into} = values;
  if (into === undefined) throw new Misuse("--into: expected a folder, got nothing");
  return withAnswers(into, async (cache) => {
    const {answers, added} = await importAnswers(file, cache);
    const inWords = `${answers} answers verified, ${added} of them new in ${into}\n`;
    process.stdout.write(values.json ? `${JSON.stringify({answers, added})}\n` : inWords);
    return 0;
  });
}

async function withAnswers(folder: string, use: (cache: AnswerCache) => Promise<number>): Promise<number> {
  const cache = await openAnswers(folder);
  try {
    const {lines, first} = cache.damage;
    if (lines > 0)
      process.stderr.write(`${lines} damaged lines are passed over, the first of them:\n${first.join("\n")}\n`);
    return await use(cache);
  } finally {
    await cache.close();
  }
}

async function keysOf(path: string): Promise<ReadonlySet<string>> {
  const lines = (await readFile(path, "utf8")).split("\n");
  const keys = new Set<string>();
  for (const [i, line] of lines.entries()) {
    const key = line.trim();
    if (key === "") continue;
    if (!/^[0-9a-f]{64}$/.test(key))
      throw new TypeError(`${path}:${i + 1}: expected a key of 64 hex digits, got ${JSON.stringify(key.slice(0, 80))}`);
    keys.add(key);
  }
  return keys;
}
