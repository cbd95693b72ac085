import type {MixFunction} from "./mixFunction.js";
import type {Rule} from "./rules.js";
import {cellOf, rootOf, type Cell} from "./cells.js";

/** The ranges of the shares that a fit's runs cover, as rules: beyond them the law is a guess. */
export function measuredRules(f: MixFunction, cells: readonly Cell[]): Rule[] {
  const n = cells.length;
  const start = f.inputs(new Float64Array(n));
  const columns = cells.map((_, j) => f.inputs(Float64Array.from({length: n}, (__, k) => Number(j === k))));
  const root = rootOf(f.fit);
  return root.inputs.flatMap((input, i): Rule[] => {
    const role = root.roles[i];
    if (role !== "share" && role !== "shares") return [];
    const [low, high] = root.domain[input];
    const a = columns.map((column) => column[i] - start[i]);
    const name = role === "shares" ? cellOf(input).name : "synthetic share";
    const show = (v: number) => String(Number(v.toFixed(4)));
    const ends = [
      {sense: "≥", bound: low, free: low <= 0, word: "lowest"},
      {sense: "≤", bound: high, free: high >= 1, word: "highest"}
    ] as const;
    return ends
      .filter(({free}) => !free)
      .map(({sense, bound, word}) => ({
        rule: `measured ${name}`,
        statement: `${name} ${sense} ${show(bound)}, the ${word} of the runs`,
        a,
        sense,
        bound
      }));
  });
}
