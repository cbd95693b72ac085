import {divide, multiply, parseRational, rational, type Rational} from "../../text/rational.js";
import type {Token} from "./lex.js";

/** A unit: what it measures and how many of the base unit it is. */
export interface Unit {
  /** powers of base quantities, e.g. "length/time"; "" for percent and angles, which are numbers */
  dimension: string;
  /** exact multiple of the base unit; null where there is none (degrees of temperature) */
  factor: Rational;
  /** a factor π beside, for degrees */
  pi: boolean;
}

/** length, mass, time, current, temperature, amount, money, information, … by name */
type Quantity = readonly [factor: string, dimension: string];

const table: Readonly<Record<string, Quantity>> = {};
const add = (dimension: string, factor: string, names: string): void => {
  for (const name of names.split(" ")) (table as Record<string, Quantity>)[name] = [factor, dimension];
};
add("length", "1", "m meter meters metre metres");
add("length", "1/100", "cm centimeter centimeters centimetre centimetres");
add("length", "1/1000", "mm millimeter millimeters millimetre millimetres");
add("length", "1000", "km kilometer kilometers kilometre kilometres kms");
add("length", "1/1000000000", "nm nanometer nanometers");
add("length", "127/5000", "in inch inches");
add("length", "381/1250", "ft foot feet");
add("length", "1143/1250", "yd yard yards");
add("length", "201168/125", "mi mile miles");
add("mass", "1", "kg kilogram kilograms kilo kilos");
add("mass", "1/1000", "g gram grams");
add("mass", "1/1000000", "mg milligram milligrams");
add("mass", "1000", "tonne tonnes");
add("mass", "45359237/100000000", "lb lbs pound pounds");
add("mass", "45359237/1600000000", "oz ounce ounces");
add("mass", "45359237/50000", "ton tons");
add("time", "1", "s sec secs second seconds");
add("time", "1/1000", "ms millisecond milliseconds");
add("time", "60", "min mins minute minutes");
add("time", "3600", "h hr hrs hour hours");
add("time", "86400", "day days");
add("time", "604800", "week weeks wk wks");
add("year", "1", "yr yrs year years");
add("year", "1/12", "month months mo");
add("year", "10", "decade decades");
add("volume", "1/1000", "L l liter liters litre litres");
add("volume", "1/1000000", "mL ml milliliter milliliters millilitre millilitres cc");
add("cups", "1", "cup cups");
add("cups", "16", "gallon gallons gal");
add("cups", "4", "quart quarts qt");
add("cups", "2", "pint pints pt");
add("cups", "1/16", "tablespoon tablespoons tbsp");
add("cups", "1/48", "teaspoon teaspoons tsp");
add("money", "1", "dollar dollars USD usd $ bucks");
add("money", "1/100", "cent cents ¢ penny pennies");
add("euro", "1", "euro euros EUR €");
add("sterling", "1", "£ GBP");
add("rupee", "1", "rupee rupees ₹ Rs");
add("yen", "1", "yen ¥ JPY");
add("current", "1", "A amp amps ampere amperes");
add("temperature", "1", "K kelvin kelvins Kelvin");
add("celsius", "1", "°C Celsius celsius");
add("fahrenheit", "1", "°F Fahrenheit fahrenheit");
add("amount", "1", "mol mole moles mols");
add("", "1/100", "% percent percents pct percentage");
add("", "1", "rad radian radians");
for (const [words, size] of [
  ["dozen", 12],
  ["thousand", 1e3],
  ["million", 1e6],
  ["billion", 1e9],
  ["trillion", 1e12]
] as const)
  add("", String(size), words);
add("byte", "1", "byte bytes B");
add("byte", "1/8", "bit bits");
// Named units as products of the base ones.
add("mass length time^-2", "1", "N newton newtons Newton Newtons");
add("mass length time^-2", "1000", "kN");
add("mass length^2 time^-2", "1", "J joule joules Joule Joules");
add("mass length^2 time^-2", "1000", "kJ");
add("mass length^2 time^-3", "1", "W watt watts");
add("mass length^2 time^-3", "1000", "kW kilowatt kilowatts");
add("mass length^-1 time^-2", "1", "Pa pascal pascals");
add("mass length^-1 time^-2", "1000", "kPa");
add("time^-1", "1", "Hz hertz");
add("time^-1", "1000", "kHz");
add("time^-1", "1000000", "MHz");
add("current time", "1", "C coulomb coulombs");
add("mass length^2 time^-3 current^-1", "1", "V volt volts");
add("mass length^2 time^-3 current^-2", "1", "ohm ohms Ω Ohm");
add("length time^-1", "1397/3125", "mph");
add("length time^-1", "5/18", "kph kmh");

const degreeNames = new Set(["°", "degree", "degrees", "deg"]);

/** Whether a word is the name of a unit. */
export function isUnit(word: string): boolean {
  return Object.hasOwn(table, word) || degreeNames.has(word);
}

/**
 * The unit that tokens name, such as "cm", "square feet", "m/s^2", "miles per hour", "kg·m"; null where any part is none.
 * Currency signs and percent count as units.
 */
export function readUnit(tokens: readonly Token[]): Unit | null {
  const words = tokens
    .flatMap(({type, text}) => (type === "text" ? (text.match(/[A-Za-z°$%€£¢Ω]+|\d+|\S/g) ?? []) : [text]))
    .filter((word) => word !== "\\" && word !== "~");
  if (words.length === 0 || words.length > 24) return null;
  if (words.length === 1 && degreeNames.has(words[0])) return {dimension: "", factor: rational(1, 180), pi: true};
  const powers = new Map<string, number>();
  let factor = rational(1);
  let below = false;
  let squared = 1;
  let seen = false;
  for (let i = 0; i < words.length; i++) {
    let word = words[i];
    if (word === "°" && (words[i + 1] === "C" || words[i + 1] === "F")) word = `°${words[++i]}`;
    if (word === "/" || word === "per" || (word === "a" && seen)) below = true;
    else if (word === "square" || word === "sq") squared = 2;
    else if (word === "cubic" || word === "cu") squared = 3;
    else if (["*", "cdot", "times", "-", "(", ")", "{", "}", ".", "of"].includes(word) && seen) continue;
    else {
      if (!Object.hasOwn(table, word)) return null;
      let power = squared;
      if (words[i + 1] === "^") {
        const exponent = words
          .slice(i + 2)
          .join("")
          .match(/^\{?(-?[1-4])\}?/);
        if (exponent === null) return null;
        i += 1 + exponent[0].length;
        power *= Number(exponent[1]);
      } else if (words[i + 1] === "squared" || words[i + 1] === "cubed") power *= words[++i] === "squared" ? 2 : 3;
      if (below) power = -power;
      const [multiple, dimension] = table[word];
      for (const part of dimension.split(" ")) {
        const [name, own = "1"] = part === "volume" ? ["length", "3"] : part.split("^");
        if (name !== "") powers.set(name, (powers.get(name) ?? 0) + Number(own) * power);
      }
      const one = parseRational(multiple)!;
      for (let n = Math.abs(power); n > 0; n--) factor = power > 0 ? multiply(factor, one) : divide(factor, one);
      squared = 1;
      seen = true;
    }
  }
  if (!seen) return null;
  const dimension = [...powers]
    .filter(([, power]) => power !== 0)
    .map(([name, power]) => `${name}^${power}`)
    .sort()
    .join(" ");
  return {dimension, factor, pi: false};
}
