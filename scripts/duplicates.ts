import {readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {bandKeys} from "../lib/dedup/bands.js";
import {jaccard, shingleSet} from "../lib/dedup/jaccard.js";
import {createMinhash} from "../lib/dedup/minhash.js";
import {presetOptions, presets, type PresetName} from "../lib/dedup/presets.js";
import {createShingler} from "../lib/dedup/shingles.js";
import {asset} from "../lib/io/assets.js";

// BALLAST_DATA=… npx tsx scripts/duplicates.ts: makes data/duplicates.json anew, how many pairs of known similarity the
// settings of near-duplicate search find among the paragraphs of public editions of one book. No text comes into it.
const data = process.env.BALLAST_DATA;
if (data === undefined)
  throw new Error("expected BALLAST_DATA to name the folder of the public data sets, got nothing");

const least = 0.5;
const width = 0.05;
const longEnough = 40;
const {sets: known} = JSON.parse(await readFile(asset("public.json"), "utf8")) as {
  sets: {set: string; files: Record<string, string>}[];
};
const editions = Object.keys(known.find(({set}) => set === "neardup_sherlock")?.files ?? {});
const paragraphs: string[] = [];
for (const path of editions) {
  const bytes = await readFile(join(data, "neardup_sherlock", path));
  const utf8 = bytes.toString("utf8");
  const text = utf8.includes("\ufffd") ? bytes.toString("latin1") : utf8;
  for (const paragraph of text.split(/(?:\r?\n[ \t]*){2,}/))
    if (paragraph.split(/\s+/).filter((word) => word !== "").length >= longEnough) paragraphs.push(paragraph);
}

const settings = (Object.keys(presets) as PresetName[])
  .map((name) => ({name, ...presetOptions(name)}))
  .filter(({unit}) => unit === "words")
  .map(({name, bands, rows, threshold, size, normalisation}) => {
    const shingle = createShingler({size, normalisation});
    const sign = createMinhash(bands * rows);
    const sets: Float64Array[] = [];
    const keys: Uint32Array[] = [];
    const seen = new Set<string>();
    for (const text of paragraphs) {
      const shingles = shingle(text);
      const set = shingleSet(shingles);
      // A paragraph that several editions have alike makes the same pair again and again: it counts once.
      const key = set.join();
      if (seen.has(key)) continue;
      seen.add(key);
      sets.push(set);
      keys.push(bandKeys(sign(shingles), {bands, rows}));
    }
    const bins = Array.from({length: Math.round((1 - least) / width)}, (_, i) => ({
      from: Number((least + i * width).toFixed(2)),
      pairs: 0,
      found: 0
    }));
    for (const [a, b] of sharing(sets)) {
      const similarity = jaccard(sets[a], sets[b]);
      if (similarity < least) continue;
      const bin = bins[Math.floor((similarity - least) / width + 1e-9)];
      bin.pairs++;
      if (keys[a].some((key, band) => key === keys[b][band])) bin.found++;
    }
    return {name, size, normalisation, bands, rows, threshold, texts: sets.length, bins};
  });

await writeFile(
  asset("duplicates.json"),
  `${JSON.stringify({set: "The Adventures of Sherlock Holmes, five editions", paragraphs: paragraphs.length, settings}, null, 1)}\n`
);

/** Pairs of sets that share a shingle, each once. */
function* sharing(sets: readonly Float64Array[]): Generator<[number, number]> {
  const index = new Map<number, number[]>();
  for (const [b, set] of sets.entries()) {
    const seen = new Set<number>();
    for (const shingle of set) {
      const others = index.get(shingle);
      if (others === undefined) index.set(shingle, [b]);
      else {
        for (const a of others) seen.add(a);
        others.push(b);
      }
    }
    for (const a of seen) yield [a, b];
  }
}
