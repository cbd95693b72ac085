import {afterAll, describe, expect, test} from "vitest";
import {finalAnswer} from "../../lib/verify/finalAnswer.js";
import {nativePython} from "../../lib/verify/sandbox/nativePython.js";

const native = await nativePython();
const there = typeof native !== "string" && native.packages.sympy !== undefined;
if (!there) console.log(`no SymPy: ${typeof native === "string" ? native : "not installed"}`);

describe.skipIf(!there)("final answers that only SymPy decides", () => {
  afterAll(() => finalAnswer.close!());
  const judge = (answer: string, reference: string) =>
    finalAnswer.verify(
      {text: `@solution\n\\boxed{${answer}}`, reference, kind: "", domain: "", generator: "", family: ""},
      {corpus: () => []}
    );

  const pairs: readonly [answer: string, reference: string, same: boolean][] = [
    ["\\int_0^1 x^2 dx", "\\frac13", true],
    ["\\int_0^1 x^2 \\, dx", "\\frac12", false],
    ["\\int_{0}^{\\pi} \\sin x \\,\\mathrm{d}x", "2", true],
    ["\\int_0^\\infty e^{-x^2}\\,dx", "\\frac{\\sqrt\\pi}{2}", true],
    ["\\int_0^\\infty e^{-x}\\,dx", "2", false],
    ["2\\int_0^1 \\int_0^x xy\\,dy\\,dx", "\\frac14", true],
    ["\\sum_{k=1}^{n} k", "\\frac{n(n+1)}{2}", true],
    ["\\sum_{k=1}^{n} k^2", "\\frac{n(n+1)}{2}", false],
    ["\\frac{\\pi^2}{6}", "\\sum_{n=1}^{\\infty} \\frac{1}{n^2}", true],
    ["\\sum_{n=0}^{\\infty} \\frac{1}{n!}", "e", true],
    ["\\sum_{n=0}^{\\infty} \\frac{1}{2^n}", "3", false],
    ["\\prod_{k=2}^{n} \\frac{k-1}{k}", "\\frac1n", true],
    ["\\int_0^1 (-8)^{1/3} dx", "-2", true],
    ["\\lim_{x \\to 0}\\frac{\\sin 3x}{x}", "3", true],
    ["\\lim_{n \\to \\infty}\\left(1+\\frac1n\\right)^n", "e", true],
    ["\\lim_{x\\to 0}\\frac{1-\\cos x}{x^2}", "1", false]
  ];
  test("integrals, sums, products and limits are right or wrong", async () => {
    const words = await Promise.all(pairs.map(([answer, reference]) => judge(answer, reference)));
    for (const [i, [answer, reference, same]] of pairs.entries())
      expect(words[i], `${answer} = ${reference}`).toMatchObject({
        ok: same,
        reason: same ? "" : "wrong-answer",
        sandbox: expect.stringContaining("bubblewrap/cpython")
      });
  });

  test("what takes too long stays undecided, and the next question is answered", async () => {
    const slow = "\\int_0^1 \\sin(\\cos(\\tan(x^7+e^{x^5})))^{11}\\ln(1+x^9) dx";
    const [first, second] = await Promise.all([judge(slow, "\\frac17"), judge("\\int_0^1 x dx", "0.5")]);
    expect(first.ok).toBe(false);
    expect(second).toMatchObject({ok: true});
  });

  test("the same question has the same word after the session was ended", async () => {
    const before = await judge("\\int_0^1 x^3 dx", "1/4");
    await finalAnswer.close!();
    expect(await judge("\\int_0^1 x^3 dx", "1/4")).toEqual(before);
  });
});
