import {flight, type Given, type Integration, type Motion} from "./motion.js";

/** Sliding on a plane against friction, until it rests. null where the conditions are impossible. */
export function slide({v, degrees = 0, friction, g}: Given, integration: Integration): Motion | null {
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
    dynamics: {
      positions: [0],
      velocities: [v],
      accelerations: [a],
      ...(rest < Infinity ? {event: {gap: (_, [u]) => u, pass: stop}} : {}),
      row: ([s], [u]) => [s, u],
      bodies: [[0, 1]]
    },
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
}

function stop(_: Float64Array, v: Float64Array, a: Float64Array): void {
  v[0] = 0;
  a[0] = 0;
}
