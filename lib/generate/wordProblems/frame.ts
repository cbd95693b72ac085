import {rational, type Rational} from "../../text/rational.js";
import type {Random} from "../../text/random.js";

/** A draw of one number, with the way the question writes it. */
export interface Quantity {
  value: Rational;
  text: string;
}

/**
 * One way to ask one kind of question, and the way it is worked out.
 *
 * In `text` and in the labels of steps, `[a|b]` is a choice, `{n}` a number of `numbers`, `{X}` one person, and
 * `{thing}` or `{thing2}` a word of the vocabulary's list `thing`. A step is "label: a op b", where a and b are numbers
 * by name, constants, or earlier results as $1, $2, …; the last result is the answer.
 */
export interface Frame {
  text: string;
  numbers: Readonly<Record<string, (random: Random) => Quantity>>;
  steps: readonly string[];
  /** largest denominator of a result; 1 for things that come whole */
  denominator?: number;
  /** results are written as decimals, as money and percentages are */
  decimal?: boolean;
}

/** Frames that share a structure. */
export interface Family {
  id: string;
  frames: readonly Frame[];
}

/** A whole number from a to b, both included, in steps of `by`. */
export function whole(a: number, b: number, by = 1): (random: Random) => Quantity {
  return (random) => {
    const n = a + by * random.int(Math.floor((b - a) / by) + 1);
    return {value: rational(n), text: String(n)};
  };
}

/** A price from a to b dollars, in quarters two times out of three. */
export function price(a: number, b: number): (random: Random) => Quantity {
  return (random) => {
    const quarters = random.int(3) === 0 ? 0 : random.int(4);
    const dollars = a + random.int(b - a);
    const cents = String(25 * quarters).padStart(2, "0");
    return {
      value: rational(4 * dollars + quarters, 4),
      text: quarters === 0 ? String(dollars) : `${dollars}.${cents}`
    };
  };
}

/** A proper fraction with a denominator from 2 to `most`, in lowest terms. */
export function part(most: number): (random: Random) => Quantity {
  return (random) => {
    const d = 2 + random.int(most - 1);
    const value = rational(1 + random.int(d - 1), d);
    return {value, text: `${value.n}/${value.d}`};
  };
}
