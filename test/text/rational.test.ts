import {expect, test} from "vitest";
import {createRandom} from "../../lib/text/random.js";
import {
  add,
  compare,
  divide,
  equal,
  formatRational,
  multiply,
  parseRational,
  rational,
  subtract
} from "../../lib/text/rational.js";

test("a fraction is in lowest terms with a positive denominator", () => {
  expect(rational(6, -4)).toEqual({n: -3n, d: 2n});
  expect(rational(0, 7)).toEqual({n: 0n, d: 1n});
  expect(() => rational(1, 0)).toThrow("expected a denominator other than 0, got 1/0");
  expect(() => rational(1.5)).toThrow(RangeError);
});

test("numbers are read as whole numbers, decimals and fractions, and nothing else is", () => {
  expect(parseRational("12")).toEqual(rational(12));
  expect(parseRational("-2.50")).toEqual(rational(-5, 2));
  expect(parseRational("14/6")).toEqual(rational(7, 3));
  for (const text of ["", "007", "1e9", "1/0", ".5", "5.", "1 /2", "0x1", "1/02", "1".repeat(16), "∞", "--1", "1.2/3"])
    expect(parseRational(text)).toBeNull();
});

test("decimals are written only where they are exact in six places", () => {
  expect(formatRational(rational(-5, 2), {decimal: true})).toBe("-2.5");
  expect(formatRational(rational(1, 1000000), {decimal: true})).toBe("0.000001");
  expect(formatRational(rational(7, 3), {decimal: true})).toBe("7/3");
  expect(formatRational(rational(5, 2))).toBe("5/2");
});

test("what is written reads back as the same number, and the field's laws hold", () => {
  const random = createRandom("rational");
  const draw = () => rational(random.int(2001) - 1000, 1 + random.int(60));
  for (let i = 0; i < 500; i++) {
    const [a, b, c] = [draw(), draw(), draw()];
    expect(parseRational(formatRational(a))).toEqual(a);
    expect(parseRational(formatRational(a, {decimal: true}))).toEqual(a);
    expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
    expect(subtract(add(a, b), b)).toEqual(a);
    if (b.n !== 0n) expect(multiply(divide(a, b), b)).toEqual(a);
    expect(Math.sign(compare(a, b))).toBe(Math.sign(Number(a.n) / Number(a.d) - Number(b.n) / Number(b.d)));
    expect(equal(a, b)).toBe(compare(a, b) === 0);
  }
});
