import {flight, impactShift, type Expected, type Given, type Integration, type Motion} from "./motion.js";

/** Two balls on a line, with a coefficient of restitution. null where the conditions are impossible. */
export function collision({r, m1, x1, v1, m2, x2, v2, e}: Given, integration: Integration): Motion | null {
  const gap = x2 - x1 - 2 * r;
  if (!(r > 0 && m1 > 0 && m2 > 0 && gap > 0 && v1 > v2 && e >= 0 && e <= 1)) return null;
  const time = gap / (v1 - v2);
  const center = (m1 * v1 + m2 * v2) / (m1 + m2);
  const reduced = (m1 * m2) / (m1 + m2);
  const u1 = center - (reduced / m1) * e * (v1 - v2);
  const u2 = center + (reduced / m2) * e * (v1 - v2);
  const shift = impactShift(integration, v1 - v2);
  const kinetic = (a: number, b: number) => (m1 * a * a + m2 * b * b) / 2;
  return {
    dynamics: {
      positions: [x1, x2],
      velocities: [v1, v2],
      accelerations: [0, 0],
      event: {
        gap: ([a, b]) => b - a - 2 * r,
        pass(_, v) {
          v[0] = u1;
          v[1] = u2;
        }
      },
      row: ([a, b], [u, w]) => [a, u, b, w],
      bodies: [
        [0, 1],
        [2, 3]
      ]
    },
    columns: ["x1 m", "v1 m/s", "x2 m", "v2 m/s"],
    at(t) {
      if (Math.abs(t - time) <= 2 * shift) return "expected no row at the impact";
      const since = Math.max(0, t - time);
      const before = Math.min(t, time);
      const after = t > time;
      const place = [x1 + v1 * before + u1 * since, x2 + v2 * before + u2 * since];
      const speed = after ? [u1, u2] : [v1, v2];
      const largest = Math.max(
        ...place.map(Math.abs),
        Math.abs(x1),
        Math.abs(x2),
        Math.abs(v1),
        Math.abs(v2),
        Math.abs(u2)
      );
      const [p1, p2, s1, s2] = flight(place, speed, [0, 0], t, integration, largest);
      const late = (expected: Expected, change: number) =>
        after ? {...expected, error: expected.error + Math.abs(change) * shift} : expected;
      return [late(p1, u1 - v1), s1, late(p2, u2 - v2), s2];
    },
    invariants: [
      {
        through: true,
        name: "momentum",
        of: ([, a, , b]) => m1 * a + m2 * b,
        slope: () => [0, m1, 0, m2],
        expected: () => m1 * v1 + m2 * v2
      },
      {
        through: true,
        name: "energy",
        of: ([, a, , b]) => kinetic(a, b),
        slope: ([, a, , b]) => [0, m1 * a, 0, m2 * b],
        expected: (t) => (t < time ? kinetic(v1, v2) : kinetic(u1, u2))
      },
      {
        through: true,
        name: "relative speed",
        of: ([, a, , b]) => b - a,
        slope: () => [0, -1, 0, 1],
        expected: (t) => (t < time ? v2 - v1 : e * (v1 - v2))
      },
      {
        through: true,
        name: "centre of mass",
        of: ([a, , b]) => (m1 * a + m2 * b) / (m1 + m2),
        slope: () => [m1 / (m1 + m2), 0, m2 / (m1 + m2), 0],
        expected: (t) => (m1 * x1 + m2 * x2) / (m1 + m2) + center * t
      }
    ],
    answers: {
      "What is the velocity of ball 1 after the collision?": [u1, "m/s"],
      "What is the velocity of ball 2 after the collision?": [u2, "m/s"],
      "How much kinetic energy is lost?": [(reduced * (1 - e * e) * (v1 - v2) ** 2) / 2, "J"],
      "When do they touch?": [time, "s"]
    }
  };
}
