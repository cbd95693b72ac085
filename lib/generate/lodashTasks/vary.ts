import {isIteratee} from "./operation.js";
import type {Random} from "../../text/random.js";

/** Arguments like the given ones, but new: the first is changed, the others now and then. */
export function vary(args: readonly unknown[], random: Random): unknown[] {
  return args.map((arg, i) => {
    if (i === 0) return change(arg, random);
    return typeof arg === "number" && random.int(2) === 0 ? Math.max(0, arg + random.pick([-1, 1, 2])) : arg;
  });
}

function change(value: unknown, random: Random): unknown {
  if (typeof value === "number")
    return Number.isInteger(value)
      ? value + random.pick([-3, -2, -1, 1, 2, 3, 5])
      : value + random.pick([-2, -1, 1, 2, 4]);
  if (typeof value === "string") return changeText(value, random);
  if (Array.isArray(value)) return changeList(value, random);
  if (typeof value === "object" && value !== null && !isIteratee(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, random.int(2) === 0 ? change(item, random) : (item as unknown)])
    );
  return value;
}

function changeList(list: readonly unknown[], random: Random): unknown[] {
  const way = random.int(4);
  if (way === 0 || list.length === 0) return random.shuffle(list);
  const at = random.int(list.length);
  if (way === 1) return list.map((item, i) => (i === at ? change(item, random) : item));
  if (way === 2) return [...list, list[at]];
  return list.filter((_, i) => i !== at);
}

const others = ["fred", "barney", "pebbles", "wilma", "betty", "dino"];

// Words are exchanged and what is between them stays: paths, cases and separators are what many functions look at.
function changeText(text: string, random: Random): string {
  const words = [...text.matchAll(/[A-Za-z]{2,}/g)];
  if (words.length === 0) return text;
  const {0: word, index} = random.pick(words);
  const other = random.pick(others);
  const cased = /^[A-Z]+$/.test(word)
    ? other.toUpperCase()
    : /^[A-Z]/.test(word)
      ? other[0].toUpperCase() + other.slice(1)
      : other;
  return text.slice(0, index) + cased + text.slice(index + word.length);
}
