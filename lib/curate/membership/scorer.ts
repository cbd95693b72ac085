/** What a language model says of one text, token by token. */
export interface TokenScores {
  /** log-probability of each token given those before it, in nats */
  logProbs: Float64Array;
  /** at each place, over the whole vocabulary under the model: mean and standard deviation of log p; Min-K%++ needs them */
  mean?: Float64Array;
  deviation?: Float64Array;
}

/** A model as an attack sees it: the proxy of `createProxyScorer`, or any other that gives log-probabilities. */
export type Scorer = (text: string) => TokenScores | Promise<TokenScores>;
