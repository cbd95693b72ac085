import {createEntropyProjection} from "./entropyProjection.js";
import {effects, learn} from "./mixEffects.js";
import {checkConfig, checkTokenizer, MixerConfig, type MixerState} from "./mixerState.js";

/** What a training run reports to its mixer. */
export interface MixerObservation {
  /** nats per token on held-out samples of each tier, or on those of the last steps */
  readonly losses: Readonly<Record<string, number>>;
  /** doremi: the reference model's losses on the same samples; those of the configuration where left out */
  readonly reference?: Readonly<Record<string, number>>;
  /** sha256 of the tokenizer that they are counted by */
  readonly tokenizer: string;
}

/**
 * An online mixer before its first losses. Its `weights` are the mix to train with first.
 *
 * - `doremi`: tiers on which the model lags behind a reference model gain: w ← w · exp(rate · max(0, loss − reference)),
 *   mixed with uniform. The paper clips the excess of each token before averaging; for that, pass the mean of the clipped
 *   excess as losses, with a reference of 0. `average` is the answer for a next run.
 * - `aioli`: a matrix A, by how much loss i falls where the share of tier j is one, is learnt from the run itself by ridge
 *   regression of the falls on the mixes, older steps fading; w_j ← w_j · exp(rate · Σ_i A_ij). Shares that do not move
 *   teach nothing, so each step a part of the mix goes to one tier in turn.
 *
 * Every mix is projected in relative entropy onto those that keep all rules. Neither method was found to beat stratified
 * sampling consistently (Aioli's paper, of both); the rules hold whatever the losses say.
 *
 * @throws TypeError for a configuration that is none, RangeError if no mix keeps the rules
 * Source: Xie et al. (2023), arXiv:2305.10429, algorithm 1; Chen et al. (2024), arXiv:2411.05735.
 */
export function createMixer(config: (typeof MixerConfig)["_input"]): MixerState {
  const result = MixerConfig.safeParse(config);
  if (!result.success) {
    const issues = result.error.issues.map((issue) => `${issue.path.join(".") || "(top)"}: ${issue.message}`);
    throw new TypeError(`mixer: ${issues.join("; ")}`);
  }
  const read = result.data;
  checkConfig(read);
  const k = read.tiers.length;
  const sum = read.weights.reduce((a, b) => a + b, 0);
  if (!(Math.abs(sum - 1) <= 1e-6)) throw new RangeError(`weights: expected shares that sum to 1, got ${sum}`);
  const base = projectionOf(read)(read.weights);
  const square = read.method === "aioli" ? k * k : 0;
  return {
    version: 1,
    config: read,
    step: 0,
    weights: explored(read, base, 0),
    base,
    average: base,
    losses: null,
    gram: new Array<number>(square).fill(0),
    cross: new Array<number>(square).fill(0)
  };
}

/**
 * The mixer after one more report of losses; its `weights` are the mix to train with next. The state that came in is left
 * as it was, also where the report is refused.
 *
 * @throws RangeError for losses that are missing, not finite, of a tier that is not there, or by another tokenizer
 */
export function step(state: MixerState, {losses, reference, tokenizer}: MixerObservation): MixerState {
  const {config} = state;
  checkTokenizer(config, tokenizer);
  const now = byTier("losses", config.tiers, losses);
  const known = reference === undefined ? config.reference : byTier("reference", config.tiers, reference);
  const rate = rateAt(config.rate, state.step);
  let gains: readonly number[] | null;
  let {gram, cross} = state;
  if (config.method === "doremi") {
    if (known === null) throw new RangeError("reference: expected the reference model's losses by tier, got none");
    gains = now.map((loss, j) => Math.max(0, loss - known[j]));
  } else {
    ({gram, cross} = learn(state, now));
    // Before each tier has had its turn there is more to guess than was seen.
    gains = state.step < config.tiers.length ? null : effects({gram, cross}, config.tiers.length, config.ridge);
  }
  const base = gains === null ? state.base : projectionOf(config)(updated(config, state.base, gains, rate));
  const steps = state.step + 1;
  const next: MixerState = {
    ...state,
    step: steps,
    weights: explored(config, base, steps),
    base,
    average: state.average.map((mean, j) => mean + (base[j] - mean) / steps),
    losses: now,
    gram,
    cross
  };
  if (![...next.weights, ...next.base, ...gram, ...cross].every(Number.isFinite))
    throw new RangeError(`losses: expected numbers that can be computed with, got ${JSON.stringify(losses)}`);
  return next;
}

/** Exponentiated gradient, then mixed with uniform. */
function updated(config: MixerConfig, base: readonly number[], gains: readonly number[], rate: number): number[] {
  const logs = base.map((w, j) => Math.log(Math.max(w, 1e-300)) + rate * gains[j]);
  const most = Math.max(...logs);
  const raised = logs.map((v) => Math.exp(v - most));
  const sum = raised.reduce((a, b) => a + b, 0);
  return raised.map((v) => ((1 - config.smoothing) * v) / sum + config.smoothing / base.length);
}

/** The mix to train with: for aioli a part of it goes to one tier in turn. */
function explored(config: MixerConfig, base: readonly number[], step: number): number[] {
  if (config.method === "doremi" || config.explore === 0) return [...base];
  const turn = step % base.length;
  return projectionOf(config)(base.map((w, j) => (1 - config.explore) * w + (j === turn ? config.explore : 0)));
}

function rateAt(rate: MixerConfig["rate"], step: number): number {
  if (rate.kind === "constant") return rate.rate;
  if (rate.kind === "inverse-sqrt") return rate.rate / Math.sqrt(step + 1);
  return rate.rate * Math.max(0, 1 - step / rate.steps);
}

function byTier(field: string, tiers: readonly string[], values: Readonly<Record<string, number>>): number[] {
  for (const tier of Object.keys(values))
    if (!tiers.includes(tier)) throw new RangeError(`${field}: expected ${tiers.join(", ")}, got ${tier}`);
  return tiers.map((tier) => {
    const value = values[tier];
    if (!Number.isFinite(value)) throw new RangeError(`${field}.${tier}: expected a finite number, got ${value}`);
    return value;
  });
}

/** Solved once a configuration: it is the same for all steps of a run. */
const projections = new WeakMap<MixerConfig, (q: ArrayLike<number>) => number[]>();

function projectionOf(config: MixerConfig): (q: ArrayLike<number>) => number[] {
  const known = projections.get(config);
  if (known !== undefined) return known;
  const rows = config.rules.map(({a, sense, bound}) =>
    sense === "≤" ? {a, bound} : {a: a.map((v) => -v), bound: -bound}
  );
  const made = createEntropyProjection(rows, config.tiers.length);
  projections.set(config, made);
  return made;
}
