/**
 * The non-negative x of least ‖A x − b‖² from the inner products AᵀA and Aᵀb alone: fast where there are many small
 * problems. The condition number is squared: for ranking them, and `nnls` for the answer.
 *
 * @param gram AᵀA, k × k, of columns of length 1
 * @param h Aᵀb
 * @param x where the solution goes
 * @param options.signed whether negative values are allowed too
 * @returns what the columns explain of bᵀb
 * Source: Bro & de Jong (1997), doi:10.1002/(SICI)1099-128X(199709/10)11:5<393::AID-CEM483>3.0.CO;2-L.
 */
export function nnlsGram(gram: Float64Array, h: Float64Array, x: Float64Array, {signed = false} = {}): number {
  const k = h.length;
  const used: number[] = [];
  const factor = new Float64Array(k * k);
  const z = new Float64Array(k);
  const refused = new Uint8Array(k);
  x.fill(0);
  for (let round = 0; round < 10 * k + 10; round++) {
    let next = -1;
    let most = 1e-14;
    for (let j = 0; j < k; j++) {
      if (refused[j] || used.includes(j)) continue;
      let slope = h[j];
      for (const i of used) slope -= gram[j * k + i] * x[i];
      const gain = signed ? Math.abs(slope) : slope;
      if (gain > most * Math.abs(h[j])) [next, most] = [j, gain / Math.abs(h[j])];
    }
    if (next < 0) break;
    used.push(next);
    if (!solve() || (!signed && z[used.length - 1] <= 0)) {
      used.pop();
      refused[next] = 1;
      continue;
    }
    while (!signed && used.some((_, t) => z[t] <= 0)) {
      let step = 1;
      let blocking = -1;
      for (const [t, j] of used.entries()) {
        const share = z[t] <= 0 ? x[j] / (x[j] - z[t]) : 1;
        if (share < step) [step, blocking] = [share, t];
      }
      for (const [t, j] of used.entries()) x[j] += step * (z[t] - x[j]);
      for (let t = used.length - 1; t >= 0; t--)
        if (t === blocking || x[used[t]] <= 0) {
          x[used[t]] = 0;
          used.splice(t, 1);
        }
      if (used.length === 0 || !solve()) break;
    }
    for (const [t, j] of used.entries()) x[j] = z[t];
  }
  let explained = 0;
  for (const j of used) explained += h[j] * x[j];
  return explained;

  /** Cholesky on the columns in use; false where they depend on each other. */
  function solve(): boolean {
    const p = used.length;
    for (let a = 0; a < p; a++) {
      for (let b = 0; b <= a; b++) {
        let v = gram[used[a] * k + used[b]];
        for (let c = 0; c < b; c++) v -= factor[a * k + c] * factor[b * k + c];
        if (a !== b) factor[a * k + b] = v / factor[b * k + b];
        else if (v <= 1e-13) return false;
        else factor[a * k + a] = Math.sqrt(v);
      }
      let v = h[used[a]];
      for (let c = 0; c < a; c++) v -= factor[a * k + c] * z[c];
      z[a] = v / factor[a * k + a];
    }
    for (let a = p - 1; a >= 0; a--) {
      for (let c = a + 1; c < p; c++) z[a] -= factor[c * k + a] * z[c];
      z[a] /= factor[a * k + a];
    }
    return true;
  }
}
