import {tierOf} from "../scaling/tierOf.js";
import type {Fit} from "../schema/fit.js";
import type {Constraints} from "./constraints.js";

/** What one weight of a mix is the share of: a tier, or a tier of a domain. */
export interface Cell {
  /** "T2", or "code/T2" */
  readonly name: string;
  readonly domain: string | null;
  readonly tier: string;
}

/** The cell that an input is the share of: "share_T2" and "T2" name a tier, "share_code/T2" and "code/T2" one of a domain. */
export function cellOf(input: string): Cell {
  const [, domain, rest] = /^(?:shares?[_.-])?(.+)\/([^/]+)$/.exec(input) ?? [];
  const tier = tierOf(rest ?? input);
  return domain === undefined ? {name: tier, domain: null, tier} : {name: `${domain}/${tier}`, domain, tier};
}

/** A tier of a domain. */
function domainCell(domain: string, tier: string): Cell {
  return {name: `${domain}/${tier}`, domain, tier};
}

/** The first fit of a chain, which reads the mix; of a fit alone, that fit. */
export function rootOf(fit: Fit): Fit {
  return fit.first === null ? fit : rootOf(fit.first);
}

/** The inputs of a fit that are shares of tiers. */
export function shareInputs({inputs, roles}: Pick<Fit, "inputs" | "roles">): string[] {
  return inputs.filter((_, i) => roles[i] === "shares");
}

/**
 * The cells that a mix is made of: the shares of the first fit that has several; with `domains` given, the tiers of
 * each domain's fit; for fits over the synthetic share alone, the tiers whose synthetic share is known.
 *
 * @throws RangeError for a domain without a fit, and where fewer than two cells are known
 */
export function cellsOf(
  fits: readonly Fit[],
  {domains, syntheticByTier}: Pick<Constraints, "domains" | "syntheticByTier">
): Cell[] {
  const cells =
    domains === undefined
      ? plain(fits, syntheticByTier)
      : Object.entries(domains).flatMap(([domain, {benchmarks}]) => {
          const fit = fits.find(({target}) => benchmarks.includes(target));
          if (fit === undefined)
            throw new RangeError(
              `domains.${domain}: expected a fit of ${benchmarks.join(", ")}, got fits of ${fits.map(({target}) => target).join(", ")}`
            );
          return tiersOfFit(fit, syntheticByTier).map((tier) => domainCell(domain, tier));
        });
  if (cells.length < 2)
    throw new RangeError(
      "expected the share of generated tokens in two tiers or more, to turn a synthetic share into weights; set syntheticByTier"
    );
  return cells;
}

function plain(fits: readonly Fit[], synthetic: Constraints["syntheticByTier"]): Cell[] {
  const wide = fits.map(rootOf).find((fit) => shareInputs(fit).length > 1);
  return wide === undefined ? tiersOfFit(fits[0], synthetic).map(cellOf) : shareInputs(wide).map(cellOf);
}

function tiersOfFit(fit: Fit, synthetic: Constraints["syntheticByTier"]): string[] {
  const shares = shareInputs(rootOf(fit));
  if (shares.length > 1) return shares.map((input) => cellOf(input).tier);
  return Object.keys(synthetic ?? fit.syntheticByTier ?? {}).sort();
}

/** The weights of cells by tier, over all domains. */
export function byTier(cells: readonly Cell[], weights: ArrayLike<number>): Record<string, number> {
  const out: Record<string, number> = {};
  for (const [i, {tier}] of cells.entries()) out[tier] = (out[tier] ?? 0) + weights[i];
  return out;
}

/** The weights of cells by domain, then by tier; null where the cells have no domains. */
export function byDomain(
  cells: readonly Cell[],
  weights: ArrayLike<number>
): Record<string, Record<string, number>> | null {
  if (cells.every(({domain}) => domain === null)) return null;
  const out: Record<string, Record<string, number>> = {};
  for (const [i, {domain, tier}] of cells.entries()) (out[domain ?? ""] ??= {})[tier] = weights[i];
  return out;
}
