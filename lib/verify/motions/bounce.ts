import {energy, flight, impactShift, type Given, type Integration, type Motion} from "./motion.js";

/** A fall on a floor and what follows until the second impact. null where the conditions are impossible. */
export function bounce({h, e, g}: Given, integration: Integration): Motion | null {
  if (!(h > 0 && g > 0 && e > 0 && e <= 1)) return null;
  const impact = Math.sqrt(2 * g * h);
  const first = impact / g;
  const second = first + (2 * e * impact) / g;
  const shift = impactShift(integration, impact);
  return {
    dynamics: {
      positions: [h],
      velocities: [0],
      accelerations: [-g],
      event: {
        gap: ([y]) => y,
        pass(_, v) {
          v[0] *= -e;
        }
      },
      row: ([y], [v]) => [y, v],
      bodies: [[0, 1]]
    },
    columns: ["y m", "v m/s"],
    at(t) {
      if (Math.abs(t - first) <= 2 * shift || t >= second - 2 * (1 + e) * shift)
        return "expected no row at an impact or after the second";
      const since = t - first;
      const rising = e * impact - g * since;
      return since < 0
        ? flight([h - (g * t * t) / 2], [-g * t], [g], t, integration, Math.max(h, impact))
        : flight(
            [e * impact * since - (g * since * since) / 2],
            [rising],
            [g],
            t,
            integration,
            Math.max(h, impact)
          ).map(({value, error}, i) => ({value, error: error + (i === 0 ? (1 + e) * impact : (1 + e) * g) * shift}));
    },
    invariants: [energy(g, (t) => (t < first ? g * h : e * e * g * h))],
    answers: {
      "How high does it rise after the first bounce?": [e * e * h, "m"],
      "How fast does it leave the floor after the first bounce?": [e * impact, "m/s"],
      "When does it first touch the floor?": [first, "s"]
    }
  };
}
