import {ball, decimal, gravities, number, radius, rows, things, type Kind} from "./experiment.js";

/** A ball that falls on a floor and bounces, up to its second impact. */
export const bounce: Kind = {
  id: "bounce",
  impact: true,
  draw(random) {
    const g = random.pick(gravities);
    const h = number(random, 0.5, 1.8);
    const e = number(random, 0.4, 0.75);
    const impact = Math.sqrt(2 * g * h);
    const first = impact / g;
    const second = first + (2 * e * impact) / g;
    const thing = random.pick(things);
    const asked = random.pick([
      ["How high does it rise after the first bounce?", `${decimal(e * e * h)} m`],
      ["How fast does it leave the floor after the first bounce?", `${decimal(e * impact)} m/s`],
      ["When does it first touch the floor?", `${decimal(first)} s`]
    ]);
    const step = 0.00125;
    const near = (n: number) => Math.abs(n * step - first) < 0.02 || second - n * step < 0.02;
    return {
      id: "bounce",
      scene: {
        gravity: [0, -g],
        bodies: [ball({position: [0, h + radius]})],
        floor: true,
        restitution: e,
        friction: 0,
        step,
        substeps: 4
      },
      steps: rows(random, 8, Math.min(second - 0.02, 1) / step, near),
      caption: random.pick([
        `A ${thing} is dropped from rest, its lowest point ${decimal(h)} m above a hard floor, and bounces with a coefficient of restitution of ${decimal(e)}; gravity is ${decimal(g)} m/s^2 and y is the height of its lowest point.`,
        `Bounce: a ${thing} falls from rest with its lowest point at y = ${decimal(h)} m; the floor is at y = 0, restitution ${decimal(e)}, g = ${decimal(g)} m/s^2.`
      ]),
      columns: [
        ["y", "m"],
        ["v", "m/s"]
      ],
      rowOf: ({bodies: [{y, vy}]}) => [y - radius, vy],
      question: asked[0],
      answer: asked[1]
    };
  }
};
