import {betaQuantile} from "../stats/incompleteBeta.js";
import {clopperPearson} from "../stats/proportion.js";
import {quantileInterval} from "../stats/quantile.js";
import type {Random} from "../text/random.js";
import type {RequestCount} from "./requestCounts.js";

/** A draft of a preview: one of each of some seeds. */
export interface PreviewedDraft {
  /** whether its verifiers let it pass; duplicates among all drafts are not known yet */
  kept: boolean;
  requests: readonly RequestCount[];
}

/** A figure of a whole step, with its 95 % interval. */
export interface Estimated {
  value: number;
  interval: [number, number];
}

/** Requests of one prompt to one endpoint that a step will make. */
export interface EstimatedRequests extends Pick<RequestCount, "role" | "endpoint" | "model" | "prompt" | "version"> {
  requests: Estimated;
  /** tokens */
  input: Estimated;
  output: Estimated;
}

/** What a step will take, judged from a preview of it. */
export interface StepEstimate {
  previewed: number;
  /** share of the preview that passed, with its exact interval */
  share: Estimated;
  drafts: Estimated;
  requests: EstimatedRequests[];
}

/**
 * A step's drafts, requests and tokens. Intervals hold what a few drafts leave open of the mean (bootstrap of the preview)
 * and of the share kept (Jeffreys' posterior), and how far a sum of so many drafts strays from its mean; shares and sizes
 * of drafts are drawn apart from each other.
 *
 * Does not know what comparing all drafts takes away: duplicates make a step that wants exactly so many samples ask for more.
 *
 * @param preview at least one draft
 * @param wanted drafts that will be made, or kept samples that are wanted
 */
export function estimateStep(
  preview: readonly PreviewedDraft[],
  wanted: {drafts: number} | {accept: number},
  {random, draws = 2000}: {random: Random; draws?: number}
): StepEstimate {
  const n = preview.length;
  if (n === 0) throw new RangeError("expected at least one draft to estimate from, got none");
  const kept = preview.filter((draft) => draft.kept).length;
  const share = Array.from({length: draws}, () =>
    betaQuantile((random.int(100_000) + 0.5) / 100_000, kept + 0.5, n - kept + 0.5)
  );
  const drafts =
    "drafts" in wanted
      ? share.map(() => wanted.drafts)
      : share.map((p) => wanted.accept / p + (Math.sqrt(wanted.accept * (1 - p)) / p) * random.normal());
  const middle = "drafts" in wanted ? wanted.drafts : wanted.accept / ((kept + 0.5) / (n + 1));
  const rows = Array.from({length: draws}, () => Array.from({length: n}, () => random.int(n)));
  const total = (values: readonly number[]): Estimated => ({
    value: middle * mean(values),
    interval: quantileInterval(
      rows.map((drawn, i) => {
        const some = drawn.map((row) => values[row]);
        const centre = mean(some);
        const spread = Math.sqrt(mean(some.map((value) => (value - centre) ** 2)) * Math.max(0, drafts[i]));
        return Math.max(0, drafts[i] * centre + spread * random.normal());
      })
    )
  });
  const kinds = new Map<string, RequestCount>();
  const key = ({role, endpoint, prompt, version}: RequestCount) => `${role}\n${endpoint}\n${prompt}\n${version}`;
  for (const {requests} of preview) for (const one of requests) kinds.set(key(one), one);
  return {
    previewed: n,
    share: {value: kept / n, interval: clopperPearson(kept, n)},
    drafts: {value: middle, interval: quantileInterval(drafts)},
    requests: [...kinds]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, {role, endpoint, model, prompt, version}]) => {
        const of = (field: "requests" | "input" | "output") =>
          total(preview.map(({requests}) => requests.find((one) => key(one) === name)?.[field] ?? 0));
        return {
          role,
          endpoint,
          model,
          prompt,
          version,
          requests: of("requests"),
          input: of("input"),
          output: of("output")
        };
      })
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
