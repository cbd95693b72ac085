import {flight, momentum, type Given, type Integration, type Motion} from "./motion.js";

/** A throw at an angle, from a height. null where the conditions are impossible. */
export function throwing({h, v, degrees, g}: Given, integration: Integration): Motion | null {
  if (!(h > 0 && g > 0 && v > 0 && degrees > 0 && degrees < 90)) return null;
  const angle = (degrees / 180) * Math.PI;
  const [vx, vy] = [v * Math.cos(angle), v * Math.sin(angle)];
  const time = (vy + Math.sqrt(vy * vy + 2 * g * h)) / g;
  const largest = Math.max(h + (vy * vy) / (2 * g), vx * time, v + g * time);
  return {
    dynamics: {
      positions: [0, h],
      velocities: [vx, vy],
      accelerations: [0, -g],
      row: ([x, y], [u, w]) => [x, y, u, w],
      bodies: [
        [0, 2],
        [1, 3]
      ]
    },
    columns: ["x m", "y m", "vx m/s", "vy m/s"],
    at: (t) => flight([vx * t, h + vy * t - (g * t * t) / 2], [vx, vy - g * t], [0, g], t, integration, largest),
    invariants: [
      {
        name: "energy",
        of: ([, y, u, w]) => g * y + (u * u + w * w) / 2,
        slope: ([, , u, w]) => [0, g, u, w],
        expected: () => g * h + (v * v) / 2
      },
      {...momentum(2, () => vx), name: "horizontal momentum"},
      momentum(3, (t) => vy - g * t)
    ],
    answers: {
      "How high does it rise?": [h + (vy * vy) / (2 * g), "m"],
      "How far does it fly before it reaches y = 0?": [vx * time, "m"],
      "When does it reach y = 0?": [time, "s"]
    }
  };
}
