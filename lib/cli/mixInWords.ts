import {figure} from "./table.js";

/** Shares that are written out of a mix of more. */
const most = 6;

/**
 * A mix as a person reads it: each share where there are few; of many, the largest, and how many others are below them.
 *
 * @param weights shares by name, from 0 to 1
 * @param options.shown how one share is written
 */
export function mixInWords(
  weights: Readonly<Record<string, number>>,
  {shown = (name, weight) => `${name} ${figure(weight)}`}: {shown?: (name: string, weight: number) => string} = {}
): string {
  const all = Object.entries(weights);
  if (all.length <= most + 1) return all.map(([name, weight]) => shown(name, weight)).join(", ");
  const falling = all.toSorted(([, a], [, b]) => b - a);
  const large = falling.slice(0, most).filter(([, weight]) => weight >= 0.001);
  const [, next] = falling[large.length];
  return [
    ...large.map(([name, weight]) => shown(name, weight)),
    `${all.length - large.length} others ${next > 0 ? `below ${percentAbove(next)} %` : "at 0"}`
  ].join(", ");
}

/** The whole or tenth per cent next above a share. */
function percentAbove(share: number): number {
  const tenths = Math.floor(1000 * share) + 1;
  return tenths < 10 ? tenths / 10 : Math.floor(100 * share) + 1;
}
