/**
 * How alike two texts are by their runs of 1 to 6 characters, white space left out: the F-score of the mean precision and the
 * mean recall over the lengths that both texts have, recall weighing `beta` squared times as much.
 *
 * @param hypothesis what is judged; lengths are in code points
 * @param options.order longest run
 * @returns 0 to 100; 0 where either text is empty
 * Source: Popović (2015), chrF: character n-gram F-score for automatic MT evaluation, WMT 15; averaged over lengths as
 * sacreBLEU does it since version 2 (one reference, without smoothing).
 */
export function chrf(hypothesis: string, reference: string, {order = 6, beta = 2} = {}): number {
  const [a, b] = [hypothesis, reference].map((text) => Array.from(text.replace(/\s+/gu, "")));
  let precision = 0;
  let recall = 0;
  let orders = 0;
  for (let n = 1; n <= Math.min(order, a.length, b.length); n++) {
    const [ours, theirs] = [counts(a, n), counts(b, n)];
    let matches = 0;
    for (const [run, count] of ours) matches += Math.min(count, theirs.get(run) ?? 0);
    precision += matches / (a.length - n + 1);
    recall += matches / (b.length - n + 1);
    orders++;
  }
  if (orders === 0 || precision + recall === 0) return 0;
  const [p, r] = [precision / orders, recall / orders];
  return (100 * (1 + beta ** 2) * p * r) / (beta ** 2 * p + r);
}

function counts(characters: readonly string[], n: number): Map<string, number> {
  const found = new Map<string, number>();
  for (let i = 0; i + n <= characters.length; i++) {
    const run = characters.slice(i, i + n).join("");
    found.set(run, (found.get(run) ?? 0) + 1);
  }
  return found;
}
