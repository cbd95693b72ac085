/**
 * The suffix array of a sequence of whole numbers: where its suffixes begin, in their order. Linear in time and memory,
 * whatever repeats in it.
 *
 * @param text each in [0, upper]
 * Source: Nong, Zhang & Chan (2009), doi:10.1109/DCC.2009.42 (SA-IS).
 */
export function spanSuffixes(text: Int32Array, upper: number): Int32Array {
  const n = text.length;
  const suffixes = new Int32Array(n);
  if (n < 2) return suffixes;
  // Type S (1): smaller than the suffix after it; type L (0): larger.
  const small = new Uint8Array(n);
  for (let i = n - 2; i >= 0; i--) small[i] = text[i] === text[i + 1] ? small[i + 1] : text[i] < text[i + 1] ? 1 : 0;
  // Within each value's bucket the suffixes of type L come first, then those of type S.
  const larges = new Int32Array(upper + 2);
  const smalls = new Int32Array(upper + 2);
  for (let i = 0; i < n; i++) {
    if (small[i] === 0) smalls[text[i]]++;
    else larges[text[i] + 1]++;
  }
  for (let v = 0; v <= upper; v++) {
    smalls[v] += larges[v];
    larges[v + 1] += smalls[v];
  }
  let m = 0;
  for (let i = 1; i < n; i++) if (small[i] === 1 && small[i - 1] === 0) m++;
  const places = new Int32Array(m);
  m = 0;
  for (let i = 1; i < n; i++) if (small[i] === 1 && small[i - 1] === 0) places[m++] = i;
  const buckets = new Int32Array(upper + 2);

  function induce(sorted: Int32Array): void {
    suffixes.fill(-1);
    buckets.set(smalls);
    for (const place of sorted) suffixes[buckets[text[place]]++] = place;
    buckets.set(larges);
    suffixes[buckets[text[n - 1]]++] = n - 1;
    for (let i = 0; i < n; i++) {
      const before = suffixes[i] - 1;
      if (before >= 0 && small[before] === 0) suffixes[buckets[text[before]]++] = before;
    }
    buckets.set(larges);
    for (let i = n - 1; i >= 0; i--) {
      const before = suffixes[i] - 1;
      if (before >= 0 && small[before] === 1) suffixes[--buckets[text[before] + 1]] = before;
    }
  }

  induce(places);
  if (m < 2) return suffixes;
  const numbers = new Int32Array(n).fill(-1);
  for (let i = 0; i < m; i++) numbers[places[i]] = i;
  const sorted = new Int32Array(m);
  let filled = 0;
  for (let i = 0; i < n; i++) if (numbers[suffixes[i]] >= 0) sorted[filled++] = suffixes[i];
  const names = new Int32Array(m);
  let name = 0;
  for (let i = 1; i < m; i++) {
    let a = sorted[i - 1];
    let b = sorted[i];
    const endA = numbers[a] + 1 < m ? places[numbers[a] + 1] : n;
    const endB = numbers[b] + 1 < m ? places[numbers[b] + 1] : n;
    let same = endA - a === endB - b;
    if (same) {
      while (a < endA && text[a] === text[b]) {
        a++;
        b++;
      }
      same = a < n && b < n && a >= endA && text[a] === text[b];
    }
    if (!same) name++;
    names[numbers[sorted[i]]] = name;
  }
  const order = spanSuffixes(names, name);
  for (let i = 0; i < m; i++) sorted[i] = places[order[i]];
  induce(sorted);
  return suffixes;
}
