import {z} from "zod";

const Limits = z.strictObject({
  /** rad/s, of every joint */
  JointVelocity: z.number().positive().optional(),
  /** rad/s², of every joint, between one step and the next */
  JointAcceleration: z.number().positive().optional(),
  /** how many times a joint's other turns one that comes and goes in a frame may be */
  JointSpike: z.number().min(1).optional(),
  /** rad, least and greatest of each joint */
  JointPosition: z.array(z.tuple([z.number(), z.number()])).optional(),
  /** m/s */
  RootVelocity: z.number().positive().optional(),
  /** rad/s */
  RootRotation: z.number().positive().optional()
});

/** What a robot can do. */
export const RobotLimits = Limits;

/** A clip of motion as motion_imitation writes it; `Joints` and `Limits` are ours. */
export const Clip = z.object({
  LoopMode: z.enum(["Wrap", "Clamp"]),
  /** s */
  FrameDuration: z.number(),
  EnableCycleOffsetPosition: z.boolean().default(false),
  EnableCycleOffsetRotation: z.boolean().default(false),
  /** how many; 12 where it does not say */
  Joints: z.int().min(0).max(100).default(12),
  Limits: Limits.optional(),
  /** root x, y, z in m; quaternion x, y, z, w; joints in rad */
  Frames: z.array(z.array(z.number()))
});
export type Clip = z.infer<typeof Clip>;

/** The rotation from one quaternion to another in rad, 0 to π; q and −q are the same. */
export function turn(a: readonly number[], b: readonly number[]): number {
  const sign = a.reduce((sum, x, i) => sum + x * b[i], 0) < 0 ? -1 : 1;
  // By the chord, which keeps its digits where the angle is small.
  return 4 * Math.asin(Math.min(1, Math.hypot(...a.map((x, i) => x - sign * b[i])) / 2));
}

/** Where "up" points in the body's own frame: a rotation without its heading. */
export function tilt([x, y, z, w]: readonly number[]): [number, number, number] {
  return [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)];
}
