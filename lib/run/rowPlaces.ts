import type {DedupInput} from "./dedupInputs.js";

/** Finds the file of a row by its number among the rows of all files, and its number there; both from 0. */
export function rowPlaces(inputs: readonly Pick<DedupInput, "rows">[]): (row: number) => {file: number; at: number} {
  let base = 0;
  const bases = inputs.map(({rows}) => (base += rows) - rows);
  return (row) => {
    let low = 0;
    let high = bases.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (bases[middle] <= row) low = middle;
      else high = middle - 1;
    }
    return {file: low, at: row - bases[low]};
  };
}
