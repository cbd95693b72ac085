import type {Highs, Model} from "highs";

/** lower ≤ Σ a_j x_j ≤ upper. */
export interface Band {
  readonly a: ArrayLike<number>;
  readonly lower: number;
  readonly upper: number;
}

/** Minimise c · x + x Q x / 2 over x ≥ 0 within bands. */
interface LinearModel {
  readonly cost: ArrayLike<number>;
  readonly rows: readonly Band[];
  /** least and largest value of each variable; 0 and Infinity by default */
  readonly lower?: ArrayLike<number>;
  readonly upper?: ArrayLike<number>;
  /** Q whole, row by row; positive semidefinite */
  readonly quadratic?: Float64Array;
  /** variables that are whole numbers */
  readonly whole?: readonly boolean[];
}

export interface LinearSolution {
  readonly x: Float64Array;
  readonly value: number;
  /** by row: what the value changes by when the row's active bound rises by one */
  readonly prices: Float64Array;
}

/** HiGHS, ready to use. */
export interface Solver {
  /**
   * The solution of a linear, quadratic or mixed whole-number program; null where no point meets the rows.
   *
   * @throws Error where HiGHS reaches no verdict, with its status
   */
  solve(model: LinearModel): LinearSolution | null;
  /** The solutions for many costs over the same rows, each started from the last one's basis. */
  many(rows: readonly Band[], costs: readonly ArrayLike<number>[]): (LinearSolution | null)[];
}

/** How to get HiGHS: in Node `() => loadHighs()`, on a page with `locateFile` for its wasm. */
export type LoadHighs = () => Promise<Highs>;

/** Loaded once a loader, since it costs tens of milliseconds. */
const loaded = new WeakMap<LoadHighs, Promise<Highs>>();

/**
 * Runs a computation with HiGHS. WebAssembly that has crashed stays broken, so after a crash a fresh one is loaded and
 * the computation, which must be pure, runs once more; the second crash is thrown.
 */
export async function withSolver<T>(load: LoadHighs, compute: (solver: Solver) => T): Promise<T> {
  const ready = () => {
    const made = loaded.get(load) ?? load();
    loaded.set(load, made);
    return made;
  };
  try {
    return compute(createSolver(await ready()));
  } catch (error) {
    loaded.delete(load);
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    return compute(createSolver(await ready()));
  }
}

/** A loaded HiGHS as a solver. */
export function createSolver(highs: Highs): Solver {
  const {modelStatus: status} = highs.constants;
  const read = (model: Model, what: LinearModel): LinearSolution | null => {
    const code = model.run().modelStatus;
    if (code === status.infeasible || code === status.unboundedOrInfeasible) return null;
    if (code === status.unbounded) throw new RangeError("expected a bounded program; its minimum is without end");
    if (code !== status.optimal)
      throw new Error(`expected HiGHS to solve a program of ${what.rows.length} rows, got status ${code}`);
    const {colValue, rowDual} = model.getSolution();
    return {x: colValue, value: model.getObjectiveValue(), prices: rowDual};
  };
  return {
    solve: (what) => highs.withModel((model) => (pass(highs, model, what), read(model, what))),
    many: (rows, costs) =>
      costs.length === 0
        ? []
        : highs.withModel((model) => {
            const what = {rows, cost: costs[0]};
            pass(highs, model, what);
            const all = {kind: "range", from: 0, to: costs[0].length - 1} as const;
            return costs.map((cost) => {
              model.changeColsCost(all, Array.from(cost));
              return read(model, what);
            });
          })
  };
}

function pass(highs: Highs, model: Model, {cost, rows, lower, upper, quadratic, whole}: LinearModel): void {
  const n = cost.length;
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const {a} of rows) {
    for (let j = 0; j < n; j++) {
      if (a[j] === 0) continue;
      indices.push(j);
      values.push(a[j]);
    }
    starts.push(indices.length);
  }
  const types = highs.constants.variableType;
  model.options.set({output_flag: false, primal_feasibility_tolerance: 1e-10, dual_feasibility_tolerance: 1e-10});
  // A quadratic program that stalls would run for ever: this many steps are ten times what tens of variables take.
  if (quadratic !== undefined) model.options.set({qp_iteration_limit: 10_000});
  model.passModel({
    numCols: n,
    numRows: rows.length,
    colCost: Array.from(cost),
    colLower: lower === undefined ? new Array<number>(n).fill(0) : Array.from(lower),
    colUpper: upper === undefined ? new Array<number>(n).fill(highs.infinity) : Array.from(upper),
    rowLower: rows.map((row) => row.lower),
    rowUpper: rows.map((row) => row.upper),
    matrix: {format: "csr", numRows: rows.length, numCols: n, starts, indices, values},
    ...(whole !== undefined && {integrality: whole.map((is) => (is ? types.integer : types.continuous))}),
    ...(quadratic !== undefined && {hessian: triangular(quadratic, n)})
  });
}

/** The lower triangle, column by column. */
function triangular(q: Float64Array, n: number) {
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      if (q[i * n + j] === 0) continue;
      indices.push(i);
      values.push(q[i * n + j]);
    }
    starts.push(indices.length);
  }
  return {format: "triangular" as const, dimension: n, starts, indices, values};
}
