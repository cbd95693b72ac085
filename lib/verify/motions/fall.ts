import {energy, flight, momentum, type Given, type Integration, type Motion} from "./motion.js";

/** Free fall from a height, thrown up or down or let go. null where the conditions are impossible. */
export function fall({h, v, g}: Given, integration: Integration): Motion | null {
  if (!(h > 0 && g > 0)) return null;
  const impact = Math.sqrt(v * v + 2 * g * h);
  const largest = Math.max(h + (v * v) / (2 * g), impact);
  return {
    dynamics: {
      positions: [h],
      velocities: [v],
      accelerations: [-g],
      row: ([y], [w]) => [y, w],
      bodies: [[0, 1]]
    },
    columns: ["y m", "v m/s"],
    at: (t) => flight([h + v * t - (g * t * t) / 2], [v - g * t], [g], t, integration, largest),
    invariants: [energy(g, () => g * h + (v * v) / 2), momentum(1, (t) => v - g * t)],
    answers: {
      "When does it reach y = 0?": [(v + impact) / g, "s"],
      "How fast is it when it reaches y = 0?": [impact, "m/s"]
    }
  };
}
