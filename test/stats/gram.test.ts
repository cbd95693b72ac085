import {expect, test} from "vitest";
import {gram} from "../../lib/stats/gram.js";
import {createRandom} from "../../lib/text/random.js";

test("the sums are those of one row after the other, whatever is left of the last four and whichever count nothing", () => {
  const random = createRandom("gram");
  for (let n = 1; n <= 13; n++) {
    const k = 1 + (n % 4);
    const x = Float64Array.from({length: n * k}, random.normal);
    const push = Float64Array.from({length: n}, random.normal);
    const curve = Float64Array.from({length: n}, () => (random() < 0.4 ? 0 : random.normal()));
    const g = new Float64Array(k).fill(NaN);
    const lower = new Float64Array(k * k).fill(NaN);
    gram(x, push, curve, g, lower);
    const column = (a: number) => Float64Array.from(push, (_, i) => x[i * k + a]);
    for (let a = 0; a < k; a++) {
      // Thirteen products of numbers below 4 in another order: within 13 · 4³ ε = 2e-13.
      expect(Math.abs(g[a] - column(a).reduce((sum, v, i) => sum + push[i] * v, 0))).toBeLessThan(2e-13);
      for (let b = 0; b <= a; b++) {
        const sum = column(a).reduce((total, v, i) => total + curve[i] * v * column(b)[i], 0);
        expect(Math.abs(lower[a * k + b] - sum)).toBeLessThan(2e-13);
      }
    }
  }
});
