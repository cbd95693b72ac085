import {beforeAll, expect, test} from "vitest";
import {trajectories} from "../../lib/generate/trajectories.js";
import type {Draft} from "../../lib/schema/sample.js";
import type {Random} from "../../lib/text/random.js";
import {createRandom} from "../../lib/text/random.js";
import {trajectoryPhysics} from "../../lib/verify/trajectoryPhysics.js";
import {draftsOf, stateSeeds} from "../generate/context.js";
import {judge} from "./evidence.js";

let drafts: Draft[];

beforeAll(async () => {
  drafts = (await Promise.all(stateSeeds(1000).map((seed) => draftsOf(trajectories, seed)))).flat();
});

const reasonOf = async (text: string) => (await judge(trajectoryPhysics, text, "trajectory")).reason;

test("1,000 trajectories of every scene are passed", async () => {
  expect(drafts).toHaveLength(1000);
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

test("1,000 trajectories bent by one digit of one value, any but its last, are all caught", async () => {
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

test("1,000 answers with one digit changed, the last included, are all caught", async () => {
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
  for (const {text} of drafts.slice(0, 200)) {
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
  expect(signs).toBeGreaterThan(100);
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
