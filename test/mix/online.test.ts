import {expect, test} from "vitest";
import {createEntropyProjection} from "../../lib/mix/entropyProjection.js";
import {replay, startLine, stepLine} from "../../lib/mix/mixerLog.js";
import {MixerState, parseMixer} from "../../lib/mix/mixerState.js";
import {createMixer, step, type MixerObservation} from "../../lib/mix/online.js";
import {createRandom, type Random} from "../../lib/text/random.js";

const tokenizer = "0f".repeat(32);
const tiers = ["T0", "T1", "T2", "T3"];
const anchor = {rule: "anchor", statement: "T0 + T1 ≥ 0.30", a: [1, 1, 0, 0], sense: "≥" as const, bound: 0.3};
const uniform = [0.25, 0.25, 0.25, 0.25];
const report = (...losses: readonly number[]): MixerObservation => ({
  losses: Object.fromEntries(tiers.map((tier, j) => [tier, losses[j]])),
  tokenizer
});

function simplex(k: number, random: Random): number[] {
  const draws = Array.from({length: k}, () => -Math.log(1 - random()));
  const sum = draws.reduce((a, b) => a + b, 0);
  return draws.map((v) => v / sum);
}

/** Rules that a random mix keeps, four of ten with no room at all, some on a mix with tiers at 0. */
function randomRules(k: number, random: Random) {
  const kept = simplex(k, random);
  if (random() < 0.3)
    for (let j = 0; j < k - 1; j++)
      if (random() < 0.3) {
        kept[k - 1] += kept[j];
        kept[j] = 0;
      }
  return Array.from({length: random.int(16)}, (_, r) => {
    const kind = random.int(3);
    const a = kept.map((__, j) =>
      kind === 0 ? Number(random() < 0.4) : kind === 1 ? random.normal() : Number(j === r % k)
    );
    const value = a.reduce((sum, v, j) => sum + v * kept[j], 0);
    const room = random() < 0.4 ? 0 : random() < 0.5 ? 1e-6 * random() : 0.2 * random();
    const sense = random() < 0.5 ? ("≤" as const) : ("≥" as const);
    return {rule: `r${r}`, statement: `row ${r}`, a, sense, bound: sense === "≤" ? value + room : value - room};
  });
}

test("no rule is broken at any of thousands of steps, for random rules and random losses", () => {
  const random = createRandom("online");
  for (let trial = 0; trial < 90; trial++) {
    const k = 2 + random.int(trial % 10 === 0 ? 27 : 9);
    const rules = randomRules(k, random);
    const names = Array.from({length: k}, (_, j) => `t${j}`);
    let state = createMixer({
      method: trial % 2 === 0 ? "doremi" : "aioli",
      tiers: names,
      weights: simplex(k, random),
      rules,
      rate: {kind: "constant", rate: 10 ** (3 * random() - 1.5)},
      reference: names.map(() => 1),
      tokenizer
    });
    for (let t = 0; t <= 30; t++) {
      for (const w of [state.weights, state.base]) {
        expect(Math.abs(w.reduce((a, b) => a + b, 0) - 1)).toBeLessThan(1e-13);
        expect(w.every((v) => v >= 0)).toBe(true);
        for (const {a, sense, bound} of rules) {
          const value = a.reduce((sum, v, j) => sum + v * w[j], 0);
          // The mix inside the rules comes from linear programs that are exact to 1e-9; the rest is rounding.
          expect(sense === "≤" ? value - bound : bound - value).toBeLessThan(1e-9);
        }
      }
      const scale = 10 ** (4 * random() - 2);
      const losses = Object.fromEntries(names.map((name) => [name, scale * Math.abs(random.normal())]));
      state = step(state, {losses, tokenizer});
    }
  }
});

test("the projection keeps what keeps the rules, and scales what does not", () => {
  const free = createEntropyProjection([], 3)([2, 1, 1]);
  free.forEach((v, j) => expect(v).toBeCloseTo([0.5, 0.25, 0.25][j], 13));
  // With the first capped the others keep their ratio.
  const capped = createEntropyProjection([{a: [1, 0, 0], bound: 0.2}], 3)([2, 3, 1]);
  capped.forEach((v, j) => expect(v).toBeCloseTo([0.2, 0.6, 0.2][j], 12));
  const forced = createEntropyProjection([{a: [0, 1, 1], bound: 0}], 3)([1, 1, 1]);
  forced.forEach((v, j) => expect(v).toBeCloseTo([1, 0, 0][j], 12));
  expect(() => createEntropyProjection([{a: [1, 1], bound: 0.5}], 2)).toThrow("expected rules that some mix can keep");
});

test("no mix of the rules is nearer in relative entropy than the projection", () => {
  const random = createRandom("nearest");
  for (let trial = 0; trial < 200; trial++) {
    const k = 2 + random.int(6);
    const inside = simplex(k, random);
    const rows = Array.from({length: 1 + random.int(5)}, () => {
      const a = inside.map(() => random.normal());
      return {a, bound: a.reduce((sum, v, j) => sum + v * inside[j], 0) + 0.1 * random()};
    });
    const q = simplex(k, random);
    const entropy = (w: readonly number[]) => w.reduce((sum, v, j) => (v > 0 ? sum + v * Math.log(v / q[j]) : sum), 0);
    const w = createEntropyProjection(rows, k)(q);
    // Toward any mix of the rules the divergence does not fall; it is convex, so that small steps tell all.
    for (let i = 0; i < 100; i++) {
      const other = simplex(k, random);
      if (rows.some(({a, bound}) => a.reduce((sum, v, j) => sum + v * other[j], 0) > bound)) continue;
      const by = 10 ** (-4 * random());
      expect(entropy(w.map((v, j) => v + by * (other[j] - v)))).toBeGreaterThanOrEqual(entropy(w) - 1e-9);
    }
  }
});

test("doremi's update is the paper's: excess loss clipped at 0, exponentiated, mixed with uniform", () => {
  const start = createMixer({
    method: "doremi",
    tiers,
    weights: uniform,
    reference: [2, 2, 2, 2],
    smoothing: 0.1,
    tokenizer
  });
  const next = step(start, report(3, 2.5, 1, 2));
  const raised = [Math.exp(1), Math.exp(0.5), 1, 1];
  const sum = raised.reduce((a, b) => a + b, 0);
  next.weights.forEach((w, j) => expect(w).toBeCloseTo(0.9 * (raised[j] / sum) + 0.1 / 4, 12));
  expect(next.average).toEqual(next.weights);
  const later = step(next, report(2, 2, 2, 2));
  later.average.forEach((w, j) => expect(w).toBeCloseTo((next.weights[j] + later.weights[j]) / 2, 12));
});

test("the rate goes as it was asked to", () => {
  const ratio = (rate: Parameters<typeof createMixer>[0]["rate"], steps: number) => {
    let state = createMixer({
      method: "doremi",
      tiers,
      weights: uniform,
      reference: [0, 0, 0, 0],
      smoothing: 0,
      rate,
      tokenizer
    });
    for (let t = 0; t < steps; t++) state = step(state, report(0, 0, 0, 0));
    const next = step(state, report(1, 0, 0, 0));
    return Math.log(next.weights[0] / next.weights[1]);
  };
  expect(ratio({kind: "constant", rate: 0.5}, 3)).toBeCloseTo(0.5, 10);
  expect(ratio({kind: "inverse-sqrt", rate: 0.5}, 3)).toBeCloseTo(0.25, 10);
  expect(ratio({kind: "linear", rate: 0.5, steps: 4}, 3)).toBeCloseTo(0.125, 10);
  expect(ratio({kind: "linear", rate: 0.5, steps: 2}, 3)).toBe(0);
});

test("aioli learns which tier lowers the losses from the trajectory alone", () => {
  // Losses fall by A · w each step, with noise of a tenth of the effects; the columns sum to .04, .01, .02, .01.
  const matrix = [
    [0.02, 0, 0.01, 0],
    [0.01, 0.01, 0, 0],
    [0.01, 0, 0.01, 0],
    [0, 0, 0, 0.01]
  ];
  const random = createRandom("aioli");
  let state = createMixer({
    method: "aioli",
    tiers,
    weights: uniform,
    rules: [anchor],
    rate: {kind: "constant", rate: 5},
    tokenizer
  });
  let losses = [3, 3, 3, 3];
  for (let t = 0; t < 120; t++) {
    const {weights} = state;
    losses = losses.map(
      (loss, i) => loss - matrix[i].reduce((s, v, j) => s + v * weights[j], 0) + 0.0005 * random.normal()
    );
    state = step(state, report(...losses));
  }
  const [T0, T1, T2, T3] = state.base;
  expect(T0).toBeGreaterThan(0.9);
  expect(Math.max(T1, T2, T3)).toBeLessThan(0.1);
  // With T0 capped, the next best takes the rest.
  const cap = {rule: "most T0", statement: "T0 ≤ 0.3", a: [1, 0, 0, 0], sense: "≤" as const, bound: 0.3};
  let capped = createMixer({
    method: "aioli",
    tiers,
    weights: uniform,
    rules: [cap],
    rate: {kind: "constant", rate: 5},
    tokenizer
  });
  losses = [3, 3, 3, 3];
  for (let t = 0; t < 200; t++) {
    const {weights} = capped;
    losses = losses.map((loss, i) => loss - matrix[i].reduce((s, v, j) => s + v * weights[j], 0));
    capped = step(capped, report(...losses));
  }
  expect(capped.base[0]).toBeCloseTo(0.3, 3);
  expect(capped.base[2]).toBeGreaterThan(0.6);
});

const runs = (["doremi", "aioli"] as const).map((method) => {
  const random = createRandom("log", method);
  const reports = Array.from({length: 40}, () => report(...tiers.map(() => 2 + random())));
  const start = createMixer({
    method,
    tiers,
    weights: [0.4, 0.3, 0.2, 0.1],
    rules: [anchor],
    reference: [2, 2, 2, 2],
    tokenizer
  });
  return {method, reports, start};
});

test.for(runs)("$method saved, read and resumed is $method never stopped, to the bit", ({reports, start}) => {
  let state = start;
  let resumed = start;
  for (const one of reports) {
    state = step(state, one);
    const read = parseMixer(JSON.parse(JSON.stringify(resumed)), {tokenizer});
    expect(MixerState.parse(read)).toEqual(read);
    resumed = step(read, one);
  }
  expect(JSON.stringify(resumed)).toBe(JSON.stringify(state));
});

test.for(runs)("a log of $method is replayed alike, and the first step that differs is named", ({reports, start}) => {
  const lines = [startLine(start)];
  let state = start;
  for (const [t, one] of reports.entries()) {
    state = step(state, one);
    lines.push(stepLine(state, one));
    if (t === 19) lines.push("", startLine(state));
  }
  expect(replay(lines, {tokenizer})).toEqual({state, steps: 40, diverged: null});
  const last = (weights: readonly number[]) => weights.map((w, j) => (j === 2 ? w + 2 ** -40 : w));
  const changed = [...lines];
  const entry = JSON.parse(lines[30]) as {weights: number[]; step: number};
  changed[30] = JSON.stringify({...entry, weights: last(entry.weights)});
  const {diverged, steps} = replay(changed, {tokenizer});
  expect(diverged).toMatchObject({
    line: 31,
    step: 28,
    tier: "T2",
    expected: entry.weights[2] + 2 ** -40,
    got: entry.weights[2]
  });
  expect(steps).toBe(27);
  expect(() => replay([...lines.slice(0, 5), ...lines.slice(6)], {tokenizer})).toThrow(
    "line 6: expected step 5, got 6"
  );
  expect(() => replay(lines.slice(1), {tokenizer})).toThrow("line 1: expected the state that the run starts from");
  expect(() => replay([lines[0], "{"], {tokenizer})).toThrow("line 2: expected JSON");
  expect(() => replay([], {tokenizer})).toThrow("got no line");
});

test("a report that is refused leaves the state as it was", () => {
  const start = createMixer({method: "doremi", tiers, weights: uniform, tokenizer});
  const before = JSON.stringify(start);
  expect(() => step(start, report(1, NaN, 1, 1))).toThrow("losses.T1: expected a finite number, got NaN");
  expect(() => step(start, {losses: {T0: 1, T1: 1, T2: 1}, tokenizer})).toThrow(
    "losses.T3: expected a finite number, got undefined"
  );
  expect(() => step(start, {losses: {...report(1, 1, 1, 1).losses, T4: 1}, tokenizer})).toThrow("got T4");
  expect(() => step(start, report(1, 1, 1, 1))).toThrow(
    "reference: expected the reference model's losses by tier, got none"
  );
  expect(() => step(start, {...report(1, 1, 1, 1), tokenizer: "other"})).toThrow("weights do not carry over");
  const aioli = step(createMixer({method: "aioli", tiers, weights: uniform, tokenizer}), report(1e308, 1, 1, 1));
  expect(() => step(aioli, report(-1e308, 1, 1, 1))).toThrow("expected numbers that can be computed with");
  expect(JSON.stringify(start)).toBe(before);
});

test("configurations and files that are none are refused by field", () => {
  const config = {method: "doremi" as const, tiers, weights: uniform, tokenizer};
  expect(() => createMixer({...config, weights: [0.5, 0.5]})).toThrow("weights: expected 4 numbers, one a tier, got 2");
  expect(() => createMixer({...config, weights: [0.5, 0.5, 0.5, 0.5]})).toThrow("expected shares that sum to 1, got 2");
  expect(() => createMixer({...config, tiers: ["a", "a", "b", "c"]})).toThrow("tiers: expected each once, got a again");
  expect(() => createMixer({...config, smoothing: 2})).toThrow("mixer: smoothing: ");
  const none = {...anchor, sense: "≤" as const, bound: -1};
  expect(() => createMixer({...config, rules: [anchor, none]})).toThrow("expected rules that some mix can keep");
  const saved = JSON.parse(JSON.stringify(createMixer(config))) as Record<string, unknown>;
  expect(() => parseMixer({...saved, version: 2}, {tokenizer}, "mixer.json")).toThrow("mixer.json: version: ");
  expect(() => parseMixer({...saved, base: [1]}, {tokenizer}, "mixer.json")).toThrow(
    "mixer.json: base: expected 4 numbers, got 1"
  );
  expect(() => parseMixer(saved, {tokenizer: "other"})).toThrow("got other; weights do not carry over");
});
