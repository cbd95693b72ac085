import type {Shape, ShapedSample} from "./shape.js";

/**
 * SWE-agent's trajectories, one a row: steps {action, observation, state}. They began in repositories that the file does not
 * hold, so that they are recordings: at best not reproducible, at worst at odds with themselves.
 *
 * Source: Yang et al. (2024), arXiv:2405.15793.
 */
export const sweagent: Shape = {
  id: "sweagent",
  verifiers: ["agent-trace"],
  fits: ({trajectory}) =>
    Array.isArray(trajectory) &&
    trajectory.every(
      (step: unknown) => typeof step === "object" && step !== null && "action" in step && "observation" in step
    ),
  samples(row) {
    const {trajectory, environment} = row as {
      trajectory: {action: unknown; observation: unknown; state?: unknown}[];
      environment?: unknown;
    };
    const steps = trajectory.map(({action, observation, state}, i) => {
      if (typeof action !== "string")
        throw new TypeError(`trajectory[${i}].action: expected text, got ${typeof action}`);
      const folder = folderOf(state);
      return {
        action,
        observation:
          typeof observation === "string"
            ? observation
            : observation === null || observation === undefined
              ? ""
              : JSON.stringify(observation),
        ...(folder === null ? {} : {folder})
      };
    });
    const sample: ShapedSample = {
      name: typeof environment === "string" ? environment : `trajectory of ${steps.length} steps`,
      text: `@trace json\n${JSON.stringify({environment: {kind: "recorded"}, steps})}`,
      kind: "trace",
      domain: "agent",
      generator: "swe-agent",
      family: "swe-agent"
    };
    return [sample];
  }
};

function folderOf(state: unknown): string | null {
  try {
    const {working_dir: folder} = (typeof state === "string" ? JSON.parse(state) : (state ?? {})) as {
      working_dir?: unknown;
    };
    return typeof folder === "string" ? folder : null;
  } catch {
    return null;
  }
}
