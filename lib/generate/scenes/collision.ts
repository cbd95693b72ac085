import {ball, decimal, number, radius, rows, type Kind} from "./experiment.js";

/** Two balls that meet on a line, elastic or not. */
export const collision: Kind = {
  id: "collision",
  impact: true,
  draw(random) {
    const [m1, m2] = [number(random, 0.5, 5), number(random, 0.5, 5)];
    const v1 = number(random, 1, 3.5);
    const v2 = number(random, -1.5, Math.min(1.5, v1 - 0.5));
    const e = random.pick([0, 1, number(random, 0.2, 0.9)]);
    const x1 = number(random, -2, 0);
    const meet = 0.15 + 0.45 * random();
    const x2 = Number((x1 + 2 * radius + (v1 - v2) * meet).toFixed(2));
    const time = (x2 - x1 - 2 * radius) / (v1 - v2);
    const common = (m1 * v1 + m2 * v2) / (m1 + m2);
    const u1 = common - (e * m2 * (v1 - v2)) / (m1 + m2);
    const u2 = common + (e * m1 * (v1 - v2)) / (m1 + m2);
    const lost = 0.5 * (m1 * (v1 * v1 - u1 * u1) + m2 * (v2 * v2 - u2 * u2));
    const asked = random.pick([
      ["What is the velocity of ball 1 after the collision?", `${decimal(u1)} m/s`],
      ["What is the velocity of ball 2 after the collision?", `${decimal(u2)} m/s`],
      ["How much kinetic energy is lost?", `${decimal(Math.abs(lost))} J`],
      ["When do they touch?", `${decimal(time)} s`]
    ]);
    const step = 0.002;
    return {
      id: "collision",
      scene: {
        gravity: [0, 0],
        bodies: [
          ball({mass: m1, position: [x1, 0], velocity: [v1, 0]}),
          ball({mass: m2, position: [x2, 0], velocity: [v2, 0]})
        ],
        floor: false,
        restitution: e,
        friction: 0,
        step,
        substeps: 4
      },
      steps: rows(random, 5, 0.9 / step, (n) => Math.abs(n * step - time) < 0.03),
      caption: random.pick([
        `Two balls of radius ${decimal(radius)} m move on a line without friction: ball 1 of ${decimal(m1)} kg at x1 = ${decimal(x1)} m with ${decimal(v1)} m/s, ball 2 of ${decimal(m2)} kg at x2 = ${decimal(x2)} m with ${decimal(v2)} m/s; the coefficient of restitution is ${decimal(e)}.`,
        `Collision of two spheres (radius ${decimal(radius)} m, restitution ${decimal(e)}): m1 = ${decimal(m1)} kg, x1 = ${decimal(x1)} m, v1 = ${decimal(v1)} m/s; m2 = ${decimal(m2)} kg, x2 = ${decimal(x2)} m, v2 = ${decimal(v2)} m/s; no other forces.`
      ]),
      columns: [
        ["x1", "m"],
        ["v1", "m/s"],
        ["x2", "m"],
        ["v2", "m/s"]
      ],
      rowOf: ({bodies: [a, b]}) => [a.x, a.vx, b.x, b.vx],
      question: asked[0],
      answer: asked[1]
    };
  }
};
