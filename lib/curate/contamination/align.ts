/** How much of some words stands in a stretch of other words, and where. */
export interface Aligned {
  /** share of the weight, in [0, 1] */
  covered: number;
  /** places of the first and after the last matched word in the stretch */
  from: number;
  to: number;
}

/** What passing over a word of the stretch costs, beside a matched word of mean weight: keeps the place compact. */
const gapCost = 0.02;

/**
 * The best way to find words in order within a stretch of a text (a local alignment): changed, left out and added words
 * cost their own weight and no more, and a word with a slip of spelling counts for the letters that agree. A match that
 * stands alone, no neighbour of it matched beside it, counts nothing: little words are everywhere.
 *
 * Takes time and memory in the product of the two lengths.
 * Source: Smith & Waterman (1981), doi:10.1016/0022-2836(81)90087-5.
 */
export function align(words: readonly string[], weights: readonly number[], stretch: readonly string[]): Aligned {
  const [n, m] = [words.length, stretch.length];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (n === 0 || m === 0 || total === 0) return {covered: 0, from: 0, to: 0};
  const places = placesOf(words, stretch);
  const cost = (gapCost * total) / n;
  const width = m + 1;
  const best = new Float64Array((n + 1) * width);
  // 1 a match, 2 a word left out, 3 a word of the stretch passed over.
  const step = new Uint8Array((n + 1) * width);
  let [top, end] = [0, 0];
  for (let i = 1; i <= n; i++) {
    const near = places[i - 1];
    for (let j = 1, p = 0; j <= m; j++) {
      const at = i * width + j;
      let value = best[at - width];
      let way = value > 0 ? 2 : 0;
      if (best[at - 1] - cost > value) [value, way] = [best[at - 1] - cost, 3];
      if (p < near.length && near[p].at === j - 1) {
        const matched = best[at - width - 1] + weights[i - 1] * near[p++].alike;
        if (matched >= value) [value, way] = [matched, 1];
      }
      best[at] = value;
      step[at] = way;
      if (value > top) [top, end] = [value, at];
    }
  }
  const matches: {i: number; j: number}[] = [];
  for (let at = end; step[at] !== 0 && best[at] > 0;) {
    if (step[at] === 1) {
      matches.push({i: Math.floor(at / width) - 1, j: (at % width) - 1});
      at -= width + 1;
    } else at -= step[at] === 2 ? width : 1;
  }
  matches.reverse();
  const kept = matches.filter(
    ({i, j}, k) =>
      n <= 2 ||
      (k > 0 && matches[k - 1].i === i - 1 && matches[k - 1].j === j - 1) ||
      (k + 1 < matches.length && matches[k + 1].i === i + 1 && matches[k + 1].j === j + 1)
  );
  if (kept.length === 0) return {covered: 0, from: 0, to: 0};
  let sum = 0;
  for (const {i, j} of kept) sum += weights[i] * alike(words[i], stretch[j]);
  // The same sum as the total's where every word is matched, so that a perfect match is 1 exactly.
  return {covered: sum === total ? 1 : sum / total, from: kept[0].j, to: kept[kept.length - 1].j + 1};
}

function placesOf(words: readonly string[], stretch: readonly string[]): {at: number; alike: number}[][] {
  const exact = new Map<string, {at: number; alike: number}[]>();
  stretch.forEach((word, at) => {
    const places = exact.get(word);
    if (places === undefined) exact.set(word, [{at, alike: 1}]);
    else places.push({at, alike: 1});
  });
  const known = new Map<string, {at: number; alike: number}[]>();
  return words.map((word) => {
    let places = exact.get(word) ?? known.get(word);
    if (places === undefined) {
      // A misspelt word is looked for only where the word itself is not there at all.
      places = stretch.flatMap((other, at) => {
        const value = alike(word, other);
        return value > 0 ? [{at, alike: value}] : [];
      });
      known.set(word, places);
    }
    return places;
  });
}

/** Share of letters that agree where one letter was changed, added, left out, or swapped with its neighbour; else 0. */
function alike(a: string, b: string): number {
  if (a === b) return 1;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  // Numbers and words of three letters are other words when one character is another.
  if (short.length < 4 || long.length - short.length > 1 || /\d/.test(long)) return 0;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start++;
  let end = 0;
  while (end < short.length - start && short[short.length - 1 - end] === long[long.length - 1 - end]) end++;
  const differ = long.length - start - end;
  const swapped = differ === 2 && a.length === b.length && a[start] === b[start + 1] && a[start + 1] === b[start];
  return differ <= 1 || swapped ? 1 - 1 / long.length : 0;
}
