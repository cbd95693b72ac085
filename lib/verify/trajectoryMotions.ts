/** A value that physics expects, and how far a correct simulation may be from it. */
export interface Expected {
  value: number;
  /** from the integrator, before rounding for print */
  error: number;
}

/** A quantity that the motion keeps, as a function of a row's values. */
export interface Invariant {
  name: string;
  of(row: readonly number[]): number;
  /** derivative with respect to each value: what errors of the row do to it */
  slope(row: readonly number[]): readonly number[];
  /** what it is at time t */
  expected(t: number): number;
}

/** The closed form of a scene. */
export interface Motion {
  /** name and unit of each column beside time */
  columns: readonly string[];
  /** each column at a time in seconds, or why nothing can be said then */
  at(t: number): readonly Expected[] | string;
  invariants: readonly Invariant[];
  /** answers by question, with units */
  answers: Readonly<Record<string, readonly [number, string]>>;
}

/** How it was integrated: seconds a step, and steps of the solver within it. */
export interface Integration {
  step: number;
  substeps: number;
}

type Given = Readonly<Record<string, number>>;

/** m; how near the contact of a simulator may act before bodies touch */
const slop = 0.002;
const single = 2 ** -24;

/**
 * The bounds come from the integrator, semi-implicit Euler with h = step / substeps: v(n+1) = v(n) + a h, then
 * x(n+1) = x(n) + v(n+1) h. After n = t / h steps v is exact and x(n) = x0 + v0 t + a t² / 2 + a h t / 2, so a position is off
 * by |a| h t / 2. Each addition in 32-bit floats rounds by at most 2^-24 of the sum: n of them by n 2^-24 times the largest
 * value, and a velocity's error adds up in the position over t. An impact is seen at the start of the step after it and
 * solved within that step, or seen up to `slop` before: it acts up to δ = max(2 step, slop / v) beside its time, for a
 * closing speed v. What follows is shifted by δ, so positions by the change of velocity times δ, and velocities, where
 * gravity acts, by (1 + e) g δ.
 */
export const motions: Readonly<Record<string, (given: Given, integration: Integration) => Motion | null>> = {
  fall: ({h, v, g}, integration) => {
    if (!(h > 0 && g > 0)) return null;
    const impact = Math.sqrt(v * v + 2 * g * h);
    const largest = Math.max(h + (v * v) / (2 * g), impact);
    return {
      columns: ["y m", "v m/s"],
      at: (t) => flight([h + v * t - (g * t * t) / 2], [v - g * t], [g], t, integration, largest),
      invariants: [energy(g, () => g * h + (v * v) / 2)],
      answers: {
        "When does it reach y = 0?": [(v + impact) / g, "s"],
        "How fast is it when it reaches y = 0?": [impact, "m/s"]
      }
    };
  },
  throw: ({h, v, degrees, g}, integration) => {
    if (!(h > 0 && g > 0 && v > 0 && degrees > 0 && degrees < 90)) return null;
    const angle = (degrees / 180) * Math.PI;
    const [vx, vy] = [v * Math.cos(angle), v * Math.sin(angle)];
    const time = (vy + Math.sqrt(vy * vy + 2 * g * h)) / g;
    const largest = Math.max(h + (vy * vy) / (2 * g), vx * time, v + g * time);
    return {
      columns: ["x m", "y m", "vx m/s", "vy m/s"],
      at: (t) => flight([vx * t, h + vy * t - (g * t * t) / 2], [vx, vy - g * t], [0, g], t, integration, largest),
      invariants: [
        {
          name: "energy",
          of: ([, y, u, w]) => g * y + (u * u + w * w) / 2,
          slope: ([, , u, w]) => [0, g, u, w],
          expected: () => g * h + (v * v) / 2
        }
      ],
      answers: {
        "How high does it rise?": [h + (vy * vy) / (2 * g), "m"],
        "How far does it fly before it reaches y = 0?": [vx * time, "m"],
        "When does it reach y = 0?": [time, "s"]
      }
    };
  },
  bounce: ({h, e, g}, integration) => {
    if (!(h > 0 && g > 0 && e > 0 && e <= 1)) return null;
    const impact = Math.sqrt(2 * g * h);
    const first = impact / g;
    const second = first + (2 * e * impact) / g;
    const shift = Math.max(2 * integration.step, slop / impact);
    return {
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
  },
  slide: ({v, degrees = 0, friction, g}, integration) => {
    if (!(v > 0 && g > 0 && friction > 0 && degrees >= 0 && degrees < 90)) return null;
    const angle = (degrees / 180) * Math.PI;
    const a = g * (Math.sin(angle) - friction * Math.cos(angle));
    const rest = a < 0 ? -v / a : Infinity;
    const stops: Motion["answers"] = {
      "How far does it slide before it stops?": [(v * rest) / 2, "m"],
      "When does it stop?": [rest, "s"]
    };
    // At rest static friction must hold, or the formulae say nothing; where a < 0 it does.
    return {
      columns: ["s m", "v m/s"],
      at(t) {
        if (Math.abs(t - rest) <= 2 * integration.step) return "expected no row at the moment when it stops";
        const moved = Math.min(t, rest);
        const largest = Math.max(v + Math.max(a, 0) * t, v * moved + (Math.max(a, 0) * moved * moved) / 2);
        return flight(
          [v * moved + (a * moved * moved) / 2],
          [t < rest ? v + a * t : 0],
          [a],
          moved,
          integration,
          largest
        );
      },
      invariants: [
        {
          name: "work",
          of: ([s, u]) => (u * u) / 2 - a * s,
          slope: ([, u]) => [a, u],
          expected: () => (v * v) / 2
        }
      ],
      answers: {...(rest < Infinity ? stops : {}), "What is its acceleration?": [a, "m/s^2"]}
    };
  },
  collision: ({r, m1, x1, v1, m2, x2, v2, e}, integration) => {
    const gap = x2 - x1 - 2 * r;
    if (!(r > 0 && m1 > 0 && m2 > 0 && gap > 0 && v1 > v2 && e >= 0 && e <= 1)) return null;
    const time = gap / (v1 - v2);
    const center = (m1 * v1 + m2 * v2) / (m1 + m2);
    const reduced = (m1 * m2) / (m1 + m2);
    const u1 = center - (reduced / m1) * e * (v1 - v2);
    const u2 = center + (reduced / m2) * e * (v1 - v2);
    const shift = Math.max(2 * integration.step, slop / (v1 - v2));
    const kinetic = (a: number, b: number) => (m1 * a * a + m2 * b * b) / 2;
    return {
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
          name: "momentum",
          of: ([, a, , b]) => m1 * a + m2 * b,
          slope: () => [0, m1, 0, m2],
          expected: () => m1 * v1 + m2 * v2
        },
        {
          name: "energy",
          of: ([, a, , b]) => kinetic(a, b),
          slope: ([, a, , b]) => [0, m1 * a, 0, m2 * b],
          expected: (t) => (t < time ? kinetic(v1, v2) : kinetic(u1, u2))
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
};

/** Positions, then velocities, under accelerations that were constant until t, with the errors of the integrator. */
function flight(
  positions: readonly number[],
  velocities: readonly number[],
  accelerations: readonly number[],
  t: number,
  {step, substeps}: Integration,
  largest: number
): Expected[] {
  const h = step / substeps;
  const rounding = (t / h) * single * largest;
  return [
    ...positions.map((value, i) => ({value, error: (Math.abs(accelerations[i]) * h * t) / 2 + rounding * (1 + t)})),
    ...velocities.map((value) => ({value, error: rounding}))
  ];
}

function energy(g: number, expected: (t: number) => number): Invariant {
  return {name: "energy", of: ([y, v]) => g * y + (v * v) / 2, slope: ([, v]) => [g, v], expected};
}
