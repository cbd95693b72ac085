import {expect, test} from "vitest";
import {bandedKey, createBandIndex} from "../../lib/dedup/bandIndex.js";
import {createStarSearch, fullBand} from "../../lib/dedup/starSearch.js";
import {createRandom} from "../../lib/text/random.js";

test("candidates are those of a map of lists, whatever collides and however the index grows", () => {
  const random = createRandom("band index");
  const index = createBandIndex({most: 5});
  const plain = new Map<string, number[]>();
  let left = 0;
  for (let ordinal = 0; ordinal < 3000; ordinal++) {
    // Keys at both ends of the range, and few enough of them that many are shared.
    const keys = Array.from({length: 4}, (_, band) => [band * 1000, random() < 0.5 ? random.int(200) : 0xffffffff - random.int(2000)]); // prettier-ignore
    const lists = keys.map(([band, key]) => plain.get(`${band}/${key}`) ?? []);
    const banded = keys.map(([band, key]) => bandedKey(band, key));
    expect([...index.candidates(banded)]).toEqual([...new Set(lists.flat())].sort((a, b) => a - b));
    index.add(banded, ordinal);
    for (const [i, list] of lists.entries()) {
      plain.set(keys[i].join("/"), list);
      if (list.length < 5) list.push(ordinal);
      else left++;
    }
  }
  expect(index.left).toBe(left);
  expect(left).toBeGreaterThan(0);
});

test("a band in which everything falls costs a bounded number of comparisons, and says what it left", () => {
  const texts = 1000;
  // No two sets share anything: each is compared with all that the band holds, and is kept.
  const sets = Array.from({length: texts}, (_, i) => Float64Array.of(2 * i, 2 * i + 1));
  const search = createStarSearch((ordinal) => sets[ordinal], {threshold: 0.8});
  for (let i = 0; i < texts; i++) {
    expect(search.find([bandedKey(3, 7)], sets[i])).toBeNull();
    search.keep(i, [bandedKey(3, 7)]);
  }
  expect(search.compared).toBe((fullBand * (fullBand - 1)) / 2 + (texts - fullBand) * fullBand);
  expect(search.left).toBe(texts - fullBand);
});
