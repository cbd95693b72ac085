import type {Shape, ShapedSample} from "./shape.js";

/**
 * Clips of robot motion as motion_imitation publishes them, one a file.
 *
 * Source: Peng et al. (2020), arXiv:2004.00784.
 */
export const motion: Shape = {
  id: "motion",
  verifiers: ["robot-motion"],
  fits: ({LoopMode, FrameDuration, Frames}) =>
    typeof LoopMode === "string" && typeof FrameDuration === "number" && Array.isArray(Frames),
  samples(row) {
    const {Frames: frames, ...rest} = row as {Frames: unknown[]; LoopMode: string; FrameDuration: number};
    for (const [i, frame] of frames.entries())
      if (!Array.isArray(frame) || !frame.every((value) => typeof value === "number"))
        throw new TypeError(`Frames[${i}]: expected numbers`);
    const written = (frames as number[][]).map((frame) => JSON.stringify(frame));
    const sample: ShapedSample = {
      name: `${frames.length} frames, ${rest.LoopMode}`,
      text: `@motion json\n${JSON.stringify(rest).slice(0, -1)}, "Frames": [\n${written.join(",\n")}\n]}`,
      kind: "motion",
      domain: "robotics",
      generator: "motion-imitation",
      family: "human"
    };
    return [sample];
  }
};
