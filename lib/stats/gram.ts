/**
 * Writes Σ push_i x_i and, by rows, the lower half of Σ curve_i x_i x_iᵀ, x_i a row of as many values as `g` has. Rows
 * are taken four at a time, for each read and write of a sum then serves four.
 *
 * @param x row by row
 * @param curve null: the first sum alone
 */
export function gram(
  x: Float64Array,
  push: Float64Array,
  curve: Float64Array | null,
  g: Float64Array,
  lower: Float64Array | null
): void {
  const k = g.length;
  const n = push.length;
  g.fill(0);
  // What is left at the end is made four by rows that count nothing.
  for (let i = 0; i < n; i += 4) {
    const last = n - 1 - i;
    const p0 = push[i];
    const p1 = last > 0 ? push[i + 1] : 0;
    const p2 = last > 1 ? push[i + 2] : 0;
    const p3 = last > 2 ? push[i + 3] : 0;
    const x0 = i * k;
    const x1 = last > 0 ? x0 + k : x0;
    const x2 = last > 1 ? x1 + k : x0;
    const x3 = last > 2 ? x2 + k : x0;
    for (let a = 0; a < k; a++) g[a] += p0 * x[x0 + a] + p1 * x[x1 + a] + (p2 * x[x2 + a] + p3 * x[x3 + a]);
  }
  if (curve === null || lower === null) return;
  lower.fill(0);
  for (let i = 0; i < n;) {
    while (i < n && curve[i] === 0) i++;
    if (i === n) return;
    const x0 = i * k;
    const c0 = curve[i++];
    while (i < n && curve[i] === 0) i++;
    const x1 = i < n ? i * k : 0;
    const c1 = i < n ? curve[i++] : 0;
    while (i < n && curve[i] === 0) i++;
    const x2 = i < n ? i * k : 0;
    const c2 = i < n ? curve[i++] : 0;
    while (i < n && curve[i] === 0) i++;
    const x3 = i < n ? i * k : 0;
    const c3 = i < n ? curve[i++] : 0;
    for (let a = 0, at = 0; a < k; a++, at += k) {
      const y0 = c0 * x[x0 + a];
      const y1 = c1 * x[x1 + a];
      const y2 = c2 * x[x2 + a];
      const y3 = c3 * x[x3 + a];
      for (let b = 0; b <= a; b++) lower[at + b] += y0 * x[x0 + b] + y1 * x[x1 + b] + (y2 * x[x2 + b] + y3 * x[x3 + b]);
    }
  }
}
