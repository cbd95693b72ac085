import type {Fit} from "../schema/fit.js";
import {baselineMix, syntheticShare} from "./baseline.js";
import {hullOf} from "./hull.js";
import type {Law} from "./law.js";
import {replicateSd, type Mix} from "./mixes.js";
import type {Setting} from "./setting.js";
import {orderFor} from "./variables.js";

/** Where the runs of a fit lie, in the order in which its law reads them. */
interface Ranges extends Pick<Fit, "inputs" | "roles" | "domain" | "hull" | "at"> {
  /** the mix of the lowest synthetic share, and the noise of replicates */
  readonly baseline: {
    readonly mix: Mix;
    readonly inputs: Record<string, number>;
    readonly noise: Pick<Fit["baseline"], "replicateSd" | "replicates">;
  };
}

/** The ranges of runs, for a fit with a law. */
export function rangesOf(law: Law, setting: Setting, mixes: readonly Mix[]): Ranges {
  const places = orderFor(
    law,
    setting.inputs.map((input, j) => ({...input, j}))
  );
  const roles = places.map(({role}) => role);
  const domain = places.map(({name, j}): [string, [number, number]] => [name, extent(mixes.map(({x}) => x[j]))]);
  const isShare = (i: number) => roles[i] === "share" || roles[i] === "shares";
  const mix = baselineMix(mixes, (mix) => syntheticShare(mix, setting, setting.syntheticByTier ?? null));
  const {sd, runs} = replicateSd(mixes);
  const points = mixes.map(({x}) => places.map(({j}) => x[j]));
  return {
    inputs: places.map(({name}) => name),
    roles,
    domain: Object.fromEntries(domain),
    hull: hullOf(points, roles).map((x) => [...x]),
    at: Object.fromEntries(domain.flatMap(([name, [, high]], i) => (isShare(i) ? [] : [[name, high]]))),
    baseline: {
      mix,
      inputs: Object.fromEntries(places.map(({name, j}) => [name, mix.x[j]])),
      noise: {replicateSd: sd, replicates: runs}
    }
  };
}

function extent(values: readonly number[]): [number, number] {
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}
