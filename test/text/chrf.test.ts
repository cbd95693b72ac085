import {expect, test} from "vitest";
import {chrf} from "../../lib/text/chrf.js";

// sacreBLEU 2.6.0: CHRF().sentence_score(hypothesis, [reference]), and CHRF(beta=1, char_order=3).
const oracles: [string, string, number, number][] = [
  ["The cat sat on the mat.", "The cat sat on the mat.", 100, 100],
  ["the cat is on the mat", "The cat sat on the mat.", 52.952458731294094, 72.32917059588361],
  [
    "a good bookshop is just a genteel black hole that knows how to read.",
    "A good bookshop is just a genteel Black Hole that knows how to read.",
    84.8670547262852,
    90.69288270546133
  ],
  [
    "The relationship between cats and dogs is not exactly friendly.",
    "The relationship between dogs and cats is not exactly friendly.",
    84.41131092011067,
    94.89598451862604
  ],
  ["abc", "abcd", 68.86227544910179, 77.96610169491525],
  ["xyz", "abc", 0, 0],
  ["", "abc", 0, 0],
  ["a", "a", 100, 100],
  ["Größe und Maß", "Größe, Maß und Zahl", 32.456816105650816, 62.99700154126383],
  ["日本語のテキスト", "日本語の文章", 32.189934092270825, 49.074074074074076],
  ["😀 emoji 😀😀", "😀😀 emoji", 75.1422872866928, 86.13082970765589],
  [
    "He paid three hundred dollars for the old mill in 1871.",
    "In 1871 he bought the old mill, for which he paid 300 dollars.",
    40.518250295211985,
    58.5381252657872
  ]
];

test.each(oracles)("chrF of %j against %j is sacreBLEU's", (hypothesis, reference, score, short) => {
  // Sums of at most 6 quotients and a few operations: relative errors of some 2^-50, on a scale of 100.
  expect(Math.abs(chrf(hypothesis, reference) - score)).toBeLessThan(1e-11);
  expect(Math.abs(chrf(hypothesis, reference, {order: 3, beta: 1}) - short)).toBeLessThan(1e-11);
});
