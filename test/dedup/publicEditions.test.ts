import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {bandKeys} from "../../lib/dedup/bands.js";
import {jaccard, shingleSet} from "../../lib/dedup/jaccard.js";
import {createMinhash} from "../../lib/dedup/minhash.js";
import {presetOptions} from "../../lib/dedup/presets.js";
import {createShingler} from "../../lib/dedup/shingles.js";
import {stars} from "../../lib/dedup/stars.js";
import {sha256} from "../../lib/io/sha256.js";
import {wilson} from "../../lib/stats/proportion.js";
import {hasPublicData, publicFile} from "../publicData.js";
import {pairsAtLeast} from "./pairsAtLeast.js";

const editions = ["1661-8.txt", "1661.txt", "advsh10.txt", "advsh11.txt", "advsh12.txt"];

test.skipIf(!hasPublicData)("editions of one book: .95 of the near copies are found (needs BALLAST_DATA)", () => {
  const texts = editions.flatMap((name) =>
    readFileSync(publicFile("neardup_sherlock", `sherlock_holmes/${name}`), "latin1")
      .split(/\r?\n\s*\r?\n/)
      .filter((text) => text.split(/\s+/).filter(Boolean).length >= 40)
      .map((text, i) => ({text, id: sha256(text), key: `${name}:${i}`, ceiling: "T0" as const, verified: true}))
  );
  const byKey = new Map(texts.map(({key}, i) => [key, i]));
  for (const preset of ["ballast", "fineweb"] as const) {
    const options = {...presetOptions(preset), normalisation: "precise" as const, threshold: 0.8};
    const {bands, rows} = options;
    const shingle = createShingler(options);
    const sign = createMinhash(bands * rows);
    const sets = texts.map(({text}) => shingleSet(shingle(text)));
    const keys = texts.map(({text}) => bandKeys(sign(shingle(text)), {bands, rows}));
    const edges = stars(texts, options);
    const star = new Map(edges.map(({member, representative}) => [member, representative]));
    const centre = (i: number) => star.get(texts[i].key) ?? texts[i].key;
    const pairs = pairsAtLeast(sets, 0.8).filter((pair) => pair.jaccard < 1);
    const found = pairs.filter(
      ({a, b}) => keys[a].some((key, band) => key === keys[b][band]) || centre(a) === centre(b)
    ).length;
    const [low, high] = wilson(found, pairs.length);
    process.stderr.write(
      `five editions, ${preset} ${bands} × ${rows}: recall of ${pairs.length} pairs with 0.8 ≤ J < 1: ` +
        `${(found / pairs.length).toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]; ${edges.length} of ${texts.length} removed\n`
    );
    expect(pairs.length).toBeGreaterThan(500);
    if (preset === "ballast") expect(found / pairs.length).toBeGreaterThanOrEqual(0.95);
    for (const {member, representative, jaccard: similarity} of edges) {
      expect(star.has(representative)).toBe(false);
      const exact = jaccard(sets[byKey.get(member)!], sets[byKey.get(representative)!]);
      expect(exact).toBeGreaterThanOrEqual(0.8);
      expect(similarity).toBe(exact);
    }
  }
});
