import {ball, decimal, gravities, number, rows, things, type Kind} from "./experiment.js";

/** A ball thrown at an angle. */
export const throwing: Kind = {
  id: "throw",
  impact: false,
  draw(random) {
    const g = random.pick(gravities);
    const speed = number(random, 4, 16);
    const degrees = 10 + random.int(66);
    const [vx, vy] = [speed * Math.cos((degrees * Math.PI) / 180), speed * Math.sin((degrees * Math.PI) / 180)];
    const h = number(random, 0.5, 12);
    const flight = (vy + Math.sqrt(vy * vy + 2 * g * h)) / g;
    const thing = random.pick(things);
    const asked = random.pick([
      ["How high does it rise?", `${decimal(h + (vy * vy) / (2 * g))} m`],
      ["How far does it fly before it reaches y = 0?", `${decimal(vx * flight)} m`],
      ["When does it reach y = 0?", `${decimal(flight)} s`]
    ]);
    const step = 0.008;
    return {
      id: "throw",
      scene: {
        gravity: [0, -g],
        bodies: [ball({position: [0, h], velocity: [vx, vy]})],
        floor: false,
        restitution: 0,
        friction: 0,
        step,
        substeps: 4
      },
      steps: rows(random, 5, Math.min(flight, 1.4) / step),
      caption: random.pick([
        `A ${thing} is launched from a height of ${decimal(h)} m at ${decimal(speed)} m/s, ${degrees} degrees above the horizontal; gravity is ${decimal(g)} m/s^2.`,
        `Projectile: a ${thing} leaves x = 0, y = ${decimal(h)} m with speed ${decimal(speed)} m/s at an angle of ${degrees} degrees, g = ${decimal(g)} m/s^2.`
      ]),
      columns: [
        ["x", "m"],
        ["y", "m"],
        ["vx", "m/s"],
        ["vy", "m/s"]
      ],
      rowOf: ({bodies: [{x, y, vx, vy}]}) => [x, y, vx, vy],
      question: asked[0],
      answer: asked[1]
    };
  }
};
