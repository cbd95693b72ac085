import {createWriteStream} from "node:fs";
import {Readable} from "node:stream";
import {pipeline} from "node:stream/promises";
import {z} from "zod";
import {createSeal} from "../curate/contamination/seal.js";
import {createSealer, type SealedItem} from "../curate/contamination/sealedItem.js";
import {gramSizes} from "../curate/contamination/ngramIndex.js";
import {atomic} from "../io/atomic.js";
import {readJsonl} from "../io/jsonl.js";
import {sha256} from "../io/sha256.js";
import {readBenchmarks, type BenchmarkColumns} from "./contaminationItems.js";

/** First line of a file of hashes. */
const Head = z.strictObject({
  format: z.literal("ballast-benchmark-hashes"),
  version: z.literal(1),
  sizes: z.array(z.int().min(1)).min(1),
  /** what tells a wrong key: it says nothing of the right one */
  check: z.string(),
  keyed: z.boolean()
});

const Grams = z.record(z.string(), z.array(z.string().regex(/^[0-9a-f]{16}$/)));
const Item = z.strictObject({benchmark: z.string(), id: z.string(), question: Grams, answers: z.array(Grams)});

/**
 * Writes a benchmark as hashes only: JSONL, a head and then one line an item with its names and the sealed hashes of its
 * runs of words, nothing of its text. Copies are found with it; altered copies and rephrases cannot be.
 *
 * @param options.key what nobody without it can make hashes with; empty for none
 */
export async function registerBenchmark(
  against: readonly string[],
  out: string,
  {
    sizes = gramSizes,
    key = "",
    columns = {}
  }: {sizes?: readonly number[]; key?: string; columns?: BenchmarkColumns} = {}
): Promise<{items: number; tooShort: number}> {
  const {items} = await readBenchmarks(against, columns);
  const sealer = createSealer(sizes, createSeal(key));
  let tooShort = 0;
  await atomic(out, async (temporary) => {
    const head = {format: "ballast-benchmark-hashes", version: 1, sizes, check: checkOf(key), keyed: key !== ""};
    const lines = function* () {
      yield `${JSON.stringify(head)}\n`;
      for (const item of items) {
        const sealed = sealer(item);
        if ([sealed.question, ...sealed.answers].every((grams) => Object.values(grams).flat().length === 0)) tooShort++;
        yield `${JSON.stringify(sealed)}\n`;
      }
    };
    await pipeline(Readable.from(lines()), createWriteStream(temporary, {flags: "wx"}));
  });
  return {items: items.length, tooShort};
}

/** Whether a file's first line says that it holds hashes. */
export async function isSealed(path: string): Promise<boolean> {
  if (!/\.(?:jsonl|ndjson)(?:\.gz)?$/.test(path)) return false;
  for await (const {value} of readJsonl(path))
    return (
      typeof value === "object" && value !== null && "format" in value && value.format === "ballast-benchmark-hashes"
    );
  return false;
}

/**
 * The items of a file of hashes.
 *
 * @throws RangeError where the key is not the one that it was written with, or it lacks a size; TypeError naming the line
 *   that is none
 */
export async function* readSealed(
  path: string,
  {sizes, key}: {sizes: readonly number[]; key: string}
): AsyncGenerator<SealedItem> {
  let head: z.infer<typeof Head> | null = null;
  for await (const {line, value} of readJsonl(path)) {
    if (head !== null) {
      const {data, error} = Item.safeParse(value);
      if (data === undefined) throw refusal(`${path}:${line}`, error);
      yield data;
      continue;
    }
    const {data, error} = Head.safeParse(value);
    if (data === undefined) throw refusal(`${path}:${line}`, error);
    head = data;
    if (data.check !== checkOf(key))
      throw new RangeError(
        `${path}: expected the key that its hashes were made with, got ${key === "" ? "none" : "another"}`
      );
    const lacking = sizes.filter((size) => !data.sizes.includes(size));
    if (lacking.length > 0)
      throw new RangeError(
        `${path}: expected hashes of ${lacking.join(", ")} words, got those of ${data.sizes.join(", ")}`
      );
  }
}

function checkOf(key: string): string {
  return sha256(`ballast benchmark hashes\n${sha256(key)}`).slice(0, 16);
}

function refusal(at: string, error: z.ZodError): TypeError {
  return new TypeError(`${at}: ${error.issues[0].path.join(".")}: ${error.issues[0].message}`);
}
