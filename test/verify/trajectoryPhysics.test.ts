import {beforeAll, expect, test} from "vitest";
import {trajectories} from "../../lib/generate/trajectories.js";
import type {Draft} from "../../lib/schema/sample.js";
import type {Random} from "../../lib/text/random.js";
import {createRandom} from "../../lib/text/random.js";
import {trajectoryPhysics} from "../../lib/verify/trajectoryPhysics.js";
import {draftsOf, stateSeeds} from "../generate/context.js";
import {judge} from "./evidence.js";
import {samples} from "./planted.js";

let drafts: Draft[];

beforeAll(async () => {
  drafts = (await Promise.all(stateSeeds(samples).map((seed) => draftsOf(trajectories, seed)))).flat();
});

const reasonOf = async (text: string) => (await judge(trajectoryPhysics, text, "trajectory")).reason;

test(`${samples} trajectories of every scene are passed`, async () => {
  expect(drafts).toHaveLength(samples);
  for (const {text} of drafts)
    expect(await judge(trajectoryPhysics, text, "trajectory")).toMatchObject({ok: true, detail: ""});
  expect(new Set(drafts.map(({payload}) => payload.scene)).size).toBe(5);
});

/** Where the decimal numbers of the table stand in a text: values, not times. */
function values(text: string): {start: number; end: number}[] {
  const lines = text.split("\n");
  const head = lines.slice(0, 2).join("\n").length + 1;
  const body = lines.slice(2, -2).join("\n");
  return body.split("\n").flatMap((line, i, all) => {
    const offset = head + all.slice(0, i).join("\n").length + (i > 0 ? 1 : 0);
    return Array.from(line.matchAll(/-?\d+\.\d{2}/g), ({0: value, index}) => ({
      start: offset + index,
      end: offset + index + value.length
    })).slice(1);
  });
}

/** Another digit in place of one of those that `choose` allows. */
function otherDigit(text: string, at: number, random: Random): string {
  const digits = [..."0123456789"].filter((digit) => digit !== text[at]);
  return text.slice(0, at) + random.pick(digits) + text.slice(at + 1);
}

test(`${samples} trajectories bent by one digit of one value, any but its last, are all caught`, async () => {
  const random = createRandom("bent");
  for (const {text} of drafts) {
    const {start, end} = random.pick(values(text));
    const places = Array.from({length: end - start - 1}, (_, i) => start + i).filter((i) => /\d/.test(text[i]));
    const bent = otherDigit(text, random.pick(places), random);
    expect(await reasonOf(bent), bent).toMatch(/^(off-course|not-conserved)$/);
  }
});

test("a last digit that is off by five or more is caught in free flight", async () => {
  // Bound of the integrator: at most 9.83 × 0.002 × 1.4 / 2 = 0.014 m, half a unit for print on each side: 1.4 + 1 < 5.
  const random = createRandom("last digit");
  for (const {text, payload} of drafts) {
    if (payload.scene !== "fall" && payload.scene !== "throw") continue;
    const {end} = random.pick(values(text));
    const digit = Number(text[end - 1]);
    const bent = text.slice(0, end - 1) + String(digit >= 5 ? digit - 5 : digit + 5) + text.slice(end);
    expect(await reasonOf(bent), bent).toMatch(/^(off-course|not-conserved)$/);
  }
});

test(`${samples} answers with one digit changed, the last included, are all caught`, async () => {
  const random = createRandom("answer");
  for (const {text} of drafts) {
    const line = text.lastIndexOf("\n") + 1;
    const number = /-?\d+\.\d{2}/.exec(text.slice(line))!;
    const places = Array.from(number[0], (_, i) => line + number.index + i).filter((i) => /\d/.test(text[i]));
    expect(await reasonOf(otherDigit(text, random.pick(places), random))).toBe("wrong-answer");
  }
});

test("a value of the wrong sign, a row twice, rows out of order and a wrong unit are caught", async () => {
  let signs = 0;
  for (const {text} of drafts) {
    const negative = values(text).find(({start, end}) => Number(text.slice(start, end)) <= -0.1);
    if (negative !== undefined) {
      signs++;
      const flipped = text.slice(0, negative.start) + text.slice(negative.start + 1);
      expect(await reasonOf(flipped)).toMatch(/^(off-course|not-conserved)$/);
    }
    const lines = text.split("\n");
    const at = lines.length - 4;
    expect(await reasonOf(lines.toSpliced(at, 0, lines[at]).join("\n"))).toBe("wrong-time");
    expect(await reasonOf(lines.toSpliced(at, 2, lines[at + 1], lines[at]).join("\n"))).toBe("wrong-time");
    expect(await reasonOf(text.replace(/ (\S+)$/, " kg"))).toBe("unread");
  }
  expect(signs).toBeGreaterThan(samples / 4);
});

const schemed = / substeps\.$/m;
const semiImplicit = (text: string) =>
  text
    .replace(schemed, " substeps, semi-implicit Euler.")
    .replace(/Simulated with a time step of (\S+) s in/, "Time step $1 s,");

test("a last digit that is off by two is caught wherever a scheme is named and no impact was", async () => {
  // The scheme's own value x is within 0.5 units and the rounding r of the one that is printed, so that the changed one is
  // 2 − 0.5 − r from x at least, more than the 0.5 + r that is tolerated, while r < 0.5: 32-bit floats add
  // n 2^-24 x (1 + t) = 4000 · 6e-8 · 40 · 3 = 0.03 m at the very most of all scenes, and mostly a hundredth of that.
  const random = createRandom("off by two");
  let planted = 0;
  for (const {text, payload} of drafts) {
    if (payload.scene !== "fall" && payload.scene !== "throw" && payload.scene !== "slide") continue;
    const {end} = random.pick(values(text).slice(0, 4));
    const digit = Number(text[end - 1]);
    const bent = text.slice(0, end - 1) + String(digit >= 5 ? digit - 2 : digit + 2) + text.slice(end);
    planted++;
    expect(await reasonOf(semiImplicit(text))).toBe("");
    expect(await reasonOf(semiImplicit(bent)), bent).toMatch(/^(off-scheme|off-course|not-conserved)$/);
  }
  expect(planted).toBeGreaterThan(0.5 * samples);
});

interface Run {
  scheme: string;
  g?: number;
  e?: number;
}

// The tests' own integrator of a ball that bounces, written apart from the verifier's; h = 0.0005 s, 2 substeps a step.
function bouncing({scheme, g = 9.81, e = 0.6}: Run, change: (row: number[], i: number) => number[] = (row) => row) {
  let [y, v] = [1, 0];
  const rows: number[][] = [];
  for (let n = 0; n <= 1200; n++) {
    if (n % 80 === 0 && Math.abs(n * 0.0005 - Math.sqrt(2 / g)) > 0.03) rows.push([n * 0.0005, y, v]);
    const old = v;
    v -= g * 0.0005;
    y += (scheme === "explicit Euler" ? old : scheme === "midpoint" ? (old + v) / 2 : v) * 0.0005;
    if (y <= 0 && v < 0) v *= -e;
  }
  const table = rows.map(change).map((row) => row.map((x) => Number(x.toFixed(5))));
  return {
    scene: "bounce",
    given: {h: 1, e: 0.6, g: 9.81},
    step: 0.001,
    substeps: 2,
    columns: ["t s", "y m", "v m/s"],
    rows: table
  };
}

test("tables of every scheme, as JSON and as CSV, are simulated again and passed", async () => {
  for (const scheme of ["explicit Euler", "midpoint", "semi-implicit Euler"]) {
    const table = bouncing({scheme});
    expect(await judge(trajectoryPhysics, JSON.stringify(table), "trajectory")).toMatchObject({ok: true, detail: ""});
    expect(await reasonOf(JSON.stringify({...table, scheme}))).toBe("");
    const {rows, columns, given, ...rest} = table;
    const said = Object.entries({...rest, ...given}).map(([name, value]) => `# ${name} = ${value}`);
    expect(await reasonOf([...said, columns.join(), ...rows.map((row) => row.join())].join("\n"))).toBe("");
  }
});

test("tables of another scheme, restitution or gravity, or with one value moved after the impact, are caught", async () => {
  const explicit = {...bouncing({scheme: "explicit Euler"}), scheme: "semi-implicit Euler"};
  // Schemes are a h t / 2 apart: 9.81 · 0.0005 · 0.4 / 2 = 1 mm at the impact, where print tolerates 0.005 mm.
  expect(await reasonOf(JSON.stringify(explicit))).toBe("off-scheme");
  expect(await reasonOf(JSON.stringify(bouncing({scheme: "midpoint", e: 0.62})))).toBe("not-conserved");
  expect(await reasonOf(JSON.stringify(bouncing({scheme: "midpoint", g: 9.9})))).toMatch(
    /^(not-conserved|off-course)$/
  );
  const last = bouncing({scheme: "midpoint"}).rows.length - 1;
  // 3 mm is a fifth of what the shift of an impact may add, (1 + 0.6) · 4.43 m/s · 2 ms = 14 mm, but one row alone has it; and
  // more than 32-bit floats may add to two rows, 2 · 1200 · 2^-24 · 4.43 · (1 + 0.6) = 1 mm.
  const moved = bouncing({scheme: "midpoint"}, ([t, y, v], i) => [t, i === last - 1 ? y + 3e-3 : y, v]);
  expect(await reasonOf(JSON.stringify(moved))).toBe("off-scheme");
  const all = bouncing({scheme: "midpoint"}, ([t, y, v]) => [t, t > 0.45 ? y + 3e-3 : y, v]);
  expect(await reasonOf(JSON.stringify(all))).toBe("");
});

test("momentum and the centre of mass are held through a collision, whenever it came", async () => {
  // 2 kg at 2 m/s meets 1 kg at rest, gap 1 m, e = 1: by hand u1 = 2/3, u2 = 8/3 m/s from t = 0.5 s on.
  const at = (t: number, d1 = 0, d2 = 0) =>
    t < 0.5 ? [t, 2 * t, 2, 1.2, 0] : [t, 1 + (2 / 3) * (t - 0.5) + d1, 2 / 3, 1.2 + (8 / 3) * (t - 0.5) + d2, 8 / 3];
  const table = (rows: number[][]) =>
    JSON.stringify({
      scene: "collision",
      given: {r: 0.1, m1: 2, x1: 0, v1: 2, m2: 1, x2: 1.2, v2: 0, e: 1},
      step: 0.001,
      columns: ["t s", "x1 m", "v1 m/s", "x2 m", "v2 m/s"],
      rows: rows.map((row) => row.map((x) => Number(x.toFixed(5))))
    });
  expect(await reasonOf(table([at(0), at(0.25), at(0.6), at(0.8)]))).toBe("");
  // An impact 0.5 ms late: 2 − 2/3 and 0 − 8/3 m/s times that, which leaves 2 d1 + d2 = 0.
  const [d1, d2] = [(4 / 3) * 5e-4, (-8 / 3) * 5e-4];
  expect(await reasonOf(table([at(0), at(0.25), at(0.6, d1, d2), at(0.8, d1, d2)]))).toBe("");
  expect(await reasonOf(table([at(0), at(0.25), at(0.6, d1, -d2), at(0.8, d1, -d2)]))).toBe("not-conserved");
});

test.each([
  ["{", "unread"],
  ["# scene = fall", "unread"],
  [JSON.stringify({...bouncing({scheme: "midpoint"}), scene: "__proto__"}), "unread"],
  [JSON.stringify({...bouncing({scheme: "midpoint"}), scene: "fly"}), "unread"],
  [JSON.stringify({...bouncing({scheme: "midpoint"}), given: {h: 1}}), "impossible"],
  [JSON.stringify({...bouncing({scheme: "midpoint"}), scene: "fall", given: {h: 1, g: 9}}), "impossible"],
  [JSON.stringify({...bouncing({scheme: "midpoint"}), columns: ["t s", "v m/s", "y m"]}), "wrong-columns"],
  [JSON.stringify({...bouncing({scheme: "midpoint"}), rows: [[0, 1]]}), "unread"],
  [
    JSON.stringify({
      scene: "slide",
      given: {v: 1, friction: 0.2, g: 9},
      step: 1e-5,
      substeps: 99,
      columns: ["t s", "s m", "v m/s"],
      rows: [
        [0, 0, 1],
        [1, 0.27, 0],
        [5000, 0.27, 0]
      ]
    }),
    "too-long"
  ]
])("broken table %# is refused for the right reason", async (table, reason) => {
  expect(await reasonOf(table)).toBe(reason);
});

// y = 20 − 9.81 t² / 2 and v = −9.81 t, by hand: 20, 18.774, 15.095 and 0, −4.905, −9.81.
const dropped = [
  "Free fall: a stone starts at y = 20.00 m with v = 0.00 m/s, g = 9.81 m/s^2, y pointing up.",
  "Time step 0.001 s, 1 substeps.",
  "t [s], y [m], v [m/s]",
  "0.00, 20.00, 0.00",
  "0.50, 18.77, -4.91",
  "1.00, 15.09, -9.81",
  "Q: When does it reach y = 0?",
  "A: 2.02 s"
].join("\n");

test("a table written by hand is passed", async () => {
  expect(await reasonOf(dropped)).toBe("");
});

test.each([
  [dropped.replace("0.001", "0.1"), "too-coarse"],
  [dropped.replace("2.02", "2"), "wrong-answer"],
  [dropped.replace("2.02", "2.03"), "wrong-answer"],
  [dropped.replace("When does it reach y = 0?", "How high does it rise?"), "no-question"],
  [dropped.replace("1.00, 15.09", "1.0005, 15.09"), "wrong-time"],
  [dropped.replace("y [m], v", "v [m], y"), "wrong-columns"],
  [dropped.replace("y = 20.00", "y = -20.00"), "impossible"],
  [dropped.replace("0.001 s", "0.000 s"), "impossible"],
  [dropped.split("\n").toSpliced(4, 2).join("\n"), "wrong-length"],
  [`${dropped}\nIt lands softly.`, "unread"],
  [dropped.replace("stone", "stone; a feather"), "unread"],
  [dropped.replace("18.77", "NaN"), "unread"],
  [dropped.replace("18.77", "1e1"), "unread"],
  ["", "unread"],
  ["__proto__", "unread"]
])("broken text %# is refused for the right reason", async (text, reason) => {
  expect(await reasonOf(text)).toBe(reason);
});

test("a row at an impact, where nothing can be said, is refused", async () => {
  const text = [
    "Bounce: a stone falls from rest with its lowest point at y = 1.00 m; the floor is at y = 0, restitution 0.50, g = 8.00 m/s^2.",
    "Time step 0.001 s, 4 substeps.",
    "t [s], y [m], v [m/s]",
    "0.00, 1.00, 0.00",
    "0.25, 0.75, -2.00",
    "0.50, 0.00, -4.00",
    "Q: When does it first touch the floor?",
    "A: 0.50 s"
  ].join("\n");
  expect(await reasonOf(text)).toBe("wrong-time");
  expect(await reasonOf(text.replace("0.50, 0.00, -4.00", "0.75, 0.25, 0.00"))).toBe("");
  // Three quarters of the energy at 0.75 m, where it should have 0.25: a height too great for what the bounce left.
  expect(await reasonOf(text.replace("0.50, 0.00, -4.00", "0.75, 0.75, 0.00"))).toBe("not-conserved");
  // The right energy at the wrong time.
  expect(await reasonOf(text.replace("0.50, 0.00, -4.00", "0.90, 0.25, 0.00"))).toBe("off-course");
});
