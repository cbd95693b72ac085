import {canaryExposure, exposureBound} from "../../lib/curate/membership/canaryExposure.js";
import {makeCanaries} from "../../lib/curate/membership/canaries.js";
import {canaryPlaces, insertLine} from "../../lib/curate/membership/canaryPlaces.js";
import {defaultSpace} from "../../lib/curate/membership/canarySpace.js";
import {createProxyScorer} from "../../lib/curate/membership/proxyScorer.js";
import {builtinTokenizer} from "../../lib/io/assets.js";
import {createRandom} from "../../lib/text/random.js";
import {shuffledPassages} from "./addresses.js";

/** How exposure grows with the number of times that a model has seen a secret. */
interface MeasuredCanaries {
  bits: number;
  texts: number;
  /** exposure from which canaries ring */
  bound: number;
  /** by canary: times that it stood in what the model learnt from, and its exposure in bits */
  canaries: {seen: number; exposure: number}[];
}

const seed = 1;
const texts = 4000;
const each = 8;
const repeats = [1, 2, 4, 8];

/** Canaries in passages of addresses, some not at all, and the exposure of each under the built-in n-gram model. */
export async function measureCanaries(): Promise<MeasuredCanaries> {
  // A million secrets, so that every one of them can be scored.
  const space = {...defaultSpace, length: 4};
  const random = createRandom(seed, "canaries");
  const all = makeCanaries(space, each * (repeats.length + 1), random);
  const inside = all.slice(each);
  const passages = (await shuffledPassages(seed)).slice(0, texts).map(({text}) => text);
  for (const [row, numbers] of canaryPlaces(inside.length, {rows: texts, repeats, random}))
    for (const number of numbers) passages[row] = insertLine(passages[row], inside[number].text, random).text;
  const proxy = createProxyScorer(passages, builtinTokenizer());
  const {bits, canaries} = await canaryExposure(space, all, (text) => proxy.total(text), {random, most: 2 ** 20});
  return {
    ...{bits, texts, bound: exposureBound(all.length)},
    canaries: canaries.map(({exposure}, i) => ({
      seen: i < each ? 0 : repeats[(i - each) % repeats.length],
      exposure
    }))
  };
}
