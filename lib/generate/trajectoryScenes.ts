import type {Random} from "../text/random.js";
import type {Body, Frame, Scene} from "./rapierWorld.js";

/** A scene with all that a text says of it. */
export interface Experiment {
  id: string;
  scene: Scene;
  /** numbers of steps after which a row is taken, ascending from 0 */
  steps: number[];
  caption: string;
  /** name and unit of each column beside time */
  columns: readonly (readonly [string, string])[];
  rowOf(frame: Frame): number[];
  question: string;
  answer: string;
}

const things = ["steel ball", "rubber ball", "stone", "lead weight", "tennis ball", "glass marble", "cricket ball"];
const blocks = ["wooden block", "steel block", "crate", "box of books", "sledge", "brick"];
const gravities = [9.81, 9.81, 9.81, 9.78, 9.83, 3.71, 8.87];
const radius = 0.1;
const m = ["m", "m/s"] as const;

/** Two decimals, without a negative zero. */
export function decimal(value: number): string {
  const text = value.toFixed(2);
  return text === "-0.00" ? "0.00" : text;
}

/** A number of two decimals in a range, exactly as it will be printed. */
function number(random: Random, low: number, high: number): number {
  return Number((low + (high - low) * random()).toFixed(2));
}

/** Steps of 6 to 10 rows at a distance of `every` steps, up to `last` steps. */
function rows(random: Random, every: number, last: number, avoid: (step: number) => boolean = () => false): number[] {
  const count = 6 + random.int(5);
  const stride = every * Math.max(1, Math.floor(last / every / count));
  const steps = Array.from({length: count + 1}, (_, i) => i * stride);
  return steps.filter((step) => step <= last && !avoid(step));
}

const ball = (fields: Partial<Body>): Body => ({
  shape: "ball",
  radius,
  mass: 1,
  position: [0, 0],
  velocity: [0, 0],
  ...fields
});

interface Kind {
  id: string;
  /** whether bodies hit something, which takes fine steps */
  impact: boolean;
  draw(random: Random): Experiment;
}

const fall: Kind = {
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
        ["y", m[0]],
        ["v", m[1]]
      ],
      rowOf: ({bodies: [{y, vy}]}) => [y, vy],
      question: asked[0],
      answer: asked[1]
    };
  }
};

const throwing: Kind = {
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
        ["x", m[0]],
        ["y", m[0]],
        ["vx", m[1]],
        ["vy", m[1]]
      ],
      rowOf: ({bodies: [{x, y, vx, vy}]}) => [x, y, vx, vy],
      question: asked[0],
      answer: asked[1]
    };
  }
};

const bounce: Kind = {
  id: "bounce",
  impact: true,
  draw(random) {
    const g = random.pick(gravities);
    const h = number(random, 0.5, 1.8);
    const e = number(random, 0.4, 0.8);
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
        ["y", m[0]],
        ["v", m[1]]
      ],
      rowOf: ({bodies: [{y, vy}]}) => [y - radius, vy],
      question: asked[0],
      answer: asked[1]
    };
  }
};

const slide: Kind = {
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
        ["s", m[0]],
        ["v", m[1]]
      ],
      rowOf: ({bodies: [{x, vx}]}) => [x, vx],
      question: asked[0],
      answer: asked[1]
    };
  }
};

const collision: Kind = {
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
        ["x1", m[0]],
        ["v1", m[1]],
        ["x2", m[0]],
        ["v2", m[1]]
      ],
      rowOf: ({bodies: [a, b]}) => [a.x, a.vx, b.x, b.vx],
      question: asked[0],
      answer: asked[1]
    };
  }
};

/** Every kind of scene, sorted by id. */
export const experiments: readonly Kind[] = [bounce, collision, fall, slide, throwing];
