import {blocks, decimal, gravities, number, radius, rows, type Kind} from "./experiment.js";

/** A block that slides on a plane, level or inclined, against friction. */
export const slide: Kind = {
  id: "slide",
  impact: false,
  draw(random) {
    const g = random.pick(gravities);
    const friction = number(random, 0.1, 0.6);
    const degrees = random() < 0.5 ? 0 : 5 + random.int(36);
    const angle = (degrees * Math.PI) / 180;
    const a = g * (Math.sin(angle) - friction * Math.cos(angle));
    const v = number(random, 1.5, 7);
    const rest = a < 0 ? -v / a : Infinity;
    const block = random.pick(blocks);
    const asked =
      a < 0 && rest < 60
        ? random.pick([
            ["How far does it slide before it stops?", `${decimal((-v * v) / (2 * a))} m`],
            ["When does it stop?", `${decimal(rest)} s`]
          ])
        : ["What is its acceleration?", `${decimal(a)} m/s^2`];
    const step = 0.008;
    const plane = degrees === 0 ? "along a level floor" : `down a slope of ${degrees} degrees`;
    return {
      id: "slide",
      scene: {
        // The plane stays level and gravity leans: the same motion in the plane's own coordinates.
        gravity: [g * Math.sin(angle), -g * Math.cos(angle)],
        bodies: [{shape: "block", radius, mass: 1, position: [0, radius], velocity: [v, 0]}],
        floor: true,
        restitution: 0,
        friction,
        step,
        substeps: 4
      },
      steps: rows(random, 5, 1.4 / step, (n) => Math.abs(n * step - rest) < 0.05),
      caption: random.pick([
        `A ${block} is pushed off at ${decimal(v)} m/s ${plane}; the friction coefficient is ${decimal(friction)} and gravity is ${decimal(g)} m/s^2.`,
        `Sliding: a ${block} moves at ${decimal(v)} m/s down a plane inclined by ${degrees} degrees, friction ${decimal(friction)}, g = ${decimal(g)} m/s^2.`
      ]),
      columns: [
        ["s", "m"],
        ["v", "m/s"]
      ],
      rowOf: ({bodies: [{x, vx}]}) => [x, vx],
      question: asked[0],
      answer: asked[1]
    };
  }
};
