import {expect, test} from "vitest";
import {createRandom, type Random} from "../../lib/text/random.js";
import {robotMotion} from "../../lib/verify/robotMotion.js";
import type {Evidence} from "../../lib/verify/verifier.js";
import {judge} from "./evidence.js";
import {plantErrors, samples} from "./planted.js";

interface Made {
  LoopMode: string;
  FrameDuration: number;
  EnableCycleOffsetPosition: boolean;
  EnableCycleOffsetRotation: boolean;
  Joints?: number;
  Limits?: unknown;
  Frames: number[][];
}

// A gait: joints and height go round once, the root walks and turns; whole cycles, so that last and first frame agree.
function gait(random: Random, {joints = 12, n = 12 + random.int(20)} = {}): Made {
  const phases = Array.from({length: joints}, () => 2 * Math.PI * random());
  const heading = random() < 0.5 ? 0 : 0.3;
  const wrap = random() < 0.7;
  const Frames = Array.from({length: n + 1}, (_, i) => {
    const t = (2 * Math.PI * i) / n;
    const yaw = (heading * i) / n;
    const sign = random() < 0.2 ? -1 : 1;
    const [half, lean] = [yaw / 2, 0.05 * Math.sin(t)];
    const q = [
      Math.sin(lean) * Math.cos(half),
      Math.sin(lean) * Math.sin(half),
      Math.cos(lean) * Math.sin(half),
      Math.cos(lean) * Math.cos(half)
    ];
    return [
      0.02 * i,
      0,
      0.4 + 0.03 * Math.sin(t),
      ...q.map((x) => sign * x),
      ...phases.map((phase) => 0.6 * Math.sin(t + phase))
    ].map((x) => Number(x.toFixed(5)));
  });
  return {
    LoopMode: wrap ? "Wrap" : "Clamp",
    FrameDuration: 0.04,
    EnableCycleOffsetPosition: true,
    EnableCycleOffsetRotation: true,
    ...(joints === 12 ? {} : {Joints: joints}),
    Frames
  };
}

const text = (clip: unknown) => `@motion json\n${JSON.stringify(clip)}`;
const evidence = (clip: unknown): Evidence => ({
  text: text(clip),
  kind: "motion",
  domain: "robotics",
  generator: "test",
  family: "test"
});
const reasonOf = async (clip: unknown) => (await judge(robotMotion, text(clip), "motion")).reason;

const errors: ((clip: Made, frame: number, random: Random) => void)[] = [
  // Off by 2 % of the largest part, which is at least a half: the length by 1 % or more, a thousand times the tolerance.
  ({Frames}, i) =>
    (Frames[i][3 + [0, 1, 2, 3].reduce((a, b) => (Math.abs(Frames[i][3 + a]) > Math.abs(Frames[i][3 + b]) ? a : b))] *=
      1.02),
  // 28.6 rad/s over 0.04 s is 1.144 rad; a gait's own step adds at most 0.6 · 2π / 12 = 0.314 against it.
  ({Frames}, i, random) => (Frames[i][7 + random.int(12)] += random.pick([-1.5, 1.5])),
  // 10 m/s over 0.04 s is 0.4 m.
  ({Frames}, i, random) => (Frames[i][random.int(3)] += random.pick([-0.5, 0.5])),
  // A quarter turn in a frame is 39 rad/s.
  ({Frames}, i) => Frames[i].splice(3, 4, ...quarter(Frames[i].slice(3, 7))),
  ({Frames}, i) => Frames[i].pop(),
  (clip, _, random) => (clip.FrameDuration = random.pick([0, -0.04, 2, 1e-5])),
  (clip) => {
    clip.LoopMode = "Wrap";
    clip.Frames = clip.Frames.map((frame, i) => frame.map((x, j) => (j === 2 ? 0.4 + 0.01 * i : x)));
  },
  ({Frames}, i, random) => ((Frames[i] as (number | null)[])[random.int(19)] = null)
];

function quarter([x, y, z, w]: number[]): number[] {
  const s = Math.SQRT1_2;
  return [s * (x + y), s * (y - x), s * (z + w), s * (w - z)].map((part) => Number(part.toFixed(5)));
}

test(`${samples} gaits pass, and each of as many errors in them is caught`, async () => {
  const random = createRandom("gaits");
  function* cases() {
    for (let i = 0; i < samples; i++) {
      const clean = gait(random);
      const bent = structuredClone(clean);
      errors[i % errors.length](bent, 1 + random.int(bent.Frames.length - 1), random);
      bent.Frames = bent.Frames.map(
        (frame) => frame.map((x: number | null) => (x === null ? x : Number(x.toFixed(5)))) as number[]
      );
      yield {clean: evidence(clean), corrupt: evidence(bent)};
    }
  }
  const {refused, missed, caught} = await plantErrors(robotMotion, cases());
  expect(refused).toEqual([]);
  expect(missed).toEqual([]);
  expect(caught).toBe(samples);
});

test("each error is refused for its own reason", async () => {
  const clean = () => ({...gait(createRandom("reasons"), {n: 24}), LoopMode: "Wrap"});
  const reasons = [
    "not-unit",
    "joint-velocity",
    "teleport",
    "spin",
    "wrong-length",
    "wrong-duration",
    "loop-gap",
    "unreadable"
  ];
  for (const [i, error] of errors.entries()) {
    const bent = clean();
    error(bent, 5, createRandom("reasons", i));
    expect(await reasonOf(bent)).toBe(reasons[i]);
  }
  expect(await reasonOf(clean())).toBe("");
  expect((await judge(robotMotion, text(clean()).replace("0.4", "NaN"), "motion")).reason).toBe("not-finite");
});

test("limits come from the text, and before them from the reference", async () => {
  const clip = gait(createRandom("limits"), {joints: 3, n: 24});
  // The fastest joint goes at 0.6 · 2π / (24 · 0.04 s) = 3.9 rad/s.
  expect(await reasonOf({...clip, Limits: {JointVelocity: 4}})).toBe("");
  expect(await reasonOf({...clip, Limits: {JointVelocity: 3}})).toBe("joint-velocity");
  const wide = {
    ...clip,
    Limits: {
      JointVelocity: 4,
      JointPosition: [
        [-1, 1],
        [-1, 1],
        [-1, 1]
      ]
    }
  };
  expect(await reasonOf(wide)).toBe("");
  const ask = (reference: unknown) =>
    robotMotion.verify({...evidence(wide), reference: JSON.stringify(reference)}, {corpus: () => []});
  expect(
    await ask({
      JointPosition: [
        [-1, 1],
        [-0.1, 0.1],
        [-1, 1]
      ]
    })
  ).toMatchObject({reason: "joint-position"});
  expect(await ask({JointVelocity: 3})).toMatchObject({reason: "joint-velocity"});
});

test("a joint that leaves its course for one frame is a spike, a step or a turn of a gait is none", async () => {
  // Second differences of the gait are 0.6 (2π / 24)² = 0.041 at most, those of a spike of 0.4 are 0.8 ± 0.041: 18 times as
  // much, and 0.841 / 0.04² = 526 rad/s², under the limit, as is its speed, (0.4 + 0.157) / 0.04 = 13.9 rad/s.
  const clip = {...gait(createRandom("spike"), {n: 24}), LoopMode: "Clamp"};
  const bend = (change: (angle: number, i: number) => number) => ({
    ...clip,
    Frames: clip.Frames.map((frame, i) => frame.map((x, j) => (j === 9 ? Number(change(x, i).toFixed(5)) : x)))
  });
  const one = bend((x, i) => (i === 10 ? x + 0.4 : x));
  expect(await judge(robotMotion, text(one), "motion")).toMatchObject({
    reason: "spike",
    detail: expect.stringContaining("frame 11, joint 3") as string
  });
  expect(await reasonOf({...one, Limits: {JointSpike: 100}})).toBe("");
  expect(await reasonOf({...one, Limits: {JointAcceleration: 300}})).toBe("joint-acceleration");
  expect(await reasonOf(bend((x, i) => (i >= 10 ? x + 0.4 : x)))).toBe("");
  // There and back in a frame at 1 rad: 2 / 0.04² = 1,250 rad/s².
  expect(await reasonOf(bend((x, i) => (i === 10 ? x + 1 : x)))).toBe("joint-acceleration");
});
