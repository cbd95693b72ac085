import {expect, test} from "vitest";
import {laws} from "../../../lib/scaling/laws.js";
import {examples} from "./examples.js";

test("every law but the two tier laws, which have tests of their own, has an example here", () => {
  expect(examples.map(({law}) => law.id)).toEqual(laws.map(({id}) => id).filter((id) => !id.startsWith("tier")));
});

test.for(examples)("$law.id: the gradient is that of the prediction", ({law, context, theta, rows}) => {
  const parameters = law.parameters(context);
  expect(theta).toHaveLength(parameters.length);
  const out = new Float64Array(theta.length);
  for (const x of rows) {
    out.fill(NaN);
    const value = law.gradient(theta, x, out);
    expect(Math.abs(value - law.predict(theta, x))).toBeLessThan(1e-12 * Math.abs(value));
    for (let j = 0; j < theta.length; j++) {
      const moved = [...theta];
      // Five-point differences: their error is h⁴ f⁽⁵⁾ / 30, 1e-12 of f / θ here, and rounding's ε f / h, 1e-13 of it.
      const h = 1e-3 * Math.abs(theta[j]);
      const at = (steps: number): number => {
        moved[j] = theta[j] + steps * h;
        return law.predict(moved, x);
      };
      const slope = (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h);
      // Powers of 1e11 tokens have derivatives by their exponent that grow by log D = 25 an order: 25⁵ · 1e-12 ≈ 1e-5.
      expect(Math.abs(out[j] - slope)).toBeLessThan(
        1e-5 * (Math.abs(slope) + 1e-6 * Math.abs(value / theta[j])) + 1e-12 * Math.abs(value / theta[j])
      );
    }
  }
});

test.for(examples.filter(({law}) => law.linear !== undefined))(
  "$law.id: the prediction is its regressors times the linear coefficients",
  ({law, theta, rows}) => {
    const split = theta.length - law.linear!.shape;
    for (const x of rows) {
      const sum = law.linear!.basis(x, theta.slice(split)).reduce((s, v, j) => s + v * theta[j], 0);
      expect(Math.abs(sum - law.predict(theta, x))).toBeLessThan(1e-12 * Math.abs(sum));
    }
  }
);
