import type {Cell} from "../proxy/experiments/experiment.js";

/**
 * Runs cells, several at once, and gives up whole seeds where time is short: a seed is begun only if, at the pace of
 * those before it, it ends within the limit; the first one always is. What runs is what would have run without a limit.
 *
 * @param cells sorted by seed
 * @param options.timeLimit seconds; none by default
 * @returns results in the cells' order, and the seeds that were dropped, ascending
 */
export async function runCells<T>(
  cells: readonly Cell[],
  run: (cell: Cell) => Promise<T>,
  {
    workers,
    timeLimit = Infinity,
    now = () => performance.now(),
    done = () => {}
  }: {workers: number; timeLimit?: number; now?: () => number; done?: (cells: number) => void}
): Promise<{results: T[]; dropped: number[]}> {
  const start = now();
  const results: T[] = [];
  const begun = new Set<number>();
  let next = 0;
  let end = cells.length;
  let finished = 0;

  async function work(): Promise<void> {
    while (next < end) {
      const i = next++;
      const {seed} = cells[i];
      if (!begun.has(seed)) {
        const elapsed = (now() - start) / 1000;
        if (begun.size > 0 && (elapsed * (begun.size + 1)) / begun.size > timeLimit) {
          end = i;
          return;
        }
        begun.add(seed);
      }
      try {
        results[i] = await run(cells[i]);
      } catch (error) {
        end = 0;
        throw error;
      }
      done(++finished);
    }
  }

  await Promise.all(Array.from({length: workers}, work));
  const dropped = [...new Set(cells.slice(end).map(({seed}) => seed))];
  return {results: results.slice(0, end), dropped};
}
