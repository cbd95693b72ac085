import {createRandom} from "../text/random.js";

/** A sample of bounded size out of a stream of any length. */
interface TextSample {
  add(at: string, text: string): void;
  /** the sampled texts in the order they were added, once all are */
  texts(): string[];
  /** texts added */
  readonly seen: number;
}

/** UTF-16 units of one text that a sample keeps: the rest of a longer one is cut. */
const longest = 1_000_000;

/**
 * Keeps texts of at most `budget` UTF-16 units (each counts one more than its length), chosen by a seeded hash of their
 * places: the same ones whatever else is in the stream before or after them. All of them where they fit.
 */
export function createTextSample(budget: number, seed: string | number): TextSample {
  let kept: {order: number; text: string; priority: number}[] = [];
  let size = 0;
  let seen = 0;
  let cutoff = Infinity;
  const cost = (text: string) => text.length + 1;
  const cut = () => {
    kept.sort((a, b) => a.priority - b.priority || a.order - b.order);
    let n = 0;
    let sum = 0;
    while (n < kept.length && sum + cost(kept[n].text) <= budget) sum += cost(kept[n++].text);
    if (n < kept.length) cutoff = kept[n].priority;
    kept = kept.slice(0, n);
    size = sum;
  };
  return {
    add(at, text) {
      const order = seen++;
      const priority = createRandom(seed, "sample", at)();
      if (priority >= cutoff) return;
      const part = text.length > longest ? text.slice(0, longest) : text;
      kept.push({order, text: part, priority});
      if ((size += cost(part)) > 2 * budget) cut();
    },
    texts() {
      if (size > budget) cut();
      return [...kept].sort((a, b) => a.order - b.order).map(({text}) => text);
    },
    get seen() {
      return seen;
    }
  };
}
