import {percent, scalar} from "./format.js";
import {sortableTable} from "./sortableTable.js";

/** A mix that the runs do not tell from the best. */
export interface NearMix {
  readonly weights: Readonly<Record<string, number>>;
  readonly value: number;
  /** share of the draws in which it is the best of those compared */
  readonly probability: number;
}

/** Mixes that read alike to a tenth of a per cent as one, their probabilities summed; the order is kept. */
export function distinctMixes<Mix extends NearMix>(mixes: readonly Mix[]): Mix[] {
  const told = new Map<string, Mix>();
  for (const mix of mixes) {
    const key = Object.values(mix.weights)
      .map((w) => percent(w, 1))
      .join();
    const before = told.get(key);
    told.set(key, before === undefined ? mix : {...before, probability: before.probability + mix.probability});
  }
  return [...told.values()];
}

/** A plateau as a table. */
export function mixTable(mixes: readonly NearMix[], {name, unit}: {name: string; unit: string}): HTMLElement {
  const share = {format: (v: unknown) => percent(Number(v), 1)};
  return sortableTable(
    mixes.map(({weights, value, probability}) => ({...weights, predicted: value, probability})),
    {
      caption: "mixes on the plateau",
      name,
      rows: 10,
      columns: {
        ...Object.fromEntries(Object.keys(mixes[0]?.weights ?? {}).map((tier) => [tier, share])),
        predicted: {label: unit, format: (v: unknown) => scalar(Number(v))},
        probability: share
      }
    }
  );
}
