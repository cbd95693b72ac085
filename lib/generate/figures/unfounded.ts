import type {Rational} from "../../text/rational.js";
import {shownEquations, type Equation} from "./equations.js";
import {readNumbers, type WrittenNumber} from "./readNumbers.js";

/** Factors that turn one unit into another, or a share into a percentage, and so need no source. */
const conversions = new Set(["7", "10", "12", "24", "60", "100", "1000", "3600"].map((n) => `${n}/1`));
/** Up to here a number in words is as often a manner of speaking ("one of them", "two sides") as a quantity. */
const spoken = 12n;
const label =
  /^[ \t>*#|_-]*(?:\*\*)?(?:(?:Q|A|Step|Question|Answer|Problem|Part|Section|Exercise|Example|FAQ)[ .#-]*)?(\d{1,3})(?=[.):\]](?!\d)|\s*(?:\*\*)?\s*[:.–—-]\s)/i;

/**
 * The first number of a text that neither stands in its source nor follows by arithmetic that the text shows from such
 * numbers; null where every one does. Labels that count up at the beginnings of lines ("1.", "Step 2:", "Q3:") are none.
 *
 * It guards against figures that were changed or made up, and not against a figure that is put to another thing, nor
 * against signs, units, and small numbers in words (up to twelve).
 *
 * @param options.arithmetic whether what follows by shown arithmetic counts; true where it does not say
 */
export function unfounded(text: string, source: string, {arithmetic = true} = {}): WrittenNumber | null {
  const numbers = readNumbers(text);
  if (numbers.length === 0) return null;
  const known = new Set<string>();
  for (const {value, bare} of readNumbers(source)) known.add(key(value)).add(key(bare));
  if (arithmetic) derive(shownEquations(text), known);
  const labels = labelStarts(text);
  return (
    numbers.find(
      ({value, words, start}) =>
        !known.has(key(value)) && !labels.has(start) && !(words && value.d === 1n && value.n <= spoken)
    ) ?? null
  );
}

/** Adds what equations give whose operands are all known, until nothing is added. */
function derive(equations: readonly Equation[], known: Set<string>): void {
  for (let before = -1; before !== known.size;) {
    before = known.size;
    for (const {operands, counted, parts, result, holds} of equations) {
      if (holds === false) continue;
      const allowed = new Set(counted.map(key));
      const anchored = operands.some((n) => known.has(key(n)));
      if (!anchored || !operands.every((n) => [known, allowed, conversions].some((set) => set.has(key(n))))) continue;
      for (const part of [...operands, ...parts]) known.add(key(part));
      if (holds === true && result !== null) known.add(key(result));
    }
  }
}

/** The first equation of a text that is wrong, as it is shown; null where none is. */
export function wrongEquation(text: string): string | null {
  return shownEquations(text).find(({holds}) => holds === false)?.shown ?? null;
}

function labelStarts(text: string): Set<number> {
  const starts = new Set<number>();
  let offset = 0;
  let last = 0;
  for (const line of text.split("\n")) {
    const match = label.exec(line);
    if (match !== null) {
      const number = Number(match[1]);
      if (number === 1 || number === last || number === last + 1) {
        starts.add(offset + match[0].length - match[1].length);
        last = number;
      }
    }
    offset += line.length + 1;
  }
  return starts;
}

function key({n, d}: Rational): string {
  return `${n < 0n ? -n : n}/${d}`;
}
