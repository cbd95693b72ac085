import {expect, test} from "vitest";
import {leastSquares} from "../../lib/stats/leastSquares.js";
import {nnls} from "../../lib/stats/nnls.js";
import {nnlsGram} from "../../lib/stats/nnlsGram.js";
import {createRandom} from "../../lib/text/random.js";

test("from inner products alone comes what comes from the rows", () => {
  const random = createRandom("gram");
  for (let round = 0; round < 300; round++) {
    const k = 1 + random.int(6);
    const rows = Array.from({length: 20}, () => Array.from({length: k}, () => random.normal() + 0.5));
    const b = rows.map(() => random.normal() + 0.3);
    const lengths = Array.from({length: k}, (_, j) => Math.hypot(...rows.map((row) => row[j])));
    const unit = rows.map((row) => row.map((v, j) => v / lengths[j]));
    const gram = new Float64Array(k * k);
    const h = new Float64Array(k);
    for (let a = 0; a < k; a++) {
      h[a] = unit.reduce((sum, row, i) => sum + row[a] * b[i], 0);
      for (let c = 0; c < k; c++) gram[a * k + c] = unit.reduce((sum, row) => sum + row[a] * row[c], 0);
    }
    const all = b.reduce((sum, v) => sum + v * v, 0);
    const x = new Float64Array(k);
    // Twenty rows of such columns have a condition number below 1e3; squared, ten digits are left.
    expect(all - nnlsGram(gram, h, x)).toBeCloseTo(nnls(unit, b).residual, 9);
    for (const [j, v] of nnls(unit, b).x.entries()) expect(x[j]).toBeCloseTo(v, 8);
    expect(all - nnlsGram(gram, h, x, {signed: true})).toBeCloseTo(leastSquares(unit).residual(b), 9);
  }
});
