import type {Random} from "../../../lib/text/random.js";

/** An answer written in two ways, and a third that is another. */
export interface WrittenAnswer {
  reference: string;
  same: string;
  other: string;
}

type Writer = (random: Random, change: number) => (way: number) => string;

const gcd = (a: number, b: number): number => (b === 0 ? Math.abs(a) : gcd(b, a % b));
const sign = (n: number) => (n < 0 ? `- ${-n}` : `+ ${n}`);

/** Each draws its numbers, and writes them in way 0 or 1; `change` other than 0 moves one of them. */
const writers: readonly Writer[] = [
  (random, change) => {
    const n = random.int(90_000) + 1000 + change;
    return (way) => (way === 0 ? String(n) : n.toLocaleString("en-US"));
  },
  (random, change) => {
    const [a, b, k] = [random.int(40) + 1, random.int(40) + 2, random.int(5) + 2];
    const top = a + change;
    return (way) => (way === 0 ? `\\frac{${top}}{${b}}` : `${k * top}/${k * b}`);
  },
  (random, change) => {
    const [n, k] = [random.int(400) + change, random.pick([4, 5, 8, 20, 25])];
    return (way) => (way === 0 ? String(n / k) : `\\dfrac{${n}}{${k}}`);
  },
  (random, change) => {
    const [a, b] = [random.int(8) + 2 + change, random.pick([2, 3, 5, 6, 7])];
    return (way) => (way === 0 ? `${a}\\sqrt{${b}}` : `\\sqrt{${a * a * b}}`);
  },
  (random, change) => {
    const [a, b, c] = [random.int(7) + 1, random.int(9) - 4, random.int(9) + 1 + change];
    return (way) => (way === 0 ? `(${a}x ${sign(b)})(x ${sign(c)})` : `${a}x^2 ${sign(a * c + b)}x ${sign(b * c)}`);
  },
  (random, change) => {
    const [a, b] = [random.int(20) - 10, random.int(20) + 11 + change];
    return (way) => (way === 0 ? `\\{${a}, ${b}\\}` : `x = ${b} \\text{ or } x = ${a}`);
  },
  (random, change) => {
    const [a, b] = [random.int(20) - 10, random.int(20) + 11 + change];
    return (way) => (way === 0 ? `(${a}, ${b}]` : `${a} < x \\le ${b}`);
  },
  (random, change) => {
    const [a, b, c] = [random.int(9), random.int(9) + change, random.int(9)];
    return (way) =>
      way === 0 ? `(${a}, ${b}, ${c})` : `\\begin{pmatrix} ${a} \\\\ ${2 * b}/2 \\\\ ${c}.0 \\end{pmatrix}`;
  },
  (random, change) => {
    const [a, b] = [random.int(9) + 2, random.int(9) + 1 + change];
    return (way) => (way === 0 ? `y = ${a}x ${sign(b)}` : `${a}x - y = ${-b}`);
  },
  (random, change) => {
    const cm = random.int(90) + 10 + change;
    return (way) => (way === 0 ? `${cm} \\text{ cm}` : `${cm * 10} mm`);
  },
  (random, change) => {
    const [p, q] = [random.int(11) + 1 + change, 12];
    const k = gcd(p, q);
    return (way) => (way === 0 ? `\\frac{${p}\\pi}{${q}}` : `\\frac{${p / k}}{${q / k}} \\cdot \\pi`);
  },
  (random, change) => {
    const a = random.int(30) + 2 + change;
    return (way) => (way === 0 ? `\\ln ${a * a}` : `2\\ln{${a}}`);
  },
  (random, change) => {
    const [a, b] = [random.int(4) + 1, random.int(6) + 1 + change];
    return (way) => (way === 0 ? `${a} + ${b}i` : `\\frac{${-b} + ${a}i}{i}`);
  },
  (random, change) => {
    const percent = random.int(99) + 1 + change;
    return (way) => (way === 0 ? `${percent}\\%` : `${percent / 100}`);
  }
];

/** Answers drawn in turn from every kind, each equal by construction to its other writing. */
export function* writtenAnswers(random: Random, count: number): Generator<WrittenAnswer> {
  for (let i = 0; i < count; i++) {
    const writer = writers[i % writers.length];
    // The same draws for both: all that differs is the number that is moved.
    const draws = Array.from({length: 8}, () => random());
    const replay = (): Random => {
      let at = 0;
      const next = (() => draws[at++]) as Random;
      next.int = (n) => Math.floor(next() * n);
      next.pick = (items) => items[next.int(items.length)];
      return next;
    };
    const [right, wrong] = [writer(replay(), 0), writer(replay(), 1 + random.int(3))];
    const way = random.int(2);
    yield {reference: right(way), same: right(1 - way), other: wrong(1 - way)};
  }
}
