import {ball, decimal, gravities, number, rows, things, type Kind} from "./experiment.js";

/** A ball that falls, thrown up or down or let go. */
export const fall: Kind = {
  id: "fall",
  impact: false,
  draw(random) {
    const g = random.pick(gravities);
    const v = random() < 0.4 ? 0 : number(random, -6, 9);
    const last = random() * 0.8 + 0.6;
    const h = number(random, Math.max(1, g * 0.5 * last ** 2 - v * last + 0.3), 25);
    const impact = Math.sqrt(v * v + 2 * g * h);
    const thing = random.pick(things);
    const asked = random.pick([
      ["When does it reach y = 0?", `${decimal((v + impact) / g)} s`],
      ["How fast is it when it reaches y = 0?", `${decimal(impact)} m/s`]
    ]);
    const step = 0.008;
    return {
      id: "fall",
      scene: {
        gravity: [0, -g],
        bodies: [ball({position: [0, h], velocity: [0, v]})],
        floor: false,
        restitution: 0,
        friction: 0,
        step,
        substeps: 4
      },
      steps: rows(random, 5, last / step),
      caption: random.pick([
        `A ${thing} is released at a height of ${decimal(h)} m with a vertical velocity of ${decimal(v)} m/s (up is positive); gravity is ${decimal(g)} m/s^2.`,
        `Free fall: a ${thing} starts at y = ${decimal(h)} m with v = ${decimal(v)} m/s, g = ${decimal(g)} m/s^2, y pointing up.`
      ]),
      columns: [
        ["y", "m"],
        ["v", "m/s"]
      ],
      rowOf: ({bodies: [{y, vy}]}) => [y, vy],
      question: asked[0],
      answer: asked[1]
    };
  }
};
