/** What a fit minimises: Σ weight · loss(residual), summed and never averaged. */
export interface Objective {
  readonly loss: "squares" | "huber" | "asymmetric";
  /** of the residual: log prediction − log measured, or prediction − measured */
  readonly residuals: "log" | "raw";
  /** Huber's threshold, in units of the residual */
  readonly delta: number;
  /** of the asymmetric loss: how much a prediction above the measured value costs for each unit; below, 1 */
  readonly penalty: number;
}

/** The objectives by the names that the command line knows. */
export const objectives = {
  "huber-log": {loss: "huber", residuals: "log", delta: 1e-3, penalty: 1},
  huber: {loss: "huber", residuals: "raw", delta: 1e-3, penalty: 1},
  "squares-log": {loss: "squares", residuals: "log", delta: 1, penalty: 1},
  squares: {loss: "squares", residuals: "raw", delta: 1, penalty: 1},
  "asymmetric-log": {loss: "asymmetric", residuals: "log", delta: 1, penalty: 10},
  asymmetric: {loss: "asymmetric", residuals: "raw", delta: 1, penalty: 10}
} as const satisfies Record<string, Objective>;

export type ObjectiveName = keyof typeof objectives;

/**
 * The loss of one residual: r² / 2; Huber's, which is δ (|r| − δ / 2) beyond δ; or |r|, times the penalty above 0.
 *
 * Source: Huber (1964), doi:10.1214/aoms/1177703732; Hoffmann et al. (2022), arXiv:2203.15556, equation 3; the
 * asymmetric loss as in OLMo-core's overestimate penalty.
 */
export function lossOf({loss, delta, penalty}: Objective, r: number): number {
  if (loss === "squares") return (r * r) / 2;
  const size = Math.abs(r);
  if (loss === "huber") return size <= delta ? (r * r) / 2 : delta * (size - delta / 2);
  return r > 0 ? penalty * r : size;
}

/** The derivative of the loss by the residual. */
export function slopeOf({loss, delta, penalty}: Objective, r: number): number {
  if (loss === "squares") return r;
  if (loss === "huber") return Math.max(-delta, Math.min(delta, r));
  return r > 0 ? penalty : r < 0 ? -1 : 0;
}
