import {countNgrams, createModel} from "../../lib/proxy/ngram.js";
import {createRandom} from "../../lib/text/random.js";
import {proseTokens} from "./proseTokens.js";
import type {BenchRow} from "./row.js";

/** The proxy's three speeds on one core, order 4: a million tokens of addresses, the best of five. */
export async function bench(): Promise<BenchRow[]> {
  const {passages, vocabSize} = await proseTokens();
  const text = passages.slice(0, 7813);
  const held = passages.slice(-1000);
  const tokens = text.length * 128;
  const train = best(5, () => countNgrams(text, {order: 4, vocabSize}));
  const counts = countNgrams(text, {order: 4, vocabSize});
  const model = createModel([{counts, weight: 1}]);
  const score = best(5, () => held.forEach((passage) => model.logProb(passage)));
  const generate = best(5, () => model.sample({random: createRandom(1), length: 50_000, temperature: 0.8}));
  const million = (n: number, seconds: number) => n / seconds / 1e6;
  return [
    {
      name: "proxy training, order 4",
      value: million(tokens, train),
      unit: "M tokens/s a core",
      limit: {value: 3, sense: ">="}
    },
    {name: "proxy scoring, order 4", value: million(held.length * 128, score), unit: "M tokens/s a core"},
    {
      name: "proxy generation, order 4",
      value: million(50_000, generate),
      unit: "M tokens/s a core",
      note: "temperature 0.8, drawn exactly"
    }
  ];
}

/** Seconds of the fastest of n runs. */
function best(n: number, run: () => unknown): number {
  let least = Infinity;
  for (let i = 0; i < n; i++) {
    const start = performance.now();
    run();
    least = Math.min(least, performance.now() - start);
  }
  return least / 1000;
}
