import {describe, expect, test} from "vitest";
import {shownEquations} from "../../lib/generate/figures/equations.js";
import {readNumbers} from "../../lib/generate/figures/readNumbers.js";
import {unfounded, wrongEquation} from "../../lib/generate/figures/unfounded.js";
import {formatRational} from "../../lib/text/rational.js";

describe("numbers of a text", () => {
  test.each([
    ["1,234.5 and 007", "2469/2 7"],
    ["2.5e-3 m, 12%", "1/400 12"],
    ["1.5 million, 3 hundred", "1500000 300"],
    ["three hundred and twelve, twenty-five", "312 25"],
    ["two million three thousand and four", "2003004"],
    ["two and three, a hundred", "2 3 100"],
    ["twice the twentieth, half a dozen", "2 20 2 12"],
    ["on 2019-12-03 at 9:05", "2019 12 3 9 5"],
    ["none at all, anyone", ""]
  ])("%s", (text, values) => {
    expect(
      readNumbers(text)
        .map(({value}) => formatRational(value))
        .join(" ")
    ).toBe(values);
  });
});

describe("arithmetic that a text shows", () => {
  test.each([
    ["3 apples + 4 pears = 7 fruits", true],
    ["(2 + 4 + 6) / 3 = 4", true],
    ["25% of 80 = 20", true],
    ["20 / 80 × 100 = 25%", true],
    ["1/8 = 12.5%", true],
    ["$5 x 3 = $15", true],
    ["\\frac{10}{4} = 2.5", true],
    ["5 − 8 = −3", true],
    ["In 1990 he had 3 + 4 = 7.", true],
    ["x = 3 + 4 = 7", true],
    ["10 / 3 = 3.33", true],
    ["10 / 3 ≈ 3.3", true],
    ["2 + 2 = 5", false],
    ["**Total:** 3 * 4 = 13 coins", false],
    ["- 3 + 4 = 8", false],
    ["10 / 3 = 3.35", false],
    ["10 / 3 = 3", null],
    ["5 km + 200 m = 5200 m", null],
    ["6 / 3 = 4x", null]
  ])("%s: %s", (text, holds) => {
    expect(shownEquations(text).map((equation) => equation.holds)).toEqual([holds]);
    expect(wrongEquation(text)).toBe(holds === false ? shownEquations(text)[0].shown : null);
  });

  test.each([
    "2x + 3 = 7",
    "f(3) + 1 = 9",
    "3^2 + 1 = 11",
    "-3 + 4 = 1",
    "width × 3 = 12",
    "10:30 - 9 = 1",
    "a = 5",
    "1 / 0 = 2"
  ])("%s is none that can be told", (text) => expect(shownEquations(text)).toEqual([]));

  test("every link of a chain is worked out", () => {
    expect(shownEquations("8 × 5 + 2 = 40 + 2 = 42").map(({holds}) => holds)).toEqual([null, true]);
    expect(wrongEquation("8 × 5 + 2 = 40 + 2 = 43")).not.toBeNull();
  });

  test("a long line ends in the time of a test: what grows with its square would take minutes", () => {
    expect(shownEquations(`${"a(".repeat(5000)} - - = 3`)).toEqual([]);
    expect(shownEquations("1 + ".repeat(5000) + "1 = 2")).toEqual([]);
    expect(unfounded("(".repeat(5000) + "= 1 ".repeat(5000), "1")).toBeNull();
  });
});

describe("a number without a source", () => {
  const source = "The mill had three hundred looms and 12 weavers; 1.5 million yards a year, 60 % for export.";
  test.each([
    ["300 looms, 12 weavers and 1,500,000 yards", null],
    ["1. Looms: 300.\n2. Weavers: 12.\nStep 3: count.", null],
    ["60% of 300 = 180 were sold, and 180 is much", null],
    ["Each had 300 / 12 = 25 looms.", null],
    ["(300 + 12) / 2 = 156 on average", null],
    ["two of the looms", null],
    ["301 looms", "301"],
    ["1.6 million yards", "1.6 million"],
    ["Each had 25 looms.", "25"],
    ["Each had 300 / 12 = 26 looms.", "26"],
    ["7 × 1000 = 7000 looms", "7"],
    ["seventeen looms", "seventeen"],
    ["It says:\n5. looms", "5"]
  ])("%s: %s", (text, shown) => {
    expect(unfounded(text, source)?.shown ?? null).toBe(shown);
  });

  test("what was calculated does not count where arithmetic is not allowed", () => {
    expect(unfounded("300 / 12 = 25", source, {arithmetic: false})?.shown).toBe("25");
  });
});
