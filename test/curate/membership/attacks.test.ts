import {deflateSync} from "node:zlib";
import {describe, expect, it} from "vitest";
import {attacks} from "../../../lib/curate/membership/attacks.js";
import {auc} from "../../../lib/curate/membership/auc.js";
import {blindCheck} from "../../../lib/curate/membership/blindClassifier.js";
import {countLevels, levelsOf} from "../../../lib/curate/membership/levels.js";
import {lowestMean} from "../../../lib/curate/membership/lowestMean.js";
import {membershipAudit} from "../../../lib/curate/membership/membershipAudit.js";
import {operatingPoint} from "../../../lib/curate/membership/operatingPoint.js";
import {createProxyScorer} from "../../../lib/curate/membership/proxyScorer.js";
import {separation} from "../../../lib/curate/membership/separation.js";
import {vocabularyMoments} from "../../../lib/curate/membership/vocabularyMoments.js";
import {builtinTokenizer} from "../../../lib/io/assets.js";
import {Context} from "../../../lib/proxy/context.js";
import {countNgrams} from "../../../lib/proxy/ngram.js";
import {createRandom} from "../../../lib/text/random.js";

const f = (...values: number[]) => Float64Array.from(values);

describe("scores", () => {
  const target = {logProbs: f(-1, -2, -3, -6), mean: f(-2, -2, -2, -2), deviation: f(1, 0, 2, 4)};
  const input: Parameters<(typeof attacks)[number]["score"]>[0] = {
    target,
    lowered: {logProbs: f(-4, -6)},
    reference: {logProbs: f(-2, -2, -2, -2)},
    compressed: 10,
    minK: 50
  };
  it("are what their authors define, on four tokens by hand", () => {
    // z of Min-K%++: (-1+2)/1 = 1, 0 where nothing varies, (-3+2)/2 = -0.5, (-6+2)/4 = -1; the lowest two: -0.75.
    expect(Object.fromEntries(attacks.map(({id, score}) => [id, score(input)]))).toEqual({
      loss: -3,
      zlib: -0.3,
      lowercase: 2,
      "min-k": -4.5,
      "min-k++": -0.75,
      reference: -1
    });
  });
  it("are null where the model does not give what they need", () => {
    const poor = {...input, target: {logProbs: target.logProbs}, reference: null};
    expect(attacks.filter(({score}) => score(poor) === null).map(({id}) => id)).toEqual(["min-k++", "reference"]);
  });
  it("look at one token at least and at whole tokens only", () => {
    expect(lowestMean(f(-1, -5, -3), 20)).toBe(-5);
    expect(lowestMean(f(-1, -5, -3), 99)).toBe(-4);
    expect(lowestMean(f(-1, -5, -3), 100)).toBe(-3);
    expect(() => lowestMean(f(-1), 0)).toThrow("expected a percentage in (0, 100], got 0");
  });
});

describe("auc and operatingPoint", () => {
  it("count a tie as half a win", () => {
    // Of 2 × 3 pairs: 3 > 1, 3 > 2, 3 > 2 are three wins; 2 > 1 one; 2 = 2 twice a half.
    expect(auc(countLevels(levelsOf(f(3, 2), f(1, 2, 2))))).toBe(5 / 6);
    expect(auc(countLevels(levelsOf(f(1, 1), f(1, 1))))).toBe(0.5);
  });
  it("agree with all pairs compared one by one", () => {
    const random = createRandom("pairs");
    const [a, b] = [37, 53].map((n) => Float64Array.from({length: n}, () => random.int(20)));
    let wins = 0;
    for (const x of a) for (const y of b) wins += x > y ? 1 : x === y ? 0.5 : 0;
    expect(auc(countLevels(levelsOf(a, b)))).toBeCloseTo(wins / (37 * 53), 12);
  });
  it("call no member where a tie would break the bound", () => {
    const counts = countLevels(levelsOf(f(9, 8, 7, 7), f(8, 3, 2, 1)));
    expect(operatingPoint(counts, 0)).toEqual({level: 5, found: 1, falseAlarms: 0});
    expect(operatingPoint(counts, 0.25)).toEqual({level: 3, found: 4, falseAlarms: 1});
  });
  it("refuse a side without scores, and what is no number", () => {
    expect(() => levelsOf(f(), f(1))).toThrow("expected scores of members, got none");
    expect(() => levelsOf(f(1), f(NaN))).toThrow("nonMembers to be numbers, got NaN");
  });
});

describe("separation", () => {
  it("has the same bytes for the same seed", () => {
    const of = (seed: string) => separation(f(1, 3, 4), f(0, 2, 3), {random: createRandom(seed), draws: 200});
    expect(of("a")).toEqual(of("a"));
  });
  it("says that non-members are too few for an FPR, and gives no rate", () => {
    const {tpr} = separation(
      f(1, 2, 3),
      Float64Array.from({length: 999}, (_, i) => i),
      {
        random: createRandom("few"),
        draws: 50
      }
    );
    expect(tpr.map(({tpr}) => tpr === null)).toEqual([false, true]);
    expect(tpr[1].detail).toBe(
      "999 non-members are too few for a false positive rate of 0.001: at least 1000 are needed"
    );
  });
  it("gives no point for an interval where the sample separates perfectly", () => {
    const {auc, interval, tpr} = separation(
      f(5, 6, 7),
      Float64Array.from({length: 100}, () => 0),
      {
        random: createRandom("perfect"),
        draws: 50
      }
    );
    // Three disjoint pairs, all won: the exact lower bound is 0.025^(1/3), and the same for three members of three.
    expect([auc, interval[1], tpr[0].tpr]).toEqual([1, 1, 1]);
    expect(interval[0]).toBeCloseTo(0.025 ** (1 / 3), 6);
    expect(tpr[0].interval![0]).toBeCloseTo(0.025 ** (1 / 3), 6);
  });
  it("holds the true AUC of normal scores about as often as it says", () => {
    // Two normals, one apart: AUC = Φ(1/√2) = 0.76025. Of 200 intervals at 95 %, fewer than 178 hold it with a chance of
    // 7e-4 where the coverage is .95, and the percentile interval of 60 + 60 lies within a point or two of that.
    const random = createRandom("coverage");
    let held = 0;
    for (let i = 0; i < 200; i++) {
      const [a, b] = [1, 0].map((shift) => Float64Array.from({length: 60}, () => random.normal() + shift));
      const {interval} = separation(a, b, {random, draws: 300, fprs: []});
      held += interval[0] <= 0.76025 && 0.76025 <= interval[1] ? 1 : 0;
    }
    expect(held).toBeGreaterThan(177);
  });
});

describe("vocabularyMoments", () => {
  it("are those of the whole vocabulary asked token by token", () => {
    const random = createRandom("moments");
    const vocabSize = 23;
    const documents = Array.from({length: 12}, () =>
      Uint16Array.from({length: 40}, () => random.int(1 + random.int(20)))
    );
    const context = new Context([{counts: countNgrams(documents, {order: 4, vocabSize}), weight: 1}]);
    const moments = vocabularyMoments(context);
    for (const probe of [documents[0], Uint16Array.from({length: 30}, () => random.int(vocabSize))]) {
      context.reset();
      for (const token of probe) {
        let [sum, mean, square] = [0, 0, 0];
        for (let w = 0; w < vocabSize; w++) {
          const p = context.step(w, false);
          sum += p;
          mean += p * Math.log(p);
          square += p * Math.log(p) ** 2;
        }
        expect(sum).toBeCloseTo(1, 10);
        const [first, second] = moments();
        expect(first).toBeCloseTo(mean, 9);
        expect(second).toBeCloseTo(square, 8);
        context.advance(token);
      }
    }
  });
});

/** Sentences of one distribution: who does what where, with numbers. */
function sentences(n: number, seed: string): string[] {
  const random = createRandom("sentences", seed);
  const names = "Ada Bo Cem Dara Eli Fay Gus Hana Ivo Juno Kit Lea Mio Nell Otto Pia".split(" ");
  const deeds = "sold bought lent mended painted lost found carried weighed counted".split(" ");
  const things = "lamps boots maps jars ropes plums chairs kites bells coins tiles nets".split(" ");
  const places = "Arles Bonn Cork Delft Essen Fes Ghent Hull Izmir Jena Kyiv Lyon".split(" ");
  const one = () =>
    `${random.pick(names)} ${random.pick(deeds)} ${random.int(900)} ${random.pick(things)} in ${random.pick(places)}.`;
  return Array.from({length: n}, () => Array.from({length: 4}, one).join(" "));
}

describe("membershipAudit with the proxy", () => {
  const tokenizer = builtinTokenizer();
  const compressed = (text: string) => deflateSync(text).length;
  const [members, nonMembers, elsewhere] = ["members", "non-members", "elsewhere"].map((name) => sentences(100, name));
  const options = {seed: "test", compressed, draws: 200};
  const aucOf = async (trained: readonly string[]) => {
    const found = await membershipAudit({members, nonMembers}, createProxyScorer(trained, tokenizer), options);
    return {found, loss: found.attacks.find(({id}) => id === "loss")!};
  };

  it("sees a model trained on the members leak, one trained elsewhere not, and repetition raise the AUC", async () => {
    const trained = await aucOf(members);
    expect(trained.found.verdict).toBe("leak");
    expect(trained.found.attacks.map(({id}) => id)).toEqual(["loss", "zlib", "lowercase", "min-k", "min-k++"]);
    const without = await aucOf(elsewhere);
    expect(without.found.verdict).toBe("none-seen");
    expect(without.found.blind!.p).toBeGreaterThan(0.05);
    expect(without.loss.interval[0]).toBeLessThan(0.5);
    expect(without.loss.interval[1]).toBeGreaterThan(0.5);
    // A tenth of the members among much else: seen once, four times, sixteen times.
    const some = members.slice(0, 10);
    const others = sentences(800, "others");
    const aucs = [];
    for (const times of [0, 1, 4, 16]) {
      const scorer = createProxyScorer([...others, ...(Array(times).fill(some).flat() as string[])], tokenizer, {
        order: 3
      });
      const score = (text: string) => scorer.total(text) / tokenizer.count(text);
      aucs.push(auc(countLevels(levelsOf(Float64Array.from(some, score), Float64Array.from(nonMembers, score)))));
    }
    expect(aucs).toEqual([...aucs].sort((a, b) => a - b));
    expect(aucs[3]).toBeGreaterThan(aucs[0] + 0.2);
  });

  it("finds more with a reference model that knows how hard a text is", async () => {
    const reference = createProxyScorer(elsewhere, tokenizer);
    const scorer = createProxyScorer([...elsewhere, ...members], tokenizer);
    const {attacks} = await membershipAudit({members, nonMembers}, scorer, {...options, reference});
    expect(attacks.map(({id}) => id)).toContain("reference");
    const by = Object.fromEntries(attacks.map(({id, auc}) => [id, auc]));
    expect(by.reference).toBeGreaterThanOrEqual(by.loss);
  });

  it("calls sets that words alone tell apart not comparable, whatever the attacks say", async () => {
    const shifted = nonMembers.map((text) => text.replaceAll(" in ", " during 2026 in "));
    const scorer = createProxyScorer(elsewhere, tokenizer);
    const found = await membershipAudit({members, nonMembers: shifted}, scorer, options);
    expect(found.verdict).toBe("not-comparable");
    expect(found.attacks.some(({interval}) => interval[0] > 0.5)).toBe(true);
    expect(found.attacks.some(({leaks}) => leaks)).toBe(false);
    expect(found.detail).toContain("no attack's AUC says anything of memorisation");
  });

  it("tells a leak through a slight difference of the sets where an attack sees more than words do", async () => {
    const slight = nonMembers.map((text, i) => (i % 3 === 0 ? text.replace(" in ", " near ") : text));
    const found = await membershipAudit({members, nonMembers: slight}, createProxyScorer(members, tokenizer), options);
    expect(found.blind!.p).toBeLessThanOrEqual(0.01);
    expect(found.verdict).toBe("leak");
    expect(found.detail).toContain("better than by words");
  });

  it("counts and leaves out non-members that are members, and texts without a token", async () => {
    const scorer = createProxyScorer(elsewhere, tokenizer);
    const found = await membershipAudit(
      {members: [...members, ""], nonMembers: [...nonMembers, members[3].toUpperCase()]},
      scorer,
      {...options, draws: 20}
    );
    expect([found.members, found.nonMembers, found.shared, found.unscored]).toEqual([100, 100, 1, 1]);
  });

  it("says that it does not know where texts are too few to compare the sets", async () => {
    const scorer = createProxyScorer(members, tokenizer);
    const few = {members: members.slice(0, 10), nonMembers: nonMembers.slice(0, 10)};
    expect((await membershipAudit(few, scorer, options)).verdict).toBe("unknown");
    await expect(membershipAudit({members: [""], nonMembers}, scorer, options)).rejects.toThrow(
      "expected members that the model can score, got none"
    );
  });
});

describe("blindCheck", () => {
  const texts = sentences(400, "blind");
  const check = (members: string[], nonMembers: string[], seed = "folds") =>
    blindCheck(members, nonMembers, {random: createRandom(seed), permutations: 99});

  it("tells nothing apart where the labels are by chance, and all where a word gives it away", () => {
    const same = check(texts.slice(0, 200), texts.slice(200));
    expect(same.auc).toBeGreaterThan(same.chance[0]);
    expect(same.auc).toBeLessThan(same.chance[1]);
    const dated = texts.slice(200).map((text) => `${text} Updated.`);
    const apart = check(texts.slice(0, 200), dated);
    expect(apart.auc).toBeGreaterThan(0.9);
    // None of 99 dealings reaches it.
    expect(apart.p).toBe(0.01);
  });
  it("sees a difference in length alone", () => {
    const short = texts.slice(200).map((text) => text.split(". ").slice(0, 2).join(". "));
    expect(check(texts.slice(0, 200), short).p).toBe(0.01);
  });
  it("calls sets of one distribution different about as often as its p says", () => {
    // 100 checks at p ≤ .1 with 19 dealings each: the count is binomial (100, .1), above 19 with a chance of 2e-3.
    let different = 0;
    for (let i = 0; i < 100; i++) {
      const own = sentences(60, `calibration ${i}`);
      const random = createRandom(i);
      different += blindCheck(own.slice(0, 30), own.slice(30), {random, permutations: 19}).p <= 0.1 ? 1 : 0;
    }
    expect(different).toBeLessThan(20);
  });
  it("refuses fewer texts than folds", () => {
    expect(() => check(["a"], ["b"])).toThrow("expected at least 5 texts on each side, got 1");
  });
});
