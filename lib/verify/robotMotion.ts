import {z} from "zod";
import {Clip, RobotLimits, tilt, turn} from "./robot/clip.js";
import {spike} from "./robot/spike.js";
import {openSections} from "./sections.js";
import {verdict, type Evidence, type Verifier} from "./verifier.js";

const self = {id: "robot-motion", family: "kinematics", version: "2"};
const maxText = 5_000_000;
const maxFrames = 20_000;
const frameDurations = [0.001, 0.5];

/**
 * What clips are held to where neither text nor reference says: 28.6 rad/s is the speed of the thigh and calf motors in
 * Unitree's description of its A1. The others have no source, they are our choice, to be set where a robot is known: 10 m/s
 * and 20 rad/s of the root, 1,000 rad/s² of a joint, 4 times its other turns for one that comes and goes in a frame.
 */
const defaults = {JointVelocity: 28.6, JointAcceleration: 1000, JointSpike: 4, RootVelocity: 10, RootRotation: 20};
const widest = 2 * Math.PI;

/**
 * Checks a clip of robot motion for what no robot can do.
 *
 *     @motion json
 *     {"LoopMode": "Wrap", "FrameDuration": 0.04, "EnableCycleOffsetPosition": true, "EnableCycleOffsetRotation": false,
 *      "Frames": [[0, 0, 0.43, 0.5, 0.5, 0.5, 0.5, 0.01, 0.27, −0.86, …], …]}
 *
 * A frame is the root's place, its unit quaternion and 12 joints, or as many as `Joints` says; `Limits`, or a `reference` in
 * JSON which goes before it, may give `JointVelocity`, `JointAcceleration`, `JointSpike` (robot/spike.ts), `JointPosition`, `RootVelocity` and
 * `RootRotation`. Values are m, rad, s.
 *
 * Where numbers are printed with d decimals each is off by 10^−d / 2 at most, so that a unit quaternion's length is off by
 * 10^−d / 2 times the sum of its parts, which is at most 2: by 10^−d; never less than 4·10^−7, for 32-bit floats. Speeds may be
 * over by the 10^−d that two printed numbers add, second differences by the 2 · 10^−d of four halves. q and −q are the same rotation. In a clip that wraps, the step from the last
 * frame to the first, which is no time in some players and one frame in others, is at most twice the largest step within the
 * clip, of that joint, of the root's height and rotation; place and heading go free where the clip says that they add up.
 *
 * It does not guard against motion that is smooth but falls over: there is no dynamics here. Reasons: unreadable,
 * wrong-length, wrong-duration, not-finite, not-unit, joint-position, joint-velocity, joint-acceleration, spike, teleport, spin, loop-gap.
 */
export const robotMotion: Verifier = {
  ...self,
  verify(sample) {
    return Promise.resolve(judge(sample));
  }
};

function judge({text, reference}: Evidence) {
  const say = (reason: string, detail = "") => verdict(self, reason, {detail: detail.slice(0, 300)});
  const opened = openSections(text, {main: "motion", others: ["task"], most: maxText});
  if (typeof opened === "string") return say("unreadable", opened);
  const {body} = opened.section;
  if (/(?<!")\b(?:NaN|Infinity)\b/.test(body)) return say("not-finite", "expected finite numbers");
  const clip = parse(Clip, body);
  if (typeof clip === "string") return say("unreadable", clip);
  const trusted = reference === undefined ? {} : parse(RobotLimits, reference);
  if (typeof trusted === "string") return say("unreadable", `reference: ${trusted}`);
  const limits = {...defaults, ...clip.Limits, ...trusted};
  const {FrameDuration: dt, Frames: frames, Joints: joints} = clip;
  if (frames.length < 2 || frames.length > maxFrames)
    return say("wrong-length", `expected 2 to ${maxFrames} frames, got ${frames.length}`);
  if (!(dt >= frameDurations[0] && dt <= frameDurations[1]))
    return say("wrong-duration", `expected ${frameDurations.join(" to ")} s a frame, got ${dt}`);
  const unit = lastUnit(frames.flat());
  const loose = Math.max(lastUnit(frames.flatMap((frame) => frame.slice(3, 7))), 4e-7);
  if (limits.JointPosition !== undefined && limits.JointPosition.length !== joints)
    return say("unreadable", `expected limits of ${joints} joints, got ${limits.JointPosition.length}`);

  const steps = new Float64Array(joints);
  let [rise, rotation] = [0, 0];
  for (const [i, frame] of frames.entries()) {
    if (frame.length !== 7 + joints)
      return say("wrong-length", `frame ${i + 1}: expected ${7 + joints} numbers, got ${frame.length}`);
    if (!frame.every(Number.isFinite)) return say("not-finite", `frame ${i + 1}: expected finite numbers`);
    const length = Math.hypot(...frame.slice(3, 7));
    if (!(Math.abs(length - 1) <= loose))
      return say("not-unit", `frame ${i + 1}: expected a quaternion of length 1 ± ${loose}, got ${length.toFixed(7)}`);
    for (let j = 0; j < joints; j++) {
      const [least, greatest] = limits.JointPosition?.[j] ?? [-widest, widest];
      const angle = frame[7 + j];
      if (angle < least - unit || angle > greatest + unit)
        return say(
          "joint-position",
          `frame ${i + 1}, joint ${j + 1}: expected ${least.toFixed(3)} to ${greatest.toFixed(3)} rad, got ${angle}`
        );
    }
    if (i === 0) continue;
    const before = frames[i - 1];
    const far = Math.hypot(frame[0] - before[0], frame[1] - before[1], frame[2] - before[2]);
    if (far > limits.RootVelocity * dt + 2 * unit)
      return say(
        "teleport",
        `frame ${i + 1}: expected the root at ${limits.RootVelocity} m/s at most, got ${(far / dt).toFixed(2)}`
      );
    const turned = turn(before.slice(3, 7), frame.slice(3, 7));
    if (turned > limits.RootRotation * dt + 4 * loose)
      return say(
        "spin",
        `frame ${i + 1}: expected the root to turn ${limits.RootRotation} rad/s at most, got ${(turned / dt).toFixed(2)}`
      );
    [rise, rotation] = [Math.max(rise, Math.abs(frame[2] - before[2])), Math.max(rotation, turned)];
    for (let j = 0; j < joints; j++) {
      const step = Math.abs(frame[7 + j] - before[7 + j]);
      if (step > limits.JointVelocity * dt + unit)
        return say(
          "joint-velocity",
          `frame ${i + 1}, joint ${j + 1}: expected ${limits.JointVelocity} rad/s at most, got ${(step / dt).toFixed(2)}`
        );
      steps[j] = Math.max(steps[j], step);
    }
  }
  for (let j = 0; j < joints; j++) {
    const angles = frames.map((frame) => frame[7 + j]);
    for (let i = 1; i + 1 < angles.length; i++) {
      const change = Math.abs(angles[i + 1] - 2 * angles[i] + angles[i - 1]);
      if (change > limits.JointAcceleration * dt * dt + 2 * unit)
        return say(
          "joint-acceleration",
          `frame ${i + 1}, joint ${j + 1}: expected ${limits.JointAcceleration} rad/s² at most, got ${(change / dt ** 2).toFixed(0)}`
        );
    }
    const alone = spike(angles, limits.JointSpike);
    if (alone !== null)
      return say(
        "spike",
        `frame ${alone + 1}, joint ${j + 1}: ${angles[alone]} rad between ${angles[alone - 1]} and ${angles[alone + 1]}`
      );
  }
  if (clip.LoopMode === "Clamp") return say("");

  const [first, last] = [frames[0], frames.at(-1)!];
  const gap = (what: string, size: number, step: number, slack: number, of: string) =>
    size <= 2 * step + slack
      ? null
      : say(
          "loop-gap",
          `${what}: expected to begin again within ${(2 * step).toFixed(4)} ${of}, twice its largest step, got ${size.toFixed(4)}`
        );
  for (let j = 0; j < joints; j++) {
    const open = gap(`joint ${j + 1}`, Math.abs(first[7 + j] - last[7 + j]), steps[j], unit, "rad");
    if (open !== null) return open;
  }
  const height = gap("root height", Math.abs(first[2] - last[2]), rise, unit, "m");
  if (height !== null) return height;
  const [a, b] = [first.slice(3, 7), last.slice(3, 7)];
  const [up, down] = [tilt(a), tilt(b)];
  const turned = clip.EnableCycleOffsetRotation
    ? 2 * Math.asin(Math.min(1, Math.hypot(...up.map((x, i) => x - down[i])) / 2))
    : turn(a, b);
  const rotated = gap("root rotation", turned, rotation, 4 * loose, "rad");
  if (rotated !== null) return rotated;
  if (clip.EnableCycleOffsetPosition) return say("");
  const far = Math.hypot(first[0] - last[0], first[1] - last[1]);
  const largest = Math.max(
    ...frames.slice(1).map((frame, i) => Math.hypot(frame[0] - frames[i][0], frame[1] - frames[i][1]))
  );
  return gap("root place", far, largest, 2 * unit, "m") ?? say("");
}

/** The worth of the last digit that numbers are printed with. */
function lastUnit(values: readonly number[]): number {
  let decimals = 0;
  for (const value of values) {
    const [, fraction = "", exponent = "0"] = /^-?\d+(?:\.(\d+))?(?:e(-?\d+))?$/.exec(String(value)) ?? [];
    decimals = Math.max(decimals, fraction.length - Number(exponent));
  }
  return 10 ** -decimals;
}

function parse<T>(schema: z.ZodType<T>, text: string): T | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "expected JSON";
  }
  const out = schema.safeParse(value);
  return out.success ? out.data : z.prettifyError(out.error).split("\n").slice(0, 2).join(" ");
}
